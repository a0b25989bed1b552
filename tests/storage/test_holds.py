"""Holds as rows: set, changed and released by case, and marked on the pupils whom they may be about."""

from datetime import UTC, date, datetime

import pytest

from policy.records import Pupil, PupilRecord
from storage import cases, holds
from storage.cases import CaseKind, Entry
from storage.database import Database
from storage.people import PersonRow
from storage.schools import SchoolRow

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
async def case(db: Database) -> int:
    async with db.write() as session:
        session.add(SchoolRow(id=1, code="HFD", name="Hartfield"))
        session.add(SchoolRow(id=2, code="OTH", name="Other"))
        session.add(PersonRow(id=1, aad_object_id="a", email="a@hartfield.example", display_name="A"))
        await session.flush()
        number, _ = await cases.open_case(
            session,
            kind=CaseKind.REQUEST,
            school_id=1,
            reporter_id=1,
            born_of="chat/1",
            status="logged",
            due_at=None,
            events=[Entry("opened", NOW, 1, {})],
        )
        return number


def record(first: str, last: str) -> PupilRecord:
    pupil = Pupil(1, first, "", last, "4B", "4", date(2017, 1, 1), date(2024, 9, 2), None)
    return PupilRecord(pupil, (), None)


async def test_a_hold_follows_its_case(db: Database, case: int) -> None:
    async with db.write() as session:
        await holds.keep(session, case, school_id=1, about=())
    async with db.write() as session:
        assert await holds.is_held(session, 1, "anybody")
        await holds.keep(session, case, school_id=1, about=("Amelia Hart",))
    async with db.write() as session:
        assert [hold.about for hold in await holds.standing(session)] == [("Amelia Hart",)]
        assert not await holds.is_held(session, 1, "Tom Bell")
        assert await holds.is_held(session, 1, "Amelia")
        await holds.keep(session, case, school_id=1, about=None)
    async with db.read() as session:
        assert await holds.standing(session) == ()


async def test_pupils_are_marked_at_the_school_of_the_hold_alone(db: Database, case: int) -> None:
    async with db.write() as session:
        await holds.keep(session, case, school_id=1, about=("Amelia Hart",))
    async with db.read() as session:
        both = (record("Amelia", "Hart"), record("Tom", "Bell"))
        assert [one.hold for one in await holds.marked(session, 1, both)] == [True, False]
        assert [one.hold for one in await holds.marked(session, 2, both)] == [False, False]
