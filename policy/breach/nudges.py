"""What must be sent now, and when to look again: one reminder a person, however long nobody looked (domain 2.5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from policy.breach.case import Breach
from policy.breach.milestones import Milestone, To, planned
from policy.breach.nudge_words import words
from policy.quiet_hours import QuietHours


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder to one seat, or the reporter.

    `milestones` are all that it stands for, said or passed over, the latest last.
    """

    to: To
    milestones: tuple[str, ...]
    words: tuple[str, ...]  # a sentence or two each
    urgent: bool  # whether it is sent whatever the hour


def earned(breach: Breach, now: datetime, *, quiet: QuietHours | None = None) -> tuple[Nudge, ...]:
    """Return what is due and was not sent: at most one nudge to each, in the order of `To`.

    Of several of one kind the latest alone is said, the earlier ones count as sent with it; kinds that are due at once
    share the nudge. Whoever sends them adds a NUDGED event for each of `covered(nudges)` in the same transaction.
    """
    due = sorted((one for one in _unsent(breach, now) if _due(one, quiet, now) <= now), key=_order)
    latest = {one.line: one for one in due}
    return tuple(nudge for to in To if (nudge := _nudge(breach, to, due, latest.values(), now)) is not None)


def covered(nudges: Iterable[Nudge]) -> tuple[str, ...]:
    """Return the keys of everything that these nudges stand for, each once."""
    return tuple(dict.fromkeys(key for nudge in nudges for key in nudge.milestones))


def per_person(nudges: Iterable[Nudge], sitting: Mapping[To, Iterable[int]]) -> Mapping[int, Nudge]:
    """Return what each person is sent: whoever sits in two seats is reminded once, of all of it."""
    each: dict[int, Nudge] = {}
    for nudge in nudges:
        for person in dict.fromkeys(sitting.get(nudge.to, ())):
            each[person] = _joined(each[person], nudge) if person in each else nudge
    return each


def next_at(breach: Breach, now: datetime, *, quiet: QuietHours | None = None) -> datetime | None:
    """When the sweep must look at this case again: at once, or before, where something is due. None: at nothing."""
    return min((_due(one, quiet, now) for one in _unsent(breach, now)), default=None)


def _joined(first: Nudge, second: Nudge) -> Nudge:
    return Nudge(
        first.to,
        tuple(dict.fromkeys((*first.milestones, *second.milestones))),
        tuple(dict.fromkeys((*first.words, *second.words))),
        urgent=first.urgent or second.urgent,
    )


def _unsent(breach: Breach, now: datetime) -> list[Milestone]:
    return [one for one in planned(breach, now) if one.key not in breach.nudged]


def _due(milestone: Milestone, quiet: QuietHours | None, now: datetime) -> datetime:
    """Say when a milestone is sent: what can wait is not sent at night either, where nobody looked until then."""
    if quiet is None or not milestone.can_wait:
        return milestone.due
    return quiet.wait(max(milestone.due, now))


def _order(milestone: Milestone) -> tuple[datetime, int]:
    return milestone.due, milestone.step


def _nudge(
    breach: Breach, to: To, due: Iterable[Milestone], latest: Iterable[Milestone], now: datetime
) -> Nudge | None:
    said = [one for one in latest if to in one.to]
    if not said:
        return None
    lines = {one.line for one in said}
    return Nudge(
        to,
        tuple(one.key for one in due if one.line in lines),
        tuple(dict.fromkeys(words(one, breach, now) for one in said)),
        urgent=not all(one.can_wait for one in said),
    )
