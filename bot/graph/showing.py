"""What a sync of staff would change, for people, as JSON and as CSV."""

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.exports.writing import Format, written
from bot.graph.planning import Plan
from policy.directory import Change, Fit, Move
from storage.people import roles_text

_COLUMNS: Final = ("change", "school", "object_id", "email", "display_name", "before", "after")


def as_text(plan: Plan) -> Iterator[str]:
    """Yield lines for a person: who joins, leaves and changes, school by school, and what else is worth knowing."""
    yield from (f"New school: {code}" for code in plan.new_schools)
    for school in sorted({change.school for change in plan.changes}):
        yield f"{school}:"
        yield from (_line(plan, change) for change in plan.changes if change.school == school)
    yield from _beside(plan)
    if plan.is_nothing:
        yield "Everything is as the groups say."


def _beside(plan: Plan) -> Iterator[str]:
    for one in plan.corrected:
        name, email = plan.who(one)
        yield f"New name or address: {name} <{email}>, before {plan.people[one].name} <{plan.people[one].email}>"
    yield from (f"Nobody will be {role} at {school}." for school, role in plan.vacancies)
    for one in plan.keeps:
        yield f"{plan.accounts[one].name} keeps {plan.accounts[one].email}: somebody else here has their new address."
    for one in plan.clashes:
        yield f"Left out: {one}, whose address belongs to somebody else here. askdpo import staff can settle it."
    yield from (f"Left out: {plan.kept_out[fit]} {words}" for fit, words in _KEPT_OUT.items() if fit in plan.kept_out)


def as_json(plan: Plan) -> Iterator[str]:
    """Yield one object."""
    whole = {
        "changes": [_record(plan, change) for change in plan.changes],
        "corrected": [_person(plan, one) for one in plan.corrected],
        "new_schools": list(plan.new_schools),
        "vacancies": [{"school": school, "role": role} for school, role in plan.vacancies],
        "left_out": {fit.value: number for fit, number in sorted(plan.kept_out.items())},
        "clashes": list(plan.clashes),
        "refusals": [{"why": one.why, "school": one.school, "words": one.words} for one in plan.refusals],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=2)


def as_csv(plan: Plan) -> Iterator[str]:
    """Yield a heading and a row a change."""
    records = [_record(plan, change) for change in plan.changes]
    rows = [[record[column] for column in _COLUMNS] for record in records]
    yield from written(_COLUMNS, rows, Format.CSV).decode().splitlines()


SHOWN: Final[Mapping[str, Callable[[Plan], Iterator[str]]]] = MappingProxyType(
    {"text": as_text, "json": as_json, "csv": as_csv}
)
_MARKS: Final = {Move.JOINS: "+", Move.LEAVES: "-", Move.CHANGES: "~"}
_KEPT_OUT: Final = {
    Fit.GUEST: "guest accounts.",
    Fit.DISABLED: "accounts that are not in use.",
    Fit.UNTOLD: "accounts of which Entra does not say whether they are members in use.",
    Fit.NAMELESS: "accounts without a name or an address.",
}


def _line(plan: Plan, change: Change) -> str:
    name, email = plan.who(change.object_id)
    before, after = (roles_text(roles).replace(";", ", ") for roles in (change.before, change.after))
    match change.move:
        case Move.JOINS:
            roles = after
        case Move.LEAVES:
            roles = f"no longer {before}"
        case Move.CHANGES:
            roles = f"{before} becomes {after}"
    return f"  {_MARKS[change.move]} {name} <{email}>: {roles}"


def _record(plan: Plan, change: Change) -> dict[str, Any]:
    roles = {"before": roles_text(change.before), "after": roles_text(change.after)}
    return {"change": change.move.value, "school": change.school, **_person(plan, change.object_id), **roles}


def _person(plan: Plan, object_id: str) -> dict[str, str]:
    name, email = plan.who(object_id)
    return {"object_id": object_id, "email": email, "display_name": name}
