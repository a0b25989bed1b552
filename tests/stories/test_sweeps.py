"""Sweeps that meet what breaks and what others have in hand."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Said, Scope, Turn
from dialogs.desk import Desk
from dialogs.root import Dialogs
from dialogs.sweeping import MINDS, sweep
from storage import cases
from storage.cases import CaseKind
from storage.database import Database
from storage.outbox import LetterRow
from storage.proposals import ProposalRow
from tests.stories.school import aad

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = MONDAY + timedelta(minutes=20)


@pytest.fixture
async def three_cases(school: Database) -> Database:
    for name in ("t.reed", "d.lane", "o.finch"):
        said = Said("I have just sent Year 4's reading scores to the wrong parent")
        turn = Turn(f"a:{name}", "1", await aad(school, name), Scope.PERSONAL, said, MONDAY)
        await Dialogs(school).take(turn)
    return school


async def reminded(db: Database) -> list[str]:
    async with db.read() as session:
        keys = await session.scalars(select(LetterRow.key).where(LetterRow.key.contains("form-a:15")))
        return sorted(key.split("/")[1] for key in keys)


async def test_a_case_that_breaks_holds_up_no_other_and_is_looked_at_again(
    three_cases: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = MINDS[CaseKind.BREACH]

    async def mind(desk: Desk, session: AsyncSession, number: int, now: object) -> None:
        await usual(desk, session, number, now)  # type: ignore[arg-type]
        if number == 1:
            raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setitem(MINDS, CaseKind.BREACH, mind)  # type: ignore[arg-type]
        with pytest.raises(RuntimeError, match="broken"):
            await sweep(three_cases, Desk(), now=LATER)
    assert await reminded(three_cases) == ["2", "3"]
    assert await sweep(three_cases, Desk(), now=LATER) == 0
    assert await sweep(three_cases, Desk(), now=LATER + timedelta(minutes=1)) == 1
    assert await reminded(three_cases) == ["1", "2", "3"]


async def test_what_another_replica_has_in_hand_is_left_to_it(three_cases: Database) -> None:
    if three_cases.file is not None:
        pytest.skip("SQLite has one writer: a second one waits")
    other = Database.connect(three_cases.url)
    try:
        async with other.write() as session:
            await cases.claim_due(session, now=LATER)
            assert await sweep(three_cases, Desk(), now=LATER) == 2
        assert await sweep(three_cases, Desk(), now=LATER) == 1
    finally:
        await other.dispose()
    assert await reminded(three_cases) == ["1", "2", "3"]


async def test_an_approval_that_cannot_be_read_holds_up_no_reminder(three_cases: Database) -> None:
    async with three_cases.write() as session:
        waiting = {"lot": "broken", "school_id": 1, "asks": "not JSON", "text": "", "document": "", "clause": ""}
        session.add(ProposalRow(**waiting, proposed_by=1, proposed_at=MONDAY, state="waiting", note="", due_at=MONDAY))
    with pytest.raises(ValueError, match="JSON"):
        await sweep(three_cases, Desk(), now=LATER)
    assert await reminded(three_cases) == ["1", "2", "3"]
