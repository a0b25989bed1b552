"""The DPO decides what becomes of old cases; the bot asks in time, and deletes nothing without their word."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.housekeeping import nightly
from dialogs.conversation import Pressed, Reply
from dialogs.desk import Desk
from dialogs.letting_go import ask
from dialogs.thought import reply
from storage import audit, cases, holds, retaining
from storage.cases import CaseEventRow, CaseKind, CaseRow, Entry
from storage.checking import problems
from storage.database import Database
from storage.outbox import LetterRow
from storage.people import PersonRow
from tests.dialogs.conftest import MONDAY, Chat

CLOSED = datetime(2020, 12, 1, 10, 0, tzinfo=UTC)  # six years on: Tuesday, 1 December 2026
OVER = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
DPO = "p.owen@hartfield.example"


async def plan(db: Database, *, closed: datetime | None = CLOSED, by: str = "t.reed@hartfield.example") -> int:
    """A photo event that was cleared."""
    async with db.write() as session:
        reporter = await session.scalar(select(PersonRow.id).where(PersonRow.email == by))
        number, _ = await cases.open_case(
            session,
            kind=CaseKind.PLAN,
            school_id=1,
            reporter_id=int(reporter or 0),
            born_of=f"chat/{closed}/{by}/{await session.scalar(select(CaseRow.id).order_by(CaseRow.id.desc()))}",
            status="cleared",
            due_at=None,
            events=[Entry("sent", CLOSED, reporter, {"title": "The fair of Amelia Hart"})],
        )
        await session.execute(update(CaseRow).where(CaseRow.id == number).values(closed_at=closed))
    return number


async def letters(db: Database) -> dict[str, Reply]:
    """What each person was asked, as it stands."""
    async with db.read() as session:
        found = await session.execute(
            select(PersonRow.email, LetterRow.card)
            .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
            .where(LetterRow.key.like("retention/%"))
        )
        return {email: reply(card) for email, card in found.all()}


async def decides(db: Database, answer: str, case: str = "all", *, now: datetime = MONDAY, turns: int = 0) -> str:
    chat = Chat(db, DPO, now=now, turns=turns)
    chat.last = (await letters(db))[DPO]
    told = await chat.fills({"keep": "Keep for another year", "go": "Let go"}[answer], case=case)
    return told.text


async def are_there(db: Database) -> set[int]:
    async with db.read() as session:
        return set(await session.scalars(select(CaseRow.id)))


async def test_the_dpo_is_asked_a_month_before_and_once(hartfield: Database) -> None:
    number = await plan(hartfield)
    early = datetime(2026, 10, 30, 12, 0, tzinfo=UTC)
    assert await ask(hartfield, Desk(), now=early) == 0
    assert await ask(hartfield, Desk(), now=MONDAY) == 1
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=3)) == 0
    asked = await letters(hartfield)
    assert set(asked) == {DPO}
    assert f"Photo event {number}, closed Tue 1 Dec 2020: its period ends on Tue 1 Dec 2026." in asked[DPO].text
    assert "Amelia" not in asked[DPO].text


async def test_nothing_goes_without_a_word(hartfield: Database) -> None:
    number, newer = await plan(hartfield), await plan(hartfield, closed=None)
    for days in (0, 30, 400):
        await nightly(hartfield, Desk(), now=OVER + timedelta(days=days), again=True)
    assert await are_there(hartfield) == {number, newer}


async def test_what_was_let_go_goes_when_its_period_is_over_and_not_before(hartfield: Database) -> None:
    one, other = await plan(hartfield), await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    assert f"Photo event {one}, closed Tue 1 Dec 2020: to be deleted on Tue 1 Dec 2026." in await decides(
        hartfield, "go", str(one)
    )
    await nightly(hartfield, Desk(), now=OVER - timedelta(days=2))
    assert await are_there(hartfield) == {one, other}
    await nightly(hartfield, Desk(), now=OVER)
    assert await are_there(hartfield) == {other}
    async with hartfield.read() as session:
        told = [(line.action, line.subject) for line in await audit.lines(session)][-2:]
    assert told == [("retention.go", f"case/{one}"), ("retention.deleted", "retention/cases")]
    assert await problems(hartfield) == []


async def test_a_word_too_late_leaves_a_week_to_regret_it(hartfield: Database) -> None:
    number, newer = await plan(hartfield), await plan(hartfield, closed=None)
    await ask(hartfield, Desk(), now=OVER)
    assert "to be deleted on Wed 9 Dec 2026." in await decides(hartfield, "go", now=OVER)
    await nightly(hartfield, Desk(), now=OVER + timedelta(days=6))
    assert await are_there(hartfield) == {number, newer}
    assert "kept until Wed 8 Dec 2027" in await decides(hartfield, "keep", now=OVER + timedelta(days=6), turns=1)
    await nightly(hartfield, Desk(), now=OVER + timedelta(days=30))
    assert await are_there(hartfield) == {number, newer}


async def test_what_is_kept_is_asked_about_again_a_year_later(hartfield: Database) -> None:
    await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    assert "kept until Tue 23 Nov 2027; you will be asked again then." in await decides(hartfield, "keep")
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=364)) == 0
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=365)) == 1


async def test_a_case_that_was_opened_again_stays(hartfield: Database) -> None:
    number = await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    async with hartfield.write() as session:
        await session.execute(update(CaseRow).values(closed_at=None))
    chat = Chat(hartfield, DPO)
    (lot,) = {action["data"]["lot"] for action in ((await letters(hartfield))[DPO].card or {})["actions"]}
    told = await chat.does(Pressed("retention.decide", {"lot": lot, "answer": "go", "case": "all"}))
    assert "it was opened again, so it stays." in told.text
    await nightly(hartfield, Desk(), now=OVER)
    assert await are_there(hartfield) == {number}


async def close_again(db: Database, number: int, at: datetime) -> None:
    async with db.write() as session:
        await session.execute(update(CaseRow).where(CaseRow.id == number).values(closed_at=at))


@pytest.mark.parametrize("answer", ["go", "keep", ""])
async def test_a_word_from_before_a_case_was_opened_again_is_not_one_about_it_now(
    hartfield: Database, answer: str
) -> None:
    """Closed again, it has a period of its own, and at its end the DPO is asked."""
    one, other = await plan(hartfield), await plan(hartfield)
    await plan(hartfield, closed=None)  # on SQLite the newest stays in any case
    await ask(hartfield, Desk(), now=MONDAY)
    if answer:
        await decides(hartfield, answer, str(one))
    again = MONDAY + timedelta(days=20)
    await close_again(hartfield, one, again)
    assert f"Photo event {one}," not in await decides(hartfield, "go", now=again, turns=1)  # nor by the old card
    over = again + timedelta(days=6 * 366)
    await nightly(hartfield, Desk(), now=over, again=True)
    assert one in await are_there(hartfield)
    async with hartfield.read() as session:
        assert [each.case.number for each in await retaining.of_lot(session, f"1-{one}-{over.date()}")] == [one]
    await nightly(hartfield, Desk(), now=over + timedelta(days=1), again=True)
    assert one in await are_there(hartfield)
    assert other not in await are_there(hartfield)


async def test_where_nobody_answers_somebody_is_asked_again_a_year_later(hartfield: Database) -> None:
    await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=364)) == 0
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=366)) == 1
    assert await ask(hartfield, Desk(), now=MONDAY + timedelta(days=367)) == 0


@pytest.mark.parametrize(
    "spoilt", [{"kind": "exploded"}, {"data": "{"}, {"data": "[]"}, {"data": '{"kinds": 7}'}], ids=str
)
async def test_a_case_that_cannot_be_read_holds_up_nobody_elses(
    hartfield: Database, caplog: pytest.LogCaptureFixture, spoilt: dict[str, str]
) -> None:
    await Chat(hartfield, "t.reed@hartfield.example").says("I've sent the reading scores to the wrong parent")
    number = await plan(hartfield)
    broken = CaseRow.kind == CaseKind.BREACH.value
    async with hartfield.write() as session:
        await session.execute(update(CaseRow).where(broken).values(closed_at=CLOSED))
        its_own = CaseEventRow.case_id.in_(select(CaseRow.id).where(broken))
        await session.execute(update(CaseEventRow).where(its_own).values(**spoilt))
    await nightly(hartfield, Desk(), now=MONDAY, again=True)
    asked = await letters(hartfield)
    assert f"Photo event {number}," in asked[DPO].text
    assert "closed case not readable" in caplog.text
    async with hartfield.read() as session:
        assert await retaining.last_runs(session, now=MONDAY) == (MONDAY,)
        assert await session.scalar(select(CaseRow.closed_at).where(broken)) == CLOSED, "it stays"


async def test_a_hold_comes_before_the_dpos_word(hartfield: Database) -> None:
    number, request = await plan(hartfield), await plan(hartfield, closed=None)
    async with hartfield.write() as session:
        await holds.keep(session, request, school_id=1, about=("Amelia Hart",))
    await ask(hartfield, Desk(), now=MONDAY)
    await decides(hartfield, "go")
    await nightly(hartfield, Desk(), now=OVER)
    assert number in await are_there(hartfield)
    async with hartfield.write() as session:
        await holds.keep(session, request, school_id=1, about=None)
    await nightly(hartfield, Desk(), now=OVER + timedelta(days=1))
    assert await are_there(hartfield) == {request}


@pytest.mark.parametrize("data", [{"answer": "go"}, {"answer": "burn"}, {"answer": "go", "lot": "1-1-2020-01-01"}])
async def test_a_forged_word_is_refused(hartfield: Database, data: dict[str, str]) -> None:
    await plan(hartfield)
    await ask(hartfield, Desk(), now=MONDAY)
    (lot,) = {action["data"]["lot"] for action in ((await letters(hartfield))[DPO].card or {})["actions"]}
    for who in ("t.reed@hartfield.example", "h.moss@hartfield.example"):
        await Chat(hartfield, who).does(Pressed("retention.decide", {"lot": lot, "case": "all", **data}))
    if data != {"answer": "go"}:
        await Chat(hartfield, DPO).does(Pressed("retention.decide", {"lot": lot, "case": "all", **data}))
    async with hartfield.read() as session:
        assert {one.decision for one in await retaining.of_lot(session, lot)} == {retaining.Decision.ASKED}
        assert [line.action for line in await audit.lines(session)][-2:] == ["press.refused"] * 2


async def test_nobody_decides_about_a_case_that_concerns_them(hartfield: Database) -> None:
    """The DPO reported the breach: the next in line is asked, and the DPO is refused."""
    dpo = Chat(hartfield, DPO)
    await dpo.says("I've sent the reading scores to the wrong parent")
    async with hartfield.write() as session:
        await session.execute(update(CaseRow).values(closed_at=CLOSED))
    assert await ask(hartfield, Desk(), now=MONDAY) == 1
    asked = await letters(hartfield)
    assert DPO not in asked
    (card,) = asked.values()
    lot = (card.card or {})["actions"][0]["data"]["lot"]
    await dpo.does(Pressed("retention.decide", {"lot": lot, "answer": "go", "case": "all"}))
    async with hartfield.read() as session:
        assert {one.decision for one in await retaining.of_lot(session, lot)} == {retaining.Decision.ASKED}


async def test_many_cases_come_on_several_cards_and_each_can_be_chosen(hartfield: Database) -> None:
    for _ in range(17):
        await plan(hartfield)
    assert await ask(hartfield, Desk(), now=MONDAY) == 17
    async with hartfield.read() as session:
        cards = list(await session.scalars(select(LetterRow.card).where(LetterRow.key.like("retention/%"))))
    listed = [each["choices"] for card in cards for each in card["body"] if each["type"] == "Input.ChoiceSet"]
    assert sorted(len(choices) for choices in listed) == [3, 16]  # "all of them" among each
