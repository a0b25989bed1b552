"""A term's breaches and requests as no more than from when to when, and whom each concerns."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.digest.readers import Readers
from policy.breach import case as breaches
from policy.breach import events as of_breach
from policy.digest.occasion import midnight
from policy.digest.term_weeks import Lasted
from policy.request import events as of_request
from policy.request.history import of as request_of
from storage import cases, term
from storage.cases import CaseKind, Entry
from storage.term import Spanning


async def lasted(
    session: AsyncSession, school_id: int, readers: Readers, *, began: date, until: datetime
) -> tuple[tuple[Lasted, ...], tuple[Lasted, ...]]:
    """Return a school's (breaches, requests) that were open at any time since the term began."""
    kinds = (CaseKind.BREACH, CaseKind.REQUEST)
    found = await term.spanning(session, school_id, kinds, since=midnight(began), until=until)
    told = await cases.events_of(session, [one.number for one in found]) if found else {}
    each = {
        kind: tuple(_lasted(one, school_id, told[one.number], readers, until) for one in found if one.kind is kind)
        for kind in kinds
    }
    return each[CaseKind.BREACH], each[CaseKind.REQUEST]


def _lasted(one: Spanning, school_id: int, entries: tuple[Entry, ...], readers: Readers, until: datetime) -> Lasted:
    """Read it with whoever had a part in it then, and whoever has one now (domain 8)."""
    then = tuple(entry for entry in entries if entry.at <= until)
    concerned = _concerned(one, school_id, then) | _concerned(one, school_id, entries)
    return Lasted(one.opened_at, one.closed_at, readers.concerned_in(school_id, concerned))


def _concerned(one: Spanning, school_id: int, entries: tuple[Entry, ...]) -> frozenset[int]:
    if one.kind is CaseKind.BREACH:
        events = (of_breach.Event(of_breach.Happened(e.kind), e.at, e.actor, e.data) for e in entries)
        return breaches.of(one.number, school_id, events).concerned
    history = (of_request.Event(of_request.Happened(e.kind), e.at, e.actor, e.data) for e in entries)
    return request_of(one.number, school_id, history).concerned
