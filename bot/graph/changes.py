"""Asks Graph what has changed, where it offers that: a question of one page instead of reading every group."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from bot.graph.client import Graph, GraphError

_IN_ONE_FILTER: Final = 50  # ids, Graph's limit
_GONE: Final = 410  # the link is too old: read everything again


@dataclass(frozen=True, slots=True)
class News:
    """Whether anything that matters changed, and the links to ask with the next time."""

    changed: bool
    links: tuple[str, ...] = ()


async def begin(graph: Graph, groups: Collection[str]) -> tuple[str, ...]:
    """Return links that will tell what changes from now on; none where Graph does not offer them.

    Taken before the groups are read, so that nothing which changes meanwhile is missed.
    """
    filters = [" or ".join(f"id eq '{group}'" for group in some) for some in _batches(sorted(groups), _IN_ONE_FILTER)]
    asked = [f"/groups/delta?$select=members&$filter={some}&$deltatoken=latest" for some in filters]
    asked.append("/users/delta?$select=accountEnabled,userType&$deltatoken=latest")
    try:
        return tuple([(await _follow(graph, path))[1] for path in asked])
    except GraphError:
        return ()  # every group is then read every time, which is only slower


async def news(graph: Graph, links: Iterable[str], *, about: Collection[str]) -> News:
    """Say whether any of these groups or accounts changed. Raises GraphError where Graph does not answer."""
    changed, following = False, list[str]()
    for link in links:
        try:
            ids, onward = await _follow(graph, link)
        except GraphError as failed:
            if failed.status != _GONE:
                raise
            return News(changed=True)
        changed = changed or not ids.isdisjoint(about)
        following.append(onward)
    return News(changed, tuple(following))


async def _follow(graph: Graph, link: str) -> tuple[set[str], str]:
    """Give the ids of a delta and the link to the next one."""
    ids, onward = set[str](), ""
    async for page in graph.pages(link):
        values: Any = page.get("value")
        if not isinstance(values, list):
            raise GraphError(None, "Malformed")
        ids |= {str(each.get("id", "")).lower() for each in values if isinstance(each, dict)}
        onward = str(page.get("@odata.deltaLink", ""))
    if not onward:
        raise GraphError(None, "NoDeltaLink")
    return ids, onward


def _batches(ids: Iterable[str], size: int) -> Iterable[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some
