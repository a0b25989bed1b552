"""The first minute of a breach, and the reporter's Form A: the case exists and is told before any question is asked."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.breach.holding import forms_of
from dialogs.cards.breach_first import (
    case_left_card,
    first_minute_card,
    form_a_sent_card,
    near_miss_card,
    still_open_card,
)
from dialogs.casework.files import entry
from dialogs.casework.tables import Table
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.pressed import number_in, own_question
from dialogs.thought import Asked, Ids, Thought, contract, instead, reply
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.first_steps import CLAUSES, first_steps
from policy.breach.form_a import child_at_risk, form_a, near_miss_answers, noticed_at, workplace_of
from policy.breach.seats import Seat
from policy.breach.status import Status
from policy.forms import Choice, Form
from policy.understanding.breach_kinds import BreachKind, involves_it, kinds_of
from policy.understanding.heard import Intent
from storage import audit, cases, drafts
from storage.cases import CaseKind
from storage.drafts import Draft
from storage.people import Person
from storage.schools import School

GUIDE: Final = "form-a"
_TOLD: Final = "The DPO and the headteacher have been told."
_TOLD_DPO: Final = "The DPO has been told."
_TOLD_LEADER: Final = "The headteacher has been told."
_TOLD_NOBODY: Final = "I have noted it, but nobody to tell is on my list: please ring the DPO or the head."


def think(asked: Asked) -> Thought:
    """Answer words that tell of a breach: what to do now. The case is opened in the turn's transaction."""
    text, school = asked.text, asked.asker.school
    near_miss = BreachKind.NEAR_MISS in kinds_of(text)

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        return await begin(session, who, turn, school=school, text=text)

    def told(ids: Ids) -> Json:  # `askdpo ask` starts nothing; it says what would be said
        steps = first_steps(kinds_of(text), near_miss=near_miss)
        return first_minute_card(case=ids.question, steps=steps, told=_TOLD, near_miss=near_miss)

    cited = tuple((citation.document, citation.clause) for citation in CLAUSES)
    said = contract(asked.heard, shape="flow", citations=cited, routed_to=("dpo", "headteacher"))
    return Thought(text, None, told, said, asked.asker, starts=starts)


async def begin(session: AsyncSession, who: Known, turn: Turn, *, school: School, text: str) -> Json:
    """Open the case, tell the DPO and the head, and say what to do now, all in the caller's transaction.

    Further words while one's Form A is open belong to that case, unless the reporter says that they do not.
    """
    for draft in await forms_of(session, who.person.id):
        breach = await _case_of(session, draft) if draft.form == GUIDE else None
        if breach is not None and breach.is_open and breach.form_a is None:
            said = Event(Happened.SAID, turn.now, who.person.id, {"text": text})
            breach = await case_file.add(session, breach, said, now=turn.now)
            await telling.tell(session, breach, now=turn.now)
            return still_open_card(case=breach.number, draft=draft.id)
    return await open_new(session, who, turn, school=school, text=text)


async def open_new(session: AsyncSession, who: Known, turn: Turn, *, school: School, text: str) -> Json:
    """Open a case, whatever else is open."""
    person, kinds = who.person, kinds_of(text)
    near_miss = BreachKind.NEAR_MISS in kinds
    told = {
        "words": text,
        "kinds": sorted(kind.value for kind in kinds),
        "it": involves_it(text),
        "near_miss": near_miss,
        "workplace_open": len(who.schools) > 1,
    }
    number, is_new = await cases.open_case(
        session,
        kind=CaseKind.BREACH,
        school_id=school.id,
        reporter_id=person.id,
        born_of=f"{turn.conversation}/{turn.activity}",
        status=Status.PRE_ALERT,
        due_at=None,
        events=[entry(Event(Happened.OPENED, turn.now, person.id, told))],
    )
    breach = await case_file.held(session, number)
    await case_file.settle(session, breach, now=turn.now)
    at_table = await telling.tell(session, breach, now=turn.now)
    await _open_form(session, who, breach, turn)
    if is_new:
        await audit.record(
            session, f"person/{person.id}", "breach.opened", f"case/{number}", now=turn.now, school_id=school.id
        )
    steps = first_steps(kinds, near_miss=near_miss)
    return first_minute_card(case=number, steps=steps, told=_who_knows(at_table), near_miss=near_miss)


