"""Random histories, holds and killed runs: nothing goes before its day or under a hold, and everything else does."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from policy.retention import Kind, Periods, Why, ends_on
from storage import audit, holds
from storage.cases import CaseEventRow, CaseRow
from storage.checking import problems
from storage.database import Database
from storage.engines.sqlite import InLoopSession
from storage.forgetting.protecting import standing as read_holds
from storage.forgetting.run import Outcome, run
from storage.people import MembershipRow, PersonRow
from storage.published import PublishedRow
from storage.pupils import PupilRow
from storage.questions import QuestionRow
from storage.refreshes import RefreshRow
from storage.reviews import ReviewRow
from storage.schools import PermissionRow, SchoolRow
from storage.suspensions import SuspensionRow
from storage.withdrawals import WithdrawalRow
from tests.storage.forgetting.history import (
    ELSEWHERE,
    HERE,
    NOW,
    About,
    Planted,
    hold,
    is_covered,
    plant,
    schools_and_staff,
    stands,
)

TODAY = NOW.date()
PERIODS = Periods(questions_months=2, register_months=4, letters_months=3, cases_years=1, staff_months=5)
AGES = st.one_of(
    st.integers(0, 500),
    st.sampled_from([29, 30, 31, 32, 60, 61, 62, 91, 92, 93, 122, 123, 152, 153, 154, 364, 365, 366]),
)
THINGS = st.lists(
    st.builds(
        Planted,
        kind=st.sampled_from(Kind),
        began=AGES.map(lambda days: TODAY - timedelta(days=days)),
        about=st.sampled_from(About),
        school=st.sampled_from([HERE, ELSEWHERE]),
        stays=st.sampled_from([False, False, True]),
    ),
    max_size=14,
)
NUMBERED = (Kind.CASES, Kind.QUESTIONS, Kind.ANSWERS, Kind.PERMISSIONS, Kind.PUPILS, Kind.STAFF)
NEVER_STAY = {Kind.REPLIES, Kind.DELIVERIES, Kind.PERMISSIONS, Kind.DIGESTS}  # they have no way to be open


def is_over(thing: Planted) -> bool:
    """Said by the day on which the period ends, not by the instant that the code works out."""
    if thing.kind in {Kind.REPLIES, Kind.DELIVERIES, Kind.CHOICES, Kind.FORMS}:  # to the instant: at noon, it is 03:00
        return thing.at < NOW - timedelta(days=30)
    return ends_on(thing.kind, thing.began, PERIODS) <= TODAY


def must_stay(thing: Planted, *, held: bool) -> bool:
    return (thing.stays and thing.kind not in NEVER_STAY) or (held and is_covered(thing)) or not is_over(thing)


class Dying(InLoopSession):
    """A session that is killed at its n-th commit."""

    lives: ClassVar[int] = 0

    async def commit(self) -> None:
        if Dying.lives <= 0:
            raise KeyboardInterrupt
        Dying.lives -= 1
        await super().commit()


async def killed_after(db: Database, commits: int, most: int) -> None:
    Dying.lives = commits
    try:
        await run(replace(db, session=Dying), now=NOW, periods=PERIODS, most=most)
    except KeyboardInterrupt:
        return


@contextmanager
def copy_of(file: Path) -> Iterator[str]:
    with TemporaryDirectory(prefix="askdpo-forget-") as folder:
        shutil.copy(file, Path(folder) / "a.db")
        yield f"sqlite:///{folder}/a.db"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(things=THINGS, held=st.sampled_from([True, False]), most=st.integers(1, 5), commits=st.integers(0, 6))
def test_what_is_over_goes_and_nothing_else(
    migrated_file: Path, things: list[Planted], *, held: bool, most: int, commits: int
) -> None:
    with copy_of(migrated_file) as url:
        asyncio.run(_history(url, things, held=held, most=most, commits=commits))


async def _history(url: str, things: list[Planted], *, held: bool, most: int, commits: int) -> None:
    db = Database.connect(url)
    try:
        await _planted(db, things, held=held)
        dry = await run(db, now=NOW, periods=PERIODS, dry=True, most=most)
        assert await standing(db, things) == things  # looking changes nothing
        await killed_after(db, commits, most)
        between = await standing(db, things)
        assert [one for one in things if must_stay(one, held=held)] == [
            one for one in between if must_stay(one, held=held)
        ]
        done = await run(db, now=NOW, periods=PERIODS, most=most)
        assert await standing(db, things) == [one for one in things if must_stay(one, held=held)]
        assert gone(await run(db, now=NOW, periods=PERIODS, most=most)) == {}
        if commits == 0:
            assert without(gone(done), Kind.STAFF) == without(gone(dry), Kind.STAFF)
        assert await problems(db) == []
    finally:
        await db.dispose()


async def _planted(db: Database, things: list[Planted], *, held: bool, later: bool = True) -> None:
    async with db.write() as session:
        await schools_and_staff(session)
        if held:
            await hold(session)
        for number, thing in enumerate(things):
            await plant(session, thing, number)
        for number, kind in enumerate(NUMBERED if later else (), 9000):  # the newest of each stays on SQLite, see below
            await plant(session, Planted(kind, TODAY), number)


async def standing(db: Database, things: list[Planted]) -> list[Planted]:
    async with db.read() as session:
        return [thing for number, thing in enumerate(things) if await stands(session, thing, number)]


def gone(outcomes: tuple[Outcome, ...]) -> dict[Kind, int]:
    return {one.kind: one.gone for one in outcomes if one.gone}


def without(counts: dict[Kind, int], kind: Kind) -> dict[Kind, int]:
    return {each: count for each, count in counts.items() if each is not kind}


def old(kind: Kind, **more: Any) -> Planted:  # noqa: ANN401  the fields of Planted
    return Planted(kind, TODAY - timedelta(days=500), **more)


@pytest.mark.parametrize("kind", Kind)
async def test_each_kind_goes_on_both_databases_and_stays_under_a_hold(db: Database, kind: Kind) -> None:
    things = [old(kind), old(kind, about=About.AMELIE), old(kind, about=About.AMELIE, school=ELSEWHERE)]
    things.append(Planted(kind, TODAY))
    await _planted(db, things, held=True)
    (dry,) = await run(db, now=NOW, periods=PERIODS, kinds=[kind], dry=True)
    (told,) = await run(db, now=NOW, periods=PERIODS, kinds=[kind])

    assert await standing(db, things) == [one for one in things if must_stay(one, held=True)]
    assert dry == told
    assert told.oldest == TODAY - timedelta(days=500)
    assert told.kept.get(Why.HOLD, 0) == sum(is_covered(one) for one in things[:3])
    assert await problems(db) == []


@pytest.mark.parametrize("kind", sorted(set(Kind) - NEVER_STAY - {Kind.CHOICES, Kind.ANSWERS}))
async def test_what_is_open_stays_and_is_said_where_it_is_over(sqlite_db: Database, kind: Kind) -> None:
    things = [old(kind, stays=True)]
    await _planted(sqlite_db, things, held=False)
    (told,) = await run(sqlite_db, now=NOW, periods=PERIODS, kinds=[kind])

    assert await standing(sqlite_db, things) == things
    waits = {Kind.FORMS, Kind.LETTERS, Kind.LETTER_WORDS}  # an open form and a waiting letter are not over
    expected = {Kind.CASES: {Why.UNDECIDED: 1}, Kind.STAFF: {Why.RECORD: 1}}
    assert told.kept == ({} if kind in waits else expected.get(kind, {Why.OPEN: 1}))


async def test_the_audit_log_says_how_much_went_and_still_holds_together(db: Database) -> None:
    await _planted(db, [old(Kind.CASES), old(Kind.CASES), old(Kind.PUPILS)], held=False)
    await run(db, now=NOW, periods=PERIODS, most=1)
    async with db.read() as session:
        lines = [(line.subject, line.details) for line in await audit.lines(session)]
        assert await audit.verify(session) is None
    assert [subject for subject, _ in lines] == ["retention/cases", "retention/cases", "retention/pupils"]
    assert [details.get("cases") for _, details in lines] == [[1], [2], None]
    assert all("Bell" not in str(details) for _, details in lines)


async def test_a_running_bot_notices_that_pupils_have_gone(sqlite_db: Database) -> None:
    await _planted(sqlite_db, [old(Kind.PUPILS)], held=False)
    await run(sqlite_db, now=NOW, periods=PERIODS)
    async with sqlite_db.read() as session:
        school = await session.get(SchoolRow, HERE)
    assert school is not None
    assert (school.roll_version, school.consents_version) == (1, 1)


async def test_an_open_case_that_may_name_a_leaver_keeps_them(sqlite_db: Database) -> None:
    thing = old(Kind.PUPILS)
    await _planted(sqlite_db, [thing, old(Kind.CASES)], held=False)
    async with sqlite_db.write() as session:
        await session.execute(_reopen())
    (told,) = await run(sqlite_db, now=NOW, periods=PERIODS, kinds=[Kind.PUPILS])
    assert (told.gone, told.kept) == (0, {Why.OPEN: 1})


def _reopen() -> Any:  # noqa: ANN401  an UPDATE
    return update(CaseRow).values(closed_at=None)


@pytest.mark.postgres
async def test_a_hold_that_begins_meanwhile_waits_for_a_batch_and_covers_the_next(
    postgresql_db: Database,
) -> None:
    """What a batch has looked at cannot come under a hold before it is gone."""
    db = postgresql_db
    await _planted(db, [], held=True)
    async with db.write() as batch:
        await read_holds(batch, deletes=True)
        beginning = asyncio.create_task(_hold_everything(db))
        await asyncio.sleep(0.2)
        assert not beginning.done()
    await beginning


async def _hold_everything(db: Database) -> None:
    async with db.write() as session:
        await holds.keep(session, 1, school_id=HERE, about=())


@pytest.fixture
async def postgresql_db(pg_url: str) -> Any:  # noqa: ANN401  an async generator's fixture
    database = Database.connect(pg_url)
    yield database
    await database.dispose()


@pytest.fixture
def pg_url(postgresql: Callable[[], str]) -> str:
    return postgresql()


async def test_whoever_comes_back_during_the_run_stays(db: Database) -> None:
    """The run noted at its start who had left; a staff file or a sync has brought them back since."""
    thing = old(Kind.STAFF)
    await _planted(db, [thing], held=False)
    async with db.write() as session:
        await session.execute(_back())
    (told,) = await run(db, now=NOW, periods=PERIODS, kinds=[Kind.STAFF])
    assert (told.gone, told.kept) == (0, {})
    assert await standing(db, [thing]) == [thing]


def _back() -> Any:  # noqa: ANN401  an UPDATE
    return update(MembershipRow).where(MembershipRow.person_id == 2000).values(roles="dpo")


@pytest.mark.postgres
async def test_a_role_that_is_given_while_a_batch_looks_is_waited_for(postgresql_db: Database) -> None:
    """Whoever gave it first is seen; whoever comes after the batch finds nobody, and adds them anew."""
    db = postgresql_db
    thing = old(Kind.STAFF)
    await _planted(db, [thing], held=False)
    async with db.write() as importing:
        await importing.execute(_back())
        deleting = asyncio.create_task(run(db, now=NOW, periods=PERIODS, kinds=[Kind.STAFF]))
        await asyncio.sleep(0.3)
        assert not deleting.done()
    (told,) = await deleting
    assert told.gone == 0
    assert await standing(db, [thing]) == [thing]


@pytest.mark.parametrize("kind", NUMBERED)
async def test_no_number_is_given_twice(db: Database, kind: Kind) -> None:
    """An audit line, a letter's key or a list in JSON that names a number must not come to mean somebody else."""
    things = [old(kind), old(kind)]
    await _planted(db, things, held=False, later=False)
    before = await _highest(db)
    (told,) = await run(db, now=NOW, periods=PERIODS, kinds=[kind])
    on_sqlite = db.file is not None
    assert (told.gone, told.kept) == ((1, {Why.RECORD: 1}) if on_sqlite else (2, {}))
    async with db.write() as session:
        await plant(session, Planted(kind, TODAY), 3)
    after = await _highest(db)
    assert all(after[table] > number for table, number in before.items() if _NUMBERS[table] is kind)
    await run(db, now=NOW, periods=PERIODS, kinds=[kind])
    assert await standing(db, things) == []


