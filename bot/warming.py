"""What the first question would otherwise wait for is read beside the first turns: the library's index."""

import asyncio
from typing import Final

from bot.errors import survive
from policy.packs import SchoolRules

_AFTER: Final = 1.0  # seconds: whoever writes first is answered first


async def warm(rules: SchoolRules) -> None:
    """Read it once."""
    await asyncio.sleep(_AFTER)
    await survive(asyncio.to_thread(_read, rules), "warming")


def _read(rules: SchoolRules) -> None:
    from policy.library import library  # noqa: PLC0415  the start waits for none of it
    from policy.matching import find  # noqa: PLC0415  see above

    find("is my phone a camera", library(), rules=rules)
