"""Somebody was asked for data: the DPO has it with the first words, and a few short questions come after (SAR-1.3)."""

from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.holding import forms_of
from dialogs.cards.request_first import request_first_card, request_still_open_card
from dialogs.casework.files import entry
from dialogs.casework.staff import staff_of
from dialogs.casework.tables import Table
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.request import case_file, intake, keeping, telling
from dialogs.request.concerned import named_in
from dialogs.thought import Asked, Ids, Thought, contract, instead, reply
from policy.breach.seats import Seat
from policy.clauses import from_code
from policy.request.events import Event, Happened
from policy.request.first_words import CLAUSES, first_words
from policy.request.intake import today_in
from policy.request.kinds import RequestKind
from policy.request.rights import RIGHTS
from policy.request.status import Status
from policy.understanding.heard import Intent
from policy.understanding.request_kinds import kind_of, outsider_in, parent_in
from policy.understanding.who import Pupils
from storage import audit, cases
from storage.cases import CaseKind
from storage.schools import School

_OWN_CLAUSES: Final = {RequestKind.MARKETING: "DP-12.6", RequestKind.CCTV: "CCTV-11.2"}
_TOLD: Final = "The DPO has it."
_TOLD_OTHER: Final = "Whoever stands in for the DPO has it."
_TOLD_NOBODY: Final = "I have noted it, but nobody to tell is on my list: please ring the DPO or the head."


def think(asked: Asked) -> Thought:
    """Answer words that tell of a request. The case is opened in the turn's transaction."""
    text, school, heard = asked.text, asked.asker.school, asked.heard
    kind = kind_of(heard.intent, text)
    known = _known_from(asked)

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        return await begin(session, who, turn, school=school, text=text, kind=kind, known=known)

    def told(ids: Ids) -> Json:  # `askdpo ask` starts nothing; it says what would be said
        return _first_card(ids.question, kind, told=_TOLD)

    said = contract(heard, shape="flow", citations=_cited(kind), routed_to=("dpo",))
    return Thought(text, None, told, said, asked.asker, starts=starts)


async def begin(
    session: AsyncSession,
    who: Known,
    turn: Turn,
    *,
    school: School,
    text: str,
    kind: RequestKind,
    known: dict[str, Any] | None = None,
) -> Json:
    """Open the case, or add the words to the one whose questions are still open."""
    for draft in await forms_of(session, who.person.id):
        request = await intake.case_of(session, draft) if draft.form == intake.GUIDE else None
        if request is not None and request.accepted_at is None and request.is_open:
            said = Event(Happened.SAID, turn.now, who.person.id, {"text": text})
            request = await case_file.add(session, request, said, now=turn.now)
            await telling.tell(session, request, now=turn.now)
            return request_still_open_card(case=request.number)
    return await open_new(session, who, turn, school=school, text=text, kind=kind, known=known)


async def open_new(
    session: AsyncSession,
    who: Known,
    turn: Turn,
    *,
    school: School,
    text: str,
    kind: RequestKind,
    known: dict[str, Any] | None = None,
) -> Json:
    """Open a case, whatever else is open: received today, told to the DPO, held, all in the caller's transaction."""
    person = who.person
    data = {"kind": kind.value, "words": text, "received_on": today_in(turn.now), **(known or {})}
    number, is_new = await cases.open_case(
        session,
        kind=CaseKind.REQUEST,
        school_id=school.id,
        reporter_id=person.id,
        born_of=f"{turn.conversation}/{turn.activity}",
        status=Status.LOGGED,
        due_at=None,
        events=[entry(Event(Happened.OPENED, turn.now, person.id, data))],
    )
    request = await case_file.held(session, number)
    if is_new:
        staff = await staff_of(session, school.id, named=())
        concerned = sorted(named_in(text, staff) - {person.id})
        events = [Event(Happened.INVOLVED, turn.now, None, {"person": one, "part": "subject"}) for one in concerned]
        request = await case_file.add(session, request, *events, now=turn.now)
        who_did = f"person/{person.id}"
        await audit.record(session, who_did, "request.opened", f"case/{number}", now=turn.now, school_id=school.id)
    at_table = await telling.tell(session, request, now=turn.now)
    await keeping.tell_of_footage(session, request, at_table, now=turn.now)
    await intake.open_form(session, who, request, turn)
    return _first_card(number, request.kind, told=_who_knows(at_table))


async def another(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Open a case of its own for words that were added to one that was open."""
    request = await intake.own(session, known, number_in(pressed, "case"))
    if request is None or not request.said:
        return None
    school = known.school(request.school_id) if known.is_at(request.school_id) else known.schools[0]
    words = request.said[-1].text
    return instead(reply(await open_new(session, known, turn, school=school, text=words, kind=request.kind)))


def _known_from(asked: Asked) -> dict[str, Any]:
    """Keep what the message names: the one pupil of the roll, and which outsider asks for footage."""
    found: dict[str, Any] = {}
    match asked.heard.who:
        case Pupils((pupil,)):
            found |= {"about": f"{pupil.first_name} {pupil.last_name}", "born": pupil.born.isoformat()}
        case _:
            pass
    outsider = outsider_in(asked.text) if asked.heard.intent is Intent.CCTV_REQUEST else None
    requester = outsider or parent_in(asked.text)
    return found if requester is None else found | {"requester_kind": requester.value}


def _first_card(case: int, kind: RequestKind, *, told: str) -> Json:
    thanks, *steps = first_words(kind)
    return request_first_card(case=case, headline=thanks, steps=steps, told=told)


def _cited(kind: RequestKind) -> tuple[tuple[str, str], ...]:
    """Cite what the advice rests on: the procedure for access, else the right's own clause first."""
    access = tuple((citation.document, citation.clause) for citation in CLAUSES)
    if kind is RequestKind.COMPLAINT:
        return ()  # the Act's, not the policies' (DPA 2018 s.164A)
    code = _OWN_CLAUSES.get(kind) or (RIGHTS[kind].clause if kind in RIGHTS else "")
    if not code:
        return access
    own = from_code(code)
    return ((own.document, own.number), *access[-1:])


def _who_knows(at_table: Table) -> str:
    seats = frozenset[Seat]().union(*at_table.seats.values())
    if Seat.DPO not in seats:
        return _TOLD_NOBODY
    roles = [at_table.roles_of(person.id) for person in at_table.sitting(Seat.DPO)]
    return _TOLD if any("dpo" in held for held in roles) else _TOLD_OTHER
