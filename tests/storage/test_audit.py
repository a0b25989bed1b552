import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from storage import audit
from storage.database import Database

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def _three(db: Database) -> None:
    for number in range(3):
        async with db.write() as session:
            await audit.record(session, f"person/{number}", "question.asked", "question/1", {"n": number}, now=NOW)


async def test_an_untouched_log_is_sound(db: Database) -> None:
    await _three(db)
    async with db.read() as session:
        assert await audit.verify(session) is None
        told = await audit.lines(session)
    assert [(line.number, line.actor, line.details) for line in told] == [
        (n + 1, f"person/{n}", {"n": n}) for n in range(3)
    ]


async def test_an_empty_log_is_sound(db: Database) -> None:
    async with db.read() as session:
        assert await audit.verify(session) is None


@pytest.mark.parametrize(
    ("tampering", "sentence"),
    [
        (["UPDATE audit SET actor = 'person/9' WHERE number = 2"], "Line 2 of the audit log is not as it was written."),
        (["UPDATE audit SET details = '{}' WHERE number = 1"], "Line 1 of the audit log is not as it was written."),
        (
            ["DELETE FROM audit WHERE number = 2"],
            "The audit log jumps from line 1 to line 3: lines were removed.",
        ),
        (
            ["DELETE FROM audit WHERE number = 1"],
            "The audit log jumps from line 0 to line 2: lines were removed.",
        ),
        (
            ["DELETE FROM audit WHERE number = 3"],
            "The audit log ends at line 2, but more was written: its end was removed.",
        ),
        (
            [
                "UPDATE audit SET number = 9 WHERE number = 1",
                "UPDATE audit SET number = 1 WHERE number = 2",
                "UPDATE audit SET number = 2 WHERE number = 9",
            ],
            "Line 1 of the audit log is not as it was written.",
        ),
        (
            [
                "CREATE TEMP TABLE third AS SELECT * FROM audit WHERE number = 3",
                "UPDATE third SET number = 4",
                "INSERT INTO audit SELECT * FROM third",
            ],
            "Line 4 of the audit log is not as it was written.",
        ),
    ],
)
async def test_tampering_is_found(db: Database, tampering: list[str], sentence: str) -> None:
    await _three(db)
    async with db.write() as session:
        for statement in tampering:
            await session.execute(text(statement))
    async with db.read() as session:
        assert await audit.verify(session) == sentence


async def test_writers_at_once_make_one_chain(db: Database) -> None:
    async def writer(name: int) -> None:
        for number in range(5):
            async with db.write() as session:
                await audit.record(session, f"person/{name}", "asked", str(number), now=NOW)

    await asyncio.gather(*(writer(name) for name in range(8)))
    async with db.read() as session:
        assert await audit.verify(session) is None
        assert len(await audit.lines(session)) == 40


async def test_a_line_of_an_undone_transaction_leaves_no_gap(db: Database) -> None:
    with pytest.raises(RuntimeError):
        await _fail(db)
    await _three(db)
    async with db.read() as session:
        assert await audit.verify(session) is None


async def _fail(db: Database) -> None:
    async with db.write() as session:
        await audit.record(session, "bot", "asked", "1", now=NOW)
        raise RuntimeError
