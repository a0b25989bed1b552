"""Forms about one pupil's consent: at which school, about whom, and whether their owner may know (domain 8)."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Turn
from dialogs.desk import Desk
from dialogs.known import Known
from policy.records import Pupil
from policy.withdrawal import find_pupil, may_report, not_found
from storage import drafts
from storage.drafts import Draft
from storage.schools import School


async def open_form(
    session: AsyncSession,
    who: Known,
    school: School,
    turn: Turn,
    *,
    form: str,
    subject: str,
    pupil: Pupil | None,
    answers: dict[str, Any] | None = None,
) -> Draft:
    """Open a form at that school, with the pupil filled in who is meant; a form open about that subject goes on."""
    several = len(who.schools) > 1
    filled = dict(answers or {})
    if several:
        filled["school"] = str(school.id)
    if pupil is not None:
        filled["pupil"] = f"{pupil.display_name} {pupil.class_name}"
    return await drafts.open_draft(
        session,
        person_id=who.person.id,
        school_id=school.id,
        form=form,
        subject=subject,
        context={"schools": [[each.id, each.name] for each in who.schools] if several else []},
        answers=filled,
        now=turn.now,
    )


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the owner may still be shown pupils' names anywhere (domain 8)."""
    return any(may_report(known.person.roles_at(school.id)) for school in known.schools)


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  see may
    """Say whom the name may mean, unless it means one pupil; None where it does."""
    school = _school(known, draft)
    if school is None:
        return "You can't tell me about pupils of that school. Please go to its office."
    name = str(draft.answers["pupil"])
    sought = find_pupil(await desk.rolls.of(session, school), name)
    return not_found(name, sought) if sought.pupil is None else None


async def meant(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> tuple[School, Pupil] | None:
    """Return the school and the one pupil that a form is about; None where the owner may not, or nobody is."""
    school = _school(known, draft)
    if school is None:
        return None
    pupil = find_pupil(await desk.rolls.of(session, school), str(draft.answers["pupil"])).pupil
    return None if pupil is None else (school, pupil)


def _school(known: Known, draft: Draft) -> School | None:
    """Return the school that was chosen, if the reporter may be shown pupils there."""
    wanted = str(draft.answers.get("school", draft.school_id))
    chosen = next((school for school in known.schools if str(school.id) == wanted), None)
    return chosen if chosen is not None and may_report(known.person.roles_at(chosen.id)) else None
