"""Questions about the rules in a private chat: an answer with its clauses, a choice, or the DPO; never on a pupil."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from dialogs.considering import consider
from dialogs.conversation import Json, Pressed
from dialogs.desk import Desk
from policy.library import library
from policy.packs import Pack, PersonalDevice, SchoolRules
from storage.database import Database
from tests.dialogs.conftest import Chat

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEACHER = "t.reed@hartfield.example"


async def _ask(db: Database, text: str, *, email: str = TEACHER, rules: SchoolRules | None = None) -> Json:
    told = await consider(db, Desk(rules=rules or SchoolRules()), email=email, text=text, now=MONDAY)
    return told.answer


def _clauses(answer: Json) -> list[tuple[str, str]]:
    return [(cited["document"], cited["clause"]) for cited in answer["citations"]]


async def test_a_question_about_the_rules_gets_its_answer_and_its_clauses(hartfield: Database) -> None:
    answer = await _ask(hartfield, "may the school camera come home with me over the weekend")
    assert (answer["intent"], answer["shape"], answer["decision"]) == ("policy_question", "answer", None)
    assert ("photography", "7.7") in _clauses(answer)
    assert len(answer["citations"]) <= 4
    assert 0 < answer["confidence"] <= 1
    assert "Photography policy" in answer["text"]


async def test_what_is_none_of_ours_is_offered_to_the_dpo(teacher: Chat) -> None:
    told = await teacher.says("my payslip looks wrong")
    assert told.answer["shape"] == "unknown"
    assert told.answer["citations"] == []
    assert "don't know" in told.text
    assert "DPO" in (await teacher.presses("Ask the DPO")).text


async def _choice(chat: Chat) -> tuple[Json, list[str]]:
    for text in ("old records", "consent form", "parents and photos", "who signs it"):
        told = await chat.says(text)
        if told.answer["shape"] == "clarify" and told.answer["intent"] == "policy_question":
            return told.answer, list(told.answer["choices"])
    pytest.fail("None of these is offered as a choice any more: write others.")


async def test_a_choice_is_offered_where_several_may_be_meant_and_each_shows_its_clause(teacher: Chat) -> None:
    answer, choices = await _choice(teacher)
    assert 1 <= len(choices) <= 3
    assert len(answer["citations"]) >= 1
    assert "Did you mean" in answer["text"]


async def test_a_chosen_answer_takes_the_place_of_the_choice(teacher: Chat) -> None:
    _, choices = await _choice(teacher)
    chosen = await teacher.presses(choices[0][:1].upper() + choices[0][1:])
    answer = next(each for each in library().answers if each.title == choices[0])
    assert chosen.replace
    assert chosen.answer["shape"] == "answer"
    assert _clauses(chosen.answer)[0] == (answer.clauses[0].document, answer.clauses[0].clause)


async def test_what_may_be_meant_as_well_is_named_below_an_answer_and_a_press_away(teacher: Chat) -> None:
    told = await teacher.says("do parents sign each year")
    answer, others = told.answer, list(told.answer["choices"])
    assert answer["shape"] == "answer"
    assert 1 <= len(others) <= 2
    assert "See also:" in told.text
    assert len(_clauses(answer)) <= 4
    other = next(each for each in library().answers if each.title == others[0])
    first = (other.clauses[0].document, other.clauses[0].clause)
    assert first in _clauses(answer)[1:]
    chosen = await teacher.presses(others[0][:1].upper() + others[0][1:])
    assert chosen.replace
    assert _clauses(chosen.answer)[0] == first
    assert chosen.answer["choices"] == []  # what was chosen is what was meant


@pytest.mark.parametrize(
    "forged",
    [
        lambda data: {**data, "answer": "no-such-answer"},
        lambda data: {**data, "answer": ""},
        lambda data: {**data, "answer": 7},
        lambda data: {**data, "question": "999999"},
        lambda data: {**data, "question": ""},
        lambda data: {"verb": "policy.choose"},
    ],
)
async def test_a_forged_choice_changes_nothing(teacher: Chat, forged: Callable[[Json], Json]) -> None:
    await _choice(teacher)
    assert teacher.last.card is not None
    data = teacher.last.card["actions"][0]["data"]
    told = await teacher.does(Pressed("policy.choose", forged(data)))
    assert not told.replace
    assert told.answer.get("shape") != "answer"


async def test_a_choice_on_somebody_elses_card_is_refused(teacher: Chat, hartfield: Database) -> None:
    await _choice(teacher)
    assert teacher.last.card is not None
    data = teacher.last.card["actions"][0]["data"]
    other = Chat(hartfield, "s.bird@hartfield.example")
    assert not (await other.does(Pressed("policy.choose", data))).replace


async def test_a_question_that_names_a_pupil_gets_no_answer_from_the_library(hartfield: Database) -> None:
    for text in ("can I email Amelia Hart's report to her mum", "how long do we keep data about Tom Bell"):
        answer = await _ask(hartfield, text)
        assert answer["shape"] != "answer", text
        assert answer["decision"] != "yes", text


@pytest.mark.parametrize("text", ["which device should I use for photos", "can I retouch a picture of a pupil"])
async def test_our_question_about_a_picture_of_nobody_shows_the_rule_as_well(hartfield: Database, text: str) -> None:
    answer = await _ask(hartfield, text)
    assert answer["decision"] != "yes"
    assert _clauses(answer), text


async def test_no_rule_that_begins_with_a_yes_stands_under_a_no(hartfield: Database) -> None:
    for text in (
        "can I film the class on my own phone",
        "may parents film the nativity",
        "video in the changing rooms",
    ):
        answer = await _ask(hartfield, text)
        if answer["decision"] == "no":
            assert "In general: Yes" not in answer["text"], text


@pytest.mark.parametrize(
    "text",
    [
        "livestream the carol concert so grandparents can watch from home",
        "can we facebook live the nativity",
        "photo of our ta on the website staff page",
        "staff team photo for the brochure",
    ],
)
async def test_no_rule_about_another_use_stands_below(hartfield: Database, text: str) -> None:
    answer = await _ask(hartfield, text)
    assert "In general:" not in answer["text"]
    assert answer["decision"] != "yes"


async def test_the_rule_about_the_same_use_stands_below(hartfield: Database) -> None:
    for text in ("can I use the school ipad to take pics", "class pictures on my personal instagram page"):
        assert "In general:" in (await _ask(hartfield, text))["text"], text


async def test_the_dpo_alone_sees_the_note_for_the_dpo(hartfield: Database) -> None:
    text = next(each for each in library().answers if each.slug == "data-usb-sticks" and each.for_dpo).title
    dpo = await _ask(hartfield, text, email="p.owen@hartfield.example")
    staff = await _ask(hartfield, text)
    assert dpo["citations"] == staff["citations"] != []
    assert "For you as DPO" in dpo["text"]
    assert "For you as DPO" not in staff["text"]


async def test_a_school_hears_its_own_switches_and_policies(hartfield: Database) -> None:
    text = "may the school camera come home with me over the weekend"
    only_online = SchoolRules(packs=frozenset({Pack.ONLINE}), personal_device=PersonalDevice.DOWNLOAD_THEN_DELETE)
    answer = await _ask(hartfield, text, rules=only_online)
    assert {document for document, _ in _clauses(answer)} == {"online-safety"}
