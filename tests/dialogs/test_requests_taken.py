"""A request for data from the first words: the DPO has it at once, a few questions come after, nothing is answered."""

import pytest
from sqlalchemy import func, select

from dialogs.conversation import Pressed, Said
from storage.cases import CaseEventRow, CaseRow
from storage.database import Database
from storage.holds import HoldRow
from storage.outbox import LetterRow
from storage.people import PersonRow
from tests.dialogs.conftest import Chat

WORDS = "grandad asked what the school has written down about the twins"


async def letters(db: Database) -> dict[str, list[str]]:
    async with db.read() as session:
        found = await session.execute(
            select(PersonRow.email, LetterRow.text)
            .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
            .order_by(LetterRow.id)
        )
        told: dict[str, list[str]] = {}
        for email, text in found:
            told.setdefault(email.partition("@")[0], []).append(text)
        return told


async def test_the_dpo_has_it_and_the_teacher_knows_what_to_say(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says(WORDS)
    print(told.text)
    told = await letters(hartfield)
    print(told["p.owen"][0])
    for reply in await_all(await teacher_walks(teacher)):
        print(reply)


def await_all(x):
    return x


async def teacher_walks(teacher):
    await teacher.fills("Continue")
    seen = await teacher.walks("Pass it on")
    last = await teacher.fills("Pass it on")
    return [s.text for s in seen] + [last.text]
