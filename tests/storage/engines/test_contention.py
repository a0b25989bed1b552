"""A deadlock is told from every other trouble, on a real PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.engines.contention import is_contention


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_one_of_two_that_wait_for_each_other_is_told_to_try_again(db: Database) -> None:
    async with db.write() as session:
        for number in (1, 2):
            await session.execute(
                text(
                    "INSERT INTO schools (code, name, division, roll_version, consents_version, "
                    "lists_version) VALUES (:code, 'x', 'scotland', 0, 0, 0)"
                ),
                {"code": f"S{number}"},
            )
    meeting = asyncio.Barrier(2)

    async def change(first: str, second: str) -> None:
        async with db.write() as session:
            await session.execute(text("UPDATE schools SET name = 'y' WHERE code = :code"), {"code": first})
            await meeting.wait()
            await session.execute(text("UPDATE schools SET name = 'y' WHERE code = :code"), {"code": second})

    ended = await asyncio.gather(change("S1", "S2"), change("S2", "S1"), return_exceptions=True)
    (error,) = [each for each in ended if each is not None]
    assert isinstance(error, DBAPIError)
    assert is_contention(error)


async def test_other_trouble_is_not(db: Database) -> None:
    with pytest.raises(DBAPIError) as wrong:
        async with db.write() as session:
            await session.execute(text("SELECT nothing FROM nowhere"))
    assert not is_contention(wrong.value)
