"""Somebody tells that a pupil's circumstances changed: which pupil and since when, nothing else (PHOTO-4.9).

Their words are kept nowhere: a family's troubles are no business of the log of questions.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.refresh import refresh_first_card, refresh_noted_card
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.refreshing import recording
from dialogs.thought import Asked, Thought, contract, local_day
from dialogs.withdrawing import of_a_pupil
from policy.circumstances_told import tells_of_change
from policy.forms import Choice, Form
from policy.records import Pupil
from policy.refreshing import CLAUSES, KEPT, may_record, refresh_form
from policy.understanding.who import Pupils, Unsure
from policy.withdrawal import may_report
from storage import audit, refreshes
from storage.drafts import Draft
from storage.schools import School

GUIDE: Final = "refresh"
INTENT: Final = "consent_refresh"


def is_told(asked: Asked) -> bool:
    """Whether a message tells of changed circumstances. Whatever has a dialog of its own is not looked at."""
    match asked.heard.who:
        case Pupils():
            named = True
        case Unsure(asks, found):
            named = bool(found) or any(ask.candidates for ask in asks)
        case _:
            named = False
    return tells_of_change(asked.text, named=named)


def think(asked: Asked) -> Thought:
    """Answer it: the form is opened in the turn's transaction. Whoever may see no pupil goes to the data lead."""
    can_fill_in = may_report(asked.asker.roles)

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        if not can_fill_in:
            return refresh_first_card()
        draft = await open_form(
            session,
            who,
            asked.asker.school,
            turn,
            pupil=_meant(asked),
            subject=f"refresh/{turn.conversation}/{turn.activity}",
        )
        return refresh_first_card(draft=draft.id)

    cited = tuple((citation.document, citation.clause) for citation in CLAUSES)
    shape, draft = ("flow", "new") if can_fill_in else ("answer", "")
    said = contract(asked.heard, shape=shape, citations=cited, routed_to=("data_lead",)) | {"intent": INTENT}
    return Thought(KEPT, None, lambda _: refresh_first_card(draft=draft), said, asked.asker, starts=starts)


async def open_form(
    session: AsyncSession, who: Known, school: School, turn: Turn, *, pupil: Pupil | None, subject: str
) -> Draft:
    """Open the form at that school, with the pupil filled in who is meant; a form open about that subject goes on."""
    today = {"heard": local_day(turn.now).isoformat()}
    return await of_a_pupil.open_form(
        session, who, school, turn, form=GUIDE, subject=subject, pupil=pupil, answers=today
    )


def form_of(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft's context: `schools`, pairs of a number and a name."""
    return refresh_form([Choice(str(number), name) for number, name in context.get("schools", ())])


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    """Take the report: it counts, and whoever settles such reports has it."""
    meant = await of_a_pupil.meant(desk, session, known, draft)
    if meant is None:
        return None
    school, pupil = meant
    number, is_new = await refreshes.report(
        session,
        pupil_id=pupil.id,
        school_id=school.id,
        heard_on=date.fromisoformat(str(draft.answers["heard"])),
        born_of=draft.id,
        reported_by=known.person.id,
        now=turn.now,
    )
    records = may_record(known.person.roles_at(school.id))
    if is_new:
        actor, subject = f"person/{known.person.id}", f"refresh/{number}"
        await audit.record(session, actor, "refresh.reported", subject, now=turn.now, school_id=school.id)
        if records:
            await recording.put_on_record(session, number, by=known.person, now=turn.now)
        await recording.tell(session, number, now=turn.now)
    return refresh_noted_card(pupil=f"{pupil.display_name}, {pupil.class_name}", recorded=records)


def _meant(asked: Asked) -> Pupil | None:
    match asked.heard.who:
        case Pupils((pupil,)) | Unsure(found=(pupil,)):
            return pupil
        case _:
            return None


REFRESH_GUIDE: Final = Guide(form=form_of, completed=completed, checked=of_a_pupil.checked, may=of_a_pupil.may)
