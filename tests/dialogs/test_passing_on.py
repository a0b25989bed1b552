"""A review goes to whom its cause belongs to, a use that only the DPO decides to the DPO: once, and role by role."""

import pytest
from sqlalchemy import select

from dialogs.conversation import Pressed
from storage.audit import AuditRow
from storage.database import Database
from tests.dialogs.conftest import Chat
from tests.dialogs.letterbox import words_sent


@pytest.mark.parametrize(("pupil", "to"), [("Tom Bell", "d.lane"), ("Uma Vale", "d.lane"), ("Ned Dove", "s.bird")])
async def test_a_review_goes_by_cause_and_the_asker_reads_the_same(
    teacher: Chat, hartfield: Database, pupil: str, to: str
) -> None:
    await teacher.says(f"website photo of {pupil}")
    told = await teacher.presses("Request review")
    assert told.text.startswith("Passed to the school")
    ((addressee, text),) = await words_sent(hartfield)
    assert addressee == to
    assert pupil in text


async def test_a_review_asked_twice_is_one(teacher: Chat, hartfield: Database) -> None:
    card = await teacher.says("website photo of Tom Bell")
    first = await teacher.presses("Request review")
    teacher.last = card
    assert (await teacher.presses("Request review")).text == first.text
    assert len(await words_sent(hartfield)) == 1


