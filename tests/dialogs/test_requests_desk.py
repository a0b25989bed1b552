"""The DPO's desk for a request: accepted, doubted, asked, extended, searched, answered, closed, and never by others."""

from datetime import timedelta

import pytest

from dialogs.conversation import Pressed
from storage import holds
from storage.database import Database
from tests.dialogs.at_the_desk import Desk, UntakenError, card_of, has_none, id_of
from tests.dialogs.conftest import Chat
from tests.dialogs.test_requests_taken import SAID, WORDS, kinds

_CHECKS = (
    *("told", "entitled", "searched", "third_parties", "exemptions", "redacted"),
    *("redacted_again", "explained", "withheld_explained", "plain", "readable", "rights"),
)
_SENT = {
    "explanation": "The pupil's file and e-mails",
    "withheld": "",
    "sent_on": "2026-11-23",
    "how": "secure",
    "proof": "The sent e-mail",
}


@pytest.fixture
async def dpo(teacher: Chat, hartfield: Database) -> Desk:
    """A parent's request, received on Friday, 20 November, and accepted."""
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    await teacher.fills("Continue", **SAID)
    await teacher.fills("Pass it on")
    desk = Desk(hartfield, "p.owen")
    await desk.step("accepted")
    return desk


def later(desk: Desk, days: int) -> None:
    """Let days pass at the desk."""
    desk.chat.now += timedelta(days=days)


async def test_accepting_offers_the_letter_and_shows_it_ready_to_copy(dpo: Desk) -> None:
    told = await dpo.chat.presses("Draft the letter")
    assert "We have your request (our number 1)" in told.text
    assert "Dear Ivo Hart," in told.text
    assert "Mon 21 Dec 2026" in told.text
    assert "Petra Owen" in told.text


async def test_what_was_done_is_said_below_the_card_that_is_kept_up_to_date(dpo: Desk) -> None:
    assert dpo.chat.last.text.startswith("Request 1: noted")
    assert not dpo.chat.last.replace, "the request's card would be lost under it"


async def test_a_doubt_stops_the_month_until_two_documents_were_seen(dpo: Desk) -> None:
    await dpo.step("identity_asked", doubt="An address that we don't know", on="2026-11-23")
    assert "The month has not begun: we wait for the requester since Mon 23 Nov 2026." in await dpo.look()
    later(dpo, 2)
    with pytest.raises(UntakenError, match="Two different documents"):
        await dpo.step("identity_seen", documents="passport", on="2026-11-25")
    await dpo.step("identity_seen", documents="passport,utility_bill", on="2026-11-25")
    card = await dpo.look()
    assert "Answer by Tue 29 Dec 2026" in card, "25 December moves on"
    assert "Mon 21 Dec 2026, then no day: proof of identity was asked for on Mon 23 Nov 2026." in card
    assert "no day, then Tue 29 Dec 2026" in card


async def test_a_question_pauses_and_its_answer_adds_the_days(dpo: Desk) -> None:
    await dpo.step("clarify_asked", text="Which years do you mean?", on="2026-11-23")
    card = await dpo.look()
    assert "The clock stands still since Mon 23 Nov 2026. 27 days are left when the answer comes." in card
    later(dpo, 7)
    question = (await kinds(dpo.db)).index("clarify_asked") + 1
    await dpo.step("clarify_answered", question=str(question), text="Since September", on="2026-11-30")
    card = await dpo.look()
    assert "Answer by Tue 29 Dec 2026" in card, "27 December is a Sunday, 28 a substitute day"
    assert "Last day in law" not in card, "both move to the same day"
    assert "The school's procedure would begin the month anew" in card


async def test_the_last_day_in_law_is_for_the_dpo_alone(dpo: Desk, hartfield: Database) -> None:
    await dpo.step("clarify_asked", text="Which years?", on="2026-11-23")
    later(dpo, 1)
    question = (await kinds(dpo.db)).index("clarify_asked") + 1
    await dpo.step("clarify_answered", question=str(question), text="All", on="2026-11-24")
    assert "Last day in law: Tue 22 Dec 2026" in await dpo.look()
    head = Chat(hartfield, "h.moss@hartfield.example")
    told = await head.does(Pressed("request.show", {"case": 1}))
    assert "Mon 21 Dec 2026" in told.text
    assert "Tue 22 Dec 2026" not in told.text


