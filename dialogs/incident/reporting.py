"""From an online-safety report to a case: the right people are told before anything is asked (domain 5).

Nothing of what the reporter typed is kept: neither in the case nor in the log of questions, the audit or a draft.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.incident_first import illegal_first_card, incident_another_card, incident_first_card
from dialogs.casework.files import entry
from dialogs.conversation import Json, Pressed, Reply, Said, Turn
from dialogs.desk import Desk
from dialogs.incident import asking_facts, case_file, telling
from dialogs.incident.at_table import Table, whom_it_names
from dialogs.incident.case_file import happened
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import Asked, Ids, Thought, contract, instead, reply
from policy.incident.case import Incident
from policy.incident.events import Event, Happened
from policy.incident.first_steps import DO, DO_NOT, clauses, first_steps
from policy.incident.kinds import BREACH_TOO, IncidentKind, kind_of
from policy.incident.seats import ROUTES, Seat
from policy.incident.status import Status
from policy.roles import Role
from storage import audit, cases, drafts, people
from storage.cases import CaseKind
from storage.schools import School

KEPT_ILLEGAL: Final = "(A report of something that may be illegal to hold. Its words are not kept.)"
KEPT: Final = "(An online-safety report. Its words are not kept.)"
_TOLD_NOBODY: Final = "I know nobody to tell at your school: please ring the head or the DSL yourself."
_POSTS: Final = {
    Seat.HEAD: "the head",
    Seat.DSL: "the DSL",
    Seat.CHAMPION: "the online-safety champion",
    Seat.IT: "IT",
}
_LONGEST: Final = 100  # characters of an activity's id
_LOOK_AGAIN: Final = "The reporter says now that this may be illegal to hold. Please open it at once."


def think_illegal(asked: Asked) -> Thought:
    """Answer words that tell of something that may be illegal to hold: stop, and who is told."""
    return _thought(asked, IncidentKind.ILLEGAL, KEPT_ILLEGAL)


def think(asked: Asked) -> Thought:
    """Answer words that tell of any other online-safety incident."""
    return _thought(asked, kind_of(asked.text), KEPT)


def _thought(asked: Asked, kind: IncidentKind, kept: str) -> Thought:
    text, school = asked.text, asked.asker.school
    illegal = kind is IncidentKind.ILLEGAL

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        return await begin(session, who, turn, school=school, kind=kind, text=text)

    def told(ids: Ids) -> Json:  # `askdpo ask` starts nothing; it says what would be said
        return _first_card(ids.question, kind, told=_told(ROUTES[kind]), files=False)

    cited = tuple((clause.document, clause.clause) for clause in clauses(kind))
    routed = tuple(seat.value for seat in ROUTES[kind])
    said = contract(asked.heard, shape="flow", citations=cited, routed_to=routed)
    return Thought(KEPT_ILLEGAL if illegal else kept, None, told, said, asked.asker, starts=starts)


async def begin(
    session: AsyncSession,
    who: Known,
    turn: Turn,
    *,
    school: School,
    kind: IncidentKind,
    text: str,
    concerned: Collection[int] = (),
    born_of: str = "",
) -> Json:
    """Open the case, tell whoever must know, and say what to do now, all in the caller's transaction.

    `text` is read for whom it may be about, besides the `concerned`, and then forgotten. `born_of` where another turn
    than this one opens it.
    """
    person = who.person
    elsewhere = [each.id for each in who.schools if each.id != school.id]
    named = await whom_it_names(session, (school.id, *elsewhere), text, reporter=person.id)
    about = sorted({*named, *concerned} - {person.id})
    opening = {"kind": kind.value, "concerned": about, "elsewhere": elsewhere}
    number, is_new = await cases.open_case(
        session,
        kind=CaseKind.INCIDENT,
        school_id=school.id,
        reporter_id=person.id,
        born_of=born_of or f"{turn.conversation}/{turn.activity}",
        status=Status.OPEN,
        due_at=None,
        events=[entry(Event(Happened.OPENED, turn.now, person.id, opening))],
    )
    incident = await case_file.held(session, number)
    await case_file.settle(session, incident)
    at_table = await telling.tell(session, incident, now=turn.now)
    await asking_facts.open_form(session, who, incident, at_table, turn)
    if is_new:
        await note(session, incident, person.id, "incident.opened", turn)
    files = isinstance(turn.event, Said) and turn.event.files > 0
    return _first_card(number, incident.kind, told=who_knows(at_table), files=files)


async def another(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Open a case without a word, for whom every word is refused; the same card again opens no second one."""
    kind, about = words_in(pressed, "kind"), words_in(pressed, "about")[:_LONGEST]
    if kind not in set(IncidentKind) or not about:
        return reply(incident_another_card(about=turn.activity))
    if known.form is not None and known.form.in_hand:  # the new case's own form takes its place
        await drafts.let_go(session, known.form.draft)
    born_of = f"without words/{known.person.id}/{about}"
    school, wanted = known.schools[0], IncidentKind(kind)
    about_whom = await _holders(session, known, words_in(pressed, "part"))
    card = await begin(session, known, turn, school=school, kind=wanted, text="", concerned=about_whom, born_of=born_of)
    return instead(reply(card))


