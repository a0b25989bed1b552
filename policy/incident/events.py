"""What can happen in an incident's case: events are only added, and none holds what was seen (domain 5)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Happened(StrEnum):
    """The kinds of event, with the keys of their data. Instants in data are ISO, in UTC."""

    OPENED = (
        "opened"  # kind, concerned (ids of whom it seems to be about), elsewhere (ids of the reporter's other schools)
    )
    MOVED = "moved"  # school_id: the reporter says at which of their schools it was
    MADE_ILLEGAL = "made_illegal"  # the reporter says that it may be illegal after all
    FACTS = "facts"  # answers: the form's, so far; sent (bool)
    SEEN = "seen"  # somebody at the table is on it
    EXTERNAL = "external"  # body, reference, at
    CPOMS = "cpoms"  # reference: the record itself lives there
    FILTER = "filter"  # reference of the report to the filter's provider
    TAGGED = "tagged"  # tag, policy_change (bool)
    BREACH = "breach"  # the breach route was opened beside it
    CLOSED = "closed"
    AUDITED = "audited"
    NUDGED = "nudged"  # milestone: what was sent, so that it is sent once
    PASSED_ON = "passed_on"  # person: the next in line has it too
    UNDELIVERABLE = "undeliverable"  # person


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, by whom (a person's id; None: the bot) and when (UTC)."""

    kind: Happened
    at: datetime
    actor: int | None
    data: dict[str, Any] = field(default_factory=dict)