async def test_an_extension_is_locked_after_the_last_day_for_the_notice(dpo: Desk) -> None:
    later(dpo, 30)
    with pytest.raises(UntakenError, match="The last day to tell them is over"):
        await dpo.step("extended", ground="complex", reason="Ten years", notice_sent_on="2026-12-22", override="")
    await dpo.step("extended", ground="complex", reason="Ten years", notice_sent_on="2026-12-22", override="I was ill")
    card = await dpo.look()
    assert "I was ill" in card
    assert "Answer by Mon 22 Feb 2027" in card, "20 February is a Saturday"
    assert "extended" not in await dpo.offers(), "once is all there is"


async def test_what_was_taken_back_stays_in_the_history(dpo: Desk) -> None:
    await dpo.step("extended", ground="complex", reason="Ten years", notice_sent_on="2026-11-23", override="")
    assert "Mon 22 Feb 2027" in await dpo.look()
    await dpo.step("undone", reason="It is one year")
    card = await dpo.look()
    assert "Answer by Mon 21 Dec 2026" in card
    assert "a step was taken back" in card
    assert (await kinds(dpo.db))[-2:] == ["extended", "undone"]


async def test_a_form_for_taking_back_takes_back_nothing_else(dpo: Desk) -> None:
    await dpo.step("identity_asked", doubt="An unknown address", on="2026-11-23")
    await dpo.look()
    form = await dpo.chat.presses("Open", step="undone")
    other = Desk(dpo.db, "p.owen")
    other.chat.turns = 100
    await other.step("identity_seen", documents="passport,utility_bill", on="2026-11-23")
    dpo.chat.last = form
    told = await dpo.chat.fills("Save", reason="A mistake")
    assert "Something else was recorded meanwhile" in told.text
    assert (await kinds(dpo.db))[-1] == "identity_seen"


async def test_a_search_goes_to_its_owner_and_comes_back(dpo: Desk, hartfield: Database) -> None:
    dora = await id_of(hartfield, "d.lane")
    await dpo.step("task_set", kind="search", what="The reading folder", owner=dora)
    owner = Chat(hartfield, "d.lane@hartfield.example")
    owner.last = await card_of(hartfield, "d.lane", about="task")
    assert "The reading folder" in owner.last.text
    assert "by Sat 28 Nov 2026" in owner.last.text
    assert "criminal offence" in owner.last.text
    assert "Ivo" not in owner.last.text
    assert WORDS not in owner.last.text
    told = await owner.fills("Done, nothing found", note="Looked on paper too")
    assert told.text.startswith("Thank you, noted as done")
    card = await dpo.look()
    assert "Nothing was found. Looked on paper too" in card
    assert "Task 1 is done." in (await card_of(hartfield, "p.owen", about="news")).text


async def test_somebody_else_s_task_can_t_be_done(dpo: Desk, hartfield: Database) -> None:
    await dpo.step("task_set", kind="search", what="The folder", owner=await id_of(hartfield, "d.lane"))
    for person in ("t.reed", "o.finch", "p.far"):
        for verb in ("request.task", "request.task_done"):
            forged = Pressed(verb, {"case": 1, "task": 1, "found": "no", "note": "x"})
            told = await Chat(hartfield, f"{person}@hartfield.example").does(forged)
            assert "The folder" not in told.text
    assert "task_done" not in await kinds(hartfield)


async def test_who_holds_data_confirms_that_nothing_is_deleted(dpo: Desk, hartfield: Database) -> None:
    await dpo.step("notice_sent", person=await id_of(hartfield, "o.finch"))
    office = Chat(hartfield, "o.finch@hartfield.example")
    office.last = await card_of(hartfield, "o.finch", about="keep")
    assert "Ivo" not in office.last.text
    await office.presses("Confirm")
    assert "Otto Finch: asked Mon 23 Nov 2026 at 09:00, confirmed Mon 23 Nov 2026 at 09:00" in await dpo.look()
    told = await Chat(hartfield, "t.reed@hartfield.example").does(Pressed("request.keep", {"case": 1}))
    assert "confirmed" not in told.text


async def test_a_request_goes_all_the_way(dpo: Desk, teacher: Chat, hartfield: Database) -> None:
    await dpo.step("route_confirmed", route="parent", able="unsaid", doubt="no", conflict="no", reason="Nine years old")
    await dpo.step("task_set", kind="search", what="Everything", owner=await id_of(hartfield, "p.owen"))
    own = Chat(hartfield, "p.owen@hartfield.example", turns=500)
    own.last = await card_of(hartfield, "p.owen", about="task")
    await own.fills("Done, something found", note="")
    assert "responded" not in await dpo.offers(), "the list comes first"
    for check in _CHECKS:
        await dpo.step("ticked", check=check)
    assert "Status: ready to be answered" in await dpo.look()
    await dpo.step("responded", **_SENT)
    assert "Answered on Mon 23 Nov 2026." in await dpo.look()
    assert "closed" not in await dpo.offers(), "the hold is looked at first"
    async with hartfield.read() as session:
        assert await holds.standing(session)
    await dpo.step("hold_released", reason="No dispute")
    async with hartfield.read() as session:
        assert not await holds.standing(session)
    await dpo.step("closed")
    assert "Status: closed" in await dpo.look()
    assert "It has been answered" in (await card_of(hartfield, "t.reed", about="news")).text
    assert "closed" in (await teacher.says("status")).text


