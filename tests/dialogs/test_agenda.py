"""The calendar in chat and as a file: the same days, for those who may know them, and nothing but days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.exports.taking import ExportError, take
from storage.database import Database
from storage.policies import PolicyDocumentRow
from storage.schools import TermRow
from tests.dialogs.conftest import MONDAY, Chat

DPO, HEAD, LEAD, OFFICE, TEACHER = (
    f"{name}@hartfield.example" for name in ("p.owen", "h.moss", "d.lane", "o.finch", "t.reed")
)
BREACH = "I have just sent Year 4's reading scores to the wrong parent"
JANUARY, EASTER = date(2027, 1, 5), date(2027, 3, 25)
REQUEST = "Mrs Zquill, a parent, has asked for a copy of everything we hold about her son"


@pytest.fixture
async def busy(hartfield: Database) -> Database:
    """A breach, and a request for data that the DPO has accepted."""
    await Chat(hartfield, TEACHER).says(BREACH)
    await Chat(hartfield, OFFICE).says(REQUEST)
    return hartfield


async def told(db: Database, email: str, *, now: datetime = MONDAY) -> str:
    return (await Chat(db, email, now=now, turns=int(now.timestamp())).says("calendar")).text


async def file_of(db: Database, email: str, *, now: datetime = MONDAY) -> Calendar:
    done = await take(db, "calendar", school="HFD", email=email, form="ics", now=now)
    return Calendar.from_ical(done.content)


def days(calendar: Calendar) -> dict[str, object]:
    """Give when each entry is, but for the terms."""
    return {str(one["uid"]): one["dtstart"].dt for one in calendar.walk("VEVENT") if "/term/" not in one["uid"]}


async def test_the_dpo_sees_the_hours_of_a_breach_and_the_days_of_a_request_week_by_week(busy: Database) -> None:
    words = await told(busy, DPO)

    assert "Week of Mon 23 Nov 2026" in words
    assert "Thu 26 Nov 2026, 09:00: Case 1, breach: the 72 hours end" in words
    assert "Wed 23 Dec 2026: Case 2, request for data: the day to answer by" in words
    assert "askdpo export calendar --school HFD --as p.owen@hartfield.example" in words


async def test_each_opens_what_it_is_about(busy: Database) -> None:
    dpo = Chat(busy, DPO)
    await dpo.says("calendar")
    columns = [part for part in (dpo.last.card or {})["body"] if part["type"] == "ColumnSet"]
    buttons = [action for part in columns for action in part["columns"][1]["items"][0]["actions"]]

    assert {(one["verb"], one["data"]["case"]) for one in buttons} == {("breach.show", 1), ("request.show", 2)}


async def test_where_there_are_many_one_list_opens_any_of_them(busy: Database) -> None:
    for name in (TEACHER, LEAD, HEAD):
        await Chat(busy, name, turns=50).says(BREACH.replace("Year 4", "Year 5"))
        await Chat(busy, name, turns=60).says(REQUEST)
    dpo = Chat(busy, DPO)
    shown = await dpo.says("calendar")

    await dpo.presses("Open", entry="request/2")
    assert "Zquill" in dpo.last.text
    for forged in ("request/999", "pupil/1", "", "breach/x"):
        dpo.last = shown
        await dpo.presses("Open", entry=forged)
        assert "Case" not in dpo.last.text


async def test_the_head_sees_dates_and_no_content_and_not_the_last_day_in_law(busy: Database) -> None:
    now = MONDAY + timedelta(days=1)
    words = await told(busy, HEAD, now=now)

    assert "Case 2, request for data: the day to answer by" in words
    for hidden in ("Zquill", "son", "last day in law", "a search or task"):
        assert hidden not in words


@pytest.mark.parametrize("email", [TEACHER, OFFICE, LEAD])
async def test_others_have_no_calendar_and_no_file(busy: Database, email: str) -> None:
    assert "Case" not in await told(busy, email)
    with pytest.raises(ExportError):
        await file_of(busy, email)


async def test_somebody_whom_a_case_concerns_does_not_find_it_in_their_calendar(hartfield: Database) -> None:
    await Chat(hartfield, DPO).says(BREACH)

    assert "Case 1" not in await told(hartfield, DPO)
    assert days(await file_of(hartfield, DPO)) == {}
    assert "HFD/breach/1/ico@askdpo" in days(await file_of(hartfield, HEAD))


async def test_the_file_has_the_hour_with_its_zone_and_days_as_whole_days(busy: Database) -> None:
    calendar = await file_of(busy, DPO)
    found = days(calendar)

    by = found["HFD/breach/1/ico@askdpo"]
    assert isinstance(by, datetime)
    assert by.utcoffset() is not None
    assert by.astimezone(UTC) == datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert found["HFD/request/2/target@askdpo"] == date(2026, 12, 23)
    assert not isinstance(found["HFD/request/2/target@askdpo"], datetime)
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["Europe/London"]


async def test_a_file_written_again_updates_and_doubles_nothing(busy: Database) -> None:
    first, later = await file_of(busy, DPO), await file_of(busy, DPO, now=MONDAY + timedelta(hours=5))

    assert days(first) == days(later)
    uids = [str(one["uid"]) for one in later.walk("VEVENT")]
    assert len(uids) == len(set(uids))
    before, after = ({str(e["uid"]): e["sequence"] for e in one.walk("VEVENT")} for one in (first, later))
    assert before.keys() == after.keys() != set()
    assert all(after[uid] > before[uid] for uid in before)


async def test_no_name_and_no_word_of_anybodys_is_in_the_file(busy: Database) -> None:
    content = (await take(busy, "calendar", school="HFD", email=DPO, form="ics", now=MONDAY)).content.decode()

    assert "Case 2" in content
    for hidden in ("Zquill", "son", "reading", "Amelia", "parent"):
        assert hidden not in content.replace("\r\n ", "")


async def test_a_day_in_the_holidays_asks_who_is_on_duty_until_a_deputy_is_named(busy: Database) -> None:
    async with busy.write() as session:
        session.add(TermRow(school_id=1, academic_year="2026/27", name="Spring 1", starts_on=JANUARY, ends_on=EASTER))
    now = MONDAY + timedelta(days=7)  # the request of this day is due on 30 December
    await Chat(busy, LEAD, now=now, turns=50).says(REQUEST)
    before = await told(busy, DPO, now=now)
    assert (
        "Wed 30 Dec 2026: Case 3, request for data: the day to answer by (in the school holidays; who is on" in before
    )

    dpo = Chat(busy, DPO, now=now, turns=60)
    await dpo.says("hand over to Dora Lane from 21 December to 4 January")
    await dpo.fills("Hand over")

    after = await told(busy, DPO, now=now + timedelta(minutes=1))
    assert "in the school holidays; on duty: Dora Lane" in after
    assert "Dora Lane stands in as data protection officer: first day" in after


async def test_what_is_late_stands_first(busy: Database) -> None:
    words = await told(busy, DPO, now=MONDAY + timedelta(days=4))

    assert words.index("Late") < words.index("the 72 hours end") < words.index("Week of")


async def test_a_policy_says_when_it_is_to_be_reviewed(hartfield: Database) -> None:
    async with hartfield.write() as session:
        session.add(_a_policy(review_on=date(2026, 12, 4)))

    assert "Fri 4 Dec 2026: Photography policy: review due" in await told(hartfield, HEAD)
    assert days(await file_of(hartfield, HEAD)) == {"HFD/policy/photography@askdpo": date(2026, 12, 4)}


def _a_policy(*, review_on: date) -> PolicyDocumentRow:
    return PolicyDocumentRow(
        school_id=1,
        document="photography",
        version=1,
        import_id=1,
        imported_at=MONDAY,
        file_name="photography.md",
        sha256="0",
        named=True,
        review_on=review_on,
        review_said="December 2026",
    )
