"""The DPO is asked about closed cases whose period ends, and says what becomes of each (BREACH-3.14, domain 0)."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Final, TypeAlias

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file as breaches
from dialogs.cards.as_text import as_text
from dialogs.cards.letting_go import ALL, MOST_LISTED, OldCase, letting_go_card
from dialogs.casework.staff import posts_of
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.incident import case_file as incidents
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, words_in
from dialogs.request import case_file as requests
from dialogs.thought import instead, reply
from policy.breach.seats import LINES, Seat, seated
from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.clocks.months import months_on
from policy.retention import KEPT_ON, NOTICE, REGRETS, Kind, Periods, due_before, ends_on
from storage import audit, outbox, retaining, schools
from storage.cases import Case, CaseKind
from storage.database import Database
from storage.handovers import as_of
from storage.people import Person
from storage.retaining import Asked, Decision

Unread: TypeAlias = Callable[[int, Exception], None]  # a case's number, and what its events broke

_NAMES: Final = {
    CaseKind.BREACH: "Breach",
    CaseKind.REQUEST: "Request",
    CaseKind.INCIDENT: "Incident",
    CaseKind.PLAN: "Photo event",
}


def _as_broken(_number: int, error: Exception) -> None:
    """Say it as loudly as can be, where nobody else does."""
    raise error


async def ask(db: Database, desk: Desk, *, now: datetime, unread: Unread = _as_broken) -> int:
    """Write to whoever decides about each case whose period ends soon; return how many cases were asked about.

    A case whose events cannot be read stays as it is, and holds up nobody's question but its own: `unread` is told.
    """
    periods, today = desk.rules.retention, london(now).date()
    before = due_before(Kind.CASES, now + NOTICE, periods)
    async with db.read() as session:
        as_of(session, now)
        ending = await retaining.to_ask_about(session, before=before, today=today)
        by_school: dict[tuple[int, tuple[int, ...]], list[int]] = {}
        for case in ending:
            try:
                deciders = await _deciders(session, case)
            except SQLAlchemyError:
                raise
            except Exception as error:  # noqa: BLE001  whatever one file holds: it is told, and the others are read
                unread(case.number, error)
                continue
            if deciders:
                by_school.setdefault((case.school_id, tuple(one.id for one in deciders)), []).append(case.number)
    asked = 0
    for numbers in by_school.values():
        for first in range(0, len(numbers), MOST_LISTED):
            some = numbers[first : first + MOST_LISTED]
            async with db.write() as session:
                as_of(session, now)
                asked += await _ask_about(session, frozenset(some), periods, before=before, now=now)
    return asked


async def decide(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Take the DPO's word about one case of a card, or all of them; it can be changed until the cases are gone."""
    lot, answer = words_in(pressed, "lot"), words_in(pressed, "answer")
    asked = await retaining.of_lot(session, lot, hold=True) if lot else ()
    if not asked or answer not in {Decision.KEEP, Decision.GO}:
        return None
    for one in asked:
        if not await _decides(session, known, one.case):
            return None
    wanted = words_in(pressed, "case")
    chosen = [
        one.case
        for one in asked
        if one.case.closed_at is not None and (wanted == ALL or number_in(pressed, "case") == one.case.number)
    ]
    periods, today = desk.rules.retention, london(turn.now).date()
    for case in chosen:
        until = _until(case, Decision(answer), periods, today)
        await retaining.decide(
            session, [case.number], decision=Decision(answer), until=until, by=known.person.id, now=turn.now
        )
        await audit.record(
            session,
            f"person/{known.person.id}",
            f"retention.{answer}",
            f"case/{case.number}",
            {"until": until.isoformat()},
            now=turn.now,
            school_id=case.school_id,
        )
    card = await _card(session, lot, periods)
    for letter in await outbox.of_subject(session, _subject(lot)):
        await outbox.revise(session, letter.key, card=card, text=as_text(card), now=turn.now)
    return instead(reply(card))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see decide
    """Show a card's cases as they stand."""
    lot = words_in(pressed, "lot")
    asked = await retaining.of_lot(session, lot) if lot else ()
    if not asked or not all([await _decides(session, known, one.case) for one in asked]):
        return None
    return reply(await _card(session, lot, desk.rules.retention))


