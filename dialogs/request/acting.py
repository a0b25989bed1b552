"""What is pressed on a request's cards by its DPO: shown, opened, drafted. Each is checked against the case."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.holding import forms_of
from dialogs.casework.tables import Table
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.request import case_file, drafting, telling
from dialogs.request.at_table import decides, sees_dates, table_of
from dialogs.request.refusing import refused_to
from dialogs.request.showing import LETTER
from dialogs.request.stepping import begin_step
from dialogs.thought import instead, reply
from policy.request.case import Request
from policy.request.letters import Letter
from policy.request.steps import Step
from storage import audit


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show the request as it is now: all of it to its DPO, the dates to the head."""
    opened = await at_the_table(session, known, number_in(pressed, "case"))
    if opened is None:
        return None
    request, at_table = opened
    return reply(telling.card_for(request, at_table, known.person.id, now=turn.now))


async def step(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see show
    """Open what was chosen under "What next?": a form, a letter, or for what needs no words, do it."""
    opened = await at_the_table(session, known, number_in(pressed, "case"))
    if opened is None:
        return None
    request, at_table = opened
    person = known.person.id
    if not decides(at_table, person):
        return instead(reply(telling.card_for(request, at_table, person, now=turn.now)))
    chosen = words_in(pressed, "step")
    if chosen.startswith(LETTER):
        return _letter(request, at_table, chosen.removeprefix(LETTER))
    if chosen not in set(Step):
        note_ = "Please choose what you want to do under “What next?”."
        return instead(reply(telling.card_for(request, at_table, person, now=turn.now, note=note_)))
    wanted = Step(chosen)
    refused = refused_to(request, wanted, at_table, person, turn)
    if refused is not None:
        return instead(reply(telling.card_for(request, at_table, person, now=turn.now, note=refused)))
    return await begin_step(session, known, request=request, at_table=at_table, step=wanted, turn=turn)


async def letter(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see show
    """Draft a letter from the case as it is now."""
    opened = await at_the_table(session, known, number_in(pressed, "case"))
    if opened is None or not decides(opened[1], known.person.id):
        return None
    return _letter(*opened, words_in(pressed, "letter"))


async def at_the_table(session: AsyncSession, known: Known, number: int) -> tuple[Request, Table] | None:
    """Return the request, held, if somebody may see any of it: a card proves nothing (domain 8)."""
    await forms_of(session, known.person.id)
    request = await case_file.read(session, number, hold=True)
    if request is None:
        return None
    at_table = await table_of(session, request)
    return (request, at_table) if sees_dates(at_table, known.person.id) else None


async def note(session: AsyncSession, request: Request, person: int, what: str, turn: Turn) -> None:
    """Write into the audit log who did it: no words of anybody's."""
    actor, case = f"person/{person}", f"case/{request.number}"
    await audit.record(session, actor, what, case, now=turn.now, school_id=request.school_id)


def _letter(request: Request, at_table: Table, name: str) -> Reply | None:
    return reply(drafting.card_of(request, at_table, Letter(name))) if name in set(Letter) else None