async def test_a_group_goes_to_each_with_their_own_pupils_only(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("website photo of Tom Bell and Ned Dove")
    await teacher.presses("Request review")
    by_person = dict(await words_sent(hartfield))
    assert set(by_person) == {"d.lane", "s.bird"}
    assert "Ned Dove" not in by_person["d.lane"]
    assert "Tom Bell" not in by_person["s.bird"]


async def test_a_review_of_several_says_whose_each_line_is(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("website photo of Tom Bell and Uma Vale")
    await teacher.presses("Request review")
    ((_, text),) = await words_sent(hartfield)
    assert "• Tom Bell: " in text
    assert "• Uma Vale: " in text


async def test_the_data_lead_reads_what_is_recorded_and_no_level(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("website photo of Tom Bell")
    await teacher.presses("Request review")
    ((_, text),) = await words_sent(hartfield)
    assert "What is recorded:" in text
    assert "evel" not in text
    async with hartfield.read() as session:
        assert "cause.sent" in set(await session.scalars(select(AuditRow.action)))


async def test_the_asker_hears_that_it_was_looked_at_once_whoever_looked(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("website photo of Tom Bell and Ned Dove")
    await teacher.presses("Request review")
    for email, review in (("d.lane", 1), ("s.bird", 2), ("d.lane", 1)):
        told = await Chat(hartfield, f"{email}@hartfield.example", turns=review * 10).does(
            Pressed("review.seen", {"review": review})
        )
        assert "Reviewed:" in told.text
    to_teacher = [text for email, text in await words_sent(hartfield) if email == "t.reed"]
    assert len(to_teacher) == 1
    assert to_teacher[0].startswith("The school has looked at your request")


@pytest.mark.parametrize("email", ["t.reed", "s.bird", "h.moss", "p.owen", "m.gate", "b.away"])
async def test_only_the_role_it_went_to_may_mark_it(teacher: Chat, hartfield: Database, email: str) -> None:
    await teacher.says("website photo of Tom Bell")
    await teacher.presses("Request review")
    other = Chat(hartfield, f"{email}@hartfield.example", turns=50)
    assert "can't help" in (await other.does(Pressed("review.seen", {"review": 1}))).text


async def test_nobody_reviews_somebody_elses_question(teacher: Chat, hartfield: Database) -> None:
    asked = await teacher.says("website photo of Tom Bell")
    other = Chat(hartfield, "q.two@hartfield.example", last=asked)
    assert "can't help" in (await other.presses("Request review")).text
    assert await words_sent(hartfield) == []


async def test_a_use_that_only_the_dpo_decides_is_sent_with_the_answer(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("conference slide with a photo of Amelia Hart")
    assert told.answer["shape"] == "D"
    ((to, text),) = await words_sent(hartfield)
    assert to == "p.owen"
    assert "conference slide" in text


async def test_the_dpo_reads_it_in_place_and_the_asker_is_told_once(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("conference slide with a photo of Amelia Hart")
    dpo = Chat(hartfield, "p.owen@hartfield.example")
    for _ in range(2):
        told = await dpo.does(Pressed("escalation.read", {"escalation": 1}))
        assert told.replace
        assert "Read: Petra Owen, Mon 23 Nov 2026 at 09:00" in told.text
    (news,) = [text for to, text in await words_sent(hartfield) if to == "t.reed"]
    assert news.startswith("The DPO has read")
    assert len(await words_sent(hartfield)) == 2


async def test_another_schools_dpo_may_not_read_it(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("conference slide with a photo of Amelia Hart")
    far = Chat(hartfield, "p.far@hartfield.example")
    assert "can't help" in (await far.does(Pressed("escalation.read", {"escalation": 1}))).text


async def test_what_the_bot_does_not_know_goes_to_the_dpo_by_one_press(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.says("how is the salary scale calculated")
    assert told.answer["shape"] == "unknown"
    assert "Sent to the DPO" in (await teacher.presses("Ask the DPO")).text
    assert [to for to, _ in await words_sent(hartfield)] == ["p.owen"]


async def test_status_lists_ones_own_requests_in_words_that_tell_no_cause(teacher: Chat) -> None:
    await teacher.says("website photo of Tom Bell and Ned Dove")
    await teacher.presses("Request review")
    told = await teacher.says("status")
    assert told.text.count("A review, asked") == 1
    assert "passed on" in told.text


FILMING = "can families film the concert on 10 December?"


async def test_what_the_head_may_lift_is_decided_in_the_card_for_that_day_only(
    teacher: Chat, hartfield: Database
) -> None:
    assert (await teacher.says(FILMING)).answer["shape"] == "P"
    assert "Passed to the headteacher" in (await teacher.presses("Ask the headteacher")).text
    ((to, text),) = await words_sent(hartfield)
    assert to == "h.moss"
    assert "families filming at the event" in text
    head = Chat(hartfield, "h.moss@hartfield.example")
    told = await head.does(Pressed("permission.decide", {"request": 1, "allowed": "yes"}))
    assert "Decided: Yes: Hetty Moss" in told.text
    assert (await teacher.says(FILMING)).answer["decision"] == "yes"
    assert (await teacher.says("can families film the concert on 11 December?")).answer["shape"] == "P"


async def test_the_heads_first_decision_stands(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(FILMING)
    await teacher.presses("Ask the headteacher")
    head = Chat(hartfield, "h.moss@hartfield.example")
    await head.does(Pressed("permission.decide", {"request": 1, "allowed": "no"}))
    told = await head.does(Pressed("permission.decide", {"request": 1, "allowed": "yes"}))
    assert "Decided: No" in told.text
    assert (await teacher.says(FILMING)).answer["shape"] == "P"


@pytest.mark.parametrize("email", ["t.reed", "d.lane", "s.bird", "p.owen", "m.gate", "b.away"])
async def test_nobody_but_the_head_decides_it(teacher: Chat, hartfield: Database, email: str) -> None:
    await teacher.says(FILMING)
    await teacher.presses("Ask the headteacher")
    other = Chat(hartfield, f"{email}@hartfield.example", turns=70)
    told = await other.does(Pressed("permission.decide", {"request": 1, "allowed": "yes"}))
    assert "can't help" in told.text
    assert (await teacher.says(FILMING)).answer["shape"] == "P"


async def test_a_head_who_asks_decides_at_once(hartfield: Database) -> None:
    head = Chat(hartfield, "h.moss@hartfield.example")
    await head.says(FILMING)
    await head.presses("Ask the headteacher")
    assert "Decided: Yes" in (await head.presses("Allow it")).text
    assert ": decided, above in this chat." in (await head.says("status")).text
    assert await words_sent(hartfield) == []


async def test_a_phone_of_ones_own_is_nobodys_to_allow(teacher: Chat) -> None:
    told = await teacher.says("can I use my own phone for a photo of Amelia Hart for the website?")
    assert "Ask the headteacher" not in told.text


async def test_every_look_at_what_is_recorded_leaves_a_line(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("website photo of Ned Dove")
    await teacher.presses("Request review")
    dsl = Chat(hartfield, "s.bird@hartfield.example")
    await dsl.does(Pressed("review.seen", {"review": 1}))
    await dsl.does(Pressed("review.seen", {"review": 1}))
    async with hartfield.read() as session:
        actions = list(await session.scalars(select(AuditRow.action).order_by(AuditRow.number)))
    assert actions[-3:] == ["cause.sent", "review.seen", "cause.read"]


async def test_no_forged_press_asks_the_head_for_what_no_button_offers(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("can I use my own phone for a photo of Amelia Hart for the website?")
    assert "can't help" in (await teacher.does(Pressed("permission.request", {"question": 1}))).text
    await teacher.says("photo in the changing room on 31 June of Amelia Hart for the website")
    assert "can't help" in (await teacher.does(Pressed("permission.request", {"question": 2}))).text
    assert await words_sent(hartfield) == []


async def test_what_the_dpo_asks_is_the_dpos_own_decision_and_goes_to_nobody(hartfield: Database) -> None:
    told = await Chat(hartfield, "p.owen@hartfield.example").says("conference slide with a photo of Amelia Hart")
    assert "a decision of your own" in told.text
    assert await words_sent(hartfield) == []