async def waiting(session: AsyncSession, known: Known) -> dict[str, int]:
    """Return the cards on which cases wait for this person's word, each with how many."""
    found: dict[str, int] = {}
    for lot, case in await retaining.unanswered(session, [school.id for school in known.schools]):
        if await _decides(session, known, case):
            found[lot] = found.get(lot, 0) + 1
    return found


async def _ask_about(
    session: AsyncSession, numbers: Collection[int], periods: Periods, *, before: datetime, now: datetime
) -> int:
    today = london(now).date()
    ending = await retaining.to_ask_about(session, before=before, today=today)
    still = [case for case in ending if case.number in numbers]  # another replica may have asked meanwhile
    if not still:
        return 0
    lot = f"{still[0].school_id}-{still[0].number}-{today.isoformat()}"
    await retaining.ask(session, [case.number for case in still], lot=lot, now=now)
    card = await _card(session, lot, periods)
    for person in await _deciders(session, still[0]):
        key = f"{_subject(lot)}/{person.id}"
        await post(session, key=key, to=person, card=card, about="review", now=now, subject=_subject(lot))
    return len(still)


async def _card(session: AsyncSession, lot: str, periods: Periods) -> Json:
    asked = await retaining.of_lot(session, lot)
    school = await schools.by_id(session, asked[0].case.school_id) if asked else None
    return letting_go_card(
        lot=lot,
        school="" if school is None else school.name,
        years=periods.cases_years,
        cases=[_old_case(one, periods) for one in asked],
    )


def _old_case(one: Asked, periods: Periods) -> OldCase:
    name = f"{_NAMES[one.case.kind]} {one.case.number}"
    if one.case.closed_at is None:
        return OldCase(one.case.number, name, "", "it was opened again, so it stays.")
    ends = ends_on(Kind.CASES, london(one.case.closed_at).date(), periods)
    match one.decision:
        case Decision.ASKED:
            stands = f"its period ends on {long_date(ends)}."
        case Decision.KEEP:
            stands = f"kept until {long_date(one.until or ends)}; you will be asked again then."
        case Decision.GO:
            stands = f"to be deleted on {long_date(one.until or ends)}."
    return OldCase(one.case.number, name, long_date(london(one.case.closed_at).date()), stands)


def _until(case: Case, decision: Decision, periods: Periods, today: date) -> date:
    if decision is Decision.KEEP or case.closed_at is None:
        return months_on(today, KEPT_ON)
    return max(ends_on(Kind.CASES, london(case.closed_at).date(), periods), today + REGRETS)


async def _decides(session: AsyncSession, known: Known, case: Case) -> bool:
    return known.person.id in {person.id for person in await _deciders(session, case)}


async def _deciders(session: AsyncSession, case: Case) -> tuple[Person, ...]:
    """Return who sits in the DPO's seat of a case: nobody decides whom it concerns (domain 8)."""
    concerned: Iterable[int] = ()
    match case.kind:
        case CaseKind.BREACH:
            breach = await breaches.read(session, case.number)
            concerned = () if breach is None else breach.concerned
        case CaseKind.REQUEST:
            request = await requests.read(session, case.number)
            concerned = () if request is None else request.concerned
        case CaseKind.INCIDENT:
            incident = await incidents.read(session, case.number)
            concerned = () if incident is None else incident.concerned
        case CaseKind.PLAN:
            concerned = ()
    staff = await posts_of(session, case.school_id, named=())
    away = frozenset(concerned)
    return tuple(staff.known[person] for person in seated(LINES[Seat.DPO], staff.holders_for(away), away))


def _subject(lot: str) -> str:
    return f"retention/{lot}"
