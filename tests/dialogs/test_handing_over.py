"""A DPO goes away and somebody who may lawfully stand in does: for those days, for every case, no minute more."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.exports.taking import REFUSED, ExportError, take
from dialogs.breach import case_file, telling
from dialogs.breach.at_table import table_of
from dialogs.breach.first_answers import facts
from dialogs.conversation import Pressed, Reply, Scope, Turn
from dialogs.desk import Desk
from dialogs.digest import duty
from dialogs.handing_over import saying
from dialogs.root import Dialogs
from dialogs.sweeping import sweep
from policy.breach.events import Event, Happened
from policy.breach.seats import Seat
from storage import audit, handovers, people
from storage.database import Database
from storage.handovers import as_of
from storage.people import MembershipRow
from tests.dialogs.conftest import MONDAY, Chat, inputs_of
from tests.dialogs.letterbox import words_to

DPO, HEAD, LEAD, OFFICE = (f"{name}@hartfield.example" for name in ("p.owen", "h.moss", "d.lane", "o.finch"))
WEDNESDAY = datetime(2026, 11, 25, tzinfo=UTC)  # midnight, the first day of the handover
FRIDAY = datetime(2026, 11, 28, tzinfo=UTC)  # midnight, when its last day, Friday the 27th, is over
HAND_OVER = "hand over to Dora Lane from 25 November to 27 November"


async def cards_to(db: Database, email: str) -> list[str]:
    """Give the words of every letter to somebody, in order."""
    return (await words_to(db)).get(email.partition("@")[0], [])


async def lend(db: Database) -> Chat:
    dpo = Chat(db, DPO)
    await dpo.says(HAND_OVER)
    await dpo.fills("Hand over")
    assert "arranged" in dpo.last.text
    return dpo


def titles(told: Reply) -> list[str]:
    """Give the titles of a card's buttons."""
    return [each["title"] for each in (told.card or {}).get("actions", ())]


def again(db: Database, email: str, now: datetime = MONDAY) -> Chat:
    """Somebody who has said something before."""
    return Chat(db, email, now=now, turns=100)


async def a_breach(db: Database, now: datetime, by: str = "t.reed@hartfield.example") -> Chat:
    reporter = Chat(db, by, now=now)
    await reporter.says("I have just sent Year 4's reading scores to the wrong parent")
    return reporter


async def test_the_form_is_filled_in_with_what_was_typed_and_offers_only_who_may_stand_in(hartfield: Database) -> None:
    dpo = Chat(hartfield, DPO)

    card = (await dpo.says(HAND_OVER)).card

    assert card is not None
    inputs = {each["id"]: each for each in card["body"] if each["type"].startswith("Input.")}
    assert [each["title"] for each in inputs["to"]["choices"]] == ["Dora Lane", "Otto Finch"]
    assert (inputs["first"]["value"], inputs["last"]["value"]) == ("2026-11-25", "2026-11-27")
    async with hartfield.read() as session:
        dora = await people.by_email(session, LEAD)
    assert inputs["to"]["value"] == str(dora.id if dora else None)


async def test_nobody_is_lent_a_seat_by_typing_alone(hartfield: Database) -> None:
    await Chat(hartfield, DPO).says("hand over to Dora Lane from today to Friday")

    assert (await Chat(hartfield, LEAD).says("my cases")).text == (await Chat(hartfield, OFFICE).says("my cases")).text
    with pytest.raises(ExportError):
        await take(hartfield, "audit", school="HFD", email=LEAD, form="csv", now=MONDAY)


async def test_a_head_named_by_the_dpo_is_not_lent_the_seat(hartfield: Database) -> None:
    dpo = Chat(hartfield, DPO)
    await dpo.says("hand over to Hetty Moss from 25 November to 27 November")
    assert "nobody called Hetty Moss who may stand in" in dpo.last.text

    async with hartfield.read() as session:
        head = await people.by_email(session, HEAD)
    assert head is not None
    await dpo.presses("Hand over", to=str(head.id), first="2026-11-25", last="2026-11-27")  # forged

    assert "arranged" not in dpo.last.text
    assert "Hetty" not in (await dpo.says("hand over")).text


