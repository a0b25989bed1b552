"""Filling in a form, by card and by typing, with a restart between any two turns, on both databases."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from dialogs.conversation import Pressed, Reply
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.filling.guides import GUIDES, guide_of
from dialogs.thought import reply
from policy.filled import ADD_THE_TIME, IN_THE_FUTURE, WHICH_DAY
from policy.forms import Value
from storage import drafts, people
from storage.audit import AuditRow
from storage.database import Database
from storage.drafts import Draft
from tests.dialogs.conftest import MONDAY, Chat, inputs_of

FIRST = {"what": "It stayed on the bus.", "since_date": "2026-11-22", "since_time": "15:00", "colour": "blue"}


@pytest.fixture(autouse=True)
def umbrellas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GUIDES, "lost", "tests.dialogs.invented:LOST_GUIDE")
    monkeypatch.setitem(GUIDES, "short", "tests.dialogs.invented:SHORT_GUIDE")


async def opens(chat: Chat, guide: str = "lost", subject: str = "umbrella/1", **answers: Value) -> Reply:
    async with chat.db.write() as session:
        person = await people.by_email(session, chat.email)
        assert person is not None
        card = await filler.begin(
            session,
            guide=guide,
            person_id=person.id,
            school_id=person.memberships[0].school_id,
            subject=subject,
            context={"for": chat.email},
            answers=answers,
            conversation=f"chat/{chat.email}",
            now=chat.now,
        )
    chat.last = reply(card)
    return chat.last


async def draft_of(chat: Chat, subject: str = "umbrella/1") -> Draft:
    async with chat.db.read() as session:
        person = await people.by_email(session, chat.email)
        assert person is not None
        found = [draft for draft in await drafts.open_of(session, person.id) if draft.subject == subject]
        assert len(found) == 1
        return found[0]


async def noted(db: Database, what: str) -> list[Any]:
    async with db.read() as session:
        rows = await session.scalars(select(AuditRow).where(AuditRow.action == what).order_by(AuditRow.number))
        return [json.loads(row.details) for row in rows]


def field(told: Reply, name: str) -> dict[str, Any]:
    assert told.card is not None
    return next(each for each in inputs_of(told.card) if each["id"] == name)


def titles(told: Reply) -> list[str]:
    assert told.card is not None
    return [action["title"] for action in told.card.get("actions", ())]


async def test_a_form_is_filled_in_page_by_page_and_sent(teacher: Chat) -> None:
    first = await opens(teacher)
    assert "What and when Page 1 of 2." in first.text
    assert titles(first) == ["Continue", "Cancel"]
    second = await teacher.fills("Continue", **FIRST)
    assert second.replace
    assert "Who knows Page 2 of 2." in second.text
    review = await teacher.fills("Continue", count="3", found="2026-11-25", also="red,other")
    assert titles(review) == ["Send report", "Change: What and when", "Change: Who knows", "Back", "Cancel"]
    for line in (
        "What happened? It stayed on the bus.",
        "Since when? Sun 22 Nov 2026 at 15:00",
        "Which colour? Blue",
        "How many people know? 3",
        "When will it be found? Wed 25 Nov 2026",
        "Which others? Red, Some other colour",
    ):
        assert line in review.text
    sent = await teacher.fills("Send report")
    assert (sent.text, sent.replace) == ("Umbrella sent\nAbout umbrella/1", True)
    (answers,) = [detail["answers"] for detail in await noted(teacher.db, "umbrella.sent")]
    assert answers["since"] == {"at": "2026-11-22T15:00:00+00:00"}
    assert (answers["count"], answers["also"]) == (3, ["red", "other"])


async def test_who_knows_nothing_of_the_form_gets_through_it(teacher: Chat) -> None:
    await opens(teacher)
    seen = await teacher.walks()
    assert len(seen) == 4  # "Red" is the first colour, so its page is asked too
    assert (await teacher.fills("Send report")).text.startswith("Umbrella sent")


async def test_what_is_wrong_is_said_beside_its_field_and_all_that_was_typed_is_kept(teacher: Chat) -> None:
    await opens(teacher)
    wrong = await teacher.presses(
        "Continue", what="On the bus", since_date="2026-11-24", since_time="15:00", colour="?"
    )
    assert wrong.replace
    assert f"Please check: {IN_THE_FUTURE}" in wrong.text
    assert field(wrong, "what")["value"] == "On the bus"
    assert (field(wrong, "since_date")["value"], field(wrong, "since_time")["value"]) == ("2026-11-24", "15:00")
    assert field(wrong, "since_date")["errorMessage"] == IN_THE_FUTURE
    assert (await draft_of(teacher)).answers == {"what": "On the bus"}
    right = await teacher.fills("Continue", since_date="2026-11-23", since_time="08:00", colour="blue")
    assert "Page 2 of 2" in right.text


async def test_a_client_checks_too(teacher: Chat) -> None:
    told = await opens(teacher)
    for name in ("what", "since_date", "since_time", "colour"):
        assert field(told, name)["isRequired"]
        assert field(told, name)["errorMessage"]
    assert field(told, "what")["maxLength"] == 200
    second = await teacher.fills("Continue", **FIRST)
    assert (field(second, "count")["min"], field(second, "count")["max"]) == (0, 50)
    assert "isRequired" not in field(second, "count")


async def test_left_empty_is_not_known_yet_and_the_day_it_will_be_known_is_asked_for(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    asked = await teacher.fills("Continue")
    assert WHICH_DAY in asked.text
    review = await teacher.fills("Continue", found_expected="2026-11-30")
    assert "How many people know? Not known yet" in review.text
    assert "When will it be found? Not known yet, expected by Mon 30 Nov 2026" in review.text
    assert "Which others? (left blank)" in review.text


async def test_back_keeps_what_was_sent_before_and_cannot_be_stopped_by_blanks(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    back = await teacher.fills("Back")
    assert back.replace
    assert field(back, "what")["value"] == "It stayed on the bus."
    assert field(back, "since_date")["value"] == "2026-11-22"
    assert field(back, "colour")["value"] == "blue"
    await teacher.fills("Continue", what="It stayed on the train.")
    assert (await draft_of(teacher)).answers["what"] == "It stayed on the train."


async def test_back_keeps_what_an_older_client_sends_along(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    await teacher.presses("Back", count="4", found="whenever", also="")
    assert (await draft_of(teacher)).answers["count"] == 4
    assert "found" not in (await draft_of(teacher)).answers


async def test_a_page_changed_from_the_review_leads_back_to_it(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    await teacher.fills("Continue", found="2026-11-25")
    page = await teacher.fills("Change: What and when")
    assert field(page, "colour")["value"] == "blue"
    review = await teacher.fills("Continue", what="In the taxi")
    assert "What happened? In the taxi" in review.text
    await teacher.fills("Change: What and when")
    red = await teacher.fills("Continue", colour="red")  # brings up a question that was not asked before
    assert "Only red ones" in red.text
    assert "Which red? Crimson" in (await teacher.fills("Continue", shade="Crimson")).text


async def test_answers_to_questions_that_were_taken_back_are_not_sent(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **{**FIRST, "colour": "red"})
    await teacher.fills("Continue", shade="Crimson")
    await teacher.fills("Continue", found="2026-11-25")
    await teacher.fills("Change: What and when")
    await teacher.fills("Continue", colour="blue")
    await teacher.fills("Send report")
    assert "shade" not in (await noted(teacher.db, "umbrella.sent"))[0]["answers"]


async def test_the_same_press_twice_has_one_effect(teacher: Chat) -> None:
    first = await opens(teacher)
    second = await teacher.fills("Continue", **FIRST)
    teacher.last = first
    again = await teacher.fills("Continue", **{**FIRST, "what": "something else"})
    assert (again.text, again.replace) == (second.text, True)
    assert (await draft_of(teacher)).answers["what"] == "It stayed on the bus."
    review = await teacher.fills("Continue", found="2026-11-25")
    sent = await teacher.fills("Send report")
    for stale in (first, second, review):
        for title in titles(stale):
            teacher.last = stale
            assert (await teacher.presses(title)).text == sent.text
    assert len(await noted(teacher.db, "umbrella.sent")) == 1


async def test_the_same_activity_twice_is_one_answer(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("It stayed on the bus.")
    revision = (await draft_of(teacher)).revision
    (told,) = await teacher.again(Pressed("form.cancel", {"draft": (await draft_of(teacher)).id}))
    assert told.text == teacher.last.text
    assert (await draft_of(teacher)).revision == revision


async def test_a_form_goes_on_elsewhere_next_morning(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    elsewhere = replace(teacher, turns=100, now=MONDAY + timedelta(days=1), last=Reply(""))
    told = await elsewhere.says("resume")
    assert "Who knows Page 2 of 2." in told.text
    assert not told.replace
    await elsewhere.fills("Continue", found="2026-11-25")
    assert (await elsewhere.fills("Send report")).text.startswith("Umbrella sent")


async def test_nobody_elses_form_is_touched(teacher: Chat) -> None:
    await opens(teacher)
    draft = await draft_of(teacher)
    other = Chat(teacher.db, "o.finch@hartfield.example")
    refused = await other.does(Pressed("form.continue", {"draft": "no such draft", "rev": 1}))
    for verb in ("continue", "back", "edit", "send", "cancel", "resume"):
        told = await other.does(Pressed(f"form.{verb}", {"draft": draft.id, "rev": 1, "page": 0, **FIRST}))
        assert told.text == refused.text
    assert await draft_of(teacher) == draft
    assert (await other.says("resume")).text.startswith("No form is open")


async def test_whoever_may_not_any_more_gets_no_further(teacher: Chat) -> None:
    await opens(teacher)
    async with teacher.db.write() as session:
        await drafts.open_draft(
            session,
            person_id=(await draft_of(teacher)).person_id,
            school_id=(await draft_of(teacher)).school_id,
            form="lost",
            subject="umbrella/1",
            context={"for": "somebody else"},
            answers={},
            now=MONDAY,
        )
    told = await teacher.fills("Continue", **FIRST)
    assert "Umbrella" not in told.text
    assert (await draft_of(teacher)).answers == {}
    assert await noted(teacher.db, "press.refused") != []


async def test_what_may_not_be_sent_stays_open(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **{**FIRST, "what": "not mine"})
    await teacher.fills("Continue", found="2026-11-25")
    await teacher.fills("Send report")
    assert (await draft_of(teacher)).answers["what"] == "not mine"
    assert await noted(teacher.db, "umbrella.sent") == []


@pytest.mark.parametrize("data", [{}, {"draft": 3}, {"draft": None, "rev": "x"}, {"draft": "' OR 1=1"}])
async def test_a_forged_press_is_refused(teacher: Chat, data: dict[str, Any]) -> None:
    for verb in ("continue", "back", "edit", "send", "cancel", "resume"):
        told = await teacher.does(Pressed(f"form.{verb}", data))
        assert not told.replace


@pytest.mark.parametrize("page", [None, "", "x", -1, 1, 99, "99", True, "1" * 50])
async def test_a_page_that_is_not_there_is_not_shown(teacher: Chat, page: object) -> None:
    await opens(teacher, colour="blue")
    draft = await draft_of(teacher)
    told = await teacher.does(Pressed("form.edit", {"draft": draft.id, "rev": draft.revision, "page": page}))
    assert "Page 1 of 2" in told.text


@pytest.mark.parametrize(
    "sent", [{"what": None}, {"what": ["x"]}, {"what": {"a": 1}}, {"what": True}, {"what": "\ud83d"}]
)
async def test_what_no_client_sends_is_nothing(teacher: Chat, sent: dict[str, Any]) -> None:
    await opens(teacher)
    draft = await draft_of(teacher)
    told = await teacher.does(Pressed("form.continue", {"draft": draft.id, "rev": 1, **FIRST, **sent}))
    assert "Please check: Please write a few words here." in told.text


async def test_a_form_is_sent_only_from_where_everything_was_answered(teacher: Chat) -> None:
    await opens(teacher)
    draft = await draft_of(teacher)
    told = await teacher.does(Pressed("form.send", {"draft": draft.id, "rev": 1, **FIRST}))
    assert "Page 2 of 2" in told.text
    assert await noted(teacher.db, "umbrella.sent") == []


# --- typed answers


async def test_a_whole_form_can_be_typed(teacher: Chat) -> None:
    await opens(teacher)
    talk = [
        ("I left it on the bus", "Next: Since when?"),
        ("yesterday at 3", "Noted. Since when? Sun 22 Nov 2026 at 15:00"),
        ("the second one", "Noted. Which colour? Blue"),
        ("about 30", "Noted. How many people know? 30"),
        ("not known yet, Friday", "If you like: Which others?\nOr type continue to go on."),
        ("continue", "Nothing is sent yet."),
        ("back", "Who knows"),
        ("continue", "Nothing is sent yet."),
        ("hmm", "Type send to send it"),
        ("send report", "Umbrella sent"),
    ]
    for words, answer in talk:
        told = await teacher.says(words)
        assert answer in told.text, words
        assert not told.replace
    (sent,) = await noted(teacher.db, "umbrella.sent")
    assert sent["answers"] == {
        "what": "I left it on the bus",
        "since": {"at": "2026-11-22T15:00:00+00:00"},
        "colour": "blue",
        "count": 30,
        "found": {"unknown": True, "expected_by": "2026-11-27"},
    }


async def test_a_typed_answer_that_cannot_be_read_is_asked_for_again(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("On the bus")
    told = await teacher.says("Friday")
    assert f"Please check: {ADD_THE_TIME}" in told.text
    assert field(told, "since_date")["value"] == "2026-11-20"
    assert "I can't read that as a day and time." in (await teacher.says("after the bell")).text
    assert "Noted. Since when? Fri 20 Nov 2026 at 14:00" in (await teacher.says("friday at 2")).text


async def test_what_was_typed_is_acted_on_like_what_was_filled_in(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("On the bus")
    await teacher.fills("Continue", since_date="2026-11-22", since_time="15:00", colour="blue")
    assert [sorted(detail["answers"]) for detail in await noted(teacher.db, "umbrella.saved")] == [
        ["what"],
        ["colour", "since", "what"],
    ]


@pytest.mark.parametrize("words", ["skip", "not known yet", "don't know"])
async def test_skipped_is_not_known_yet(teacher: Chat, words: str) -> None:
    await opens(teacher)
    await teacher.fills("Continue", **FIRST)
    assert "Noted. How many people know? Not known yet" in (await teacher.says(words)).text


async def test_what_is_needed_is_not_skipped(teacher: Chat) -> None:
    await opens(teacher)
    assert "This one is needed" in (await teacher.says("skip")).text
    assert (await draft_of(teacher)).answers == {}


@pytest.mark.parametrize(
    "words",
    [
        "can I photograph Amelia for the website?",
        "help",
        "status",
        "restricted list for the website",
        "hi",
        "ask the DPO",
    ],
)
async def test_another_question_gets_its_own_answer_and_the_form_waits(teacher: Chat, words: str) -> None:
    heading = (await teacher.says(words)).text.splitlines()[0]
    await opens(teacher)
    told = await teacher.says(words)
    assert told.text.splitlines()[0] == heading
    assert "A lost umbrella is still open." in told.text
    assert (await draft_of(teacher)).answers == {}
    page = await teacher.presses("Continue")
    assert "What and when Page 1 of 2." in page.text
    assert not page.replace  # the answer above stays


async def test_the_way_back_to_the_form_stands_below_the_answers_own_buttons(teacher: Chat) -> None:
    await opens(teacher)
    assert titles(await teacher.says("Tom Bell on the website?")) == ["Request review", "Continue"]


async def test_where_an_answer_has_a_continue_of_its_own_there_is_only_that_one(teacher: Chat) -> None:
    await opens(teacher, "short")
    told = await teacher.says("I emailed a list of pupils to the wrong parent")
    assert titles(told).count("Continue") == 1
    assert "is still open. Type my tasks to go on with it." in told.text
    assert "[Continue: One question]" in (await teacher.says("my tasks")).text


async def test_after_another_answer_typed_words_are_not_the_forms(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("help")
    await teacher.says("It stayed on the bus")
    assert (await draft_of(teacher)).answers == {}
    await teacher.says("resume")
    await teacher.says("It stayed on the bus")
    assert (await draft_of(teacher)).answers == {"what": "It stayed on the bus"}


async def test_a_follow_up_of_an_earlier_question_is_not_made_of_an_answer(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia for the website?")
    await opens(teacher, what="On the bus")
    assert "Noted. Since when?" in (await teacher.says("today at 8")).text


async def test_a_question_of_ours_that_waited_does_not_take_the_forms_answer(teacher: Chat) -> None:
    await teacher.says("Sam Smith on the website?")
    await opens(teacher)
    assert "Noted. What happened? 2C" in (await teacher.says("2C")).text


@pytest.mark.parametrize("words", ["Amelia Hart and Tom Bell", "the class list of 4B", "Amelia Hart"])
async def test_a_name_alone_is_an_answer_and_no_question_about_pictures(teacher: Chat, words: str) -> None:
    await opens(teacher)
    assert f"Noted. What happened? {words}" in (await teacher.says(words)).text


@pytest.mark.parametrize(
    "words", ["photo of Amelia Hart", "can Amelia Hart be on the website", "Amelia Hart on TikTok"]
)
async def test_a_question_about_pictures_is_never_eaten(teacher: Chat, words: str) -> None:
    await opens(teacher)
    assert "is still open" in (await teacher.says(words)).text
    assert (await draft_of(teacher)).answers == {}


async def test_the_wording_of_its_own_case_is_an_answer(teacher: Chat) -> None:
    await opens(teacher)
    told = await teacher.says("I emailed a list of pupils to the wrong parent")
    assert "Noted. What happened? I emailed a list" in told.text


async def test_the_wording_of_another_case_is_no_answer(teacher: Chat) -> None:
    await opens(teacher, "short")
    await teacher.says("I emailed a list of pupils to the wrong parent")
    assert (await draft_of(teacher)).answers == {}


async def test_a_question_is_no_answer(teacher: Chat) -> None:
    await opens(teacher)
    told = await teacher.says("what should I write here?")
    assert "is still open" in told.text
    assert (await draft_of(teacher)).answers == {}


# --- how often it is said that a form waits


async def test_while_somebody_asks_on_the_form_is_named_once_and_again_after_ten_minutes(teacher: Chat) -> None:
    await opens(teacher)
    assert "is still open" in (await teacher.says("Tom Bell on the website?")).text
    for words in ("Amelia Hart on the website?", "status", "help"):
        teacher.later(minutes=3)
        told = await teacher.says(words)
        assert "is still open" not in told.text
        assert "Continue" not in titles(told)
    teacher.later(minutes=1)
    assert "A lost umbrella is still open." in (await teacher.says("Amelia Hart on the website?")).text
    teacher.later(minutes=9)
    assert "is still open" not in (await teacher.says("Tom Bell on the website?")).text


async def test_a_form_that_was_taken_up_and_left_again_is_named_again(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("Tom Bell on the website?")
    await teacher.says("resume")
    assert "is still open" in (await teacher.says("Tom Bell on the website?")).text


async def test_what_is_not_understood_may_have_been_meant_for_the_form(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("Tom Bell on the website?")
    told = await teacher.says("It stayed on the bus")
    assert told.text.startswith("I don't know")
    assert "is still open" in told.text


async def test_to_ask_for_the_dpo_is_not_to_be_misunderstood(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("Tom Bell on the website?")
    assert "is still open" not in (await teacher.says("ask the DPO")).text


async def test_one_way_back_is_enough(teacher: Chat) -> None:
    await teacher.says("I emailed a list of pupils to the wrong parent")
    await teacher.fills("Continue")
    told = await teacher.says("status")
    assert titles(told) == ["Continue case 1"]
    assert "is still open" not in told.text
    await teacher.says("Room 12, I think")
    assert (await draft_of(teacher, "breach/1")).in_hand is None


async def test_after_a_press_on_another_card_the_next_answer_names_the_form(teacher: Chat) -> None:
    asked = await teacher.says("Tom Bell on the website?")
    await opens(teacher)
    teacher.last = asked
    await teacher.presses("Request review")
    assert "is still open" in (await teacher.says("Amelia Hart on the website?")).text


async def test_what_to_do_about_something_illegal_stands_alone(teacher: Chat) -> None:
    await opens(teacher)
    told = await teacher.says("I've found what looks like child abuse images on a laptop")
    assert told.answer["intent"] == "illegal_content"
    assert "A lost umbrella" not in told.text
    assert (await draft_of(teacher)).in_hand is None  # what is typed now is not for it
    assert "Continue: A lost umbrella" in titles(await teacher.says("my tasks"))


# --- leaving and coming back


async def test_cancel_leaves_the_form_in_hand_and_continue_takes_it_up_again(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("On the bus")
    told = await teacher.says("cancel")
    assert told.text.startswith("I have put it away")
    assert (await teacher.says("resume")).text.startswith("No form is open")
    teacher.last = told
    again = await teacher.presses("Continue")
    assert field(again, "what")["value"] == "On the bus"


async def test_cancel_leaves_the_question_that_was_asked_after_the_form(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("Sam Smith on the website?")
    told = await teacher.says("cancel")
    assert told.text.startswith("Forgotten")
    assert "is still open" in told.text
    assert (await teacher.says("cancel")).text.startswith("I have put it away")
    assert (await teacher.says("cancel")).text.startswith("All clear")


async def test_a_feature_says_what_stays_when_its_form_is_left(teacher: Chat) -> None:
    await opens(teacher, "short")
    first = teacher.last
    told = await teacher.fills("Cancel")
    assert (told.text, told.replace) == ("The case stays", True)
    teacher.last = first
    assert (await teacher.fills("Cancel")).text == "The case stays"
    assert len(await noted(teacher.db, "umbrella.left")) == 1


async def test_what_was_left_is_filled_in_when_the_form_is_opened_anew(teacher: Chat) -> None:
    await opens(teacher)
    await teacher.says("On the bus")
    await teacher.fills("Cancel")
    left = teacher.last
    again = await opens(teacher)
    assert field(again, "what")["value"] == "On the bus"
    teacher.last = left
    assert (await teacher.presses("Continue")).text == again.text  # one form, not two


async def test_a_form_without_a_review_is_sent_from_its_last_page(teacher: Chat) -> None:
    told = await opens(teacher, "short")
    assert titles(told) == ["Send it off", "Cancel"]
    draft = await draft_of(teacher)
    stopped = await teacher.does(Pressed("form.send", {"draft": draft.id, "rev": 1, "why": " "}))
    assert "Please write a few words here." in stopped.text
    assert (await teacher.fills("Send it off", why="It rained")).text.startswith("Umbrella sent")


async def test_a_form_without_a_review_can_be_typed_too(teacher: Chat) -> None:
    await opens(teacher, "short")
    assert "Noted. Why? It rained" in (await teacher.says("It rained")).text
    assert (await teacher.says("send it off")).text.startswith("Umbrella sent")


async def test_several_open_forms_are_each_ones_own(teacher: Chat) -> None:
    await opens(teacher, subject="umbrella/1")
    teacher.later(minutes=1)
    await opens(teacher, subject="umbrella/2")
    await teacher.says("In the taxi")
    assert (await draft_of(teacher, "umbrella/1")).answers == {}
    assert (await draft_of(teacher, "umbrella/2")).answers == {"what": "In the taxi"}


@pytest.fixture
def statements(hartfield: Database) -> Iterator[list[str]]:
    told: list[str] = []

    def noticed(*args: object) -> None:
        if "drafts" in str(args[2]):
            told.append(str(args[2]))

    pools = {engine.sync_engine.pool: engine.sync_engine for engine in (hartfield.readers, hartfield.writers)}
    for engine in pools.values():  # PostgreSQL has one pool for both
        event.listen(engine, "before_cursor_execute", noticed)
    yield told
    for engine in pools.values():
        event.remove(engine, "before_cursor_execute", noticed)


async def test_a_turn_without_a_form_asks_for_none_by_itself(teacher: Chat, statements: list[str]) -> None:
    await teacher.says("can I photograph Amelia for the website?")
    assert len(statements) == 1
    assert "FROM people" in statements[0]  # the opening, which is asked anyway


@pytest.mark.parametrize("name", list(GUIDES))
def test_every_guide_is_where_its_name_says(name: str) -> None:
    assert isinstance(guide_of(name), Guide)
