"""What a term of reports shows: are they quicker, and does the same mistake come back? Never whose it was."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from policy.digest.wording import SMALL, counted, lines, sentence
from policy.understanding.breach_kinds import BreachKind

_MOST: Final = 2  # kinds that are named
_DAY: Final = 24.0
MISTAKES: Final[Mapping[str, str]] = {
    BreachKind.MISDIRECTED: "sent to the wrong person",
    BreachKind.LOST_DEVICE: "a device lost",
    BreachKind.LOST_PAPERS: "papers lost",
    BreachKind.ACCOUNT: "an account or a password",
    BreachKind.MALWARE: "harmful software",
    BreachKind.EXPOSED: "seen by people who shouldn't",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a breach or a near miss. `hours` from when it was noticed to when it was reported."""

    concerned: frozenset[int]
    at: datetime
    hours: float
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """The reports of this term and of the one before."""

    now: tuple[Report, ...] = ()
    before: tuple[Report, ...] = ()

    def seen_by(self, readers: Collection[int]) -> "Trend":
        """Return it without the reports in which a reader has a part."""
        return Trend(_open_to(self.now, readers), _open_to(self.before, readers))


def trend(known: Trend | None) -> tuple[str, ...]:
    """Say how many, how quick, and which mistake comes back. Fewer than three of anything say nothing (domain 9)."""
    if known is None or len(known.now) < SMALL:
        return ()
    return lines(sentence(_speed(known), _mistakes(known)))


def _speed(known: Trend) -> str:
    now, before = _half_within(known.now), _half_within(known.before)
    compare = f" ({before} last term)" if before else ""
    return f"this term {counted(len(known.now), 'report')}, half of them within {now} of being noticed{compare}"


def _half_within(reports: Sequence[Report]) -> str:
    if len(reports) < SMALL:
        return ""
    hours = sorted(one.hours for one in reports)[(len(reports) - 1) // 2]  # at least half took no longer
    if hours < 1:
        return "the hour"
    if hours <= _DAY:
        return counted(round(hours), "hour")
    return counted(round(hours / _DAY), "day")


def _mistakes(known: Trend) -> str:
    now, before = _by_kind(known.now), _by_kind(known.before)
    often = sorted(((kind, count) for kind, count in now.items() if count >= SMALL), key=lambda p: (-p[1], p[0]))
    said = [
        f"{MISTAKES[kind]} {count}" + (f" ({before[kind]} last term)" if before[kind] >= SMALL else "")
        for kind, count in often[:_MOST]
    ]
    return f"most often: {', '.join(said)}" if said else ""


def _by_kind(reports: Sequence[Report]) -> Counter[str]:
    return Counter(kind for one in reports for kind in one.kinds if kind in MISTAKES)


def _open_to(reports: Sequence[Report], readers: Collection[int]) -> tuple[Report, ...]:
    return tuple(one for one in reports if one.concerned.isdisjoint(readers))
