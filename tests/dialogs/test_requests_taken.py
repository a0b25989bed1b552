"""A request for data from the first words: the DPO has it at once, a few questions come after, nothing is answered."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from dialogs.conversation import Flagged, Pressed, Purpose, Said, Scope
from storage import holds
from storage.cases import CaseEventRow, CaseRow
from storage.database import Database
from storage.outbox import LetterRow
from storage.schools import SchoolRow, TermRow
from tests.dialogs.at_the_desk import Desk, card_of, has_none
from tests.dialogs.conftest import Chat

WORDS = "grandad asked what the school has written down about the twins"
SAID = {
    "requester": "Ivo Hart",
    "requester_kind": "parent",
    "about": "Amelia Hart",
    "received_how": "spoken",
    "received_on": "2026-11-20",
}


async def passed_on(chat: Chat, **said: str) -> str:
    """Answer the few questions; return what is said at the end."""
    await chat.fills("Continue")
    await chat.fills("Continue", **{**SAID, **said})
    return (await chat.fills("Pass it on")).text


async def kinds(db: Database) -> list[str]:
    """What happened to all cases, in order."""
    async with db.read() as session:
        found = await session.scalars(select(CaseEventRow.kind).order_by(CaseEventRow.case_id, CaseEventRow.place))
        return [kind for kind in found if kind != "nudged"]


async def test_the_dpo_has_it_with_the_first_words(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says(WORDS)
    assert "The DPO has it. This is request 1." in told.text
    assert "Please don't answer it yourself" in told.text
    assert "Delete nothing" in told.text
    card = await Desk(hartfield, "p.owen").look()
    assert WORDS in card
    assert "Answer by Wed 23 Dec 2026: 30 days left on Mon 23 Nov 2026." in card
    assert await has_none(hartfield, "h.moss")


async def test_a_teacher_who_knows_nothing_gets_through_in_two_pages(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    assert len(await teacher.walks("Pass it on")) == 2
    told = await teacher.fills("Pass it on")
    assert told.text.startswith("Thank you, that is everything")
    assert await kinds(hartfield) == ["opened", "details_corrected"]
    assert "Who asks: some words. An adult, about themselves." in await Desk(hartfield, "p.owen").look()


async def test_the_day_and_the_people_reach_the_card_and_the_old_date_stays(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await passed_on(teacher)
    card = await Desk(hartfield, "p.owen").look()
    assert "Who asks: Ivo Hart. A parent or carer, about their child." in card
    assert "Answer by Mon 21 Dec 2026" in card
    assert "Wed 23 Dec 2026, then Mon 21 Dec 2026" in card


@pytest.mark.parametrize(
    ("words", "kind", "citation"),
    [
        (WORDS, "To see or have a copy of what is held", "sar-procedure"),
        ("a parent says he wants his details wiped", "To have something deleted", "data-protection"),
        ("carer insists a birth date be put right", "To put something right", "data-protection"),
        ("guardian says stop sending sales leaflets", "To get no more advertising", "data-protection"),
        ("mum is complaining about how we handled her data", "A complaint about how data was handled", ""),
        ("a parent has asked for the cctv of the playground", "To see footage of themselves", "cctv-code"),
        ("officer is here asking for recordings", "Footage for police, an insurer or the press", "cctv-code"),
    ],
)
async def test_each_kind_is_opened_as_what_it_seems(
    teacher: Chat, hartfield: Database, words: str, kind: str, citation: str
) -> None:
    told = await teacher.says(words)
    assert told.answer["shape"] == "flow"
    assert told.answer["routed_to"] == ["dpo"]
    assert not citation or citation == told.answer["citations"][0]["document"]
    assert f"What: {kind}" in await Desk(hartfield, "p.owen").look()


async def test_footage_for_outsiders_is_saved_by_whoever_looks_after_it(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("officer is here asking for recordings of Amelia Hart")
    assert "Show and hand over nothing" in told.text
    site = await card_of(hartfield, "m.gate", about="footage/site_manager")
    assert "Who asks: the police" in site.text
    assert "Amelia" not in site.text


async def test_further_words_are_added_and_another_is_a_case_of_its_own(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    told = await teacher.says("a parent says he wants his details wiped")
    assert told.text.startswith("I've added that to request 1")
    await teacher.presses("It is another request")
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(CaseRow)) == 2


async def test_the_same_message_twice_opens_one_case(teacher: Chat, hartfield: Database) -> None:
    teacher.turns += 1
    first, second = await asyncio.gather(teacher.again(Said(WORDS)), teacher.again(Said(WORDS)))
    assert first[0].text == second[0].text
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(CaseRow)) == 1
        assert await session.scalar(select(func.count()).select_from(LetterRow)) == 1


async def test_leaving_the_questions_leaves_the_request(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    told = await teacher.says("cancel")
    assert "The questions are closed, the request is not" in told.text
    assert await kinds(hartfield) == ["opened"]


async def test_what_comes_after_it_was_accepted_is_added_as_words(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    await teacher.fills("Continue", **SAID)
    await Desk(hartfield, "p.owen").step("accepted")
    await teacher.fills("Pass it on")
    assert await kinds(hartfield) == ["opened", "accepted", "said"]
    assert "Who asked? Ivo Hart" in await Desk(hartfield, "p.owen").look()


async def test_a_day_to_come_is_asked_again(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    told = await teacher.fills("Continue", **{**SAID, "received_on": "2026-11-24"})
    assert "That is still to come" in told.text
    assert await kinds(hartfield) == ["opened"]


async def test_a_target_in_the_holidays_is_said_when_it_is_logged(teacher: Chat, hartfield: Database) -> None:
    async with hartfield.write() as session:  # the year goes on after Christmas
        school = await session.scalar(select(SchoolRow.id).where(SchoolRow.code == "HFD"))
        term = {"school_id": school, "academic_year": "2026/27", "name": "Spring 1"}
        await session.execute(insert(TermRow).values(**term, starts_on=date(2027, 1, 4), ends_on=date(2027, 2, 12)))
    teacher.later(days=7)
    await teacher.says(WORDS)
    told = await passed_on(teacher, received_on="2026-11-30")
    assert "I've asked the DPO who is on duty then" in told
    assert "Who is on duty" in await Desk(hartfield, "p.owen").look()


async def test_a_dpo_who_asks_or_is_asked_about_is_not_the_one_who_sees_it(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await passed_on(teacher, requester="Petra Owen", requester_kind="staff", about="Petra Owen")
    petra = Desk(hartfield, "p.owen")
    assert "is with somebody else now" in await petra.look()
    forged = await petra.chat.does(Pressed("request.step", {"case": 1, "step": "accepted"}))
    assert "Request 1" not in forged.text
    assert "accepted" in await Desk(hartfield, "h.moss").offers()


async def test_first_words_about_the_dpo_never_reach_the_dpo(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("a parent asked for all e-mails about Petra Owen's appraisal file")
    assert told.answer["intent"] == "sar_received"
    assert "Whoever stands in for the DPO has it." in told.text
    assert await has_none(hartfield, "p.owen")
    assert "accepted" in await Desk(hartfield, "h.moss").offers()


async def test_a_message_becomes_a_request_from_its_menu(teacher: Chat, hartfield: Database) -> None:
    teacher.scope = Scope.CHANNEL
    text = "Could you send me everything you hold on Amelia?"
    asked = await flagged(teacher, text, confirmed=False)
    assert "Is somebody asking for their data?" in asked
    told = await flagged(teacher, text, confirmed=True)
    assert told == "Thank you. The DPO knows; I have written to you in our own chat."
    assert text in await Desk(hartfield, "p.owen").look()
    async with hartfield.read() as session:
        own = await session.scalar(select(LetterRow.text).where(LetterRow.key.startswith("flagged/")))
    assert "This is request 1." in (own or "")


async def flagged(chat: Chat, text: str, *, confirmed: bool) -> str:
    chat.turns += 1
    event = Flagged(Purpose.REQUEST, text, confirmed=confirmed)
    return (await chat.again(event))[0].text


async def test_a_request_is_held_from_receipt_under_every_name_it_has(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    async with hartfield.read() as session:
        school = (await holds.standing(session))[0].school_id
        assert await holds.is_held(session, school, "anything: nobody has been named yet")
    await passed_on(teacher)
    async with hartfield.read() as session:
        assert await holds.is_held(session, school, "Hart, Amelia (4B)")
        assert not await holds.is_held(session, school, "Tom Bell")
        assert not await holds.is_held(session, school + 1, "Amelia Hart")


async def test_status_tells_whoever_took_it_how_far_it_is(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    assert "Case 1, a request for data" in (await teacher.says("status")).text
    assert "passed on to the DPO" in teacher.last.text
    await Desk(hartfield, "p.owen").step("accepted")
    assert "the DPO is on it" in (await teacher.says("status")).text
    assert "The DPO has read it" in (await card_of(hartfield, "t.reed", about="news")).text


async def test_asking_alone_starts_nothing(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("who answers a subject access request?")
    assert told.answer["shape"] != "flow"
    assert await kinds(hartfield) == []


async def test_nobody_is_told_to_delete_pictures_of_whom_a_request_is_about(teacher: Chat) -> None:
    free = await teacher.says("Can I delete Amelia Hart's photos?")
    assert free.answer["decision"] == "yes"
    await teacher.says(WORDS)
    await passed_on(teacher)
    held = await teacher.says("Can I delete Amelia Hart's photos?")
    assert held.answer["decision"] == "no"
    assert "Please keep the stored pictures of this pupil as they are for now" in held.text
    assert held.answer["citations"] == free.answer["citations"], "which rule is named tells nothing of a request"
