"""Where people are, and what reached them, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import chats, deliveries
from storage.chats import Chat
from storage.database import Database
from storage.deliveries import Delivery

NOW = datetime(2026, 12, 8, 10, 30, tzinfo=UTC)
TESS = Chat("aad-tess", "https://one.example", "a:tess", "28:bot", "tenant")
DOT = Chat("aad-dot", "https://two.example", "a:dot", "28:bot", "tenant")


async def test_the_newest_word_on_where_somebody_is_counts(db: Database) -> None:
    moved = replace(TESS, service_url="https://three.example")
    async with db.write() as session:
        await chats.keep(session, TESS, now=NOW)
        await chats.keep(session, moved, now=NOW + timedelta(minutes=1))
        await chats.keep(session, DOT, now=NOW)
    async with db.read() as session:
        assert await chats.of(session, "aad-tess") == moved
        assert await chats.latest(session) == moved
        assert await chats.of(session, "aad-nobody") is None


async def test_a_chat_that_is_no_more_keeps_its_address(db: Database) -> None:
    async with db.write() as session:
        await chats.keep(session, TESS, now=NOW)
        await chats.closed(session, "a:tess")
    async with db.read() as session:
        assert await chats.of(session, "aad-tess") == replace(TESS, conversation="")


async def test_somebody_who_removed_the_app_is_forgotten(db: Database) -> None:
    async with db.write() as session:
        await chats.keep(session, TESS, now=NOW)
        await chats.forget(session, "aad-tess")
    async with db.read() as session:
        assert await chats.of(session, "aad-tess") is None


async def test_an_arrival_told_of_twice_is_welcomed_once_and_a_later_one_again(db: Database) -> None:
    async with db.write() as session:
        await chats.keep(session, TESS, now=NOW)
        welcomed = [
            await chats.first_arrival(session, "aad-tess", now=NOW + timedelta(seconds=seconds))
            for seconds in (0, 1, 60)
        ]
    assert welcomed == [True, False, True]


async def test_what_was_delivered_is_known_by_turn_and_by_message(db: Database) -> None:
    async with db.write() as session:
        two = [Delivery("c", "m1", 0, "1:1", NOW), Delivery("c", "m1", 1, "1:2", NOW)]
        await deliveries.note(session, two)
        await deliveries.note(session, two[:1])  # a second replica, a moment later
    async with db.read() as session:
        assert await deliveries.of(session, "c", "m1") == {0: "1:1", 1: "1:2"}
        assert await deliveries.of(session, "c", "m2") == {}
        assert await deliveries.is_ours(session, "c", "1:2")
        assert not await deliveries.is_ours(session, "another", "1:2")


async def test_an_address_serves_all_only_where_there_is_no_other(db: Database) -> None:
    async with db.read() as session:
        assert await chats.alone(session) is None
    async with db.write() as session:
        await chats.keep(session, TESS, now=NOW)
        assert await chats.alone(session) == TESS
        await chats.keep(session, replace(DOT, service_url=TESS.service_url), now=NOW + timedelta(minutes=1))
        assert await chats.alone(session) == replace(DOT, service_url=TESS.service_url)
        await chats.keep(session, DOT, now=NOW + timedelta(minutes=2))
        assert await chats.alone(session) is None
