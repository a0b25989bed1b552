"""Whether a rule is about the same as a question about pictures: its use, or a circumstance of theirs.

A rule has a matter of its own where a third of the ways in which staff ask for it name one. Most have none: who must
agree, whose the pictures are. Those may stand under any question, but for one about colleagues' pictures.
"""

from collections import Counter
from datetime import date
from functools import cache
from typing import Final

from policy.images import Device, NameWanted, Photographer, Place, Use
from policy.library import Answer, library
from policy.names import Roll
from policy.understanding.heard import Heard
from policy.understanding.read import read

_SOME_DAY: Final = date(2026, 9, 1)  # which one does not matter: no use and no circumstance is read from a day
_NO_USE: Final = frozenset({Use.OTHER, Use.CONFERENCE})  # whatever is on no form: two of them need not be the same
_NO_LIVE: Final = "A8"
_LIVE: Final = frozenset({Use.LIVE.value})


def is_same_matter(answer: Answer, asked: Heard, *, row: str) -> bool:
    """Whether nothing speaks against it. `row` of the decision table said no: what is live is that, whatever else."""
    wanted, own = _LIVE if row == _NO_LIVE else _matters(asked), _own(answer.slug)
    if Use.STAFF.value in wanted and not own:
        return answer.clauses[0].document != "photography"  # its rules are about pupils, unless they say otherwise
    return not wanted or not own or not wanted.isdisjoint(own)


@cache
def _own(slug: str) -> frozenset[str]:
    answer = library().answer(slug)
    asks = () if answer is None else answer.asks
    roll = Roll.of(())
    named = Counter(one for ask in asks for one in _matters(read(ask, today=_SOME_DAY, roll=roll)))
    return frozenset(one for one, count in named.items() if 3 * count >= len(asks))


def _matters(heard: Heard) -> frozenset[str]:
    said = {use.value for use in (heard.uses or frozenset()) - _NO_USE}
    if heard.place is not Place.SITE:
        said.add(f"place {heard.place.value}")
    if heard.device is not Device.UNSAID:
        said.add(f"device {heard.device.value}")
    if heard.photographer is not Photographer.STAFF:
        said.add(f"by {heard.photographer.value}")
    if heard.name is not NameWanted.NONE:
        said.add(f"name {heard.name.value}")
    return frozenset(said | ({"distress"} if heard.distressing else set()))
