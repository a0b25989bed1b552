"""`my cases`: the open cases at whose table one sits, the tightest clock first; `inbox`: whatever else waits, too."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import asked_of_me, escalating, permitting, waiting
from dialogs.breach import acting as breaches
from dialogs.breach import case_file
from dialogs.breach.at_table import table_of
from dialogs.breach.showing import clock
from dialogs.breach.words import STATUSES
from dialogs.cards.my_cases import MyCase, inbox_card, my_cases_card
from dialogs.cards.verbs import Verb
from dialogs.cards.ways import ENTRY
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.incident import acting as incident_acting
from dialogs.incident import listing as incidents
from dialogs.known import Known
from dialogs.planning import acting as plans
from dialogs.pressed import words_in
from dialogs.request import acting as desk_of_requests
from dialogs.request import helping
from dialogs.request import listing as requests
from policy.breach.status import status_of
from policy.roles import Role
from storage import cases
from storage.cases import CaseKind

_MAY_SIT: Final = frozenset(Role) - {Role.STAFF, Role.OFFICE, Role.GOVERNOR, Role.WEB_EDITOR}
_HOURS: Final = timedelta(hours=72)
Show: TypeAlias = Callable[[Desk, AsyncSession, Known, Pressed, Turn], Awaitable[Reply | None]]

# What a list's value opens: the keys that the button of the same verb sends, in its order, and who answers it.
_SHOWN_BY: Final[Mapping[str, tuple[tuple[str, ...], Show]]] = {
    Verb.BREACH_SHOW: (("case",), breaches.show),
    Verb.REQUEST_SHOW: (("case",), desk_of_requests.show),
    Verb.INCIDENT_SHOW: (("case",), incident_acting.show),
    Verb.FORM_RESUME: (("draft",), filler.resume),
    Verb.TASK_SHOW: (("case", "task"), asked_of_me.show),
    Verb.REQUEST_TASK: (("case", "task"), helping.task),
    Verb.REQUEST_KEEP: (("case",), helping.keep),
    Verb.PLAN_SHOW: (("plan",), plans.show),
    Verb.ESCALATION_SHOW: (("escalation",), escalating.show),
    Verb.PERMISSION_SHOW: (("request",), permitting.show),
    Verb.WAITING_SHOW: ((waiting.WAITS,), waiting.show),
}


async def card_of(session: AsyncSession, known: Known, turn: Turn) -> Json:
    """List the cases; one that concerns the reader is not there."""
    return my_cases_card(await _cases(session, known, turn))


async def whole(session: AsyncSession, known: Known, turn: Turn) -> Json:
    """List them with everything else that waits for the same person."""
    return inbox_card(await _cases(session, known, turn), await asked_of_me.tasks_of(session, known, now=turn.now))


async def chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Open what was chosen from a list, as its own button would: each looks at the presser itself."""
    verb, *values = words_in(pressed, ENTRY).split("/")
    if verb == Verb.WAITING_SHOW:  # one value, with a slash of its own
        values = ["/".join(values)]
    keys, show = _SHOWN_BY.get(verb, ((), None))
    if show is None or len(keys) != len(values):
        return None
    return await show(desk, session, known, Pressed(verb, dict(zip(keys, values, strict=True))), turn)


async def _cases(session: AsyncSession, known: Known, turn: Turn) -> list[MyCase]:
    theirs = [school.id for school in known.schools if known.person.roles_at(school.id) & _MAY_SIT]
    found = await _breaches(session, known.person.id, theirs, now=turn.now)
    found += await requests.mine(session, known.person.id, theirs, now=turn.now)
    found += await incidents.mine(session, known.person.id, theirs) if theirs else []
    return [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].case))]


async def _breaches(
    session: AsyncSession, person: int, school_ids: Collection[int], *, now: datetime
) -> list[tuple[datetime, MyCase]]:
    found = []
    for case in await cases.at_schools(session, school_ids, CaseKind.BREACH, only_open=True):
        breach = await case_file.read(session, case.number)
        if breach is None:
            continue
        at_table = await table_of(session, breach, now=now)
        if person in at_table.seats:
            line = f"{at_table.school}: {STATUSES[status_of(breach)]}. {clock(breach, now)}"
            found.append((breach.t0 + _HOURS, MyCase(breach.number, line)))
    return found
