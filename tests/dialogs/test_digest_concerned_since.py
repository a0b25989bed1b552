"""A digest or a paper of a week gone by leaves out what its reader has since come to have a part in (domain 8)."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.exports.taking import take
from dialogs.desk import Desk
from dialogs.digest import sending
from storage import cases
from storage.cases import Entry
from storage.database import Database
from tests.dialogs.test_digest import DUE, report, sent, trust
from tests.dialogs.test_digest_preview import DPO, HEAD, read
from tests.dialogs.test_judged_by_a_deputy import concerns

__all__ = ["trust"]  # the fixture
MONDAY = DUE.date()
LATER = DUE + timedelta(days=1)


async def test_a_week_gone_by_leaves_out_a_case_that_has_come_to_concern_the_head(trust: Database) -> None:
    for who in ("t.reed", "d.lane", "o.finch"):  # as many as a term's trend speaks of
        await report(trust, who)
    assert "3 open" in await read(trust, HEAD, "preview digest 23 November", at=LATER)

    await concerns(trust, HEAD, now=LATER, by=DPO)

    told = await read(trust, HEAD, "preview digest 23 November", at=LATER)
    assert "2 open; 2 new" in told
    assert "case 1" not in told.lower()
    assert "3 report" not in told
    assert "not in the head's digest, by rule: case 1" in (
        (await read(trust, DPO, "preview digest 23 November", at=LATER)).lower()
    )


@pytest.mark.parametrize("week", [None, MONDAY])
async def test_the_governors_paper_of_any_week_leaves_it_out(trust: Database, week: object) -> None:
    await report(trust)
    more = {} if week is None else {"week": week}

    async def paper() -> tuple[int, int]:
        made = await take(trust, "digest", school="HFD", email=HEAD, form="json", now=LATER, **more)  # type: ignore[arg-type]  # a date
        told = json.loads(made.content)
        return told["counts"]["breaches_open"], sum(one["breaches_new"] for one in told["term"])

    assert await paper() == (1, 1)
    await concerns(trust, HEAD, now=LATER, by=DPO)
    assert await paper() == (0, 0)


async def test_the_next_digest_does_not_say_that_there_is_one_fewer(trust: Database) -> None:
    await report(trust)
    await report(trust, "d.lane")
    await sending.send(trust, Desk(), now=DUE)
    assert "Breaches: 2 open" in (await sent(trust))[f"digest/{MONDAY}/1/4 h.moss"]
    await concerns(trust, HEAD, now=LATER, by=DPO)
    previewed = await read(trust, HEAD, "preview digest", at=LATER)

    await sending.send(trust, Desk(), now=DUE + timedelta(days=7))

    (key,) = (key for key in await sent(trust) if key.endswith("h.moss") and str(MONDAY) not in key)
    for told in (previewed, (await sent(trust))[key]):
        (line,) = (line for line in told.split("\n") if line.startswith("Breaches: "))
        assert line.startswith("Breaches: 1 open, as many as last week")


async def test_a_case_that_was_withdrawn_is_still_one_fewer(trust: Database) -> None:
    number = await report(trust)
    await report(trust, "d.lane")
    await sending.send(trust, Desk(), now=DUE)
    await concerns(trust, "o.finch@hartfield.example", now=LATER, by=DPO)  # named, and no reader
    async with trust.write() as session:
        await cases.add(session, number, Entry("withdrawn", LATER, None, {"reason": "none"}))
        await session.execute(update(cases.CaseRow).where(cases.CaseRow.id == number).values(closed_at=LATER))

    told = await read(trust, HEAD, "preview digest", at=LATER)

    assert "Breaches: 1 open, 1 fewer than last week" in told
