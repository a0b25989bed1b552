"""Who is on duty: whom the bot alerts at each school now, and whose post is lent in the weeks to come."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.digest.readers import Readers
from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.roles import Role
from storage import handovers, people
from storage.handovers import Handover

_AHEAD: Final = timedelta(days=100)  # from June to the end of August
_POSTS: Final[Mapping[Role, str]] = {
    Role.DPO: "DPO",
    Role.HEADTEACHER: "headteacher",
    Role.DSL: "safeguarding lead",
}


def on_duty(readers: Readers) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the posts in the order in which a breach finds them, each with who holds it now."""
    holders = (readers.dpos, readers.heads, readers.leads)
    return tuple(
        (post, tuple(person.display_name for person in some))
        for post, some in zip(_POSTS.values(), holders, strict=True)
    )


async def lent(session: AsyncSession, school_ids: Collection[int], *, now: datetime) -> dict[int, tuple[str, ...]]:
    """Say by school which of those posts are lent, now or in the weeks ahead, in the words of a sentence."""
    found = [
        one
        for one in await people.standing(session, await handovers.at_schools(session, school_ids, after=now))
        if one.role in _POSTS and one.begins_at <= now + _AHEAD
    ]
    names: dict[int, str] = {}
    for one in found:
        for number in (one.deputy_id, one.giver_id):
            if number not in names and (person := await people.by_id(session, number)) is not None:
                names[number] = person.display_name
    told: dict[int, list[str]] = {}
    for one in found:
        told.setdefault(one.school_id, []).append(_said(one, names))
    return {school: tuple(sentences) for school, sentences in told.items()}


def _said(one: Handover, names: Mapping[int, str]) -> str:
    last = london(one.ends_at - timedelta(seconds=1)).date()
    return (
        f"{names.get(one.deputy_id, 'Somebody')} is {_POSTS[one.role]} for {names.get(one.giver_id, 'somebody')} "
        f"from {long_date(london(one.begins_at).date())} to {long_date(last)}."
    )
