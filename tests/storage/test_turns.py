import asyncio
from datetime import UTC, datetime

from storage import turns
from storage.database import Database

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def test_of_many_at_once_only_one_is_the_first(db: Database) -> None:
    async def deliver() -> bool:
        async with db.write() as session:
            return await turns.first_time(session, "chat", "activity", NOW, reply=["Yes."])

    assert sorted(await asyncio.gather(*(deliver() for _ in range(12)))) == [False] * 11 + [True]
    async with db.read() as session:
        assert await turns.reply_to(session, "chat", "activity") == ["Yes."]


async def test_the_same_activity_in_another_conversation_is_another(db: Database) -> None:
    async with db.write() as session:
        assert await turns.first_time(session, "chat", "activity", NOW)
        assert await turns.first_time(session, "channel", "activity", NOW)


async def test_a_reply_is_kept_for_whoever_comes_second(db: Database) -> None:
    async with db.write() as session:
        await turns.first_time(session, "chat", "activity", NOW)
        assert await turns.reply_to(session, "chat", "activity") is None
        await turns.replied(session, "chat", "activity", {"text": "Yes."})
    async with db.read() as session:
        assert await turns.reply_to(session, "chat", "activity") == {"text": "Yes."}
