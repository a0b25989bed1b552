"""Reads who is in the groups: everybody, those in groups within them too, and which of them may come in."""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.graph.client import Graph, GraphError
from policy.directory import Account, Fit, fit

_FIELDS: Final = "id,displayName,mail,userPrincipalName,accountEnabled,userType"
_USERS: Final = "transitiveMembers/microsoft.graph.user"
_GROUPS: Final = "transitiveMembers/microsoft.graph.group"

Progress = Callable[[int, int], None]  # groups read, groups in all


class GroupError(Exception):
    """A group could not be read; the message says which one and what to do."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the groups say."""

    members: Mapping[str, frozenset[str]]  # by group: the object ids of those who may come in
    accounts: Mapping[str, Account]  # by object id: those who may come in
    kept_out: Mapping[str, Fit]  # by object id: those who may not, and why


def quiet(_done: int, _all: int) -> None:
    """Show no progress."""


async def read(graph: Graph, groups: Collection[str], *, progress: Progress = quiet) -> Reading:
    """Read these groups, all of them or none. Raises GroupError."""
    members: dict[str, frozenset[str]] = {}
    accounts: dict[str, Account] = {}
    kept_out: dict[str, Fit] = {}
    for done, group in enumerate(sorted(groups)):
        progress(done, len(groups))
        try:
            found = [account async for account in _members(graph, group)]
        except GraphError as failed:
            raise GroupError(trouble(failed, group)) from failed
        fits = {account.object_id: fit(account) for account in found}
        members[group] = frozenset(one for one, how in fits.items() if how is Fit.IN)
        accounts |= {account.object_id: account for account in found if fits[account.object_id] is Fit.IN}
        kept_out |= {one: how for one, how in fits.items() if how is not Fit.IN}
    progress(len(groups), len(groups))
    if not accounts and Fit.UNTOLD in kept_out.values():
        raise GroupError(_UNTOLD)
    return Reading(members, accounts, kept_out)


async def within(graph: Graph, groups: Collection[str]) -> frozenset[str]:
    """Return these groups and every group within them. Raises GroupError."""
    found = set(groups)
    for group in sorted(groups):
        try:
            found |= {one async for one in _inner(graph, group)}
        except GraphError as failed:
            raise GroupError(trouble(failed, group)) from failed
    return frozenset(found)


def trouble(failed: GraphError, group: str) -> str:
    """Say what went wrong with a group, and what to do."""
    match failed.status:
        case 404:
            return f"There is no group {group} in this tenant. Check its object id in the file of ASKDPO_DIRECTORY."
        case 401 | 403:
            return (
                f"Graph does not let the bot read group {group} ({failed}). Grant it {' and '.join(NEEDED)}, "
                "as application permissions with admin consent: docs/install.md."
            )
        case 400:
            return f"Graph did not understand the question about group {group} ({failed}). Is it a group's object id?"
        case _:
            return f"Graph did not answer well about group {group} ({failed}). Nothing was changed; try again later."


NEEDED: Final = ("GroupMember.Read.All", "User.Read.All")
_UNTOLD: Final = (
    "Graph does not say whether accounts are in use, or guests' own, so nobody can be let in. "
    "Grant the bot User.Read.All, as an application permission with admin consent: docs/install.md."
)


async def _members(graph: Graph, group: str) -> AsyncIterator[Account]:
    path = f"/groups/{group}/{_USERS}?$select={_FIELDS}&$count=true&$top=999"
    async for page in graph.pages(path, eventual=True):
        for told in _values(page):
            yield _account(told)


async def _inner(graph: Graph, group: str) -> AsyncIterator[str]:
    path = f"/groups/{group}/{_GROUPS}?$select=id&$count=true&$top=999"
    async for page in graph.pages(path, eventual=True):
        for told in _values(page):
            yield _id(told)


def _values(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    values = page.get("value")
    if not isinstance(values, list) or not all(isinstance(each, dict) for each in values):
        raise GraphError(None, "Malformed")  # half a list would take roles away
    yield from values


def _account(told: Mapping[str, Any]) -> Account:
    enabled, kind = told.get("accountEnabled"), told.get("userType")
    return Account(
        object_id=_id(told),
        name=_text(told.get("displayName")),
        email=(_text(told.get("mail")) or _text(told.get("userPrincipalName"))).lower(),
        enabled=enabled if isinstance(enabled, bool) else None,
        kind=kind if isinstance(kind, str) else None,
    )


def _id(told: Mapping[str, Any]) -> str:
    object_id = told.get("id")
    if not isinstance(object_id, str) or not object_id.strip():
        raise GraphError(None, "Malformed")
    return object_id.strip().lower()


def _text(told: object) -> str:
    """Take a text, without what would steer a terminal."""
    return "".join(each for each in told if each.isprintable()).strip() if isinstance(told, str) else ""
