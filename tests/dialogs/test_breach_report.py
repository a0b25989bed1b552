"""A breach from the first word: the case, the alert and the advice come with it, the form afterwards, and once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogs.conversation import Said
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage.cases import CaseRow
from storage.database import Database
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.letterbox import newest, words_to

WORDS = "I have just sent Year 4's reading scores to the wrong parent"


async def cases(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(CaseRow)) or 0


async def test_the_first_words_open_a_case_and_tell_the_dpo_and_the_head(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says(WORDS)
    assert told.text.startswith("Thank you for telling me")
    assert "Recall the message" in told.text
    assert "[Continue]" in told.text
    told_to = await words_to(hartfield)
    assert set(told_to) == {"p.owen", "h.moss"}
    assert WORDS in told_to["p.owen"][0]
    assert "72.0 hours left" in told_to["p.owen"][0]
    assert "[Acknowledge]" in told_to["h.moss"][0]


@pytest.mark.parametrize(
    ("who", "words", "to"),
    [
        ("t.reed", "The DPO and the headteacher have been told.", {"p.owen", "h.moss"}),
        ("p.owen", "The headteacher has been told, and stands in for the DPO here.", {"h.moss"}),
        (
            "h.moss",
            "The DPO and whoever stands in for the headteacher have been told.",
            {"p.owen", "s.bird"},
        ),
    ],
)
async def test_who_reports_reads_who_has_really_been_told(
    hartfield: Database, who: str, words: str, to: set[str]
) -> None:
    told = await Chat(hartfield, f"{who}@hartfield.example").says(WORDS)
    assert set(await words_to(hartfield)) == to
    assert words in told.text


async def test_the_same_words_delivered_twice_are_one_case(teacher: Chat, hartfield: Database) -> None:
    first = await teacher.says(WORDS)
    again = (await teacher.again(Said(WORDS)))[0]
    assert again.text == first.text
    assert await cases(hartfield) == 1
    assert {person: len(had) for person, had in (await words_to(hartfield)).items()} == {"p.owen": 1, "h.moss": 1}


async def test_a_teacher_who_knows_nothing_of_the_form_gets_it_sent(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    await teacher.walks()
    told = await teacher.fills("Send report")
    assert told.text.startswith("Form A sent")
    assert "Case 1" in told.text
    ((dpo,), (head,)) = (await words_to(hartfield)).values()
    assert "signed Mon 23 Nov 2026" in dpo
    assert "signed Mon 23 Nov 2026" in head
    assert "24.5 hours left" in dpo, "it was noticed two days ago"


async def test_an_alert_is_acknowledged_once_and_the_reporter_hears(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    dpo = Chat(hartfield, "p.owen@hartfield.example")
    dpo.last = await newest(hartfield, "p.owen")
    before = dpo.last
    told = await dpo.presses("Acknowledge")
    assert "Acknowledged: Petra Owen" in told.text
    dpo.last = before
    again = await dpo.presses("Acknowledge")
    assert "acknowledged already" in again.text
    assert (await words_to(hartfield))["t.reed"] == [
        "News of case 1\nThe DPO's side has read what you told me and is on it."
    ]


async def test_nobody_hears_twice(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    for minutes in (16, 17, 61, 62):
        await sweep(hartfield, Desk(), now=MONDAY + timedelta(minutes=minutes))
    told = await words_to(hartfield)
    assert len(told["t.reed"]) == 2
    assert len([text for text in told["p.owen"] if text.startswith("Case 1")]) == 2