async def test_a_refusal_names_its_ground_and_where_to_complain(dpo: Desk) -> None:
    await dpo.step(
        "refused",
        ground="excessive",
        reasons="The same again within a week",
        routes="school,regulator,court",
        sent_on="2026-11-23",
        how="tracked",
    )
    assert "Refused, Mon 23 Nov 2026: The same again within a week" in await dpo.look()


async def test_not_a_request_ends_it_with_a_reason(dpo: Desk) -> None:
    await dpo.step("not_a_request", reason="A question about lunch")
    card = await dpo.look()
    assert "not a request after all" in card
    assert "A question about lunch" in card


PRESSES = (
    ("request.show", {}),
    ("request.step", {"step": "closed"}),
    ("request.step", {"step": "letter-acknowledge"}),
    ("request.letter", {"letter": "acknowledge"}),
    ("request.form", {}),
    ("request.another", {}),
    ("request.settle", {"lines": "extension"}),
    ("request.snooze", {"lines": "due", "days": 1}),
)


@pytest.mark.parametrize("person", ["d.lane", "o.finch", "s.bird", "p.far", "m.gate", "q.two"])
async def test_nobody_else_gets_at_a_request(dpo: Desk, hartfield: Database, person: str) -> None:
    before = await kinds(hartfield)
    somebody = Chat(hartfield, f"{person}@hartfield.example")
    for verb, data in PRESSES:
        told = await somebody.does(Pressed(verb, {"case": 1, **data}))
        assert "equest 1" not in told.text, verb
        assert "Ivo" not in told.text, verb
    assert await kinds(hartfield) == before
    assert dpo.person


async def test_the_head_sees_dates_and_nobody_s_name_or_words(dpo: Desk, hartfield: Database) -> None:
    before = await kinds(hartfield)
    head = Chat(hartfield, "h.moss@hartfield.example")
    for verb, data in PRESSES:
        told = await head.does(Pressed(verb, {"case": 1, **data}))
        assert not [word for word in ("Ivo", "Amelia", "twins") if word in told.text], verb
    told = await head.does(Pressed("request.show", {"case": 1}))
    assert "Answer by Mon 21 Dec 2026" in told.text
    assert "Who asks: a parent" in told.text
    listed = await head.says("my cases")
    assert "a request for data, being worked on. Answer by Mon 21 Dec 2026" in listed.text
    assert "Ivo" not in listed.text
    assert await kinds(hartfield) == before
    assert dpo.person


async def test_whoever_took_it_in_cannot_act_on_it(dpo: Desk, teacher: Chat, hartfield: Database) -> None:
    before = await kinds(hartfield)
    for verb, data in (*PRESSES[:4], *PRESSES[6:]):
        told = await teacher.does(Pressed(verb, {"case": 1, **data}))
        assert "Ivo" not in told.text, verb
    assert await kinds(hartfield) == before
    assert dpo.person


@pytest.mark.parametrize(
    "data", [{"case": "1; DROP"}, {"case": -1}, {"case": 10**30}, {"case": True}, {}, {"case": 1, "step": ["closed"]}]
)
async def test_nonsense_from_a_card_does_nothing(dpo: Desk, data: dict[str, object]) -> None:
    before = await kinds(dpo.db)
    for verb, _ in PRESSES:
        await dpo.chat.does(Pressed(verb, dict(data)))
    assert await kinds(dpo.db) == before


async def test_a_form_left_open_is_no_way_back_in_for_a_dpo_who_became_concerned(
    dpo: Desk, hartfield: Database
) -> None:
    await dpo.look()
    form = await dpo.chat.presses("Open", step="noted")
    other = Desk(hartfield, "p.owen")
    other.chat.turns = 100
    await other.step("involved", person=await id_of(hartfield, "p.owen"), part="subject")
    dpo.chat.last = form
    told = await dpo.chat.fills("Save", text="I write this all the same")
    assert "noted" not in await kinds(hartfield)
    assert "equest 1" not in told.text
    assert "noted" in await Desk(hartfield, "h.moss").offers()
    assert await has_none(hartfield, "h.moss", about="nudge")
