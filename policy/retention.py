"""What is kept for how long, counted from when, and why: pure, and the one place where a period is written down.

The three policies give one period themselves, for leavers (ONLINE-4.3-b); for the rest they point to the school's own
records policy (PHOTO-9.1, DP-11.1, BREACH-3.14). So the periods are settings, and these are their proposals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from policy.clocks.local_time import london, zone
from policy.clocks.months import months_on

OUTER_LIMIT: Final = 12  # months after which nothing of a leaver stays, whatever a school sets (ONLINE-4.3-b, C4)
NOTICE: Final = timedelta(days=30)  # so long before a case's period ends the DPO is asked [S]
REGRETS: Final = timedelta(days=7)  # so long after the DPO lets a case go it can still be kept [S]
KEPT_ON: Final = 12  # months until the DPO is asked again about a case that was kept [S]


class Kind(StrEnum):
    """What goes by age, in the order in which a run takes it: what points at a row goes before the row."""

    REPLIES = "replies"
    DELIVERIES = "deliveries"
    CHOICES = "choices"  # questions of the bot's own
    FORMS = "forms"  # sent or left
    CASES = "closed cases"
    WORDS = "words of questions"
    QUESTIONS = "questions"
    LETTER_WORDS = "words of letters"
    LETTERS = "letters"
    ANSWERS = "retired answers"
    PERMISSIONS = "permissions"
    DIGESTS = "digest counts"
    PUPILS = "pupils who left"
    STAFF = "staff who left"


class Why(StrEnum):
    """Why something stays although its period is over."""

    HOLD = "legal hold"  # SAR-8.1.3, C17
    OPEN = "still open"
    UNDECIDED = "for the DPO to decide"  # BREACH-3.14, domain 0
    RECORD = "part of a record that is kept"


@dataclass(frozen=True, slots=True)
class Periods:
    """What a trust sets (`retention.…`); all [S]."""

    questions_months: int = 12  # the words of a question, and why it was answered so (DP-11.1)
    register_months: int = 36  # the line in the register that a question was asked, and what the bot wrote (PHOTO-4.6)
    letters_months: int = 12  # what a letter says (DP-11.1)
    cases_years: int = 6  # then the DPO is asked; nothing of a case goes by itself (BREACH-3.14)
    leavers_months: int = OUTER_LIMIT  # a pupil's rows after the last day; never more (ONLINE-4.3-b, C4)
    staff_months: int = 12  # a member of staff without any role (DP-11.1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One period. Either `days`, or months: the field of Periods that holds them, times `each`."""

    since: str
    basis: str
    days: int = 0
    months: str = ""
    each: int = 1


RULES: Final[Mapping[Kind, Rule]] = MappingProxyType(
    {
        Kind.REPLIES: Rule("the message", "DP-11.1", days=30),
        Kind.DELIVERIES: Rule("the delivery", "DP-11.1", days=30),
        Kind.CHOICES: Rule("its end", "DP-11.1", days=30),
        Kind.FORMS: Rule("the day it was sent or left", "DP-11.1", days=30),
        Kind.CASES: Rule("the day it was closed", "BREACH-3.14", months="cases_years", each=12),
        Kind.WORDS: Rule("the question", "DP-11.1", months="questions_months"),
        Kind.QUESTIONS: Rule("the question", "PHOTO-4.6", months="register_months"),
        Kind.LETTER_WORDS: Rule("the day it was written", "DP-11.1", months="letters_months"),
        Kind.LETTERS: Rule("the day it was written", "DP-11.1", months="register_months"),
        Kind.ANSWERS: Rule("the day it was retired", "DP-11.1", months="register_months"),
        Kind.PERMISSIONS: Rule("the day it was for", "PHOTO-4.6", months="register_months"),
        Kind.DIGESTS: Rule("its Monday", "DP-11.1", months="register_months"),
        Kind.PUPILS: Rule("the last day at school", "ONLINE-4.3-b, C4", months="leavers_months"),
        Kind.STAFF: Rule("the day the bot first saw them without a role", "DP-11.1", months="staff_months"),
    }
)


def ends_on(kind: Kind, began: date, periods: Periods) -> date:
    """Return the first day on which something of that age may go; London's days."""
    rule = RULES[kind]
    return months_on(began, _months(rule, periods)) if rule.months else began + timedelta(days=rule.days)


def last_due(kind: Kind, today: date, periods: Periods) -> date:
    """Return the latest day on which something may have begun that may go today."""
    rule = RULES[kind]
    if not rule.months:
        return today - timedelta(days=rule.days)
    day = months_on(today, -_months(rule, periods))
    while ends_on(kind, later := day + timedelta(days=1), periods) <= today:  # 28 February ends what 31 January began
        day = later
    return day


def due_before(kind: Kind, now: datetime, periods: Periods) -> datetime:
    """Return the instant: whatever began before it may go now, and nothing else."""
    if not RULES[kind].months:
        return now - timedelta(days=RULES[kind].days)
    after = last_due(kind, london(now).date(), periods) + timedelta(days=1)
    return datetime.combine(after, time(), zone()).astimezone(UTC)


def said(kind: Kind, periods: Periods) -> str:
    """Return a period in words: "12 months after the question"."""
    rule = RULES[kind]
    if not rule.months:
        return f"{rule.days} days after {rule.since}"
    number = getattr(periods, rule.months)
    unit = "year" if rule.each == 12 else "month"  # noqa: PLR2004  months of a year
    return f"{number} {unit}{'' if number == 1 else 's'} after {rule.since}"


def _months(rule: Rule, periods: Periods) -> int:
    return rule.each * int(getattr(periods, rule.months))
