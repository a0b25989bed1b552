"""What the first turns would otherwise wait for is read before them, or beside them.

Before anybody is told that we listen: the words by which every message is understood. Fifty milliseconds, with the
garbage collector out of the way (`bot.app`); in a first turn they were three times that, and a breach's first alert
waited for them. Beside the first turns: the library's index, which takes longer and which only questions of rules need.
"""

import asyncio
from typing import Final

from bot.errors import survive
from policy.packs import SchoolRules
from storage.database import Database
from storage.opening import opening

_AFTER: Final = 1.0  # seconds: whoever writes first is answered first


def prepare() -> None:
    """Read what no turn can do without."""
    from policy.understanding.lexicon import lexicon  # noqa: PLC0415  an application that is only built needs none of it
    from policy.understanding.tellwords import meanings  # noqa: PLC0415  see above

    lexicon()
    meanings()


async def warm(db: Database, rules: SchoolRules) -> None:
    """Read the rest, once."""
    await survive(_ask(db), "warming")
    await asyncio.sleep(_AFTER)
    await survive(asyncio.to_thread(_read, rules), "warming")


async def _ask(db: Database) -> None:
    """Open a connection and have the statement that begins every turn compiled; about nobody."""
    if await db.is_current():
        async with db.read() as session:
            await opening(session, "", "")


def _read(rules: SchoolRules) -> None:
    from policy.library import library  # noqa: PLC0415  the start waits for none of it
    from policy.matching import find  # noqa: PLC0415  see above

    find("is my phone a camera", library(), rules=rules)
