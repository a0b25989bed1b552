"""The reporter's Form A of a breach: opened, put aside, signed; or the two taps of a near miss (domain 2.2)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.breach.holding import forms_of
from dialogs.cards.breach_first import case_left_card, form_a_sent_card, near_miss_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.thought import instead, reply
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.form_a import child_at_risk, form_a, near_miss_answers, noticed_at, workplace_of
from policy.forms import Choice, Form
from policy.understanding.heard import Intent
from storage import audit, drafts
from storage.drafts import Draft
from storage.people import Person

GUIDE: Final = "form-a"


async def form(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show Form A where the reporter is in it, opened again where they left it."""
    await forms_of(session, known.person.id)
    breach = await own(session, known, pressed)
    if breach is None:
        return None
    if breach.form_a is not None:
        return instead(reply(form_a_sent_card(case=breach.number, near_miss=breach.near_miss)))
    if not breach.form_a_opened or breach.form_a_left:
        opened = Event(Happened.FORM_A_OPENED, turn.now, known.person.id)
        breach = await case_file.add(session, breach, opened, now=turn.now)
        await telling.tell(session, breach, now=turn.now)
    draft = await open_form(session, known, breach, turn)
    return instead(await filler.show(session, draft, known, turn))


async def near_miss(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Take the first of two taps."""
    breach = await own(session, known, pressed)
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
    breach = await own(session, known, pressed)
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


def form_of(context: Mapping[str, Any]) -> Form:
    """Make Form A for a draft's context: `workplaces`, pairs of a school's number and name."""
    return form_a([Choice(str(number), name) for number, name in context.get("workplaces", ())])


async def saved(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> None:  # noqa: ARG001  see form
    """Move the start of the 72 hours as soon as the reporter has said when it was noticed."""
    breach = await case_of(session, draft)
    if breach is None or breach.reporter != known.person.id:
        return
    events = _learnt(breach, known.person, draft.answers, turn)
    if events:
        breach = await case_file.add(session, breach, *events, now=turn.now)
        await telling.tell(session, breach, now=turn.now)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see form
    """Sign Form A: identity and time are the turn's (FORMA-4, FORMA-9)."""
    breach = await case_of(session, draft)
    if breach is None or breach.reporter != known.person.id:
        return None
    if breach.form_a is None:
        breach = await _sign(session, breach, known.person, draft.answers, turn, near_miss=False)
    return form_a_sent_card(case=breach.number, near_miss=breach.near_miss)


async def left(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see form
    """Leave the form: the case stays (BREACH-3.1)."""
    breach = await case_of(session, draft)
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


async def open_form(session: AsyncSession, who: Known, breach: Breach, turn: Turn) -> Draft:
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


async def own(session: AsyncSession, known: Known, pressed: Pressed) -> Breach | None:
    """Return the case that was pressed, held, where this person reported it."""
    breach = await case_file.read(session, number_in(pressed, "case"), hold=True)
    return breach if breach is not None and breach.reporter == known.person.id else None


async def case_of(session: AsyncSession, draft: Draft) -> Breach | None:
    """Return the case that a draft is about, held; None where there is none."""
    number = draft.subject.removeprefix("breach/")
    return await case_file.read(session, int(number), hold=True) if number.isdecimal() else None


FORM_A_GUIDE: Final = Guide(
    form=form_of, completed=completed, saved=saved, left=left, hears=frozenset({Intent.REPORT_BREACH})
)
