"""Which day is meant. A day that cannot be read stays unclear: taking it for today could make a yes of a no."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.understanding.days import days
from policy.understanding.heard import When
from policy.understanding.spans import Found
from policy.understanding.undated import undated
from policy.understanding.words import Message, word_set

_NOT_THE_ACT: Final = word_set(
    """
    left leaves leaving joined joins joining starts started start starting arrived arrives born since moved moves
    turned turns taken took shot
    """
)
_SUBJECTS: Final = word_set("he she they who is was were are only just has had that us officially")
_LINKS: Final = word_set(
    """
    on in at the of from by for this last early late mid end here school us during back away out
    """
)


@dataclass(frozen=True, slots=True)
class Day:
    """The day found, and which words said it."""

    on: date
    when: When
    words: str = ""
    covered: frozenset[int] = frozenset()


def day(said: Message, today: date, names: frozenset[int] = frozenset()) -> Day:
    """Find the day on which the pictures are to be taken or used; today where none was said.

    Of several days the last counts, and of "in June" the last day: rules that end with the year or begin with a
    birthday are then kept. A day gone by counts as today, as publishing an old picture is an act of today. `names`
    are the places of words that are a child's name: "April Fenton".
    """
    read = days(said, today)
    found = [one for one in (*read, *undated(said, read, today)) if names.isdisjoint(range(one.start, one.end))]
    covered = frozenset(i for one in found for i in range(one.start, one.end))
    acts = [one for one in found if not one.gone and not (_aside(said.keys, one.start) and not _is_ahead(one, today))]
    unclear = next((one for one in acts if one.on is None), None)
    if unclear is not None:
        return Day(today, When.UNCLEAR, said.said(unclear.start, unclear.end), covered)
    ahead = [one.on for one in acts if one.on is not None]
    if not ahead:
        return Day(today, When.UNSAID, "", covered)
    return Day(max(*ahead, today), When.SAID, "", covered)


def _is_ahead(one: Found, today: date) -> bool:
    # "taken 6 September 2027": a day with its year that has yet to come cannot be the day of an old picture.
    return one.dated and one.on is not None and one.on > today


def _aside(keys: tuple[str, ...], start: int) -> bool:
    # "Stanley left in October", "she starts in January", "taken on 3 July": not the day of the act.
    at = start - 1
    while at >= 0 and keys[at] in _LINKS and start - at <= 5:  # noqa: PLR2004  a short clause
        at -= 1
    if at < 0 or keys[at] not in _NOT_THE_ACT or keys[at : at + 2] == ("start", "of"):
        return False
    return keys[at] != "starting" or (at > 0 and keys[at - 1] in _SUBJECTS)
