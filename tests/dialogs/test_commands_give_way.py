"""What somebody reports is never taken for a command because of the word that it begins with."""

import pytest
from sqlalchemy import func, select

from policy.understanding.flows import flow_of
from policy.understanding.illegal_content import is_illegal
from policy.understanding.telling import tale_of
from storage.cases import CaseRow
from storage.database import Database
from storage.drafts import DraftRow
from storage.turns import TurnRow
from tests.dialogs.conftest import Chat

ILLEGAL = "Search results on the zzplanted laptop show indecent images of a child"
REPORTS = (
    "Search of the car park: I lost the USB stick with Year 6 reports",
    "Search request: a parent asks for a copy of everything we hold about her son",
    "Search my emails: I have sent Year 4's reading scores to the wrong parent",
    "search I lost laptop",
    "preview digest was emailed to the wrong parent",
    "hand over notes were emailed to the wrong parent",
    ILLEGAL,
)
IN_THE_FORM = "search of the car park and ringing the bus company, nothing found"


async def cases_in(db: Database) -> int:
    async with db.read() as session:
        return int(await session.scalar(select(func.count()).select_from(CaseRow)) or 0)


@pytest.mark.parametrize("text", REPORTS)
async def test_a_report_that_begins_like_a_command_opens_its_case(teacher: Chat, text: str) -> None:
    told = await teacher.says(text)
    assert await cases_in(teacher.db) == 1, told.text


async def test_words_about_illegal_pictures_are_kept_nowhere_though_they_begin_like_a_search(teacher: Chat) -> None:
    assert is_illegal(tale_of(ILLEGAL))
    await teacher.says(ILLEGAL)
    async with teacher.db.read() as session:
        kept = str((await session.scalars(select(TurnRow.reply))).all())
    assert "zzplanted" not in kept


@pytest.mark.parametrize(
    "text", [IN_THE_FORM, "preview digest 9 November printed and lost", "search stolen laptop", "hand over to Sam Lee"]
)
async def test_an_answer_to_the_form_in_hand_stays_an_answer(teacher: Chat, text: str) -> None:
    await teacher.says("I lost the USB stick with the Year 6 reports")
    told = await teacher.says(text)
    assert not told.text.startswith(("Found", "Nothing found", "Hand over", "Your digest", "Name a day")), told.text
    assert "Page 1 of 4" in told.text or await cases_in(teacher.db) == 2, told.text


async def test_what_was_typed_for_the_form_is_in_it(teacher: Chat) -> None:
    await teacher.says("I lost the USB stick with the Year 6 reports")
    for other in ("yesterday", "9:15", "unknown", "unknown", "unknown", "unknown", "unknown"):
        told = await teacher.says(IN_THE_FORM)
        if "Noted. " in told.text and IN_THE_FORM in told.text:
            break
        await teacher.says(other)  # it is no day, no time and no choice
    async with teacher.db.read() as session:
        assert IN_THE_FORM in str((await session.scalars(select(DraftRow.answers))).all())


@pytest.mark.parametrize(
    "word",
    [
        *("search", "preview digest", "hand over", "status", "preview digest 9 November", "preview digest last week"),
        "hand over to Dora Lane from 25 November to 27 November",
    ],
)
async def test_a_command_and_no_more_is_one_even_with_a_form_in_hand_which_then_waits(teacher: Chat, word: str) -> None:
    await teacher.says("I lost the USB stick with the Year 6 reports")
    told = await teacher.says(word)
    assert "Noted." not in told.text
    assert "Nothing found" in (await teacher.says("search pterodactyl")).text


@pytest.mark.parametrize("text", ["search stolen laptop", "search lost usb stick", "search withdrawn consent"])
async def test_a_few_bare_words_are_looked_for_and_how_to_report_is_said(teacher: Chat, text: str) -> None:
    told = await teacher.says(text)
    assert await cases_in(teacher.db) == 0
    assert "without the word search" in told.text


@pytest.mark.parametrize("text", ["search own phone", "search 12", "search Amelia Hart"])
async def test_what_sounds_like_no_report_is_looked_for_without_more_words(teacher: Chat, text: str) -> None:
    assert "without the word search" not in (await teacher.says(text)).text


async def test_a_long_sentence_is_no_search(teacher: Chat) -> None:
    told = await teacher.says("search parties of parents walked along the river with the head on Sunday")
    assert not told.text.startswith(("Found", "Nothing found"))


async def test_what_is_like_another_kind_of_report_is_no_answer_to_the_form(teacher: Chat) -> None:
    danger = "pupil plans to meet a boy from a game"
    assert flow_of(tale_of(danger), photo=False) is None  # known by its likeness alone
    await teacher.says("I lost the USB stick with the Year 6 reports")
    await teacher.says(danger)
    assert await cases_in(teacher.db) == 2
