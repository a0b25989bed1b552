"""Letters on both databases: once per key, never to two couriers, never lost with one."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import outbox, settling
from storage.database import Database
from storage.outbox import LEASE, Letter, LetterRow, Standing, State
from storage.settling import Delivered, PutOff

NOW = datetime(2026, 12, 8, 10, 30, tzinfo=UTC)
DPO = "00000000-0000-0000-0000-00000000000d"


async def post(db: Database, *keys: str, not_before: datetime | None = None) -> None:
    async with db.write() as session:
        for key in keys:
            await outbox.post(
                session,
                key=key,
                addressee=DPO,
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


async def test_a_claimed_letter_is_the_one_that_was_posted_with_its_card_or_without(db: Database) -> None:
    await post(db, "a")
    async with db.write() as session:
        await outbox.post(session, key="b", addressee=DPO, card=None, text="t", summary="s", now=NOW, subject="x/1")
    with_card, without = await claim(db)
    assert with_card.card == {"type": "AdaptiveCard"}
    assert (without.card, without.card_json, without.subject) == (None, None, "x/1")
    assert (without.addressee, without.posted_at) == (DPO, NOW)


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


async def revise(db: Database, key: str, text: str = "it is acknowledged") -> bool:
    async with db.write() as session:
        return await outbox.revise(session, key, card={"type": "AdaptiveCard", "say": text}, text=text, now=NOW)


async def arrive(db: Database, letter: Letter, message: str = "1:7") -> None:
    async with db.write() as session:
        await settling.sent(session, [Delivered(letter, "a:dpo", message)], now=NOW)


async def test_a_letter_revised_before_it_was_sent_goes_out_once_as_it_is_now(db: Database) -> None:
    await post(db, "a")
    assert await revise(db, "a")
    (letter,) = await claim(db)
    assert (letter.text, letter.revision, letter.is_update) == ("it is acknowledged", 2, False)
    await arrive(db, letter)
    assert await claim(db, NOW + LEASE) == ()


async def test_a_letter_revised_after_it_was_sent_is_due_again_as_an_update_of_the_same_message(db: Database) -> None:
    await post(db, "a")
    await arrive(db, (await claim(db))[0])
    assert await revise(db, "a")
    (letter,) = await claim(db)
    assert (letter.is_update, letter.conversation, letter.activity_id) == (True, "a:dpo", "1:7")
    assert (letter.attempts, letter.text) == (1, "it is acknowledged")
    await arrive(db, letter)
    assert (await row(db, "a")).state == State.SENT


async def test_what_arrived_is_the_revision_that_was_claimed(db: Database) -> None:
    await post(db, "a")
    (first,) = await claim(db)
    await revise(db, "a")
    await arrive(db, first)
    (second,) = await claim(db)
    assert (second.is_update, second.revision) == (True, 2)
    await arrive(db, second)
    await arrive(db, first, message="1:8")  # late news of a courier that lost its lease
    kept = await row(db, "a")
    assert (kept.state, kept.delivered, kept.activity_id) == (State.SENT, 2, "1:7")


async def test_a_revision_that_changes_nothing_is_none(db: Database) -> None:
    await post(db, "a")
    await arrive(db, (await claim(db))[0])
    async with db.write() as session:
        same = await outbox.revise(
            session, "a", card={"type": "AdaptiveCard"}, text="a case was opened", now=NOW + timedelta(days=1)
        )
    assert (same, await revise(db, "no such letter"), await claim(db)) == (False, False, ())


async def test_a_letter_for_later_stays_for_later_when_it_is_revised(db: Database) -> None:
    await post(db, "a", not_before=NOW + timedelta(hours=1))
    await revise(db, "a")
    assert not await due(db, NOW)
    assert (await claim(db, NOW + timedelta(hours=1)))[0].revision == 2


async def test_whoever_could_not_be_reached_is_not_tried_again_by_a_revision(db: Database) -> None:
    await post(db, "a")
    (letter,) = await claim(db)
    async with db.write() as session:
        await outbox.undeliverable(session, letter.id, reason="status 403")
    assert await revise(db, "a")
    assert await claim(db, NOW + LEASE) == ()


async def test_the_letters_about_a_subject_are_found_with_what_each_addressee_sees(db: Database) -> None:
    async with db.write() as session:
        for key, subject in (("17/dpo", "breach/17"), ("17/head", "breach/17"), ("18/dpo", "breach/18"), ("x", "")):
            await outbox.post(
                session, key=key, addressee=key, card=None, text="t", summary="s", now=NOW, subject=subject
            )
    await arrive(db, (await claim(db))[0])
    await revise(db, "17/dpo")
    async with db.read() as session:
        found = await outbox.of_subject(session, "breach/17")
        assert await outbox.of_subject(session, "") == ()
    assert found == (
        Standing("17/dpo", "17/dpo", State.WAITING, revision=2, delivered=1),
        Standing("17/head", "17/head", State.WAITING, revision=1, delivered=0),
    )


async def test_an_urgent_letter_is_claimed_before_thousands_that_are_not(db: Database) -> None:
    await post(db, *(f"k{number}" for number in range(50)))
    async with db.write() as session:
        await outbox.post(session, key="u", addressee="d", card=None, text="t", summary="s", now=NOW, urgent=True)
    assert [letter.key for letter in await claim(db, most=2)] == ["u", "k0", "k1"]


async def test_a_courier_without_room_takes_urgent_letters_only(db: Database) -> None:
    await post(db, "k")
    async with db.write() as session:
        await outbox.post(session, key="u", addressee="d", card=None, text="t", summary="s", now=NOW, urgent=True)
        taken = await outbox.claim(session, now=NOW, most=0, most_urgent=3)
    assert [letter.key for letter in taken] == ["u"]


async def test_neither_fresh_letters_nor_those_to_be_tried_again_starve(db: Database) -> None:
    await post(db, *(f"late{number}" for number in range(20)), not_before=NOW - timedelta(seconds=1))
    await post(db, *(f"new{number}" for number in range(20)))
    taken = [letter.key for letter in await claim(db, most=10)]
    assert (sum(key.startswith("late") for key in taken), len(taken)) == (5, 10)


async def test_a_courier_that_lives_keeps_what_takes_its_time(db: Database) -> None:
    await post(db, "a")
    (letter,) = await claim(db)
    async with db.write() as session:
        await settling.renew(session, [letter.id], now=NOW + LEASE / 2)
    assert await claim(db, NOW + LEASE) == ()
    assert len(await claim(db, NOW + LEASE * 1.5)) == 1


async def test_a_courier_that_lost_its_lease_does_not_end_anothers(db: Database) -> None:
    await post(db, "a")
    (first,) = await claim(db)
    (second,) = await claim(db, NOW + LEASE)
    async with db.write() as session:
        await settling.put_off(session, [PutOff(first, "status 503", NOW + LEASE)], now=NOW)
        await settling.put_back(session, [first], now=NOW)
    assert await claim(db, NOW + LEASE * 1.5) == ()
    async with db.write() as session:
        await settling.put_back(session, [second], now=NOW)
    (third,) = await claim(db, NOW + LEASE * 1.5)
    assert third.attempts == 2, "what was not tried does not count"


async def test_an_overrun_chat_waits_and_no_other(db: Database) -> None:
    await post(db, "a", "b")
    async with db.write() as session:
        await outbox.post(session, key="c", addressee="another", card=None, text="t", summary="s", now=NOW)
        await settling.hold(session, DPO, now=NOW, until=NOW + timedelta(seconds=7))
    assert [letter.key for letter in await claim(db)] == ["c"]
    assert [letter.key for letter in await claim(db, NOW + timedelta(seconds=7))] == ["a", "b"]


async def test_giving_up_on_somebody_ends_what_is_due_to_them_and_nothing_else(db: Database) -> None:
    await post(db, "refused", "due", "shown")
    letters = {letter.key: letter for letter in await claim(db)}
    await arrive(db, letters["shown"])
    await revise(db, "shown")
    await post(db, "tomorrow", not_before=NOW + timedelta(days=1))
    async with db.write() as session:
        await outbox.post(session, key="another's", addressee="x", card=None, text="t", summary="s", now=NOW)
        await settling.put_back(session, [letters["due"]], now=NOW)
        await outbox.undeliverable(session, letters["refused"].id, reason="status 403")
        given_up = await settling.give_up_on(session, DPO, now=NOW, reason="status 403")
    assert [letter.key for letter in given_up] == ["due"]
    assert {letter.key for letter in await claim(db, NOW + timedelta(days=1))} == {"shown", "tomorrow", "another's"}
