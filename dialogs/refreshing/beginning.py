"""The form opened from a card on which the data lead or the DPO has the pupil before them (PHOTO-4.9)."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.refreshing.reporting import open_form
from policy.photos.verdicts import Cause
from policy.refreshing import may_record
from storage import pupils, questions, reviews, withdrawals


async def begin(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Open the form from a withdrawal or a review, with the pupil filled in where it is one."""
    found = await _of_withdrawal(session, pressed) or await _of_review(session, known, pressed)
    if found is None:
        return None
    school, about, subject = found
    if not known.is_at(school) or not may_record(known.person.roles_at(school)):
        return None
    meant = await pupils.by_ids(session, about) if len(about) == 1 else ()
    draft = await open_form(
        session, known, known.school(school), turn, pupil=next(iter(meant), None), subject=f"refresh/{subject}"
    )
    return await filler.show(session, draft, known, turn)


async def _of_withdrawal(session: AsyncSession, pressed: Pressed) -> tuple[int, list[int], str] | None:
    one = await withdrawals.by_number(session, number_in(pressed, "withdrawal"))
    return None if one is None else (one.told.school_id, [one.told.pupil_id], f"withdrawal/{one.number}")


async def _of_review(session: AsyncSession, known: Known, pressed: Pressed) -> tuple[int, list[int], str] | None:
    """Find whose consent a review is about: what belongs to another role's cause is not looked at."""
    one = await reviews.by_number(session, number_in(pressed, "review"))
    if one is None or one.role not in known.person.roles_at(one.school_id) or not may_record(frozenset({one.role})):
        return None
    why = await questions.reason(session, one.question_id)
    about = [pupil for pupil, (_, cause) in (why.causes if why else {}).items() if cause == Cause.CONSENT.value]
    return one.school_id, about, f"review/{one.number}"
