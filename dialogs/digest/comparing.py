"""What was counted in the weeks before, without the cases in which a reader has come to have a part (domain 8)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.digest.gathering import gather_lines
from dialogs.digest.readers import Readers
from policy.digest.counts import Count, counts_of
from policy.digest.course import MOST
from policy.digest.occasion import WEEK
from storage import digests, term
from storage.cases import Entry
from storage.schools import School

# What names somebody in a case: a breach's or a request's event, and an incident's answers.
_NAMES: Final = ("involved", "facts")
_OF_CASES: Final = (
    Count.BREACHES_OPEN,
    Count.REQUESTS_OPEN,
    Count.FOOTAGE_OPEN,
    Count.INCIDENTS_OPEN,
    Count.ILLEGAL,
)
History = dict[tuple[int, int], dict[date, dict[str, int]]]  # by (school, person) and week


async def before(
    session: AsyncSession, schools: Sequence[School], *, staff: Mapping[int, Readers], week: date
) -> History:
    """Return what each reader was told in the weeks before one, less the cases that are not theirs to see by now.

    "One fewer than last week" would say that there is such a case. Weeks are counted again only for a school where
    somebody who reads, or whose post a reader was lent, was named in a case since.
    """
    span = {"since": week - MOST * WEEK, "before": week}
    numbers = [school.id for school in schools]
    history = await digests.counted(session, numbers, **span)
    sent_at = await digests.rounds(session, numbers, **span) if history else {}
    if not sent_at:
        return history
    named = await term.happened(session, numbers, _NAMES, after=min(sent_at.values()))
    for school in schools:
        if _persons(named.get(school.id, ())).isdisjoint(_readers(staff[school.id], school.id)):
            continue
        for (_, that_week), moment in (each for each in sent_at.items() if each[0][0] == school.id):
            again = (await gather_lines(session, [school], staff=staff, now=moment)).weeks.get(school.id)
            for (_, person), weeks in (each for each in history.items() if each[0][0] == school.id):
                if again is None:
                    weeks.pop(that_week, None)
                elif that_week in weeks:
                    counts, told = counts_of(again.seen_by(person)), weeks[that_week]
                    weeks[that_week] = told | {
                        what.value: min(told[what.value], counts[what]) for what in _OF_CASES if what.value in told
                    }
    return history


def _readers(readers: Readers, school_id: int) -> frozenset[int]:
    every = (*readers.heads, *readers.dpos)
    loans = (own.loans for person in every for own in person.memberships if own.school_id == school_id)
    return frozenset({*(person.id for person in every), *(giver for each in loans for _, giver in each)})


def _persons(entries: Iterable[Entry]) -> frozenset[int]:
    told = (entry.data.get("person") or entry.data.get("answers", {}).get("involved") or () for entry in entries)
    each = (one for named in told for one in (named if isinstance(named, list | tuple) else (named,)))
    return frozenset(int(one) for one in each if str(one).isdecimal())