async def illegal(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Treat a report as one of something that may be illegal: the head and the DSL are told at once."""
    incident = await own(session, known, pressed)
    if incident is None:
        return None
    if not incident.is_illegal and incident.is_open:
        incident = await case_file.add(session, incident, happened(Happened.MADE_ILLEGAL, turn.now, known.person.id))
        at_table = await telling.tell(session, incident, now=turn.now)
        await telling.remind(session, incident, at_table, key="illegal", words=_LOOK_AGAIN, now=turn.now)
        await asking_facts.drop_form(session, known, incident, turn)
        await asking_facts.open_form(session, known, incident, at_table, turn)
        await note(session, incident, known.person.id, "incident.made_illegal", turn)
    at_table = await telling.tell(session, incident, now=turn.now)
    return instead(reply(_first_card(incident.number, incident.kind, told=who_knows(at_table), files=False)))


def who_knows(at_table: Table) -> str:
    """Say by post who has been told; somebody standing in is not named."""
    seats = frozenset[Seat]().union(*at_table.seats.values())
    return _told([seat for seat in Seat if seat in seats])


async def _holders(session: AsyncSession, known: Known, part: str) -> set[int]:
    """Return whoever holds a post at the reporter's schools; nobody for what is none."""
    if part not in set(Role):
        return set()
    return {one.id for school in known.schools for one in await people.holding(session, school.id, Role(part))}


async def own(session: AsyncSession, known: Known, pressed: Pressed) -> Incident | None:
    """Return the reporter's own incident that a card is about; None for anybody else's."""
    incident = await case_file.read(session, number_in(pressed, "case"), hold=True)
    return incident if incident is not None and incident.reporter == known.person.id else None


async def note(session: AsyncSession, incident: Incident, person: int, what: str, turn: Turn) -> None:
    """Write into the audit log who did it: no kind, no place and no words."""
    actor, case = f"person/{person}", f"case/{incident.number}"
    await audit.record(session, actor, what, case, now=turn.now, school_id=incident.school_id)


def _first_card(case: int, kind: IncidentKind, *, told: str, files: bool) -> Json:
    if kind is IncidentKind.ILLEGAL:
        return illegal_first_card(case=case, do=DO, do_not=DO_NOT, told=told, files=files)
    return incident_first_card(case=case, steps=first_steps(kind), told=told, breach_too=kind in BREACH_TOO)


def _told(seats: list[Seat] | tuple[Seat, ...]) -> str:
    if not seats:
        return _TOLD_NOBODY
    posts = " and ".join(_POSTS[seat] for seat in seats)
    return (
        f"{posts[0].upper()}{posts[1:]}, or whoever stands in, {'have' if len(seats) > 1 else 'has'} a message from me."
    )
