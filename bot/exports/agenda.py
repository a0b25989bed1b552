"""The calendar of a school as a file that calendars import: written again, it updates what it wrote before."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vText
from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from dialogs.agenda.gathering import entries, may_read
from policy.agenda import Entry, coming
from policy.clocks.local_time import london

_NAME: Final = "Ask DPO"
_SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)  # sequence numbers count minutes from here: later is newer


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write what is late and the next 30 days, for the DPO and whoever leads the school."""
    if not await may_read(session, asked.who, asked.school):
        return NotTheirs()
    found = await entries(session, asked.who, asked.school, now=asked.now)
    ahead = coming(found, today=london(asked.now).date())
    return Taken(written(ahead, now=asked.now), {"entries": len(ahead)})


def written(found: Iterable[Entry], *, now: datetime) -> bytes:
    """Write entries as iCalendar (RFC 5545): days as whole days, hours in London's zone, nothing that blocks time."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _NAME)
    for one in found:
        calendar.add_component(_event(one, now))
    calendar.add_missing_timezones(first_date=date(now.year - 1, 1, 1), last_date=date(now.year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(one: Entry, now: datetime) -> Event:
    event = Event()
    event.add("uid", vText(f"{one.uid}@askdpo"))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", int((now - _SINCE) / timedelta(minutes=1)))
    event.add("summary", f"{one.words} ({one.school})")
    if one.at is None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
    else:
        event.add("dtstart", london(one.at))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
