"""What happens at one school changes nothing that anybody at another can see, with the same pupil names in both."""

import random
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import pytest

from bot.exports.offered import EXPORTS
from bot.exports.taking import ExportError, take
from policy.roles import Role
from storage.database import Database
from tests.dialogs.conftest import MONDAY, Chat
from tests.security.prepared_school import of
from tests.security.test_planted_words import read

THEIRS: Final = "qxelsewhere"
SAYS: Final = (
    f"I have just sent the {THEIRS} scores to the wrong parent",
    f"a parent asked what the {THEIRS} has written down about Amelia Hart",
    "a pupil is being cyberbullied on snapchat",
    "I have found child abuse images on a laptop",
    "conference slide with a photo of Amelia Hart",
    "website photo of Amelia Hart",
    f"May we lend the {THEIRS} register to the science club?",
    "can families film the concert on 10 December?",
    "my work laptop was stolen from the car this morning",
    "cancel",
)
ASKED: Final = (
    "my cases",
    "status",
    "preview digest",
    "calendar",
    "website photo of Amelia Hart",
    "website photo of 4B",
)
LOOKING: Final = (Role.DPO, Role.HEADTEACHER, Role.DSL, Role.DATA_LEAD, Role.ONLINE_SAFETY_CHAMPION, Role.STAFF)


async def happens_elsewhere(db: Database, seed: int) -> None:
    """Somebody who is everything at the other school reports and asks, in some order, and withdraws a consent."""
    chat, drawn = of(db, "x.other"), random.Random(seed)  # noqa: S311  an order, not a secret
    for words in drawn.sample(SAYS, len(SAYS)):
        await chat.says(words)
        offered = [
            each for each in ("Request review", "Ask the headteacher", "Ask the DPO") if f"[{each}]" in chat.last.text
        ]
        for title in offered[:1]:
            await chat.presses(title)
    await _withdrawn(of(db, "x.other", turns=500))


async def _withdrawn(chat: Chat) -> None:
    for words in ("cancel", "cancel", "cancel", "family no longer agree to social media"):  # whatever was open
        await chat.says(words)
    await chat.presses("Continue")
    await chat.fills("Continue", uses="social_image", received="2026-11-20", how="letter", erasure="no")
    await chat.fills("Send report", pupil="Amelia Hart", capacity="parent", given_by=THEIRS)


async def exported(db: Database, who: str, school: str) -> dict[str, str]:
    """Every export that somebody may have of a school, as text."""
    found = {}
    for what, export in sorted(EXPORTS.items()):
        form = "csv" if "csv" in export.formats else export.formats[-1]
        for number in range(1, 16) if export.of_case else (None,):
            email = f"{who}@hartfield.example"
            try:
                file = await take(db, what, school=school, email=email, form=form, now=MONDAY, number=number)
            except ExportError as refused:
                found[f"{what} {number}"] = str(refused)
            else:
                found[f"{what} {number}"] = read(file.content)
    return found


async def view(path: Path, role: Role, before: Callable[[Database], Awaitable[None]] | None) -> dict[str, str]:
    """All that somebody at Hartfield can see, after something or nothing happened elsewhere."""
    db = Database.connect(f"sqlite:///{path}")
    if before is not None:
        await before(db)
    seen = await exported(db, role.value, "HFD")
    chat = of(db, role.value, turns=6000)
    for words in ASKED:
        seen[words] = (await chat.says(words)).text
    await db.dispose()
    return seen


@pytest.mark.parametrize("role", LOOKING)
async def test_nothing_of_another_school_shows(role: Role, school_file: Path, tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.db"
    shutil.copy(school_file, quiet)
    alone = await view(quiet, role, None)
    beside = await view(school_file, role, lambda db: happens_elsewhere(db, seed=len(role)))
    assert {what: words for what, words in beside.items() if words != alone[what]} == {}
    assert THEIRS not in "".join(beside.values())
    assert "amelia hart" in beside["website photo of Amelia Hart"].casefold()


async def test_somebody_from_elsewhere_takes_nothing_of_ours(school: Database) -> None:
    ours = await exported(school, "x.other", "HFD")
    assert not [what for what, words in ours.items() if "not open to you" not in words and "no such case" not in words]
    theirs = await exported(school, "x.other", "OTH")
    assert any(words for words in theirs.values())
    assert not [what for what, words in theirs.items() if "qx" in words or "Reporter" in words or "Tom Bell" in words]
