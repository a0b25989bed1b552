"""Letters on both databases: once per key, never to two couriers, never lost with one."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import outbox
from storage.database import Database
from storage.outbox import LEASE, Letter, LetterRow, State

NOW = datetime(2026, 12, 8, 10, 30, tzinfo=UTC)


async def post(db: Database, *keys: str, not_before: datetime | None = None) -> None:
    async with db.write() as session:
        for key in keys:
            await outbox.post(
                session,
                key=key,
                addressee="00000000-0000-0000-0000-00000000000d",
                card={"type": "AdaptiveCard"},
                text="a case was opened",
                summary="Ask DPO has something for you",
                now=NOW,
                not_before=not_before,
            )


async def claim(db: Database, now: datetime = NOW, most: int = 16) -> tuple[Letter, ...]:
    async with db.write() as session:
        return await outbox.claim(session, now=now, most=most)


async def due(db: Database, now: datetime) -> bool:
    async with db.read() as session:
        return await outbox.is_due(session, now=now)


async def row(db: Database, key: str) -> LetterRow:
    async with db.read() as session:
        return (await session.scalars(select(LetterRow).where(LetterRow.key == key))).one()


async def test_a_key_is_posted_once(db: Database) -> None:
    await post(db, "case/1/opened", "case/1/opened")
    await post(db, "case/1/opened")
    assert [letter.key for letter in await claim(db)] == ["case/1/opened"]


async def test_a_letter_of_an_undone_transaction_was_never_written(db: Database) -> None:
    async with db.read() as session:  # ends without a commit
        await outbox.post(session, key="a", addressee="x", card=None, text="t", summary="s", now=NOW)
    assert await claim(db) == ()


async def test_a_fresh_letter_is_due_whatever_the_schools_clock_said(db: Database) -> None:
    await post(db, "a")
    assert await due(db, NOW - timedelta(days=400))


async def test_a_letter_for_later_waits(db: Database) -> None:
    await post(db, "a", not_before=NOW + timedelta(hours=1))
    assert not await due(db, NOW)
    async with db.read() as session:
        assert await outbox.next_due(session, now=NOW) == NOW + timedelta(hours=1)
    assert await due(db, NOW + timedelta(hours=1))


async def test_couriers_at_the_same_time_share_the_letters_and_take_none_twice(db: Database) -> None:
    keys = [f"k{number:02}" for number in range(40)]
    await post(db, *keys)
    taken = await asyncio.gather(*(claim(db, most=10) for _ in range(5)))
    assert sorted(letter.key for letters in taken for letter in letters) == keys


async def test_a_letter_of_a_courier_that_died_is_taken_up_after_its_lease(db: Database) -> None:
    await post(db, "a")
    await claim(db)
    assert await claim(db, NOW + LEASE / 2) == ()
    (again,) = await claim(db, NOW + LEASE)
    assert again.attempts == 2


async def test_a_failed_letter_waits_as_long_as_it_was_told_to(db: Database) -> None:
    await post(db, "a")
    (letter,) = await claim(db)
    async with db.write() as session:
        await outbox.failed(session, letter.id, reason="status 429", next_try_at=NOW + timedelta(seconds=7))
    assert await claim(db, NOW + timedelta(seconds=6)) == ()
    assert len(await claim(db, NOW + timedelta(seconds=7))) == 1


async def test_a_sent_letter_stays_as_the_record_of_what_was_said(db: Database) -> None:
    await post(db, "a")
    (letter,) = await claim(db)
    async with db.write() as session:
        await outbox.sent(session, letter.id, conversation="a:dpo", activity_id="1:7", now=NOW)
        await outbox.failed(
            session, letter.id, reason="late news", next_try_at=NOW
        )  # from a courier that lost its lease
    kept = await row(db, "a")
    assert (kept.state, kept.activity_id, kept.conversation, kept.reason) == (State.SENT, "1:7", "a:dpo", None)
    assert await claim(db, NOW + LEASE) == ()


async def test_an_undeliverable_letter_is_not_tried_again_and_says_why(db: Database) -> None:
    await post(db, "a")
    (letter,) = await claim(db)
    async with db.write() as session:
        await outbox.undeliverable(session, letter.id, reason="status 403")
    kept = await row(db, "a")
    assert (kept.state, kept.reason) == (State.UNDELIVERABLE, "status 403")
    assert await claim(db, NOW + timedelta(days=1)) == ()
