"""A question for the DPO: answered in the card, brought back, kept for everybody, reminded of, never with a pupil."""

from datetime import timedelta

from sqlalchemy import select

from dialogs.conversation import Pressed
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage.database import Database
from storage.people import PersonRow
from storage.questions import QuestionRow
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.letterbox import newest, words_to

QUESTION = "May we lend the class hamster register to the science club?"


async def asked(teacher: Chat, db: Database) -> Chat:
    """A question that the bot does not know has gone to the DPO, who has its card."""
    await teacher.says(QUESTION)
    title = next(title for title in ("Send to the DPO", "Ask the DPO") if f"[{title}]" in teacher.last.text)
    await teacher.presses(title)
    dpo = Chat(db, "p.owen@hartfield.example")
    dpo.last = await newest(db, "p.owen", "/card/")
    return dpo


async def test_the_answer_given_in_the_card_comes_back_once(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    before = dpo.last
    told = await dpo.fills("Send answer", answer="Yes: it holds no personal data.")
    assert "Answered: Petra Owen" in told.text
    dpo.last = before
    again = await dpo.fills("Send answer", answer="No, after all.")
    assert "answered already" in again.text
    (news,) = (await words_to(hartfield))["t.reed"]
    assert "Yes: it holds no personal data." in news
    assert QUESTION in news
    assert "A question for the DPO, asked Mon 23 Nov 2026 at 09:00: answered" in (await teacher.says("status")).text


async def test_an_empty_answer_is_asked_for_again(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    assert "write your answer first" in (await dpo.fills("Send answer")).text
    assert "t.reed" not in await words_to(hartfield)


async def test_a_question_is_handed_to_a_colleague_who_answers_it(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    async with hartfield.read() as session:
        dora = await session.scalar(select(PersonRow.id).where(PersonRow.email == "d.lane@hartfield.example"))
    await dpo.fills("Hand over", to=str(dora))
    lead = Chat(hartfield, "d.lane@hartfield.example")
    lead.last = await newest(hartfield, "d.lane", "/card/")
    assert "Answered: Dora Lane" in (await lead.fills("Send answer", answer="Yes.")).text
    assert "Answered: Dora Lane" in (await newest(hartfield, "p.owen", "/card/")).text, (
        "the DPO's card is brought up to date"
    )


async def test_an_answer_kept_for_everybody_is_given_to_the_next_who_asks(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    await dpo.fills("Send answer", answer="Yes: it holds no personal data.")
    await dpo.presses("Keep it for everybody")
    asks = "May we lend the hamster register?\nIs it fine to give the science club the hamster register?"
    kept = await dpo.fills("Keep it", asks=asks)
    assert "version 1" in kept.text
    quin = Chat(hartfield, "d.lane@hartfield.example")
    told = await quin.says("may we lend our hamster register?")
    assert "holds no personal data" in told.text
    assert "Your school's DPO answered this" in told.text
    dpo.last = kept
    await dpo.presses("Take it back")
    assert "holds no personal data" not in (await quin.says("may we lend the hamster register")).text


async def test_another_school_does_not_hear_it(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    await dpo.fills("Send answer", answer="Yes: it holds no personal data.")
    await dpo.presses("Keep it for everybody")
    await dpo.fills("Keep it", asks="May we lend the hamster register?")
    bea = Chat(hartfield, "b.away@hartfield.example")
    assert "no personal data" not in (await bea.says("may we lend the hamster register")).text


async def test_an_unanswered_question_is_asked_after_on_working_days(teacher: Chat, hartfield: Database) -> None:
    await asked(teacher, hartfield)
    for days in range(14):
        for _ in range(2):  # the sweep may come as often as it likes
            await sweep(hartfield, Desk(), now=MONDAY + timedelta(days=days, minutes=1))
    told = await words_to(hartfield)
    reminders = [text for text in told["p.owen"] if text.startswith("A question still waits")]
    assert len(reminders) == 3
    assert len([text for text in told["h.moss"] if text.startswith("A question still waits")]) == 1


async def test_nobody_else_answers(teacher: Chat, hartfield: Database) -> None:
    await asked(teacher, hartfield)
    for person in ("t.reed", "o.finch", "p.far"):
        forged = Pressed("escalation.answer", {"escalation": 1, "answer": "Yes!"})
        told = await Chat(hartfield, f"{person}@hartfield.example").does(forged)
        assert "hamster" not in told.text
    assert "t.reed" not in await words_to(hartfield)


async def test_a_general_question_that_names_a_pupil_is_not_kept(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("is Amelia Hart allowed to keep a diary about her friends in the library")
    if told.text.startswith("Could you ask it without the name"):
        async with hartfield.read() as session:
            kept = (await session.scalars(select(QuestionRow.text))).all()
        assert not [text for text in kept if "Amelia" in text]