async def test_whoever_holds_no_post_has_nothing_to_hand_over(teacher: Chat) -> None:
    assert "nothing to hand over" in (await teacher.says("hand over to Dora Lane")).text


async def test_the_deputy_acts_from_the_first_midnight_to_the_last(hartfield: Database) -> None:
    await lend(hartfield)
    moments = {
        WEDNESDAY.replace(day=24, hour=23, minute=59): False,
        WEDNESDAY: True,
        FRIDAY.replace(day=27, hour=23, minute=59): True,
        FRIDAY: False,
    }

    async def may_export(now: datetime) -> bool:
        try:
            await take(hartfield, "audit", school="HFD", email=LEAD, form="csv", now=now)
        except ExportError as refused:
            return str(refused) != REFUSED
        return True

    assert {now: await may_export(now) for now in moments} == moments


async def test_a_breach_of_those_days_reaches_both_and_the_deputy_can_decide_it(hartfield: Database) -> None:
    await lend(hartfield)
    now = WEDNESDAY.replace(hour=10)
    await a_breach(hartfield, now)

    assert any("Case 1" in words for words in await cards_to(hartfield, DPO))
    deputy = Chat(hartfield, LEAD, now=now)
    assert "Case 1" in (await deputy.says("my cases")).text
    await deputy.presses("Show case 1")
    await deputy.presses("Acknowledge")

    assert "Acknowledged: Dora Lane (for Petra Owen)" in deputy.last.text
    dpo = again(hartfield, DPO, now=FRIDAY.replace(hour=9))
    await dpo.says("my cases")
    assert "Dora Lane (for Petra Owen)" in (await dpo.presses("Show case 1")).text


async def test_a_card_that_the_deputy_kept_opens_nothing_when_it_is_over(hartfield: Database) -> None:
    await lend(hartfield)
    await a_breach(hartfield, WEDNESDAY.replace(hour=10))
    deputy = Chat(hartfield, LEAD, now=WEDNESDAY.replace(hour=11))
    await deputy.says("my cases")

    deputy.now = FRIDAY
    assert "Case 1" not in (await deputy.presses("Show case 1")).text


async def test_a_form_begun_by_the_deputy_cannot_be_sent_when_it_is_over(hartfield: Database) -> None:
    await lend(hartfield)
    await a_breach(hartfield, WEDNESDAY.replace(hour=10))
    deputy = Chat(hartfield, LEAD, now=FRIDAY.replace(day=27, hour=23, minute=50))
    await deputy.says("my cases")
    await deputy.presses("Show case 1")
    await deputy.presses("Acknowledge")
    await deputy.presses("Open", step="noted")
    inputs = inputs_of(deputy.last.card or {})
    filled = {one["id"]: one["choices"][0]["value"] if "choices" in one else "some words" for one in inputs}
    shown, send = deputy.last, next(one for one in titles(deputy.last) if one not in {"Back", "Cancel"})

    deputy.now = FRIDAY
    await deputy.fills(send, **filled)

    dpo = again(hartfield, DPO, now=FRIDAY)
    await dpo.says("my cases")
    assert "some words" not in (await dpo.presses("Show case 1")).text
    deputy.now, deputy.last = FRIDAY - timedelta(minutes=5), shown  # a test that can fail: in time it is taken
    await deputy.fills(send, **filled)
    await dpo.says("my cases")
    assert "some words" in (await dpo.presses("Show case 1")).text


async def test_a_deputy_whom_a_case_concerns_is_passed_over(hartfield: Database) -> None:
    await lend(hartfield)
    now = WEDNESDAY.replace(hour=10)
    await a_breach(hartfield, now, by=LEAD)

    deputy = Chat(hartfield, LEAD, now=now)

    assert "Case 1" not in (await deputy.says("my cases")).text
    assert any("Case 1" in words for words in await cards_to(hartfield, DPO))


