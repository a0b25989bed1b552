"""When what is old is deleted: at night by one replica, by day where a night was missed, never by a wrong clock."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import housekeeping
from bot.housekeeping import nightly, once
from dialogs.desk import Desk
from storage import audit, retaining
from storage.database import Database
from storage.deliveries import DeliveryRow
from storage.forgetting.run import Outcome
from storage.pupils import PupilRow
from storage.schools import SchoolRow
from storage.turns import TurnRow
from storage.upkeep import upkeep

NIGHT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def school(db: Database) -> Database:
    """A pupil who left more than a year ago, and one who is there."""
    async with db.write() as session:
        session.add(SchoolRow(id=1, code="HRE", name="Here"))
        await session.flush()
        session.add_all(
            PupilRow(
                id=number,
                school_id=1,
                upn=f"U{number}",
                legal_first_name="Tom",
                preferred_first_name="",
                last_name="Bell",
                class_name="6B",
                year_group="6",
                born=date(2014, 3, 4),
                joined_on=date(2020, 9, 2),
                left_on=left_on,
            )
            for number, left_on in ((1, date(2025, 7, 20)), (2, None))
        )
    return db


async def is_there(db: Database) -> bool:
    async with db.read() as session:
        return await session.get(PupilRow, 1) is not None


async def looked_after(db: Database, at: datetime) -> bool:
    """Whether the pupil is still there after an hourly look."""
    await once(db, Desk(), lambda: at)
    return await is_there(db)


async def ran(db: Database, at: datetime) -> None:
    async with db.write() as session:
        await retaining.finish_run(session, at.date(), now=at)


async def test_a_new_database_waits_for_its_first_night(school: Database) -> None:
    async with school.write() as session:
        await audit.record(session, "administrator", "pupils.imported", "school/HRE", now=DAY)
    assert await looked_after(school, DAY)
    assert not await looked_after(school, NIGHT + timedelta(days=1))


@pytest.mark.parametrize(("hours", "stays"), [(35, "yes"), (37, "no")])
async def test_a_night_that_was_missed_is_made_up_for_by_day(school: Database, hours: int, stays: str) -> None:
    await ran(school, DAY - timedelta(hours=hours))
    assert await looked_after(school, DAY) is (stays == "yes")


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
async def test_by_day_nobody_waits_for_it(school: Database, hour: int) -> None:
    await ran(school, DAY - timedelta(hours=20))
    assert await looked_after(school, DAY.replace(hour=hour))


async def test_a_clock_that_jumped_weeks_ahead_has_a_night_to_be_noticed(
    school: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await ran(school, NIGHT - timedelta(days=1))
    jumped = NIGHT + timedelta(days=44)
    assert await looked_after(school, jumped)
    assert "retention waits a night after a long gap" in caplog.text
    assert not await looked_after(school, jumped + timedelta(days=1))  # it was no mistake


@pytest.fixture
async def talked(school: Database) -> Database:
    """The school has been in use for long, and somebody asked something this very night."""
    async with school.write() as session:
        session.add(TurnRow(conversation="c", activity="a", person_id=None, at=NIGHT, reply="[]"))
        session.add(DeliveryRow(conversation="c", activity="b", place=0, message="1:1", at=NIGHT))
        await audit.record(session, "administrator", "pupils.imported", "school/HRE", now=NIGHT - timedelta(days=200))
    return school


async def is_all_there(db: Database) -> bool:
    async with db.read() as session:
        talk = [await session.get(TurnRow, ("c", "a")), await session.get(DeliveryRow, ("c", "b", 0))]
    return all(talk) and await is_there(db)


JUMPED = NIGHT + timedelta(days=40)
YEARS = NIGHT + timedelta(days=3650)


async def nights(db: Database, first: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at every hour of three days, by both clocks."""
    for hours in range(72):
        at = first + timedelta(hours=hours)
        monkeypatch.setattr(housekeeping, "wall_clock", lambda at=at: at)
        await once(db, Desk(), lambda at=at: at)


@pytest.mark.parametrize("ran_before", ["every night", "never"])
async def test_a_clock_that_jumped_years_ahead_deletes_nothing_however_long_it_goes_on(
    talked: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, ran_before: str
) -> None:
    """Neither by the hour nor by night, nor in the very first run of a school that has been in use for long."""
    for days in (2, 1) if ran_before == "every night" else ():
        await ran(talked, NIGHT - timedelta(days=days))
    await nights(talked, YEARS, monkeypatch)
    assert await is_all_there(talked)
    assert "retention waits for the DPO's word" in caplog.text
    await housekeeping.by_hand(talked, Desk(), now=YEARS, today=YEARS.date())  # somebody saw to it
    assert not await is_there(talked)