_NUMBERS = {
    CaseRow: Kind.CASES,
    QuestionRow: Kind.QUESTIONS,
    ReviewRow: Kind.QUESTIONS,
    PublishedRow: Kind.ANSWERS,
    PermissionRow: Kind.PERMISSIONS,
    PupilRow: Kind.PUPILS,
    WithdrawalRow: Kind.PUPILS,
    RefreshRow: Kind.PUPILS,
    PersonRow: Kind.STAFF,
}


async def _highest(db: Database) -> dict[Any, int]:
    async with db.read() as session:
        return {row: await session.scalar(select(func.max(row.id))) or 0 for row in _NUMBERS}


@pytest.mark.parametrize("numbered", [WithdrawalRow, RefreshRow])
async def test_a_pupil_stays_while_what_was_told_of_them_is_the_newest(sqlite_db: Database, numbered: Any) -> None:  # noqa: ANN401  two tables' rows
    """Its number is in the keys of letters, which are kept for longer: another's would never be sent."""
    things = [old(Kind.PUPILS)]
    await _planted(sqlite_db, things, held=False, later=False)
    async with sqlite_db.write() as session:
        await plant(session, Planted(Kind.PUPILS, TODAY), 1)
        await session.execute(delete(SuspensionRow).where(SuspensionRow.id > 1))
        await session.execute(delete(numbered).where(numbered.born_of.in_(("w1", "r1"))))
    (told,) = await run(sqlite_db, now=NOW, periods=PERIODS, kinds=[Kind.PUPILS])
    assert (told.gone, told.kept) == (0, {Why.RECORD: 1})


