"""The numbers of a week: what next week's digest is compared with, and the only thing that is kept of one."""

from collections.abc import Mapping
from enum import StrEnum

from policy.digest.week import SchoolWeek


class Count(StrEnum):
    """One number."""

    BREACHES_OPEN = "breaches_open"
    REQUESTS_OPEN = "requests_open"
    FOOTAGE_OPEN = "footage_open"
    FORMS = "forms_outstanding"
    PERMISSIONS = "permissions_waiting"
    INCIDENTS_OPEN = "incidents_open"
    ILLEGAL = "illegal_open"
    QUESTIONS = "questions"
    UNANSWERED = "unanswered"
    ESCALATIONS_LATE = "escalations_late"


def counts_of(week: SchoolWeek) -> Mapping[Count, int]:
    """Count a week as one reader sees it. What is not known is not there."""
    incidents = [one for one in week.incidents if one.is_open]
    requests = [one for one in week.requests if one.is_open]
    counts = {
        Count.BREACHES_OPEN: sum(one.is_open for one in week.breaches),
        Count.REQUESTS_OPEN: sum(not one.is_of_footage for one in requests),
        Count.FOOTAGE_OPEN: sum(one.is_of_footage for one in requests),
        Count.PERMISSIONS: len(week.permissions),
        Count.INCIDENTS_OPEN: sum(not one.is_illegal for one in incidents),
        Count.ILLEGAL: sum(one.is_illegal for one in incidents),
    }
    if week.consent is not None:
        counts[Count.FORMS] = sum(week.consent.outstanding.values())
    if week.bot is not None:
        counts[Count.QUESTIONS] = sum(week.bot.asked.values())
        counts[Count.UNANSWERED] = week.bot.unanswered
        counts[Count.ESCALATIONS_LATE] = week.bot.escalations_late
    return counts
