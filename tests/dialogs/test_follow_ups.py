"""A question about the rules goes on from the one before: in one chat, of one person, for an hour, about no pupil."""

from datetime import timedelta

from storage.database import Database
from tests.dialogs.conftest import Chat

REQUEST = "can a parent ask for a mistake in the record to be put right"
HALF = "and if we decline?"


def _is_answered(chat: Chat) -> bool:
    answer = chat.last.answer
    return answer["shape"] == "answer" and {"document": "data-protection", "clause": "12.10"} in answer["citations"]


async def test_half_a_question_goes_on_from_the_one_before(teacher: Chat) -> None:
    await teacher.says(REQUEST)
    await teacher.says(HALF)
    assert _is_answered(teacher)


async def test_it_goes_on_from_nothing_in_a_new_chat(teacher: Chat) -> None:
    await teacher.says(HALF)
    assert not _is_answered(teacher)


async def test_what_was_said_over_an_hour_ago_is_forgotten(teacher: Chat) -> None:
    await teacher.says(REQUEST)
    teacher.now += timedelta(minutes=61)
    await teacher.says(HALF)
    assert not _is_answered(teacher)


async def test_a_dialog_between_ends_it(teacher: Chat) -> None:
    await teacher.says(REQUEST)
    await teacher.says("I left the class list on the bus this morning")
    await teacher.says("cancel")
    await teacher.says(HALF)
    assert not _is_answered(teacher)


async def test_somebody_else_goes_on_from_nothing(hartfield: Database, teacher: Chat) -> None:
    await teacher.says(REQUEST)
    other = Chat(hartfield, "d.lane@hartfield.example")
    await other.says(HALF)
    assert not _is_answered(other)


async def test_a_question_about_a_pupil_takes_nothing_of_the_rules_and_leaves_them_nothing(teacher: Chat) -> None:
    await teacher.says("can the class camera go home with me")
    told = await teacher.says("and a photo of Amelia Hart on the website?")
    assert told.answer["intent"] == "photo_permission"
    assert [pupil["name"] for pupil in told.answer["pupils"]] == ["Amelia Hart"]
    await teacher.says("how long do we have to answer a subject access request")
    told = await teacher.says("and Amelia Hart's mum?")
    assert told.answer["shape"] != "answer"
