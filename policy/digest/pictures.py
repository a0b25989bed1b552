"""The digest's lines about consent and photography: counts by class, never whose form or why."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from policy.calendar import academic_year_ends, long_date
from policy.digest.counts import Count
from policy.digest.week import ConsentWeek, SchoolWeek
from policy.digest.wording import SMALL, codes, compared, counted, lines, sentence

AHEAD: Final = timedelta(days=14)
_MOST_CLASSES: Final = 6
_YEAR_ENDS_SOON: Final = frozenset({6, 7, 8})


def consent(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Forms outstanding by class, changes this week, how old the list is."""
    known = week.consent
    if known is None:
        return ()
    missing = counts[Count.FORMS]
    compare = compared(missing, before.get(Count.FORMS))
    first = f"{counted(missing, 'form')} outstanding{compare}" if missing or compare else ""
    ends = academic_year_ends(week.today)
    return lines(
        sentence(first, _by_class(known.outstanding)),
        sentence(
            f"answers changed for {counted(known.changed, 'pupil')}" if known.changed else "",
            _age(week, known),
            f"every form ends on {long_date(ends)}"
            if week.today.month in _YEAR_ENDS_SOON and not known.forms_last
            else "",
        ),
    )


def photography(week: SchoolWeek) -> tuple[str, ...]:
    """Events of the next two weeks, checks that wait, pictures not moved in time, permissions in force."""
    ahead = [one for one in week.plans if one.is_ahead and one.on <= week.today + AHEAD]
    waiting = [one.number for one in week.plans if one.is_ahead and not one.is_approved]
    late = [one.number for one in week.plans if one.is_late]
    uncleared = [one.number for one in week.plans if one.is_uncleared]
    return lines(
        sentence(
            f"{counted(len(ahead), 'event')} in the next 14 days" if ahead else "",
            f"not approved yet: {_plans(waiting)}" if waiting else "",
        ),
        sentence(
            f"pictures not moved in time: {_plans(late)}" if late else "",
            f"camera not cleared yet: {_plans(uncleared)}" if uncleared else "",
            f"stored pictures still to be deleted: {counted(week.undeleted, 'withdrawal')}" if week.undeleted else "",
            f"{counted(week.in_force, 'permission')} of yours in force" if week.in_force else "",
        ),
    )


def _by_class(outstanding: Mapping[str, int]) -> str:
    """Name the classes that miss most; one with a form or two is not named: everybody there knows whose."""
    named = sorted(((c, n) for c, n in outstanding.items() if n >= SMALL), key=lambda pair: (-pair[1], pair[0]))
    shown = named[:_MOST_CLASSES]
    return ", ".join(f"{name} {count}" for name, count in shown) + (
        ", the rest elsewhere" if shown and len(shown) < sum(1 for n in outstanding.values() if n) else ""
    )


def _age(week: SchoolWeek, known: ConsentWeek) -> str:
    if known.list_as_of is None:
        return "no list of consents was ever imported"
    days = (week.today - known.list_as_of).days
    if days < 0:  # a week gone by: a newer list has come since
        return ""
    old = f"the list is {counted(days, 'day')} old" if days else "the list is from today"
    if days > known.stale_after:
        return f"{old}: please have a new one imported"
    return old if known.outstanding or known.changed else ""


def _plans(numbers: list[int]) -> str:
    return codes(numbers).replace("case", "plan", 1)
