"""Where the clock has jumped by months, nothing old goes before the DPO has said that the date is right."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.housekeeping import nightly
from dialogs.conversation import Pressed, Reply
from dialogs.desk import Desk
from dialogs.thought import reply
from storage import audit, retaining
from storage.database import Database
from storage.outbox import LetterRow
from storage.people import PersonRow
from storage.pupils import PupilRow
from tests.dialogs.conftest import Chat

LAST = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
JUMPED = datetime(2029, 3, 5, 3, 0, tzinfo=UTC)
DPO = "p.owen@hartfield.example"
OF_ANOTHER_SCHOOL = "p.far@hartfield.example"  # what is deleted is the whole trust's: either may say it


@pytest.fixture
async def doubted(hartfield: Database) -> Database:
    """The last night was in November 2026; Tom left in July 2026, so by a wrong clock he is long due."""
    async with hartfield.write() as session:
        await session.execute(update(PupilRow).where(PupilRow.last_name == "Bell").values(left_on=LAST.date()))
        for days in (1, 0):
            at = LAST - timedelta(days=days)
            await retaining.finish_run(session, at.date(), now=at)
    return hartfield


async def is_there(db: Database) -> bool:
    async with db.read() as session:
        return await session.scalar(select(PupilRow.id).where(PupilRow.last_name == "Bell")) is not None


async def night(db: Database, at: datetime) -> bool:
    """Whether Tom is still there after a night."""
    await nightly(db, Desk(), now=at)
    return await is_there(db)


async def letters(db: Database) -> list[tuple[str, Reply]]:
    async with db.read() as session:
        found = await session.execute(
            select(PersonRow.email, LetterRow.card)
            .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
            .where(LetterRow.key.like("retention/clock/%"))
            .order_by(LetterRow.id)
        )
        return [(email, reply(card)) for email, card in found.all()]


async def presses(db: Database, who: str, at: datetime, *, day: str = "") -> Reply:
    data = {"day": day or at.date().isoformat()}
    return await Chat(db, who, now=at, turns=at.toordinal()).does(Pressed("retention.clock", data))


async def test_the_dpo_is_asked_once_a_month_and_nothing_goes(doubted: Database) -> None:
    for days in range(5):
        assert await night(doubted, JUMPED + timedelta(days=days))
    (who, asked), (another, _) = await letters(doubted)
    assert {who, another} == {DPO, OF_ANOTHER_SCHOOL}
    assert "My clock says today is: Mon 5 Mar 2029" in asked.text
    assert "I last looked on: Tue 24 Nov 2026" in asked.text
    assert await night(doubted, JUMPED + timedelta(days=31))
    assert len(await letters(doubted)) == 4


async def test_after_their_word_the_nights_go_on(doubted: Database) -> None:
    await nightly(doubted, Desk(), now=JUMPED)
    at = JUMPED + timedelta(hours=6)
    chat = Chat(doubted, DPO, now=at)
    chat.last = dict(await letters(doubted))[DPO]
    told = await chat.presses("The date is right")
    assert told.replace
    assert "That is settled." in told.text
    assert await night(doubted, JUMPED + timedelta(hours=20)), "not on the same day"
    assert await night(doubted, JUMPED + timedelta(hours=23)), "nor before somebody could notice a mistake"
    assert not await night(doubted, JUMPED + timedelta(days=2))
    assert all("That is settled." in letter.text for _, letter in await letters(doubted))
    async with doubted.read() as session:
        (line,) = [each for each in await audit.lines(session) if each.action == "retention.clock_confirmed"]
    assert line.details == {"day": "2029-03-05", "last": LAST.isoformat()}


async def test_a_card_from_a_clock_that_was_put_right_changes_nothing(doubted: Database) -> None:
    await nightly(doubted, Desk(), now=JUMPED)
    right = LAST + timedelta(days=1)
    told = await presses(doubted, DPO, right, day="2029-03-05")
    assert "That is settled." in told.text
    async with doubted.read() as session:
        assert (await retaining.last_runs(session, now=JUMPED))[0] == LAST


@pytest.mark.parametrize("day", ["2028-01-05", "2031-01-05"])
async def test_who_looked_at_another_date_is_asked_again(doubted: Database, day: str) -> None:
    told = await presses(doubted, DPO, JUMPED, day=day)
    assert "My clock says today is: Mon 5 Mar 2029" in told.text
    assert await night(doubted, JUMPED + timedelta(days=1))
    assert await night(doubted, JUMPED + timedelta(days=2))


@pytest.mark.parametrize("who", ["t.reed", "h.moss", "s.bird", "d.lane"])
async def test_nobody_else_says_so(doubted: Database, who: str) -> None:
    told = await presses(doubted, f"{who}@hartfield.example", JUMPED)
    assert "That is settled." not in told.text
    for days in (1, 2):
        assert await night(doubted, JUMPED + timedelta(days=days))


@pytest.mark.parametrize("day", ["", "tomorrow", "2029-02-30"])
async def test_a_day_that_is_none_is_refused(doubted: Database, day: str) -> None:
    chat = Chat(doubted, DPO, now=JUMPED)
    assert "My clock" not in (await chat.does(Pressed("retention.clock", {"day": day}))).text
    assert await night(doubted, JUMPED + timedelta(days=1))
