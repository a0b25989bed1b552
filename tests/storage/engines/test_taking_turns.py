"""An import and the night's deletion at the same moment, on real databases: each does its work, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind as Old
from policy.retention import Periods
from storage.checking import problems
from storage.database import Database
from storage.engines import taking_turns
from storage.engines.taking_turns import List, alone_with
from storage.forgetting.run import SHELVES, Outcome, run
from storage.importing.kinds import Kind
from storage.importing.report import RefusedError
from storage.importing.run import import_file
from storage.people import MembershipRow, PersonRow
from storage.pupils import PupilRow
from tests.storage.forgetting.history import NOW, Planted, plant, schools_and_staff

WAITS = 0.3  # seconds: as long as the other has to come to where it waits
STAFF = "aad_object_id,email,display_name,school,roles\naad-901,s1@here.example,Tom Bell,HRE,staff\n"
PUPILS = (
    "upn,legal_first_name,preferred_first_name,last_name,date_of_birth,year_group,class,school,joined_on,left_on\n"
    "H380000000000,Tom,,Bell,2015-01-01,4,4B,HRE,2019-09-01,\n"
)
CONSENTS = (
    "upn,academic_year,item,answer,given_by,capacity,method,signed_on,effective_from,withdrawn_on,evidence_ref\n"
    "H380000000000,2026/27,website_image,yes,mother,parent,paper,2026-09-10,2026-09-10,,F0\n"
)


@pytest.fixture
async def school(db: Database) -> Database:
    """Somebody left long ago, and so did a pupil; on SQLite neither is the newest, which would stay."""
    async with db.write() as session:
        await schools_and_staff(session)
        for number in (1, 2):
            old = timedelta(days=3000 if number == 1 else 1)
            await plant(session, Planted(Old.STAFF, (NOW - old).date()), number)
            await plant(session, Planted(Old.PUPILS, (NOW - old).date()), number)
        leaver = await session.scalar(select(PupilRow).where(PupilRow.upn == "U1"))
        person = await session.scalar(select(PersonRow).where(PersonRow.email == "s1@here.example"))
        assert leaver is not None
        assert person is not None
        leaver.upn, person.aad_object_id = "H380000000000", "aad-901"
        if db.file is None:  # the rows above brought their numbers with them
            for table in ("people", "schools"):
                await session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 5000)"))
    return db


@asynccontextmanager
async def deletes(db: Database, kind: Old, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[asyncio.Task[Any]]:
    """The night has found who goes, and deletes them when this ends."""
    found, goes_on = asyncio.Event(), asyncio.Event()
    shelf = type(SHELVES[kind])
    drop = shelf.drop

    async def slowly(self: Any, session: AsyncSession, items: Sequence[Any]) -> None:  # noqa: ANN401  either shelf
        found.set()
        await goes_on.wait()
        await drop(self, session, items)

    monkeypatch.setattr(shelf, "drop", slowly)
    async with asyncio.timeout(30):
        night = asyncio.create_task(run(db, now=NOW, periods=Periods(), kinds=[kind]))
        await found.wait()
        yield night
        await asyncio.sleep(WAITS)
        goes_on.set()
        await night


async def imports(db: Database, kind: Kind, content: str, folder: Path) -> None:
    file = folder / f"{kind.value}.csv"
    file.write_text(content, "utf-8")
    await import_file(db, kind, file, now=NOW)


def gone(outcomes: tuple[Outcome, ...]) -> list[int]:
    return [one.gone for one in outcomes]


async def test_somebody_who_comes_back_in_the_minute_they_are_deleted_is_there_again(
    school: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deletes(school, Old.STAFF, monkeypatch) as night:
        back = asyncio.create_task(imports(school, Kind.STAFF, STAFF, tmp_path))
    await back
    assert gone(night.result()) == [1]
    async with school.read() as session:
        roles = select(MembershipRow.roles).join(PersonRow).where(PersonRow.aad_object_id == "aad-901")
        assert list(await session.scalars(roles)) == ["staff"]
    assert await problems(school) == []


async def test_a_leaver_who_comes_back_in_the_minute_they_are_deleted_is_on_the_roll(
    school: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deletes(school, Old.PUPILS, monkeypatch) as night:
        back = asyncio.create_task(imports(school, Kind.PUPILS, PUPILS, tmp_path))
    await back
    assert gone(night.result()) == [1]
    async with school.read() as session:
        there = select(PupilRow.left_on).where(PupilRow.upn == "H380000000000")
        assert list(await session.scalars(there)) == [None]


async def test_consents_of_somebody_who_is_deleted_meanwhile_are_refused_in_a_sentence(
    school: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with deletes(school, Old.PUPILS, monkeypatch) as night:
        answers = asyncio.create_task(imports(school, Kind.CONSENTS, CONSENTS, tmp_path))
    with pytest.raises(RefusedError, match="no pupil has the number H380000000000; import the pupils first"):
        await answers
    assert gone(night.result()) == [1]
    assert await problems(school) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_the_night_waits_for_a_long_import_and_then_looks_again(
    school: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wait is short: a bot takes a database that is silent for longer for one that is away."""
    monkeypatch.setattr(taking_turns, "_SOON", text("SET LOCAL lock_timeout = '50ms'"))
    async with school.write() as session:
        await alone_with(session, List.STAFF)
        night = asyncio.create_task(run(school, now=NOW, periods=Periods(), kinds=[Old.STAFF]))
        await asyncio.sleep(WAITS)
        assert not night.done()
        gone_before = select(PersonRow.id).where(PersonRow.aad_object_id == "aad-901").scalar_subquery()
        await session.execute(update(MembershipRow).where(MembershipRow.person_id == gone_before).values(roles="staff"))
    assert gone(await night) == [0]
