"""`inbox`: cases, questions, tasks and forms that wait for somebody, on one card, until they are done."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dialogs.desk import Desk
from dialogs.letting_go import ask
from storage import retaining
from storage.database import Database
from storage.people import PersonRow
from tests.dialogs.conftest import MONDAY, Chat, inputs_of
from tests.dialogs.test_ask_the_dpo import asked
from tests.dialogs.test_letting_go import plan

TEACHER, LEAD, DPO, HEAD, DSL, SITE = (
    f"{name}@hartfield.example" for name in ("t.reed", "d.lane", "p.owen", "h.moss", "s.bird", "m.gate")
)
BREACH = "I have just sent Year 4's reading scores to the wrong parent"
FILMING = "can families film the concert on 10 December?"


async def inbox(db: Database, email: str, *, now: datetime = MONDAY) -> Chat:
    """Somebody who has just looked."""
    async with db.read() as session:
        turns = 1000 * (await session.scalar(select(PersonRow.id).where(PersonRow.email == email)) or 0)
    chat = Chat(db, email, now=now, turns=turns + int((now - MONDAY).total_seconds()))
    await chat.says("inbox")
    return chat


def titles(chat: Chat) -> list[str]:
    return [action["title"] for action in (chat.last.card or {}).get("actions", ())]


async def test_for_somebody_for_whom_nothing_waits_it_says_so(hartfield: Database) -> None:
    assert (await inbox(hartfield, SITE)).last.text.startswith("Nothing waits for you")


async def test_a_question_for_the_dpo_stands_in_it_beside_the_cases_until_it_is_answered(
    teacher: Chat, hartfield: Database
) -> None:
    await asked(teacher, hartfield)
    await teacher.says(BREACH)
    dpo = await inbox(hartfield, DPO)

    assert "Open cases (1)" in dpo.last.text
    assert "Asked of you (1)" in dpo.last.text
    assert dpo.last.text.count("A question waits for an answer") == 1
    assert titles(dpo) == ["Show case 1", "Show question 1"]

    await dpo.presses("Show question 1")
    await dpo.fills("Send answer", answer="Yes.")
    assert "question" not in (await inbox(hartfield, DPO, now=MONDAY + timedelta(minutes=1))).last.text


async def test_a_question_that_was_handed_over_stands_in_the_colleagues_inbox(
    teacher: Chat, hartfield: Database
) -> None:
    dpo = await asked(teacher, hartfield)
    async with hartfield.read() as session:
        saul = await session.scalar(select(PersonRow.id).where(PersonRow.email == DSL))
    assert "Nothing waits" in (await inbox(hartfield, DSL)).last.text
    await dpo.fills("Hand over", to=str(saul))

    colleague = await inbox(hartfield, DSL, now=MONDAY + timedelta(minutes=1))
    await colleague.presses("Show question 1")
    assert "Answered: Saul Bird" in (await colleague.fills("Send answer", answer="Yes.")).text
    assert "Nothing waits" in (await inbox(hartfield, DSL, now=MONDAY + timedelta(minutes=2))).last.text


async def test_what_the_head_asked_for_themself_waits_for_them(hartfield: Database) -> None:
    head = Chat(hartfield, HEAD)
    await head.says(FILMING)
    await head.presses("Ask the headteacher")
    seen = await inbox(hartfield, HEAD)

    await seen.presses("Show permission 1")
    await seen.presses("Allow it")
    assert "permission" not in (await inbox(hartfield, HEAD, now=MONDAY + timedelta(minutes=1))).last.text


@pytest.mark.parametrize(("pupil", "email"), [("Tom Bell", LEAD), ("Ned Dove", DSL)])
async def test_a_review_waits_for_whom_it_went_to_until_they_have_looked(
    pupil: str, email: str, teacher: Chat, hartfield: Database
) -> None:
    await teacher.says(f"website photo of {pupil}")
    await teacher.presses("Request review")
    looks = await inbox(hartfield, email)

    assert pupil not in looks.last.text
    assert pupil in (await looks.presses("Show review 1")).text
    await looks.presses("Mark as reviewed")
    assert "Nothing waits" in (await inbox(hartfield, email, now=MONDAY + timedelta(minutes=1))).last.text


async def test_where_there_is_more_than_buttons_hold_one_list_opens_all_of_it(hartfield: Database) -> None:
    for turns, email in enumerate((TEACHER, LEAD, HEAD, DSL, SITE, "o.finch@hartfield.example")):
        await Chat(hartfield, email, turns=50 + turns).says(BREACH)
    await asked(Chat(hartfield, TEACHER), hartfield)
    dpo = await inbox(hartfield, DPO)

    assert titles(dpo) == ["Open"]
    (offered,) = inputs_of(dpo.last.card or {})
    assert len(offered["choices"]) == 7
    shown = dpo.last
    assert "Case 6" in (await dpo.presses("Open", entry="breach.show/6")).text
    dpo.last = shown
    assert "hamster" in (await dpo.presses("Open", entry="escalation.show/1")).text


async def test_closed_cases_wait_for_the_dpos_word(hartfield: Database) -> None:
    number = await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    dpo = await inbox(hartfield, DPO)

    assert "1 closed case at the end of the period: keep or let go?" in dpo.last.text
    assert "closed case" not in (await inbox(hartfield, HEAD)).last.text
    await dpo.presses("Keep or let go 1")
    await dpo.fills("Keep for another year", case=str(number))
    assert "Nothing waits" in (await inbox(hartfield, DPO, now=MONDAY + timedelta(minutes=1))).last.text


async def test_the_date_waits_for_the_dpos_word_where_the_clock_has_jumped(hartfield: Database) -> None:
    async with hartfield.write() as session:
        for days in (1, 0):
            at = MONDAY - timedelta(days=days)
            await retaining.finish_run(session, at.date(), now=at)
    jumped = datetime(2029, 3, 5, 3, 0, tzinfo=UTC)
    dpo = await inbox(hartfield, DPO, now=jumped)

    await dpo.presses("Look at the date")
    await dpo.presses("The date is right")
    assert "Deletion waits" not in (await inbox(hartfield, DPO, now=jumped + timedelta(minutes=1))).last.text
