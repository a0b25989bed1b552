"""Is the database copied, and is what is old deleted? A new one gets some days; then the doctor insists."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.looked_after import backup, retention
from storage import audit, retaining, upkeep
from storage.database import Database
from storage.upkeep import Upkeep

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def ago(days: float | None) -> datetime | None:
    return None if days is None else NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("since", "tidied", "well", "words"),
    [
        (None, None, "yes", "not done yet; a running bot does it at night."),
        (2, None, "yes", "not done yet; a running bot does it at night."),
        (4, None, "no", "never done. Is the bot running at night? Run: askdpo retention"),
        (400, 1, "yes", "last done on 2026-11-22 10:00 UTC."),
        (400, 4, "no", "last on 2026-11-19 done. Is the bot running at night? Run: askdpo retention"),
    ],
)
def test_deletion_is_missed_after_three_nights(
    since: float | None, tidied: float | None, well: str, words: str
) -> None:
    found = retention(Upkeep(ago(since), None, ago(tidied)), NOW)
    assert (found.well, found.words) == (well == "yes", words)


@pytest.mark.parametrize(
    ("since", "made", "well", "words"),
    [
        (3, None, "yes", "none yet. Make one every night: askdpo db backup FILE"),
        (8, None, "no", "there is none. Make one every night: askdpo db backup FILE"),
        (400, 6, "yes", "last made on 2026-11-17 10:00 UTC."),
        (400, 8, "no", "the newest is from 2026-11-15. Make one every night: askdpo db backup FILE"),
    ],
)
def test_a_copy_is_missed_after_a_week(since: float, made: float | None, well: str, words: str) -> None:
    found = backup(Upkeep(ago(since), ago(made), None), NOW, on_file=True)
    assert (found.well, found.words) == (well == "yes", words)


def test_a_servers_own_copies_are_not_ours_to_see() -> None:
    assert backup(Upkeep(ago(400), None, None), NOW, on_file=False).well


async def test_both_are_noted_in_the_database(db: Database) -> None:
    async with db.write() as session:
        await audit.record(session, "administrator", "pupils.imported", "school/HRE", now=NOW - timedelta(days=9))
        await upkeep.note_backup(session, now=NOW)
        assert await retaining.claim_run(session, NOW.date(), now=NOW)
    async with db.read() as session:
        assert await upkeep.upkeep(session, now=NOW) == Upkeep(NOW - timedelta(days=9), NOW, None)
    async with db.write() as session:
        await retaining.finish_run(session, NOW.date(), now=NOW + timedelta(hours=1))
    async with db.read() as session:
        assert (await upkeep.upkeep(session, now=NOW + timedelta(days=1))).tidied == NOW + timedelta(hours=1)


async def test_a_night_is_one_replicas_and_taken_over_when_it_died(db: Database) -> None:
    async def claims(minutes: int) -> bool:
        async with db.write() as session:
            return await retaining.claim_run(session, NOW.date(), now=NOW + timedelta(minutes=minutes))

    assert [await claims(minutes) for minutes in (0, 1, 59)] == [True, False, False]
    assert [await claims(minutes) for minutes in (61, 62)] == [True, False]
    async with db.write() as session:
        await retaining.finish_run(session, NOW.date(), now=NOW + timedelta(minutes=70))
    assert not await claims(600)
