"""Form B, the report to the regulator: its pages, what is still to be filled, and what follows later (domain 2.3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from policy.breach.form_b_fields import ITEMS, Item, Star
from policy.forms import Answers, Field, Form, Page, is_missing, is_unknown

NOTIFY_WITHIN: Final = timedelta(hours=72)  # elapsed hours (BREACH-3.3, UK GDPR art. 33(1))
PAGES: Final = tuple(dict.fromkeys(item.page for item in ITEMS))


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Something the report promises for later (BREACH-5.4)."""

    field: Field
    expected_by: date | None


def is_late(aware: datetime, at: datetime) -> bool:
    """Whether a report going out at `at` needs its reason for the delay: later than 72 hours after T0 (FORMB-2d)."""
    return at - aware > NOTIFY_WITHIN


def form_b(*, late: bool, pages: Collection[str] = PAGES) -> Form:
    """Make the form, or some of its pages for the person who was given them (BREACH-5.3).

    The reason for a delay is asked for only where there is one.
    """
    asked = [item for item in ITEMS if item.page in pages and (late or item.star is not Star.LATE)]
    made = [Page(title, tuple(item.field for item in items)) for title, items in groupby(asked, lambda item: item.page)]
    return Form("form-b", "Report to the regulator (Form B)", tuple(made), send="Save")


def starred(answers: Answers, *, late: bool) -> tuple[Item, ...]:
    """Return the fields that must be filled before this report goes out."""
    return tuple(item for item in ITEMS if _is_starred(item, answers, late=late))


def starred_missing(answers: Answers, *, late: bool) -> tuple[Field, ...]:
    """Return the starred fields still to be filled.

    "Not known yet" with the day on which it will be known is filled; without a day it is not (BREACH-5.4).
    """
    return tuple(item.field for item in starred(answers, late=late) if _is_blank(item.field, answers))


def outstanding(answers: Answers) -> tuple[Outstanding, ...]:
    """Return what the regulator is still to be told, the soonest first and what has no day last."""
    left = [Outstanding(item.field, _day(answers, item)) for item in ITEMS if is_unknown(answers.get(item.field.name))]
    return tuple(sorted(left, key=lambda one: one.expected_by or date.max))


def _is_starred(item: Item, answers: Answers, *, late: bool) -> bool:
    match item.star:
        case Star.ALWAYS:
            return True
        case Star.LATE:
            return late
        case Star.AFTER_EARLIER:
            return item.field.is_asked(answers)
        case Star.NO:
            return False


def _is_blank(field: Field, answers: Answers) -> bool:
    value = answers.get(field.name)
    return is_missing(field, value) or (isinstance(value, str) and not value.strip())


def _day(answers: Answers, item: Item) -> date | None:
    value = answers[item.field.name]
    day = value.get("expected_by") if isinstance(value, dict) else None
    return date.fromisoformat(day) if day else None