@pytest.mark.parametrize(
    "data",
    ['{"person":2000}', '{"stand_ins":[7,2000]}', '{"tasks":{"2000":"x"}}', '{"answers":"{\\"person\\": \\"2000\\"}"}'],
)
async def test_whoever_is_named_by_number_in_a_case_stays(db: Database, data: str) -> None:
    things = [old(Kind.STAFF), Planted(Kind.CASES, TODAY)]
    await _planted(db, things, held=False)
    async with db.write() as session:
        await session.execute(update(CaseEventRow).values(data=data))
    (told,) = await run(db, now=NOW, periods=PERIODS, kinds=[Kind.STAFF])
    assert (told.gone, told.kept) == (0, {Why.RECORD: 1})
    async with db.write() as session:
        await session.execute(
            update(CaseEventRow).values(data='{"person":20001,"at":"2000-01-01","n":-2000,"is":true}')
        )
    (told,) = await run(db, now=NOW, periods=PERIODS, kinds=[Kind.STAFF])
    assert (told.gone, told.kept) == (1, {})


async def test_two_runs_at_once_delete_nothing_twice_and_break_nothing(db: Database) -> None:
    things = [Planted(kind, date(2024, 1, 1 + n)) for n in range(6) for kind in Kind]
    await _planted(db, things, held=False)
    both = (run(db, now=NOW, periods=PERIODS, most=2) for _ in range(2))
    counts = await asyncio.gather(*both, return_exceptions=True)
    await run(db, now=NOW, periods=PERIODS)
    assert await standing(db, things) == []
    assert await problems(db) == []
    assert any(not isinstance(count, BaseException) for count in counts)
