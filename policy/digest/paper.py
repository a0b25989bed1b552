"""The governors' paper: the same ten sections as counts alone, in whole sentences of our own (domain 8, 9).

It goes further out than the head's card, so the strictest exclusions hold: no case number, no class, nothing of a case
in which the head, a governor or whoever asked for it has a part, and of online safety nothing that may be illegal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from policy.digest.cases import SOON, by_kind
from policy.digest.counts import Count, counts_of
from policy.digest.digest import Title
from policy.digest.pictures import AHEAD
from policy.digest.term_weeks import TermWeek
from policy.digest.trend import trend
from policy.digest.week import SchoolWeek
from policy.digest.wording import counted, lines, sentence
from policy.digest.work import policies, topics

NOTHING: Final = "Nothing to report."
LEFT_OUT: Final = (
    "Left out of every such paper, whether there is anything of the kind or not: names, and what cases, requests and "
    "questions are about; any case in which the headteacher, a governor or whoever asked for this paper has a part; "
    "safeguarding reasons; anything that may be illegal to hold; hidden cameras; and a cause with fewer than three."
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper says: its sections in order (title, lines), the term's weeks, and the counts for machines."""

    school: str
    code: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    weeks: tuple[TermWeek, ...]
    counts: Mapping[Count, int]


def paper_of(week: SchoolWeek, weeks: tuple[TermWeek, ...], *, readers: Collection[int]) -> Paper:
    """Write it. `readers` are all whose part in a case keeps the case out; `weeks` were counted without those too."""
    seen = week.seen_by(*readers)
    seen = replace(seen, incidents=tuple(one for one in seen.incidents if not one.is_illegal))
    counts: Mapping[Count, int] = {what: count for what, count in counts_of(seen).items() if what is not Count.ILLEGAL}
    said = {
        Title.BREACHES: _breaches(seen, counts),
        Title.REQUESTS: _requests(seen, counts),
        Title.CONSENT: _consent(seen, counts),
        Title.PHOTOGRAPHY: _photography(seen),
        Title.ONLINE: _online(seen, counts),
        Title.FOOTAGE: _footage(counts),
        Title.PEOPLE: _people(seen),
        Title.POLICIES: policies(seen),
        Title.BOT: _questions(seen, counts),
        Title.DECISIONS: _decisions(seen),
    }
    titles = {Title.DECISIONS: "Waiting for the headteacher's decision"}
    sections = tuple((titles.get(title, title.value), said[title]) for title in Title)
    return Paper(week.school, week.code, sections, weeks, counts)


def _breaches(week: SchoolWeek, counts: Mapping[Count, int]) -> tuple[str, ...]:
    count = counts[Count.BREACHES_OPEN]
    new = sum(one.is_new for one in week.breaches)
    late = sum(one.hours_left is not None and one.hours_left < 0 for one in week.breaches)
    undecided = sum(one.is_undecided for one in week.breaches)
    reviews = sum(one.review_is_late for one in week.breaches)
    return lines(
        sentence(f"{counted(count, 'suspected breach', 'suspected breaches')} open" if count else "", _new(new)),
        sentence(
            f"{late} past the 72 hours that the law gives for a report to the regulator" if late else "",
            f"{undecided} in which the DPO has yet to decide about that report" if undecided else "",
            f"{counted(reviews, 'review')} overdue" if reviews else "",
        ),
        *trend(week.trend),
    )


def _requests(week: SchoolWeek, counts: Mapping[Count, int]) -> tuple[str, ...]:
    open_ = [one for one in week.requests if one.is_open and not one.is_of_footage]
    count, due = counts[Count.REQUESTS_OPEN], [one.due for one in open_ if one.due is not None]
    late, soon = sum(day < week.today for day in due), sum(week.today <= day <= week.today + SOON for day in due)
    extended, waiting = sum(one.is_extended for one in open_), sum(one.is_waiting for one in open_)
    return lines(
        sentence(
            f"{counted(count, 'request')} open" if count else "",
            _new(sum(one.is_new for one in open_)),
            f"{soon} due within 14 days" if soon else "",
            f"{late} overdue" if late else "",
            f"{extended} with a longer period" if extended else "",
            f"{waiting} waiting for whoever asked" if waiting else "",
        )
    )


def _consent(week: SchoolWeek, counts: Mapping[Count, int]) -> tuple[str, ...]:
    known = week.consent
    if known is None:
        return ()
    missing = counts[Count.FORMS]
    return lines(
        sentence(
            f"{counted(missing, 'form')} about pictures still outstanding this year" if missing else "",
            f"answers changed for {counted(known.changed, 'pupil')} this week" if known.changed else "",
            "no list of consents has been brought in yet" if known.list_as_of is None else "",
        )
    )


def _photography(week: SchoolWeek) -> tuple[str, ...]:
    ahead = sum(one.is_ahead and one.on <= week.today + AHEAD for one in week.plans)
    waiting = sum(one.is_ahead and not one.is_approved for one in week.plans)
    late = sum(one.is_late or one.is_uncleared for one in week.plans)
    return lines(
        sentence(
            f"{counted(ahead, 'event')} with pictures in the next 14 days" if ahead else "",
            f"{waiting} not checked by the school yet" if waiting else "",
            f"pictures of {counted(late, 'event')} not moved off the camera in time" if late else "",
            f"{counted(week.in_force, 'permission')} of the headteacher's in force" if week.in_force else "",
        )
    )


def _online(week: SchoolWeek, counts: Mapping[Count, int]) -> tuple[str, ...]:
    count = counts[Count.INCIDENTS_OPEN]
    return lines(
        sentence(
            f"{counted(count, 'incident')} open" if count else "", _new(sum(one.is_new for one in week.incidents))
        ),
        sentence(by_kind(week.incidents)),
    )


def _footage(counts: Mapping[Count, int]) -> tuple[str, ...]:
    count = counts[Count.FOOTAGE_OPEN]
    return (sentence(f"{counted(count, 'request')} for footage open"),) if count else ()


def _people(week: SchoolWeek) -> tuple[str, ...]:
    known = week.people
    if known is None or not known.staff:
        return ()
    share = round(100 * known.active / known.staff)
    return (sentence(f"{share}% of staff asked a question or reported something this term"),)


def _questions(week: SchoolWeek, counts: Mapping[Count, int]) -> tuple[str, ...]:
    known = week.bot
    if known is None:
        return ()
    asked, late = counts[Count.QUESTIONS], counts[Count.ESCALATIONS_LATE]
    return lines(
        sentence(
            f"{counted(asked, 'question')} from staff this week" if asked else "",
            topics(known),
            f"{known.unanswered} that Ask DPO could not answer" if known.unanswered else "",
            f"{counted(late, 'question')} with the DPO for over 2 working days" if late else "",
        )
    )


def _decisions(week: SchoolWeek) -> tuple[str, ...]:
    waiting = len(week.permissions)
    return (sentence(counted(waiting, "permission")),) if waiting else ()


def _new(count: int) -> str:
    return f"{count} new this week" if count else ""