async def test_nights_go_on_when_such_a_clock_is_right_again(talked: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (2, 1):
        await ran(talked, NIGHT - timedelta(days=days))
    await nights(talked, YEARS, monkeypatch)
    assert not await looked_after(talked, NIGHT)


async def test_a_clock_that_jumped_deletes_nothing_at_its_first_looks(
    talked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by the hour nor by night."""
    for days in (2, 1):
        await ran(talked, NIGHT - timedelta(days=days))
    for hours in (0, 1, 9):
        at = JUMPED + timedelta(hours=hours)
        monkeypatch.setattr(housekeeping, "wall_clock", lambda at=at: at)
        await once(talked, Desk(), lambda at=at: at)
        assert await is_all_there(talked)
    after = JUMPED + timedelta(days=1)  # it was no mistake
    monkeypatch.setattr(housekeeping, "wall_clock", lambda: after)
    await once(talked, Desk(), lambda: after)
    await once(talked, Desk(), lambda: after + timedelta(hours=1))
    assert not await is_there(talked)
    async with talked.read() as session:
        assert await session.get(TurnRow, ("c", "a")) is None
        assert await session.get(DeliveryRow, ("c", "b", 0)) is None


async def test_a_night_is_waited_however_late_in_the_day_the_clock_jumped(school: Database) -> None:
    for days in (2, 1):
        await ran(school, NIGHT - timedelta(days=days))
    late = JUMPED.replace(hour=23)
    for hours in (0, 3):  # 02:00 is another day already
        assert await looked_after(school, late + timedelta(hours=hours))
    assert not await looked_after(school, late + timedelta(hours=28))


async def test_a_night_by_a_wrong_clock_is_forgotten_when_it_is_right_again(talked: Database) -> None:
    for days in (2, 1):
        await ran(talked, NIGHT - timedelta(days=days))
    await once(talked, Desk(), lambda: JUMPED)
    assert await is_all_there(talked)
    missed = DAY + timedelta(days=5)
    assert not await looked_after(talked, missed)  # by day, for nights were missed
    async with talked.read() as session:
        assert (await upkeep(session, now=missed)).tidied == missed
    await once(talked, Desk(), lambda: JUMPED + timedelta(days=1))  # a second jump is as unlikely as the first
    async with talked.read() as session:
        assert await session.get(TurnRow, ("c", "a")) is not None


async def test_the_command_does_not_trust_a_wrong_clock_either(
    talked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(_: Database) -> bool:
        return False

    monkeypatch.setattr(housekeeping, "is_right", wrong)
    with pytest.raises(housekeeping.WrongClockError, match="nothing was deleted"):
        await housekeeping.by_hand(talked, Desk(), now=JUMPED)
    assert await is_all_there(talked)


@pytest.mark.parametrize("days", [0, 13])
async def test_what_a_person_asks_for_is_done_at_once(school: Database, days: int) -> None:
    await ran(school, DAY - timedelta(days=days + 1))
    await ran(school, DAY - timedelta(days=days))
    outcomes = await housekeeping.by_hand(school, Desk(), now=DAY)
    assert sum(one.gone for one in outcomes) == 1
    assert not await is_there(school)


@pytest.mark.parametrize("days", [15, 46, 400])
async def test_where_the_night_would_wait_a_person_says_the_day_first(school: Database, days: int) -> None:
    await ran(school, DAY - timedelta(days=days + 1))
    await ran(school, DAY - timedelta(days=days))
    with pytest.raises(housekeeping.WrongClockError, match=r"today is Mon 23 Nov 2026, and deletion was last done"):
        await housekeeping.by_hand(school, Desk(), now=DAY)
    with pytest.raises(housekeeping.WrongClockError, match=r"you say Sun 22 Nov 2026: nothing was deleted"):
        await housekeeping.by_hand(school, Desk(), now=DAY, today=date(2026, 11, 22))
    assert await is_there(school)
    async with school.read() as session:
        assert not [line for line in await audit.lines(session) if line.action == "retention.clock_confirmed"]

    await housekeeping.by_hand(school, Desk(), now=DAY, today=date(2026, 11, 23))
    assert not await is_there(school)
    async with school.read() as session:
        (line,) = [line for line in await audit.lines(session) if line.action == "retention.clock_confirmed"]
    assert (line.actor, line.details["day"]) == ("administrator", "2026-11-23")


async def test_where_it_never_ran_a_person_says_the_day_as_well(school: Database) -> None:
    with pytest.raises(housekeeping.WrongClockError, match="was never done here"):
        await housekeeping.by_hand(school, Desk(), now=DAY)
    await housekeeping.by_hand(school, Desk(), now=DAY, today=DAY.date())
    assert not await is_there(school)


async def test_of_several_replicas_one_does_it(school: Database) -> None:
    await ran(school, NIGHT - timedelta(days=1))
    told = await asyncio.gather(*(nightly(school, Desk(), now=NIGHT) for _ in range(3)))
    assert sorted(bool(outcomes) for outcomes in told) == [False, False, True]


async def test_a_night_whose_replica_died_is_done_by_another(school: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object, **__: object) -> tuple[Outcome, ...]:
        raise ConnectionError

    await ran(school, NIGHT - timedelta(days=1))
    with monkeypatch.context() as killed:
        killed.setattr(housekeeping, "forget", dies)
        with pytest.raises(ConnectionError):
            await nightly(school, Desk(), now=NIGHT)
    assert await looked_after(school, NIGHT + timedelta(minutes=30))
    assert not await looked_after(school, NIGHT + timedelta(minutes=61))


async def test_nothing_is_deleted_by_a_clock_that_is_not_the_databases(
    school: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(_: Database) -> bool:
        return False

    monkeypatch.setattr(housekeeping, "is_right", wrong)
    assert await looked_after(school, NIGHT)
