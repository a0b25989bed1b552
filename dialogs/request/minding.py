"""A request that became due: who is reminded of what, once (domain 3.7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_nudge import request_nudge_card
from dialogs.casework.tables import Table
from dialogs.conversation import Json
from dialogs.desk import Desk
from dialogs.letters import post
from dialogs.request import case_file, telling
from dialogs.request.at_table import decides, sees_dates, table_of
from policy.breach.seats import Seat
from policy.request.case import Request
from policy.request.contents import SNOOZES
from policy.request.events import Event, Happened
from policy.request.ladder import To, Track, can_be_settled
from policy.request.nudges import Nudge, covered, earned
from storage import people, schools

_SILENT = "Nobody has accepted this yet, so its dates come to you too."


async def mind(desk: Desk, session: AsyncSession, number: int, now: datetime) -> None:
    """Send what a request owes, note that it was sent, and bring its cards up to date."""
    request = await case_file.read(session, number, hold=True)
    if request is None:
        return
    school = await schools.by_id(session, request.school_id)
    quiet = desk.rules.quiet_hours if school is None else desk.rules_at(school).quiet_hours
    at_table = await table_of(session, request)
    nudges = earned(request, now, division=at_table.staff.division, quiet=quiet)
    events = [Event(Happened.NUDGED, now, None, {"milestone": key}) for key in covered(nudges)]
    following = {person.id for person in at_table.after(request, told=_told(at_table))}
    brought_in = following if any(nudge.to is To.NEXT for nudge in nudges) else set[int]()
    events += [Event(Happened.PASSED_ON, now, None, {"person": person}) for person in sorted(brought_in)]
    request = await case_file.add(session, request, *events, now=now, quiet=quiet)
    at_table = await telling.tell(session, request, now=now, note=_SILENT if brought_in else "")
    for person, theirs in _per_person(nudges, at_table, brought_in).items():
        to = at_table.known.get(person) or await people.by_id(session, person)
        if to is None:
            continue
        card, case = _card(request, at_table, person, theirs), telling.subject(number)
        key = f"{case}/nudge/{theirs[-1].milestones[-1]}/{person}"
        await post(session, key=key, to=to, card=card, about="reminder", now=now, subject=case)


def _told(at_table: Table) -> frozenset[int]:
    return frozenset(person.id for person in at_table.sitting(Seat.DPO))


def _per_person(nudges: Iterable[Nudge], at_table: Table, brought_in: Iterable[int]) -> Mapping[int, list[Nudge]]:
    """Return what each person is sent: whoever sits in two seats is reminded once, of all of it."""
    seats = {
        To.DPO: [person.id for person in at_table.sitting(Seat.DPO) if person.id not in at_table.looks_on],
        To.LEADER: [person.id for person in at_table.sitting(Seat.LEADER)],
        To.NEXT: list(brought_in),
    }
    each: dict[int, list[Nudge]] = {}
    for nudge in nudges:
        sitting = [nudge.person] if nudge.person is not None else seats.get(nudge.to, [])
        for person in dict.fromkeys(sitting):
            each.setdefault(person, []).append(nudge)
    return each


def _card(request: Request, at_table: Table, person: int, nudges: list[Nudge]) -> Json:
    """Draw one reminder with what its reader can do about it."""
    lines = tuple(dict.fromkeys(line for nudge in nudges for line in nudge.lines))
    own = [task.number for task in request.tasks if task.owner == person and f"{Track.TASK}:{task.number}" in lines]
    dpo = decides(at_table, person)
    put_off = lines if dpo else [f"{Track.TASK}:{number}" for number in own]
    return request_nudge_card(
        case=request.number,
        words=tuple(dict.fromkeys(words for nudge in nudges for words in nudge.words)),
        settles=" ".join(line for line in lines if dpo and can_be_settled(line)),
        snoozes=" ".join(line for line in put_off if request.snoozes.get(line, 0) < SNOOZES),
        shows=sees_dates(at_table, person),
        tasks=own,
        keeps=f"{Track.KEEP}:{person}" in lines,
    )