async def test_both_hear_once_when_it_begins_and_ends_and_open_cases_change_hands(hartfield: Database) -> None:
    await a_breach(hartfield, MONDAY)
    await lend(hartfield)
    before = await cards_to(hartfield, LEAD)
    assert len(before) == 1
    assert "asked to stand in" in before[0]

    for hour in (0, 6):
        await sweep(hartfield, Desk(), now=WEDNESDAY.replace(hour=hour))
    assert not any(words.startswith("It begins") for words in await cards_to(hartfield, LEAD)), "nobody is woken"
    for _ in range(2):
        await sweep(hartfield, Desk(), now=WEDNESDAY.replace(hour=9))
    told = await cards_to(hartfield, LEAD)
    assert [words.startswith("It begins") for words in told].count(True) == 1
    assert any(words.startswith("Case 1") and "wrong parent" in words for words in told)
    assert sum(words.startswith("It begins") for words in await cards_to(hartfield, DPO)) == 1

    for _ in range(2):
        await sweep(hartfield, Desk(), now=FRIDAY.replace(minute=1))
    told = await cards_to(hartfield, LEAD)
    assert [words.startswith("It is over") for words in told].count(True) == 1
    assert not any("wrong parent" in words for words in told), "the case's card is taken back"
    async with hartfield.read() as session:
        done = [line.action for line in await audit.lines(session) if line.subject == "handover/1"]
    assert done == ["handover.agreed", "handover.begun", "handover.over"]


@pytest.mark.parametrize("by", [DPO, LEAD])
async def test_either_ends_it_early_and_both_hear_of_it(hartfield: Database, by: str) -> None:
    await lend(hartfield)
    now = WEDNESDAY.replace(hour=10)
    one = again(hartfield, by, now=now)
    shown = await one.says("hand over")
    for _ in range(2):  # from the old card too
        one.last = shown
        await one.presses("End it with Dora Lane" if by == DPO else "End it with Petra Owen")

    with pytest.raises(ExportError):
        await take(hartfield, "audit", school="HFD", email=LEAD, form="csv", now=now)
    for email in (DPO, LEAD):
        assert sum(words.startswith("It is over") for words in await cards_to(hartfield, email)) == 1


async def test_nobody_else_ends_it(hartfield: Database) -> None:
    await lend(hartfield)
    dpo = again(hartfield, DPO)
    await dpo.says("hand over")
    forger = Chat(hartfield, HEAD, last=dpo.last)

    await forger.presses("End it with Dora Lane")

    assert "arranged" not in forger.last.text
    await take(hartfield, "audit", school="HFD", email=LEAD, form="csv", now=WEDNESDAY)


async def test_a_seat_is_not_lent_twice_for_the_same_days(hartfield: Database) -> None:
    dpo = await lend(hartfield)
    await dpo.says("hand over to Otto Finch from 27 November to 30 November")

    await dpo.fills("Hand over")

    assert "lent for some of those days already" in dpo.last.text


async def test_whoever_was_lent_a_seat_cannot_lend_it_on(hartfield: Database) -> None:
    await lend(hartfield)
    deputy = Chat(hartfield, LEAD, now=WEDNESDAY)

    await deputy.says("hand over to Otto Finch from 25 November to 27 November")

    assert not any(each["type"] == "Input.Date" for each in (deputy.last.card or {})["body"])


async def test_two_replicas_say_it_once(hartfield: Database) -> None:
    await lend(hartfield)

    for now in (WEDNESDAY.replace(hour=9), FRIDAY.replace(hour=9)):
        await asyncio.gather(*(saying.mind(hartfield, Desk(), now=now) for _ in range(3)))

    async with hartfield.read() as session:
        done = [line.action for line in await audit.lines(session) if line.subject == "handover/1"]
    assert done == ["handover.agreed", "handover.begun", "handover.over"]
    assert len(await cards_to(hartfield, LEAD)) == 3


async def test_papers_name_the_dpo_and_not_whoever_stands_in(hartfield: Database) -> None:
    await lend(hartfield)
    now = WEDNESDAY.replace(hour=10)
    await a_breach(hartfield, now)

    async with hartfield.read() as session:
        as_of(session, now)
        breach, deputy = await case_file.read(session, 1), await people.by_email(session, LEAD)
        assert breach is not None
        assert deputy is not None
        at_table = await table_of(session, breach, now=now)
        known = await facts(session, breach, at_table, deputy)

    assert [person.display_name for person in at_table.sitting(Seat.DPO)] == ["Dora Lane", "Petra Owen"]
    assert (known.dpo, known.contact) == ("Petra Owen", DPO)


