"""What waits is counted as it is: letters from when they could have gone, cases from when they were due."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from storage import cases, outbox
from storage.backlog import Backlog, backlog
from storage.cases import CaseKind, Entry
from storage.database import Database
from storage.people import PersonRow
from storage.schools import SchoolRow

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


async def count(db: Database) -> Backlog:
    async with db.read() as session:
        return await backlog(session, now=NOW, letters_now=NOW)


async def post(db: Database, key: str, *, posted: datetime, not_before: datetime | None = None) -> None:
    async with db.write() as session:
        await outbox.post(
            session, key=key, addressee="a", card=None, text="x", summary="Ask DPO", now=posted, not_before=not_before
        )


async def test_nothing_waits_in_an_empty_school(db: Database) -> None:
    assert await count(db) == Backlog(0, 0.0, 0.0)


async def test_letters_count_until_they_are_sent_and_wait_from_when_they_could_have_gone(db: Database) -> None:
    await post(db, "fresh", posted=NOW - timedelta(seconds=90))
    await post(db, "later", posted=NOW - timedelta(days=1), not_before=NOW + timedelta(hours=1))
    assert await count(db) == Backlog(2, 90.0, 0.0)
    async with db.write() as session:
        (letter, *_) = await outbox.claim(session, now=NOW)
        await outbox.sent(session, letter.id, conversation="c", activity_id="1", now=NOW)
    assert await count(db) == Backlog(1, 0.0, 0.0)


async def test_a_case_waits_from_when_it_was_due(db: Database) -> None:
    async with db.write() as session:
        await session.execute(insert(SchoolRow), [{"id": 1, "code": "HFD", "name": "Hartfield"}])
        await session.execute(
            insert(PersonRow), [{"id": 1, "aad_object_id": "a", "email": "a@x.example", "display_name": "A"}]
        )
        for number, due in enumerate((NOW - timedelta(minutes=3), NOW + timedelta(days=1), None)):
            await cases.open_case(
                session,
                kind=CaseKind.BREACH,
                school_id=1,
                reporter_id=1,
                born_of=f"c/{number}",
                status="open",
                due_at=due,
                events=[Entry("opened", NOW, 1, {})],
            )
    assert await count(db) == Backlog(0, 0.0, 180.0)
