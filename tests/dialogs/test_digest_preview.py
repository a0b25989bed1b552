"""`preview digest` for any week: as it was when it went out, for those who get it, and nothing is sent."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import select

from dialogs.desk import Desk
from dialogs.digest import sending
from storage import cases, handovers, people
from storage.cases import Entry
from storage.database import Database
from storage.digests import DigestRow, RoundRow
from storage.outbox import LetterRow
from storage.schools import TermRow
from tests.dialogs.conftest import Chat
from tests.dialogs.test_digest import DUE, FRIDAY, report, sent, trust

__all__ = ["trust"]  # the fixture
HEAD, DPO = "h.moss@hartfield.example", "p.owen@hartfield.example"
TURNS = count(500)  # the same message twice is one turn
LATER = DUE + timedelta(days=9)


async def read(trust: Database, who: str, words: str, *, at: datetime = LATER) -> str:
    return (await Chat(trust, who, now=at, turns=next(TURNS)).says(words)).text


async def test_a_week_gone_by_is_shown_as_it_was(trust: Database) -> None:
    number = await report(trust)
    await report(trust, "d.lane", at=DUE + timedelta(days=3))
    async with trust.write() as session:
        await cases.add(session, number, Entry("withdrawn", DUE + timedelta(days=1), None, {"reason": "none"}))
    before = await read(trust, HEAD, "preview digest 16 November")
    then = await read(trust, HEAD, "Preview digest Mon 23 Nov 2026")
    after = await read(trust, HEAD, "preview digest 2026-11-30")
    assert before.startswith("Your digest of that week\nHFD, Mon 16 Nov 2026\n")
    assert "Breaches: " not in before
    assert "Mon 23 Nov 2026" in then
    assert "Breaches: 1 open; 1 new. Least time left: case 1, 2.5 of 72 hours." in then
    assert "Breaches: 1 open; 1 new." in after
    assert "case 1," not in after


async def test_the_dpo_looks_back_over_all_schools(trust: Database) -> None:
    await report(trust)
    told = await read(trust, DPO, "preview digest last week")
    assert told.startswith("Your schools in that week\nMon 23 Nov 2026\n")
    assert "HFD: 1 breach open, 1 new; 2.5 hours left on the tightest." in told
    assert "Nothing to report at any of your 2 schools." in await read(trust, DPO, "preview digest 9 november")


async def test_a_week_ahead_is_what_is_open_today_seen_from_then(trust: Database) -> None:
    await report(trust, at=FRIDAY)
    told = await read(trust, HEAD, "preview digest next week", at=FRIDAY)
    assert told.startswith("Your digest so far\nHFD, Mon 23 Nov 2026\n")
    assert "least time left: case 1, 2.5 of 72 hours" in told.lower()


async def test_a_week_that_is_none_is_asked_back_and_nothing_is_sent_or_kept(trust: Database) -> None:
    told = await read(trust, HEAD, "preview digest when pigs fly")
    assert told == (
        'Which week?\nName a day of the week you mean, such as "preview digest 9 November", or say "last week".'
    )
    await read(trust, HEAD, "preview digest last week")
    assert await sent(trust) == {}
    async with trust.read() as session:
        assert not (await session.scalars(select(RoundRow.week))).all()
        assert not (await session.scalars(select(DigestRow.week))).all()


@pytest.mark.parametrize("who", ["t.reed", "s.bird", "m.gate", "g.vern"])
async def test_any_week_is_for_nobody_else(trust: Database, who: str) -> None:
    await report(trust, "d.lane")
    told = await read(trust, f"{who}@hartfield.example", "preview digest 23 november")
    assert "Your digest" not in told
    assert "Breaches" not in told
    assert "open" not in told


async def test_three_weeks_make_a_chart_with_the_same_figures_in_words(trust: Database) -> None:
    await report(trust)
    for week in range(3):
        await sending.send(trust, Desk(), now=DUE + timedelta(weeks=week))
    async with trust.read() as session:
        cards = list(await session.scalars(select(LetterRow.card).where(LetterRow.key.like("digest/2026-%/1/%"))))
    charts = [[part for part in card["body"] if part["type"].startswith("Chart.")] for card in cards if card]
    assert [len(found) for found in charts] == [0, 0, 1]
    (chart,) = charts[2]
    assert chart["data"][0] == {
        "legend": "Breaches open",
        "values": [{"x": "23 Nov", "y": 1}, {"x": "30 Nov", "y": 1}, {"x": "7 Dec", "y": 1}],
    }
    words = next(words for key, words in (await sent(trust, "digest/2026-12-07/1/")).items() if "h.moss" in key)
    assert "Week by week: From 23 Nov to 7 Dec, breaches open 1, 1, 1; requests open 0, 0, 0." in words


async def test_the_digest_of_june_says_who_is_on_duty_and_whose_post_is_lent_in_august(trust: Database) -> None:
    june = datetime.fromisoformat("2027-06-07T07:00:00+00:00")
    async with trust.write() as session:
        owen = await people.by_email(session, DPO)
        lane = await people.by_email(session, "d.lane@hartfield.example")
        assert owen is not None
        assert lane is not None
        session.add(
            TermRow(
                school_id=1,
                academic_year="2026/27",
                name="summer",
                starts_on=date(2027, 4, 12),
                ends_on=date(2027, 7, 21),
            )
        )
        await handovers.lend(
            session,
            school_id=1,
            role=next(role for role in owen.roles_at(1) if role == "dpo"),
            giver_id=owen.id,
            deputy_id=lane.id,
            begins_at=datetime.fromisoformat("2027-08-02T00:00:00+01:00"),
            ends_at=datetime.fromisoformat("2027-08-17T00:00:00+01:00"),
            now=june,
        )
    told = await read(trust, HEAD, "preview digest", at=june)
    assert "School ends on Wed 21 Jul 2027" in told
    assert f"{owen.display_name} (DPO), Hetty Moss (headteacher)" in told
    assert f"{lane.display_name} is DPO for {owen.display_name} from Mon 2 Aug 2027 to Mon 16 Aug 2027." in told
    august = await read(trust, HEAD, "preview digest", at=june + timedelta(weeks=9))
    assert "every clock runs on" in august
    assert f"{lane.display_name} and {owen.display_name} (DPO)" in august or (
        f"{owen.display_name} and {lane.display_name} (DPO)" in august
    )


@pytest.mark.parametrize("words", ["preview digest", "preview digest 23 November", "preview digest rubbish"])
@pytest.mark.parametrize("who", ["t.reed", "d.lane", "g.vern"])
async def test_who_has_no_digest_is_told_whose_it_is_and_nothing_of_what_is_in_it(
    trust: Database, who: str, words: str
) -> None:
    quiet = await read(trust, f"{who}@hartfield.example", words)
    await report(trust, "s.bird")
    told = await read(trust, f"{who}@hartfield.example", words)
    assert told.startswith("The digest is the headteacher's and the DPO's")
    assert "please ask one of them" in told
    assert told == quiet
