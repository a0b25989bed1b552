"""Who sees a plan and what they read: the list is checked anew each time that a card is drawn (PHOTO-5.5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.event_plan import PlanCard, plan_card
from dialogs.casework.living import keep_current
from dialogs.conversation import Json
from dialogs.desk import Desk
from dialogs.letters import post
from dialogs.planning.case_file import subject
from dialogs.said import moment, who_and_when
from dialogs.thought import local_day
from policy.calendar import long_date
from policy.forms import shown
from policy.images import Use
from policy.packs import FamilyFilming
from policy.planning.check import Check, checks
from policy.planning.form import event_form, uses_in
from policy.planning.plan import WORDS, Plan, State, offered
from policy.records import PupilRecord, SchoolRecords
from policy.roles import May, Role
from storage import people, schools
from storage.people import Person
from storage.records import records_of
from storage.schools import School

_LINE: Final = (Role.DATA_LEAD, Role.HEADTEACHER, Role.DPO)  # PHOTO-5.2
_SAFEGUARDING: Final = (Role.DSL, Role.DEPUTY_DSL)
_ON_THE_CARD: Final = ("place", "uses", "media", "photographer", "instead", "group", "angle", "dress", "mix", "edit")
_AND: Final = ("note", "folder", "downloader", "remove_by", "caption", "told")


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan with all that its cards are drawn from."""

    plan: Plan
    school: School
    owner: Person
    approvers: tuple[Person, ...]  # the data lead, else the next in line; never who sent it
    lists: SchoolRecords
    records: tuple[PupilRecord, ...]
    now: datetime


async def see(desk: Desk, session: AsyncSession, plan: Plan, *, now: datetime) -> Seen | None:
    """Read what a plan's cards show; None where its school or its owner is gone."""
    school = await schools.by_id(session, plan.school_id)
    owner = await people.by_id(session, plan.owner)
    if school is None or owner is None:
        return None
    roll = await desk.rolls.of(session, school)
    pupils = {pupil.id: pupil for name in plan.classes for pupil in roll.in_class(name, plan.on)}
    approvers = await approvers_of(session, school.id, owner)
    lists = await desk.lists(session, school)
    return Seen(plan, school, owner, approvers, lists, await records_of(session, tuple(pupils.values())), now)


async def approvers_of(session: AsyncSession, school_id: int, owner: Person) -> tuple[Person, ...]:
    """Return who has the school's check of somebody's plans (PHOTO-5.2)."""
    return (await in_line(session, school_id, _LINE, but=owner))[1]


async def card_for(desk: Desk, session: AsyncSession, seen: Seen, person: Person, *, note: str = "") -> Json:
    """Draw the plan for one person."""
    plan, asker = seen.plan, desk.asker(person, seen.school)
    found: tuple[Check, ...] = ()
    if asker.may(May.ASK_ABOUT_PUPILS):
        today = local_day(seen.now)
        found = checks(plan.answers, seen.records, school=seen.lists, rules=asker.rules, roles=asker.roles, today=today)
    return plan_card(
        PlanCard(
            plan.number,
            plan.revision,
            facts=await _facts(session, desk, seen),
            checks=found,
            as_of=moment(seen.now),
            note=note,
            change=plan.note,
            steps=offered(plan, person=person.id, approves=approves(seen, person), looks=_looks(seen, person)),
            can_edit=plan.is_ahead and person.id == plan.owner,
        )
    )


async def tell(desk: Desk, session: AsyncSession, seen: Seen) -> None:
    """Send the plan to whoever has the school's check, and bring their cards up to date."""
    plan, staff = seen.plan, await people.at_school(session, seen.school.id)
    readers = {person.id: person for person in seen.approvers}
    if any(record.restriction is not None for record in seen.records):  # PHOTO-5.6: without a sign to anybody else
        readers |= {person.id: person for person in staff if _is_safeguarding(seen, person) and person.id != plan.owner}
    cards = {
        person.id: await card_for(desk, session, seen, person)
        for person in staff
        if person.id in readers or person.roles_at(seen.school.id) & {*_LINE, *_SAFEGUARDING}
    }
    over = plan_card(PlanCard(plan.number, plan.revision, facts=(("State", WORDS[plan.state]),)))
    await keep_current(
        session,
        subject=subject(plan.number),
        readers=readers,
        card=lambda person: cards.get(person, over),
        about="review",
        now=seen.now,
    )


async def tell_owner(
    desk: Desk, session: AsyncSession, seen: Seen, *, key: str, note: str, about: str = "news"
) -> None:
    """Send whoever sent the plan its card, once a key, with what is new."""
    card = await card_for(desk, session, seen, seen.owner, note=note)
    about_it = f"{subject(seen.plan.number)}/{seen.plan.revision}/{key}"
    await post(session, key=about_it, to=seen.owner, card=card, about=about, now=seen.now)


def approves(seen: Seen, person: Person) -> bool:
    """Whether a person has the school's check of this plan (PHOTO-5.2)."""
    return person.id in {approver.id for approver in seen.approvers}


def may_see(seen: Seen, person: Person) -> bool:
    """Whether a plan is a person's business at all."""
    return person.id == seen.plan.owner or approves(seen, person) or _looks(seen, person)


def _looks(seen: Seen, person: Person) -> bool:
    """Whether a person may ask for a change without having the check itself."""
    return _is_safeguarding(seen, person) or Role.HEADTEACHER in person.roles_at(seen.school.id)


def _is_safeguarding(seen: Seen, person: Person) -> bool:
    return not person.roles_at(seen.school.id).isdisjoint(_SAFEGUARDING)


async def _facts(session: AsyncSession, desk: Desk, seen: Seen) -> tuple[tuple[str, str], ...]:
    plan = seen.plan
    fields = {field.name: field for field in event_form(()).fields}
    said = [(fields[name].label, shown(fields[name], plan.answers.get(name))) for name in (*_ON_THE_CARD, *_AND)]
    approved = await who_and_when(session, plan.approved_by, plan.approved_at)
    state = WORDS[plan.state] + (f" ({approved})" if approved and plan.state is not State.AWAITING else "")
    return (
        ("Event", plan.title),
        ("State", state),
        ("Day", long_date(plan.on)),
        ("Classes", ", ".join(plan.classes)),
        ("Led by", str(plan.answers["lead"])),
        ("Sent by", f"{seen.owner.display_name}, {seen.school.name}"),
        *((label.rstrip("?"), words) for label, words in said if words),
        *_with_the_head(desk, seen),
    )


def _with_the_head(desk: Desk, seen: Seen) -> tuple[tuple[str, str], ...]:
    plan, lines = seen.plan, []
    if plan.answers["family"] == "yes":
        by_policy = desk.rules_at(seen.school).family_filming is FamilyFilming.ALLOWED_BY_POLICY
        allowed = by_policy or plan.on in seen.lists.family_filming
        lines.append(("Families filming", "the head has said yes" if allowed else "no, unless the head says yes"))
    if Use.LIVE in uses_in(plan.answers):
        allowed = ("live", plan.on) in seen.lists.permissions
        lines.append(("Live stream", "the head has said yes" if allowed else "no, unless the head says yes"))
    return tuple(lines)
