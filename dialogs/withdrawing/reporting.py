"""Somebody tells that a family took consent back: two short pages, and from then on it counts (domain 1.8)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.withdrawal import withdrawal_first_card, withdrawal_noted_card
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.thought import Asked, Thought, contract, local_day
from dialogs.withdrawing import of_a_pupil, recording
from policy.forms import Answers, Choice, Form
from policy.understanding.heard import Intent
from policy.understanding.who import Pupils
from policy.withdrawal import (
    CLAUSES,
    capacity_of,
    in_words,
    items_of,
    may_record,
    may_report,
    withdrawal_form,
)
from storage import audit, withdrawals
from storage.drafts import Draft
from storage.withdrawals import Told

GUIDE: Final = "withdrawal"


def think(asked: Asked) -> Thought:
    """Answer words that tell of a withdrawal: it counts from now on. The form is opened in the turn's transaction."""
    asker = asked.asker
    can_fill_in = may_report(asker.roles)

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        if not can_fill_in:  # no pupil data for some roles (domain 8): the note goes to the office
            return withdrawal_first_card()
        return withdrawal_first_card(draft=(await _open_form(session, who, asked, turn)).id)

    cited = tuple((citation.document, citation.clause) for citation in CLAUSES)
    shape, draft = ("flow", "new") if can_fill_in else ("answer", "")
    said = contract(asked.heard, shape=shape, citations=cited, routed_to=("office", "data_lead"))
    return Thought(asked.text, None, lambda _: withdrawal_first_card(draft=draft), said, asker, starts=starts)


async def _open_form(session: AsyncSession, who: Known, asked: Asked, turn: Turn) -> Draft:
    who_is_meant = asked.heard.who
    named = who_is_meant.pupils[0] if isinstance(who_is_meant, Pupils) and len(who_is_meant.pupils) == 1 else None
    each = f"withdrawal/{turn.conversation}/{turn.activity}"  # each report is a form of its own
    return await of_a_pupil.open_form(session, who, asked.asker.school, turn, form=GUIDE, subject=each, pupil=named)


def form_of(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft's context: `schools`, pairs of a number and a name."""
    return withdrawal_form([Choice(str(number), name) for number, name in context.get("schools", ())])


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    """Take the report: it counts, and whoever records withdrawals has it."""
    meant, answers = await of_a_pupil.meant(desk, session, known, draft), draft.answers
    if meant is None:
        return None
    school, pupil = meant
    told = Told(
        pupil_id=pupil.id,
        school_id=school.id,
        items=items_of(answers),
        received_on=_day(answers),
        method=str(answers["how"]),
        given_by=str(answers.get("given_by", "")),
        capacity=capacity_of(answers),
        erasure=str(answers["erasure"]),
    )
    number, is_new = await withdrawals.report(
        session, told, born_of=draft.id, today=local_day(turn.now), reported_by=known.person.id, now=turn.now
    )
    records = may_record(known.person.roles_at(school.id))
    if is_new:
        actor, subject = f"person/{known.person.id}", f"withdrawal/{number}"
        await audit.record(session, actor, "withdrawal.reported", subject, now=turn.now, school_id=school.id)
        if records:
            await recording.put_on_record(desk, session, number, by=known.person, now=turn.now)
        await recording.tell(session, number, now=turn.now)
    return withdrawal_noted_card(
        number=number,
        pupil=f"{pupil.display_name}, {pupil.class_name}",
        uses=in_words(told.items),
        erasure=told.erasure == "yes",
        recorded=records,
    )


def _day(answers: Answers) -> date:
    return date.fromisoformat(str(answers["received"]))


WITHDRAWAL_GUIDE: Final = Guide(
    form=form_of,
    completed=completed,
    checked=of_a_pupil.checked,
    may=of_a_pupil.may,
    hears=frozenset({Intent.CONSENT_WITHDRAWAL}),
)
