"""Asking about pictures, as people do: with a restart between any two turns, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from dialogs.conversation import Arrived, Pressed, Said, Scope
from storage import schools
from storage.audit import AuditRow
from storage.database import Database
from storage.pending import PendingRow
from storage.pupils import PupilRow
from storage.questions import QuestionCauseRow, QuestionRow
from storage.schools import SchoolRow
from tests.dialogs.conftest import MONDAY, Chat


async def test_a_teacher_reads_yes_the_conditions_and_the_clause_in_one_message(teacher: Chat) -> None:
    told = await teacher.says("can I photograph Amelia for the website?")
    assert told.text.startswith("Yes\nPhotos of Amelia Hart (4B) for the school website, today, Mon 23 Nov 2026.")
    assert "No name with the picture." in told.text
    assert "Photography policy" in told.text
    assert "Amelia" not in told.summary


async def test_and_video_keeps_the_subject(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia for the website?")
    told = await teacher.says("and video?")
    assert told.answer["shape"] == "R"
    assert told.answer["pupils"] == [{"name": "Amelia Hart", "class": "4B", "decision": "no"}]


async def test_every_neutral_no_reads_the_same(teacher: Chat) -> None:
    texts = {
        (await teacher.says(f"website photo of {name}")).text
        for name in ("Tom Bell", "Iris Cole", "Ned Dove", "Uma Vale")
    }
    assert len(texts) == 1
    (text,) = texts
    assert text.endswith("[Request review]")


async def test_namesakes_are_asked_back_and_a_press_decides(teacher: Chat) -> None:
    asked = await teacher.says("Sam Smith on the website?")
    assert asked.answer["shape"] == "clarify"
    told = await teacher.presses("Sam Smith, 4B, Year 4")
    assert told.replace
    assert told.text.startswith("Yes\nPhotos of Sam Smith (4B)")


async def test_a_typed_class_settles_it_too(teacher: Chat) -> None:
    await teacher.says("Sam Smith on the website?")
    assert (await teacher.says("2C")).answer["shape"] == "R"


async def test_a_misspelt_name_needs_a_press_before_any_yes(teacher: Chat) -> None:
    asked = await teacher.says("website photo of Amelya Hart")
    assert asked.answer["decision"] is None
    assert (await teacher.presses("Amelia Hart, 4B, Year 4")).answer["decision"] == "yes"


async def test_a_missing_use_is_asked_with_buttons(teacher: Chat) -> None:
    asked = await teacher.says("can I photograph Amelia Hart?")
    assert "What is it for?" in asked.text
    assert (await teacher.presses("Website")).answer["decision"] == "yes"


async def test_something_else_is_typed(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia Hart?")
    await teacher.presses("Something else")
    assert (await teacher.says("for the prospectus")).answer["decision"] == "yes"


async def test_none_of_these_asks_for_the_name_again(teacher: Chat) -> None:
    await teacher.says("website photo of Amelya Hart")
    asked = await teacher.presses("None of these")
    assert "Who is it about?" in asked.text
    assert (await teacher.says("Tom Bell")).answer["shape"] == "R"


async def test_an_old_button_changes_nothing_and_says_so(teacher: Chat) -> None:
    card = await teacher.says("can I photograph Amelia Hart?")
    await teacher.presses("Website")
    teacher.last = card
    assert "closed" in (await teacher.presses("Website")).text


async def test_a_question_of_ours_expires_after_a_day(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia Hart?")
    teacher.later(hours=25)
    assert "closed" in (await teacher.presses("Website")).text


async def test_somebody_elses_button_does_not_exist_for_others(teacher: Chat, hartfield: Database) -> None:
    asked = await teacher.says("can I photograph Amelia Hart?")
    other = Chat(hartfield, "d.lane@hartfield.example", last=asked)
    assert "closed" in (await other.presses("Website")).text


async def test_a_pupil_that_was_not_offered_cannot_be_chosen(teacher: Chat) -> None:
    asked = await teacher.says("Sam Smith on the website?")
    for forged in ("1", "999999", "-1", "x" * 5000, "2"):
        teacher.last = asked
        told = await teacher.presses("Sam Smith, 4B, Year 4", pupil0=forged)
        assert told.answer.get("decision") != "yes"


@pytest.mark.parametrize(
    "verb", ["review.seen", "escalation.read", "no.such.verb", "review.request", "pupil.choose", ""]
)
@pytest.mark.parametrize(
    "data", [{}, {"review": 1}, {"question": "1"}, {"question": {"a": 1}}, {"pending": 5, "rev": None}]
)
async def test_a_forged_card_gets_a_neutral_word_and_no_effect(teacher: Chat, verb: str, data: dict[str, Any]) -> None:
    told = await teacher.does(Pressed(verb, data))
    assert "can't help" in told.text or "closed" in told.text


async def test_a_forged_card_leaves_an_audit_line(teacher: Chat, hartfield: Database) -> None:
    await teacher.does(Pressed("review.seen", {"review": 1}))
    async with hartfield.read() as session:
        assert "press.refused" in set(await session.scalars(select(AuditRow.action)))


async def test_a_stranger_gets_a_neutral_word_and_an_audit_line(hartfield: Database) -> None:
    stranger = Chat(hartfield, "nobody@elsewhere.example")
    told = await stranger.says("can I photograph Amelia for the website?")
    assert "can't help" in told.text
    async with hartfield.read() as session:
        assert "turn.refused" in set(await session.scalars(select(AuditRow.action)))
        assert await session.scalar(select(func.count()).select_from(QuestionRow)) == 0


@pytest.mark.parametrize("scope", [Scope.CHANNEL, Scope.GROUP])
async def test_in_front_of_others_no_pupil_is_spoken_of(teacher: Chat, scope: Scope) -> None:
    teacher.scope = scope
    told = await teacher.says("can I photograph Amelia for the website?")
    assert "private" in told.text
    assert "Amelia" not in told.text


@pytest.mark.parametrize(("email", "shape"), [("m.gate", "refused"), ("o.finch", "refused"), ("q.two", "clarify")])
async def test_roles_and_schools_are_kept_apart(hartfield: Database, email: str, shape: str) -> None:
    told = await Chat(hartfield, f"{email}@hartfield.example").says("Amelia Hart website photo")
    assert told.answer["shape"] == shape


async def test_somebody_of_two_schools_chooses_which(hartfield: Database) -> None:
    both = Chat(hartfield, "q.two@hartfield.example")
    await both.says("Amelia Hart website photo")
    told = await both.presses("OTH")
    assert told.text.startswith("Yes\nPhotos of Amelia Hart (3A)")


async def test_a_pupil_of_another_school_is_unknown(teacher: Chat) -> None:
    assert (await teacher.says("website photo of Zoe Quill")).answer["shape"] in {"clarify", "unknown"}


async def test_office_staff_may_arrange_identity_pictures(hartfield: Database) -> None:
    office = Chat(hartfield, "o.finch@hartfield.example")
    assert (await office.says("take an ID card photo of Iris Cole")).answer["decision"] == "yes"


async def test_why_is_never_told(teacher: Chat) -> None:
    assert (await teacher.says("why is Ned Dove a no?")).answer["shape"] == "refused"


async def test_cancel_drops_the_open_question(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia Hart?")
    assert "dropped" in (await teacher.says("cancel")).text
    assert "no open question" in (await teacher.says("cancel")).text


async def test_the_same_activity_has_one_effect_and_the_same_words(teacher: Chat, hartfield: Database) -> None:
    first = await teacher.says("can I photograph Amelia Hart?")
    (second,) = await teacher.again(Said("can I photograph Amelia Hart?"))
    assert (second.text, second.card) == (first.text, first.card)
    assert (first.again, second.again) == (False, True), "whoever says it asks whether it was said only the second time"
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(QuestionRow)) == 1
        assert await session.scalar(select(func.count()).select_from(PendingRow)) == 1


async def test_every_question_is_noted_with_its_decision_and_the_versions_it_rested_on(
    teacher: Chat, hartfield: Database
) -> None:
    await teacher.says("website photo of Ned Dove")
    async with hartfield.read() as session:
        row = (await session.scalars(select(QuestionRow))).one()
        cause = (await session.scalars(select(QuestionCauseRow))).one()
    assert (row.shape, row.decision, row.text) == ("R", "no", "website photo of Ned Dove")
    assert row.rules_version
    assert row.consents_version is not None
    assert cause.row == "B6"


async def test_arriving_is_welcomed_with_a_neutral_first_line(teacher: Chat) -> None:
    assert (await teacher.does(Arrived())).text.startswith("Hello, I'm Ask DPO")


async def test_after_an_hour_a_short_message_is_a_new_question(teacher: Chat) -> None:
    await teacher.says("can I photograph Amelia for the website?")
    teacher.later(minutes=61)
    assert (await teacher.says("and video?")).answer["decision"] is None


async def test_pupils_whom_nothing_tells_apart_are_nobodys_to_choose(teacher: Chat, hartfield: Database) -> None:
    async with hartfield.write() as session:
        await session.execute(
            update(PupilRow).where(PupilRow.last_name == "Smith").values(class_name="4B", year_group="4")
        )
        await session.execute(update(SchoolRow).values(roll_version=SchoolRow.roll_version + 1))
    told = await teacher.says("Sam Smith on the website?")
    assert told.answer["shape"] == "clarify"
    assert "tell them apart" in told.text
    assert told.card is not None
    assert "actions" not in told.card


async def test_status_asked_in_other_words_is_the_same_list(teacher: Chat) -> None:
    await teacher.says("website photo of Tom Bell")
    await teacher.presses("Request review")
    told = await teacher.says("status of my requests please")
    assert (told.answer["intent"], told.answer["shape"]) == ("status", "answer")
    assert "passed on" in told.text


async def test_a_question_of_ours_that_was_passed_over_takes_no_later_answer(teacher: Chat) -> None:
    await teacher.says("photo of Amelia Hart")  # what for?
    await teacher.says("photo of Sam Smith 4B for the website")
    told = await teacher.says("and facebook?")
    assert [pupil["name"] for pupil in told.answer["pupils"]] == ["Sam Smith"]


async def test_a_typed_yes_answers_once(teacher: Chat) -> None:
    await teacher.says("website photo of Amelya Hart")
    assert (await teacher.says("yes")).answer["decision"] == "yes"
    await teacher.says("website photo of Tom Bell")
    assert (await teacher.says("yes")).answer["decision"] != "yes"


async def test_help_leaves_an_open_question_open(teacher: Chat) -> None:
    await teacher.says("Sam Smith on the website?")
    await teacher.says("help")
    assert (await teacher.says("4B")).answer["decision"] == "yes"


async def test_a_refusal_ends_the_thread(teacher: Chat) -> None:
    await teacher.says("website photo of Amelia Hart")
    await teacher.says("why is Ned Dove a no?")
    assert (await teacher.says("and facebook?")).answer["decision"] is None


@pytest.mark.parametrize("typed", [False, True])
async def test_an_answer_given_the_next_morning_is_about_that_morning(teacher: Chat, *, typed: bool) -> None:
    teacher.now = datetime(2027, 8, 31, 15, 0, tzinfo=UTC)  # the last day of the year's form (PHOTO-4.9)
    await teacher.says("photo of Amelia Hart")
    teacher.later(hours=17)
    told = await (teacher.says("website") if typed else teacher.presses("Website"))
    assert told.answer["shape"] == "R"
    assert "Wed 1 Sep 2027" in told.text


async def test_a_rule_that_differs_from_school_to_school_asks_which(hartfield: Database) -> None:
    async with hartfield.write() as session:
        school = await schools.by_code(session, "HFD")
        assert school is not None
        await schools.decide_permission(
            session,
            school_id=school.id,
            kind="family_filming",
            on=MONDAY.date(),
            allowed=True,
            decided_by=1,
            now=MONDAY,
        )
    both = Chat(hartfield, "q.two@hartfield.example")
    asked = await both.says("can families film the assembly today?")
    assert asked.answer["shape"] == "clarify"
    assert (await both.says("OTH")).answer["shape"] == "P"
    await both.says("can families film the assembly today?")
    assert (await both.says("hfd")).answer["decision"] == "yes"


@pytest.mark.parametrize(
    "words",
    ["can I film Ned Dove and delete it straight after?", "edited photo of Ned Dove", "crop the photo of Ned Dove"],
)
async def test_a_promise_to_delete_or_edit_opens_no_way_round_a_no(teacher: Chat, words: str) -> None:
    told = await teacher.says(words)
    if told.answer["shape"] == "clarify":
        told = await teacher.presses("Website")
    assert told.answer["decision"] != "yes"


async def test_deleting_afterwards_makes_no_phone_of_ones_own_allowed(teacher: Chat) -> None:
    told = await teacher.says("can I film Amelia Hart on my phone and delete it straight after?")
    assert told.answer["shape"] == "P"
