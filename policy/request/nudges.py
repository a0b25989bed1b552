"""What must be sent now, and when to look again: one reminder a person, however long nobody looked (domain 3.7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from policy.clocks.working_days import Division
from policy.quiet_hours import QuietHours
from policy.request.case import Request
from policy.request.ladder import Milestone, To
from policy.request.milestones import planned
from policy.request.nudge_words import words


@dataclass(frozen=True, slots=True)
class Nudge:
    """One reminder to one seat or person. `milestones` are all that it stands for, sent or passed over."""

    to: To
    person: int | None  # of `To.PERSON`
    milestones: tuple[str, ...]
    lines: tuple[str, ...]  # what can be put off or settled with it
    words: tuple[str, ...]  # a sentence or two each
    urgent: bool  # whether it is sent whatever the hour


def earned(
    request: Request, now: datetime, *, division: Division, quiet: QuietHours | None = None
) -> tuple[Nudge, ...]:
    """Return what is due and was not sent: at most one nudge to each, in the order of `To`.

    Of several of one kind the latest alone is said, the earlier ones count as sent with it; kinds that are due at once
    share the nudge. Whoever sends them adds a NUDGED event for each of `covered(nudges)` in the same transaction.
    """
    unsent = _unsent(request, now, division)
    due = sorted((one for one in unsent if _look(request, one, now, quiet) <= now), key=_order)
    latest = {one.line: one for one in due}
    reached = dict.fromkeys((to, _person(one, to)) for to in To for one in latest.values() if to in one.to)
    nudges = []
    for to, person in reached:
        said = {line: one for line, one in latest.items() if to in one.to and _person(one, to) == person}
        passed = (one.key for one in unsent if one.line in said and _order(one) <= _order(said[one.line]))
        told = dict.fromkeys(words(one, request, now, division=division) for one in said.values())
        urgent = not all(one.can_wait for one in said.values())
        nudges.append(Nudge(to, person, tuple(passed), tuple(said), tuple(told), urgent))
    return tuple(nudges)


def covered(nudges: Iterable[Nudge]) -> tuple[str, ...]:
    """Return the keys of everything that these nudges stand for, each once."""
    return tuple(dict.fromkeys(key for nudge in nudges for key in nudge.milestones))


def next_at(request: Request, now: datetime, *, division: Division, quiet: QuietHours | None = None) -> datetime | None:
    """When the sweep must look at this case again: at once, or before, where something is due. None: at nothing."""
    return min((_look(request, one, now, quiet) for one in _unsent(request, now, division)), default=None)


def _unsent(request: Request, now: datetime, division: Division) -> list[Milestone]:
    return [
        one
        for one in planned(request, now, division=division)
        if one.key not in request.nudged and one.line not in request.settled
    ]


def _look(request: Request, milestone: Milestone, now: datetime, quiet: QuietHours | None) -> datetime:
    """When it can be sent: a legal last day at its hour; the rest when it is no longer put off, and nobody is asleep.

    What was missed in an outage waits for the morning too.
    """
    if not milestone.can_wait:
        return milestone.due
    snooze = request.snoozed.get(milestone.line)
    at = milestone.due if snooze is None else max(milestone.due, snooze.until)
    if quiet is None:
        return at
    return quiet.wait(max(at, now))


def _order(milestone: Milestone) -> tuple[datetime, int]:
    return milestone.due, milestone.step


def _person(milestone: Milestone, to: To) -> int | None:
    return milestone.person if to is To.PERSON else None