async def test_a_press_that_comes_several_times_at_once_lends_the_seat_once(hartfield: Database) -> None:
    async with hartfield.read() as session:
        dpo, otto = await people.by_email(session, DPO), await people.by_email(session, OFFICE)
    assert dpo is not None
    assert otto is not None
    give = Pressed("handover.give", {"to": str(otto.id), "first": "2026-12-23", "last": "2026-12-27"})

    await asyncio.gather(
        *(
            Dialogs(hartfield).take(
                Turn("chat", f"b{number}", dpo.aad_object_id, Scope.PERSONAL, give, MONDAY + timedelta(seconds=number))
            )
            for number in range(4)
        )
    )

    async with hartfield.read() as session:
        assert len(await handovers.ahead(session, dpo.id, now=MONDAY)) == 1
    assert len([words for words in await cards_to(hartfield, OFFICE) if "asked to stand in" in words]) == 1


async def test_one_press_ends_it_however_often_it_was_lent(hartfield: Database) -> None:
    await lend(hartfield)
    async with hartfield.write() as session:  # as presses on two replicas once did
        first = await handovers.by_number(session, 1)
        assert first is not None
        lent = {name: getattr(first, name) for name in ("school_id", "role", "giver_id", "deputy_id", "begins_at")}
        await handovers.lend(session, **lent, ends_at=first.ends_at, now=MONDAY + timedelta(seconds=1))
    now = WEDNESDAY.replace(hour=10)
    dpo = again(hartfield, DPO, now=now)

    await dpo.does(Pressed("handover.end", {"handover": 1}))

    async with hartfield.read() as session:
        as_of(session, now)
        deputy = await people.by_email(session, LEAD)
        assert deputy is not None
        assert not deputy.memberships[0].lent
        assert await handovers.ahead(session, deputy.id, now=now) == ()
    await sweep(hartfield, Desk(), now=now)
    assert sum(words.startswith("It is over") for words in await cards_to(hartfield, LEAD)) == 1
    assert sum(words.startswith("It begins") for words in await cards_to(hartfield, LEAD)) == 0


async def test_the_card_of_a_case_that_closed_meanwhile_is_taken_back_too(hartfield: Database) -> None:
    await lend(hartfield)
    now = WEDNESDAY.replace(hour=10)
    await a_breach(hartfield, now)
    assert any("wrong parent" in words for words in await cards_to(hartfield, LEAD))
    async with hartfield.write() as session:
        as_of(session, now)
        before = await case_file.read(session, 1, hold=True)
        assert before is not None
        ended = Event(Happened.WITHDRAWN, now, None, {"reason": "nothing went out"})
        breach = await case_file.add(session, before, ended, now=now)
        await telling.changed(session, before, breach, now=now)

    for minute in (1, 2):
        await sweep(hartfield, Desk(), now=FRIDAY.replace(minute=minute))

    assert not any("wrong parent" in words for words in await cards_to(hartfield, LEAD))
    assert any("wrong parent" in words for words in await cards_to(hartfield, DPO))


async def test_whoever_may_stand_in_no_more_is_not_named_as_deputy(hartfield: Database) -> None:
    await lend(hartfield)
    dpo, head = again(hartfield, DPO), again(hartfield, HEAD)

    async def named() -> tuple[bool, bool]:
        async with hartfield.read() as session:
            as_of(session, MONDAY)
            on_duty = await duty.lent(session, [1], now=MONDAY)
        return "Dora Lane" in (await dpo.says("calendar")).text, "Dora Lane" in str(on_duty)

    assert await named() == (True, True)
    async with hartfield.write() as session:
        deputy = await people.by_email(session, LEAD)
        assert deputy is not None
        mine = MembershipRow.person_id == deputy.id
        await session.execute(update(MembershipRow).where(mine).values(roles="staff"))

    assert await named() == (False, False)
    assert "Dora Lane" not in (await head.says("calendar")).text
