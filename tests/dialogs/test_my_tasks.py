"""What is asked of me: forms, tasks and questions, each with its button, and nothing of anybody else's."""

import pytest
from sqlalchemy import update

from dialogs.breach import case_file
from dialogs.conversation import Pressed
from dialogs.request import case_file as request_file
from policy.breach.events import Event, Happened
from policy.names import Roll
from policy.request.events import Event as RequestEvent
from policy.request.events import Happened as Asked
from policy.understanding.desk_words import asks_for_reports, asks_for_tasks
from policy.understanding.heard import Intent
from policy.understanding.read import read
from storage import people
from storage.database import Database
from storage.people import MembershipRow
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.test_ask_the_dpo import asked
from tests.dialogs.test_breach_desk import Desk

TEACHER, OFFICE, DPO, SITE = (f"{name}@hartfield.example" for name in ("t.reed", "o.finch", "p.owen", "m.gate"))
BREACH = "I have just sent Year 4's reading scores to the wrong parent"


def me(db: Database, email: str) -> Chat:
    """Somebody who has said something before."""
    return Chat(db, email, turns=500)


@pytest.fixture
async def dpo(hartfield: Database) -> Desk:
    """A breach whose Form A is half filled in, acknowledged."""
    teacher = Chat(hartfield, TEACHER)
    await teacher.says(BREACH)
    desk = Desk(hartfield, "p.owen")
    await desk.look()
    await desk.chat.presses("Acknowledge")
    return desk


@pytest.mark.parametrize(
    "text",
    [
        *(
            "my tasks",
            "What have I got to do?",
            "anything for me?",
            "Is there anything for me to do",
            "What's on my list?",
        ),
        *("please, what do I need to do today?", "Do you need anything from me?"),
    ],
)
def test_people_ask_for_their_tasks_in_many_words(text: str) -> None:
    assert asks_for_tasks(text)
    assert read(text, today=MONDAY.date(), roll=Roll.of(())).intent is Intent.STATUS


@pytest.mark.parametrize(
    "text",
    ["what do I have to do after a breach", "what do I need to do to use my phone", "tasks for year 4", "my reports"],
)
def test_a_question_about_the_rules_is_none(text: str) -> None:
    assert not asks_for_tasks(text)


def test_reports_are_asked_for_too() -> None:
    assert asks_for_reports("What have I reported?")


async def test_nothing_is_asked_of_somebody_new(hartfield: Database) -> None:
    assert "Nothing is asked of you" in (await me(hartfield, SITE).says("anything for me?")).text


async def test_a_half_filled_form_goes_on_from_the_list(dpo: Desk, hartfield: Database) -> None:
    teacher = me(hartfield, TEACHER)
    await teacher.says("my tasks")
    (title,) = [one["title"] for one in (teacher.last.card or {})["actions"] if one["title"].startswith("Continue")]

    assert "Send report" in (await teacher.presses(title)).text or "Continue" in teacher.last.text


async def test_the_reporter_finds_the_dpos_question_and_answers_it_once(dpo: Desk, hartfield: Database) -> None:
    await dpo.step("asked", text="Which address was it?")
    teacher = me(hartfield, TEACHER)

    assert "Which address" not in (await teacher.says("my tasks")).text
    assert "Which address was it?" in (await teacher.presses("Answer it")).text
    await teacher.fills("Send answer", answer="A parent's, from 4B.")

    assert "asked something" not in (await teacher.says("my tasks")).text


async def test_a_task_is_its_owners_and_nobody_elses(dpo: Desk, hartfield: Database) -> None:
    async with hartfield.read() as session:
        office = await people.by_email(session, OFFICE)
    assert office is not None
    await dpo.step("task_set", kind="ask-deletion", what="The family in 4B", owner=str(office.id))
    owner, other = me(hartfield, OFFICE), me(hartfield, SITE)

    await owner.says("what have I got to do?")
    assert "reading scores" not in owner.last.text
    shown = owner.last
    assert "The family in 4B" in (await owner.presses("Task 1 of case 1")).text
    other.last = shown
    assert "4B" not in (await other.presses("Task 1 of case 1")).text
    assert "case 1" not in (await other.says("my tasks")).text.lower()

    await owner.fills("Done", note="They wrote back.")
    assert "Nothing is asked of you" in (await owner.says("my tasks")).text


async def test_what_waits_for_a_post_is_listed_for_its_holder(hartfield: Database) -> None:
    teacher = me(hartfield, TEACHER)
    await asked(teacher, hartfield)

    assert "A question waits for an answer" in (await me(hartfield, DPO).says("my tasks")).text
    assert "A question waits" not in (await teacher.says("my tasks")).text


async def test_my_reports_says_how_far_mine_are_and_nothing_of_others(dpo: Desk, hartfield: Database) -> None:
    assert "a suspected breach" in (await me(hartfield, TEACHER).says("my reports")).text
    assert "a suspected breach" not in (await me(hartfield, OFFICE).says("my reports")).text


async def test_a_task_of_a_school_that_one_has_left_is_not_shown_again(hartfield: Database) -> None:
    quin = me(hartfield, "q.two@hartfield.example")
    await Chat(hartfield, TEACHER).says(BREACH)
    async with hartfield.write() as session:
        person = await people.by_email(session, quin.email)
        assert person is not None
        breach = await case_file.read(session, 1, hold=True)
        assert breach is not None
        asked = {"task": 1, "what": "Ring the parents of Ned Dove", "owner": person.id}
        await case_file.add(session, breach, Event(Happened.TASK_SET, MONDAY, None, asked), now=MONDAY)
    show, done = (
        Pressed("task.show", {"case": 1, "task": 1}),
        Pressed("breach.task_done", {"case": 1, "task": 1, "note": "x"}),
    )
    assert "Ned Dove" in (await quin.does(show)).text

    async with hartfield.write() as session:
        here = (MembershipRow.person_id == person.id) & (MembershipRow.school_id == 1)
        await session.execute(update(MembershipRow).where(here).values(roles=""))

    assert "Ned Dove" not in (await quin.does(show)).text
    assert "Ned Dove" not in (await quin.does(done)).text
    async with hartfield.read() as session:
        breach = await case_file.read(session, 1)
        assert breach is not None
        assert breach.tasks[0].done_at is None


async def test_a_requests_task_of_a_school_that_one_has_left_is_not_shown_again(hartfield: Database) -> None:
    quin = me(hartfield, "q.two@hartfield.example")
    await Chat(hartfield, OFFICE).says("A parent asks for a copy of everything that we hold about their child")
    async with hartfield.write() as session:
        person = await people.by_email(session, quin.email)
        assert person is not None
        request = await request_file.read(session, 1, hold=True)
        assert request is not None
        asked = {"task": 1, "kind": "search", "what": "Look for Ned Dove", "owner": person.id}
        await request_file.add(session, request, RequestEvent(Asked.TASK_SET, MONDAY, None, asked), now=MONDAY)
    show = Pressed("request.task", {"case": 1, "task": 1})
    assert "Ned Dove" in (await quin.does(show)).text

    async with hartfield.write() as session:
        here = (MembershipRow.person_id == person.id) & (MembershipRow.school_id == 1)
        await session.execute(update(MembershipRow).where(here).values(roles=""))

    assert "Ned Dove" not in (await quin.does(show)).text