async def form(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show Form A where the reporter is in it, opened again where they left it."""
    await forms_of(session, known.person.id)
    breach = await _own(session, known, pressed)
    if breach is None:
        return None
    if breach.form_a is not None:
        return instead(reply(form_a_sent_card(case=breach.number, near_miss=breach.near_miss)))
    if not breach.form_a_opened or breach.form_a_left:
        opened = Event(Happened.FORM_A_OPENED, turn.now, known.person.id)
        breach = await case_file.add(session, breach, opened, now=turn.now)
        await telling.tell(session, breach, now=turn.now)
    draft = await _open_form(session, known, breach, turn)
    return instead(await filler.show(session, draft, known, turn))


async def near_miss(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Take the first of two taps."""
    breach = await _own(session, known, pressed)
    if breach is None:
        return None
    if breach.form_a is not None:
        return instead(reply(form_a_sent_card(case=breach.number, near_miss=breach.near_miss)))
    return instead(reply(near_miss_card(case=breach.number, words=breach.words)))


async def near_miss_send(
    desk: Desk,  # noqa: ARG001  see form
    session: AsyncSession,
    known: Known,
    pressed: Pressed,
    turn: Turn,
) -> Reply | None:
    """Sign Form A as it is: nothing got out (the DPO decides what it was)."""
    forms = await forms_of(session, known.person.id)
    breach = await _own(session, known, pressed)
    if breach is None:
        return None
    if breach.form_a is None:
        school = known.school(breach.school_id) if known.is_at(breach.school_id) else known.schools[0]
        answers = near_miss_answers(breach.words, name=known.person.display_name, workplace=school.name, now=turn.now)
        breach = await _sign(session, breach, known.person, answers, turn, near_miss=True)
        for draft in forms:
            if draft.subject == telling.subject(breach.number):
                await drafts.close(session, draft.id, draft.revision, ended=drafts.SENT, now=turn.now)
    return instead(reply(form_a_sent_card(case=breach.number, near_miss=True)))


async def report(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Report what one asked about: the button under answers that a breach may stand behind."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    school = known.school(question.school_id)
    return reply(await begin(session, known, turn, school=school, text=question.text))


async def another(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Open a case of its own for words that were added to one that was open."""
    breach = await _own(session, known, pressed)
    if breach is None or not breach.said:
        return None
    school = known.school(breach.school_id) if known.is_at(breach.school_id) else known.schools[0]
    return instead(reply(await open_new(session, known, turn, school=school, text=breach.said[-1].text)))


def form_of(context: Mapping[str, Any]) -> Form:
    """Make Form A for a draft's context: `workplaces`, pairs of a school's number and name."""
    return form_a([Choice(str(number), name) for number, name in context.get("workplaces", ())])


async def saved(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> None:  # noqa: ARG001  see form
    """Move the start of the 72 hours as soon as the reporter has said when it was noticed."""
    breach = await _case_of(session, draft)
    if breach is None or breach.reporter != known.person.id:
        return
    events = _learnt(breach, known.person, draft.answers, turn)
    if events:
        breach = await case_file.add(session, breach, *events, now=turn.now)
        await telling.tell(session, breach, now=turn.now)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see form
    """Sign Form A: identity and time are the turn's (FORMA-4, FORMA-9)."""
    breach = await _case_of(session, draft)
    if breach is None or breach.reporter != known.person.id:
        return None
    if breach.form_a is None:
        breach = await _sign(session, breach, known.person, draft.answers, turn, near_miss=False)
    return form_a_sent_card(case=breach.number, near_miss=breach.near_miss)


async def left(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see form
    """Leave the form: the case stays (BREACH-3.1)."""
    breach = await _case_of(session, draft)
    if breach is None or breach.reporter != known.person.id:
        return None
    if breach.form_a is None:
        breach = await case_file.add(
            session, breach, Event(Happened.FORM_A_LEFT, turn.now, known.person.id), now=turn.now
        )
    return case_left_card(case=breach.number)


async def _sign(
    session: AsyncSession, breach: Breach, person: Person, answers: Mapping[str, Any], turn: Turn, *, near_miss: bool
) -> Breach:
    signed = Event(Happened.FORM_A_SIGNED, turn.now, person.id, {"answers": dict(answers), "near_miss": near_miss})
    breach = await case_file.add(session, breach, *_learnt(breach, person, answers, turn), signed, now=turn.now)
    await telling.tell(session, breach, now=turn.now, note="Form A has come in.")
    await audit.record(
        session,
        f"person/{person.id}",
        "breach.form_a_signed",
        f"case/{breach.number}",
        now=turn.now,
        school_id=breach.school_id,
    )
    return breach


def _learnt(breach: Breach, person: Person, answers: Mapping[str, Any], turn: Turn) -> list[Event]:
    """Say what the answers so far tell about the case itself."""
    events = [] if breach.form_a_opened else [Event(Happened.FORM_A_OPENED, turn.now, person.id)]
    noticed = noticed_at(answers)
    if noticed is not None and noticed < breach.t0:
        events.append(Event(Happened.NOTICED, turn.now, person.id, {"at": noticed.isoformat()}))
    workplace = workplace_of(answers)
    theirs = {str(own.school_id): own.school_id for own in person.memberships}
    if breach.workplace_open and workplace in theirs:
        events.append(Event(Happened.WORKPLACE, turn.now, person.id, {"school_id": theirs[workplace]}))
    if child_at_risk(answers) and not breach.child_at_risk:
        events.append(Event(Happened.CHILD_AT_RISK, turn.now, person.id))
    return events


async def _open_form(session: AsyncSession, who: Known, breach: Breach, turn: Turn) -> Draft:
    """Open the reporter's Form A, filled in with what is known, as what they are at in this conversation."""
    school = next((each for each in who.schools if each.id == breach.school_id), who.schools[0])
    several = len(who.schools) > 1
    draft = await drafts.open_draft(
        session,
        person_id=who.person.id,
        school_id=breach.school_id,
        form=GUIDE,
        subject=telling.subject(breach.number),
        context={"workplaces": [[each.id, each.name] for each in who.schools] if several else []},
        answers={
            "what": breach.words,
            "name": who.person.display_name,
            "workplace": str(school.id) if several else school.name,
        },
        now=turn.now,
    )
    if turn.conversation:
        await drafts.hold(session, draft.id, conversation=turn.conversation, now=turn.now)
    return draft


async def _own(session: AsyncSession, known: Known, pressed: Pressed) -> Breach | None:
    breach = await case_file.read(session, number_in(pressed, "case"), hold=True)
    return breach if breach is not None and breach.reporter == known.person.id else None


async def _case_of(session: AsyncSession, draft: Draft) -> Breach | None:
    number = draft.subject.removeprefix("breach/")
    return await case_file.read(session, int(number), hold=True) if number.isdecimal() else None


def _who_knows(at_table: Table) -> str:
    seats = frozenset[Seat]().union(*at_table.seats.values())
    match (Seat.DPO in seats, Seat.LEADER in seats):
        case (True, True):
            return _TOLD
        case (True, False):
            return _TOLD_DPO
        case (False, True):
            return _TOLD_LEADER
        case _:
            return _TOLD_NOBODY


FORM_A_GUIDE: Final = Guide(
    form=form_of, completed=completed, saved=saved, left=left, hears=frozenset({Intent.REPORT_BREACH})
)
