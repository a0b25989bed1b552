"""The digest's lines about people, policies and the bot's own work."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from policy.calendar import long_date
from policy.digest.counts import Count
from policy.digest.teams import least_heard
from policy.digest.week import BotWeek, SchoolWeek
from policy.digest.wording import compared, counted, groups, lines, sentence
from policy.documents.school_text import name_of
from policy.understanding.heard import Intent

REVIEW_AHEAD: Final = timedelta(days=60)
# Talk about the bot itself is no question.
NO_QUESTIONS: Final = frozenset({Intent.HELP, Intent.GREETING, Intent.STATUS})
_ABOUT: Final[Mapping[str, str]] = {
    Intent.PHOTO_PERMISSION: "about pictures",
    Intent.RESTRICTED_LIST: "about pictures",
    Intent.PLAN_EVENT: "about pictures",
    Intent.POLICY_QUESTION: "about the rules",
    Intent.DEADLINE_QUESTION: "about deadlines",
    Intent.SAR_RECEIVED: "about requests for data",
    Intent.RIGHTS_REQUEST: "about requests for data",
    Intent.COMPLAINT_RECEIVED: "about requests for data",
    Intent.CCTV_REQUEST: "about requests for data",
}


def people(week: SchoolWeek) -> tuple[str, ...]:
    """Give the share of staff who use it, and whom to have a word with."""
    known = week.people
    if known is None or not known.staff:
        return ()
    share = round(100 * known.active / known.staff)
    quiet = least_heard(known.teams)
    return (
        sentence(
            f"{known.active} of {known.staff} staff ({share}%) asked or reported since {_day(week)}",
            f"least heard from: {quiet}" if quiet else "",
        ),
    )


def policies(week: SchoolWeek) -> tuple[str, ...]:
    """Name the policies that are past their review, and those that are soon due (C16)."""
    past = [f"{name_of(document)} ({stated.said})" for document, stated in week.policies if stated.due < week.today]
    soon = [
        f"{name_of(document)} ({stated.said})"
        for document, stated in week.policies
        if week.today <= stated.due <= week.today + REVIEW_AHEAD
    ]
    return lines(
        sentence(f"past their review: {', '.join(past)}" if past else ""),
        sentence(f"review due within 60 days: {', '.join(soon)}" if soon else ""),
    )


def bot(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Questions by what they were about, and what the bot left undone."""
    known = week.bot
    if known is None:
        return ()
    asked, late = counts[Count.QUESTIONS], counts[Count.ESCALATIONS_LATE]
    compare = compared(asked, before.get(Count.QUESTIONS))
    return lines(
        sentence(f"{counted(asked, 'question')} this week{compare}" if asked or compare else "", topics(known)),
        sentence(
            f"{known.unanswered} I could not answer" if known.unanswered else "",
            f"{counted(late, 'question')} with the DPO for over 2 working days" if late else "",
            f"{counted(known.unhelpful, 'answer')} found unhelpful" if known.unhelpful else "",
            f"{counted(known.undeliverable, 'letter')} of mine could not be delivered" if known.undeliverable else "",
        ),
    )


def topics(known: BotWeek) -> str:
    """Count the week's questions by what they were about."""
    by: Counter[str] = Counter()
    for intent, count in known.asked.items():
        by[_ABOUT.get(intent, "")] += count
    other = by.pop("", 0)
    return groups(by, others="about other things", unnamed=other)


def _day(week: SchoolWeek) -> str:
    return "" if week.people is None else long_date(week.people.since)
