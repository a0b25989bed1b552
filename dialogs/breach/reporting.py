"""The first minute of a breach: the case exists and is told before any question is asked."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, form_a, telling
from dialogs.breach.holding import forms_of
from dialogs.cards.breach_first import (
    first_minute_card,
    still_open_card,
)
from dialogs.casework.files import entry
from dialogs.casework.tables import Table
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import own_question
from dialogs.thought import Asked, Ids, Thought, contract, instead, reply
from policy.breach.events import Event, Happened
from policy.breach.first_steps import CLAUSES, first_steps
from policy.breach.seats import Seat
from policy.breach.status import Status
from policy.roles import Role
from policy.understanding.breach_kinds import BreachKind, involves_it, kinds_of
from storage import audit, cases
from storage.cases import CaseKind
from storage.schools import School

_TOLD: Final = "The DPO and the headteacher have been told."
_TOLD_LEADER: Final = "The headteacher has been told, and stands in for the DPO here."
_POSTS: Final = {Seat.DPO: "the DPO", Seat.LEADER: "the headteacher"}
_ROLES: Final = {Seat.DPO: {Role.DPO}, Seat.LEADER: {Role.HEADTEACHER, Role.ACADEMY_LEADER}}
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
        breach = await form_a.case_of(session, draft) if draft.form == form_a.GUIDE else None
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
    await form_a.open_form(session, who, breach, turn)
    if is_new:
        await audit.record(
            session, f"person/{person.id}", "breach.opened", f"case/{number}", now=turn.now, school_id=school.id
        )
    steps = first_steps(kinds, near_miss=near_miss)
    return first_minute_card(case=number, steps=steps, told=_who_knows(at_table, school.id), near_miss=near_miss)


async def report(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Report what one asked about: the button under answers that a breach may stand behind."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    school = known.school(question.school_id)
    return reply(await begin(session, known, turn, school=school, text=question.text))


async def another(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see report
    """Open a case of its own for words that were added to one that was open."""
    breach = await form_a.own(session, known, pressed)
    if breach is None or not breach.said:
        return None
    school = known.school(breach.school_id) if known.is_at(breach.school_id) else known.schools[0]
    return instead(reply(await open_new(session, known, turn, school=school, text=breach.said[-1].text)))


def _who_knows(at_table: Table, school_id: int) -> str:
    """Say by post who has been told; whoever holds one and reports, or is concerned, has somebody in their place."""
    sits = {seat: [at_table.known[one] for one, seats in at_table.seats.items() if seat in seats] for seat in _POSTS}
    told = {seat: _POSTS[seat] for seat, people in sits.items() if people}
    stand_ins = {seat for seat in told if not any(one.roles_at(school_id) & _ROLES[seat] for one in sits[seat])}
    if not told:
        return _TOLD_NOBODY
    if stand_ins == {Seat.DPO} and sits[Seat.DPO] == sits[Seat.LEADER]:
        return _TOLD_LEADER
    posts = [f"whoever stands in for {post}" if seat in stand_ins else post for seat, post in told.items()]
    whole = " and ".join(posts)
    return f"{whole[0].upper()}{whole[1:]} {'have' if len(posts) > 1 else 'has'} been told."
