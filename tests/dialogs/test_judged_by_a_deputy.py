"""Nobody whom a case concerns chooses who judges it: what they have lent counts for nothing in it (domain 8)."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import update

from bot.exports.taking import take
from dialogs.breach import case_file
from dialogs.breach.at_table import table_of
from dialogs.conversation import Pressed
from dialogs.incident import case_file as incident_file
from dialogs.incident.at_table import table_of as incident_table
from policy.breach.events import Event, Happened
from storage import people
from storage.database import Database
from storage.handovers import as_of
from storage.people import MembershipRow
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.test_handing_over import DPO, HEAD, LEAD, OFFICE, a_breach

TURNS = count(100, 50)  # the same message twice is one turn
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
TO_OTTO = "hand over to Otto Finch from 23 November to 27 November"
TO_DORA = "hand over to Dora Lane from 23 November to 27 November"


def again(db: Database, email: str, now: datetime = MONDAY) -> Chat:
    """Somebody who has said something before."""
    return Chat(db, email, now=now, turns=next(TURNS))


async def number_of(db: Database, email: str) -> int:
    async with db.read() as session:
        person = await people.by_email(session, email)
    assert person is not None
    return person.id


async def concerns(db: Database, email: str, *, now: datetime, by: str = HEAD, ends: bool = False) -> None:
    """Name somebody as accused in case 1, or no longer."""
    who, writer = await number_of(db, email), await number_of(db, by)
    kind = Happened.NO_LONGER_INVOLVED if ends else Happened.INVOLVED
    async with db.write() as session:
        as_of(session, now)
        breach = await case_file.read(session, 1, hold=True)
        assert breach is not None
        data = {"person": who} | ({} if ends else {"part": "accused"})
        await case_file.add(session, breach, Event(kind, now, writer, data), now=now)


async def lends(db: Database, email: str, words: str, *, now: datetime = MONDAY) -> None:
    giver = again(db, email, now=now)
    await giver.says(words)
    await giver.fills("Hand over")
    assert "arranged" in giver.last.text


async def is_slt(db: Database, email: str) -> None:
    number = await number_of(db, email)
    async with db.write() as session:
        await session.execute(
            update(MembershipRow).where(MembershipRow.person_id == number).values(roles="data_lead;slt;staff")
        )


async def seats(db: Database, *, now: datetime = MONDAY) -> dict[str, list[str]]:
    async with db.read() as session:
        as_of(session, now)
        breach = await case_file.read(session, 1)
        assert breach is not None
        table = await table_of(session, breach, now=now)
    return {table.name(person): sorted(one.value for one in taken) for person, taken in table.seats.items()}


async def open_case(db: Database, email: str, *, now: datetime = MONDAY) -> str:
    return (await again(db, email, now=now).does(Pressed("breach.show", {"case": 1}))).text


@pytest.mark.parametrize("marked_first", [True, False])
async def test_an_accused_dpo_lends_nobody_the_seat_in_their_own_case(hartfield: Database, marked_first: bool) -> None:  # noqa: FBT001  a column
    await a_breach(hartfield, MONDAY)
    if marked_first:
        await concerns(hartfield, DPO, now=MONDAY)
    await lends(hartfield, DPO, TO_OTTO)
    if not marked_first:
        assert "dpo" in (await seats(hartfield))["Otto Finch"]
        await concerns(hartfield, DPO, now=MONDAY)

    assert await seats(hartfield) == {"Hetty Moss": ["dpo", "leader"]}
    deputy = again(hartfield, OFFICE)
    assert "Case 1" not in (await deputy.says("my cases")).text
    assert "wrong parent" not in await open_case(hartfield, OFFICE)
    await deputy.does(Pressed("breach.acknowledge", {"case": 1}))
    assert "Acknowledged" not in await open_case(hartfield, HEAD)
    assert "Case 1" not in (await deputy.says("search wrong parent")).text


async def test_the_deputy_judges_every_other_case(hartfield: Database) -> None:
    await a_breach(hartfield, MONDAY)
    await lends(hartfield, DPO, TO_OTTO)

    assert "dpo" in (await seats(hartfield))["Otto Finch"]
    await concerns(hartfield, DPO, now=MONDAY)
    await concerns(hartfield, DPO, now=MONDAY, ends=True)
    assert "dpo" in (await seats(hartfield))["Otto Finch"], "the DPO has no part any more"


async def test_an_accused_head_leaves_the_seat_to_everybody_who_leads_after_them(hartfield: Database) -> None:
    await is_slt(hartfield, LEAD)
    await a_breach(hartfield, MONDAY)
    await concerns(hartfield, HEAD, now=MONDAY, by=DPO)
    before = await seats(hartfield)

    await lends(hartfield, HEAD, TO_DORA)

    assert await seats(hartfield) == before == {"Petra Owen": ["dpo"], "Dora Lane": ["leader"], "Saul Bird": ["leader"]}


async def test_exports_by_a_deputy_leave_out_the_case_of_whoever_lent_the_post(hartfield: Database) -> None:
    await a_breach(hartfield, MONDAY)
    await lends(hartfield, DPO, TO_OTTO)

    async def register() -> str:
        return (await take(hartfield, "breaches", school="HFD", email=OFFICE, form="csv", now=MONDAY)).content.decode()

    assert "wrong parent" in await register()
    await concerns(hartfield, DPO, now=MONDAY)
    assert "wrong parent" not in await register()


async def test_a_deputys_digest_leaves_out_the_case_that_concerns_the_head(hartfield: Database) -> None:
    await is_slt(hartfield, LEAD)
    await a_breach(hartfield, FRIDAY)
    words = "hand over to Dora Lane from 27 November to 4 December"
    await lends(hartfield, HEAD, words, now=FRIDAY)
    deputy = again(hartfield, LEAD, now=FRIDAY + timedelta(hours=1))
    assert "1 open" in (await deputy.says("preview digest")).text
    dpo = again(hartfield, DPO, now=FRIDAY + timedelta(hours=1))

    await concerns(hartfield, HEAD, now=FRIDAY, by=DPO)

    told = (await deputy.says("preview digest")).text
    assert "1 open" not in told
    assert "case 1" not in told.lower()
    assert "not in the head's digest, by rule: case 1" in (await dpo.says("preview digest")).text.lower()


async def test_an_incident_about_the_head_is_not_for_whoever_the_head_chose(hartfield: Database) -> None:
    reporter = Chat(hartfield, "t.reed@hartfield.example")
    await reporter.says("I have found child abuse images on the laptop of the headteacher Hetty Moss")
    await is_slt(hartfield, LEAD)

    async def sits() -> dict[str, list[str]]:
        async with hartfield.read() as session:
            as_of(session, MONDAY)
            incident = await incident_file.read(session, 1)
            assert incident is not None
            table = await incident_table(session, incident)
        return {table.name(person): sorted(one.value for one in taken) for person, taken in table.seats.items()}

    before = await sits()
    await lends(hartfield, HEAD, TO_DORA)

    assert await sits() == before == {"Dora Lane": ["headteacher"], "Saul Bird": ["dsl", "headteacher"]}
