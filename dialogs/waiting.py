"""What waits for somebody because of a post of theirs: read from the rows each time, whatever was sent and when."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import approving, doubting, escalating, letting_go, policy_changes, reviewing
from dialogs.cards.my_tasks import MyTask
from dialogs.cards.verbs import Verb
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.planning import case_file as plan_file
from dialogs.planning.showing import approvers_of
from dialogs.pressed import words_in
from dialogs.refreshing import recording as refreshing
from dialogs.said import moment
from dialogs.withdrawing import recording
from policy.planning.plan import Plan, State
from storage import people, refreshes, reviews, withdrawals
from storage.people import Person
from storage.reviews import Review, ReviewKind, ReviewState

Show: TypeAlias = Callable[[Desk, AsyncSession, Known, Pressed, Turn], Awaitable[Reply | None]]

WAITS: Final = "waits"  # the key of the buttons here: "review/17"
_SHOWN_BY: Final[Mapping[str, Show]] = {
    "review": reviewing.show,
    "proposal": approving.show,
    "withdrawal": recording.show,
    "refresh": refreshing.show,
    "imported": policy_changes.show,
    "lot": letting_go.show,
    "day": doubting.show,
}
_OWN_PLAN: Final = {
    State.CHANGE_ASKED: "the school's check asks for a change",
    State.DONE: "the pictures are still to be downloaded",
    State.DOWNLOADED: "the camera is still to be cleared",
}


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Show one of them; each looks at the presser itself."""
    kind, _, which = words_in(pressed, WAITS).partition("/")
    shown_by = _SHOWN_BY.get(kind)
    return (
        None if shown_by is None else await shown_by(desk, session, known, Pressed(pressed.verb, {kind: which}), turn)
    )


async def of_posts(session: AsyncSession, known: Known, *, now: datetime) -> AsyncIterator[MyTask]:
    """Give each thing once: school by school, then what may be about several at once."""
    for school in known.schools:
        async for one in _at(session, known.person, school.id):
            yield one
    for proposal in await approving.waiting(session, known):
        line = f"An answer for everybody waits for your yes, since {moment(proposal.proposed_at)}."
        yield _waits(line, f"Show answer {proposal.number}", f"proposal/{proposal.number}")
    for imported, count in await policy_changes.waiting(session, known):
        line = f"A policy has a new version: {_counted(count, 'answer')} to look at."
        yield _waits(line, f"Show changes {imported}", f"imported/{imported}")
    for place, (lot, count) in enumerate((await letting_go.waiting(session, known)).items(), 1):
        line = f"{_counted(count, 'closed case')} at the end of the period: keep or let go?"
        yield _waits(line, f"Keep or let go {place}", f"lot/{lot}")
    if await doubting.waits(session, known, now=now):
        yield _waits("Deletion waits for your word that today's date is right.", "Look at the date", "day/")


async def _at(session: AsyncSession, person: Person, school_id: int) -> AsyncIterator[MyTask]:
    for review in await reviews.waiting(session, school_id):
        for one in _of_review(review, person):
            yield one
    for plan in await plan_file.open_at(session, school_id):
        words = await _of_plan(session, plan, person)
        if words:
            line = f"Photo event, plan {plan.number}: {words}."
            yield MyTask(line, f"Show plan {plan.number}", Verb.PLAN_SHOW, (("plan", plan.number),))
    for each in await withdrawals.unsettled(session, school_id):
        wanted = await recording.wanted(session, each, person)
        if wanted:
            line = f"A family's withdrawal, reported {moment(each.reported_at)}: {' and '.join(wanted)}."
            yield _waits(line, f"Show withdrawal {each.number}", f"withdrawal/{each.number}")
    for told in await refreshes.unsettled(session, school_id):
        line = await refreshing.wanted(session, told, person)
        if line:
            yield _waits(line, f"Show form {told.number}", f"refresh/{told.number}")


def _of_review(review: Review, person: Person) -> Iterator[MyTask]:
    asked, number, holds = moment(review.opened_at), review.number, review.role in person.roles_at(review.school_id)
    match review.kind:
        case ReviewKind.ESCALATION if escalating.may_answer(review, person):
            line = f"A question waits for an answer, asked {asked}."
            yield MyTask(line, f"Show question {number}", Verb.ESCALATION_SHOW, (("escalation", number),))
        case ReviewKind.PERMISSION if holds:  # a head's own event is the head's own decision
            line = f"A permission waits for a decision, asked {asked}."
            yield MyTask(line, f"Show permission {number}", Verb.PERMISSION_SHOW, (("request", number),))
        case ReviewKind.REVIEW if holds and review.state is ReviewState.OPEN and review.asker_id != person.id:
            yield _waits(
                f"An answer is to be looked at again, asked {asked}.", f"Show review {number}", f"review/{number}"
            )
        case _:
            return


async def _of_plan(session: AsyncSession, plan: Plan, person: Person) -> str:
    if plan.owner == person.id:
        return _OWN_PLAN.get(plan.state, "")
    owner = await people.by_id(session, plan.owner) if plan.state is State.AWAITING else None
    approvers = () if owner is None else await approvers_of(session, plan.school_id, owner)
    return "it waits for the school's check" if person.id in {one.id for one in approvers} else ""


def _waits(line: str, title: str, which: str) -> MyTask:
    return MyTask(line, title, Verb.WAITING_SHOW, ((WAITS, which),))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
