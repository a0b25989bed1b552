"""What can happen in a breach case: events are only ever added, and everything known about a case is their sum."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Happened(StrEnum):
    """The kinds of event, with the keys of their data. Instants in data are ISO, in UTC."""

    OPENED = "opened"  # words, kinds (BreachKind values), it, near_miss, workplace_open (bools)
    SAID = "said"  # text: further words of the reporter
    NOTICED = "noticed"  # at: when the reporter, or whoever told them, first noticed (C14)
    AWARE_CORRECTED = "aware_corrected"  # at, reason: by the DPO; the old time stays in the history
    FORM_A_OPENED = "form_a_opened"
    FORM_A_LEFT = "form_a_left"
    FORM_A_SIGNED = "form_a_signed"  # answers, near_miss (bool)
    WORKPLACE = "workplace"  # school_id: the reporter says that it happened at another of their schools
    ACKNOWLEDGED = "acknowledged"  # by_dpo (bool, true where left out): who sits in the DPO's seat
    ASKED = "asked"  # text: to the reporter
    ANSWERED = "answered"  # text: by the reporter
    TASK_SET = "task_set"  # task (number), what, owner (person id)
    TASK_DONE = "task_done"  # task, note
    NOTED = "noted"  # topic (an investigation prompt), text
    ANALYSED = "analysed"  # criteria: {criterion: {level, note}} for all five
    DECIDED = "decided"  # what (`Matter`), outcome, reason, details {name: text}
    LETTER_WRITTEN = "letter_written"  # parts: {part: text}: to the people affected (BREACH-4.11)
    SUBJECTS_TOLD = "subjects_told"  # at, how
    OTHERS_TOLD = "others_told"  # name, at, how
    FORM_B_SAVED = "form_b_saved"  # answers, final (bool): a version; the DPO's name and time are the event's
    ICO_SENT = "ico_sent"  # at, how, reference
    FOLLOWED_UP = "followed_up"  # at, text: a later part of a report in phases
    INVOLVED = "involved"  # person, part: "subject" or "accused"; their view of the case is suspended (domain 8)
    NO_LONGER_INVOLVED = "no_longer_involved"  # person, reason
    BREACH_AFTER_ALL = "breach_after_all"  # reason: a near miss did get out
    CHILD_AT_RISK = "child_at_risk"  # the safeguarding lead is told
    REVIEWED = "reviewed"  # cause, action, owner (person id or ""), due (date), done (bool)
    WITHDRAWN = "withdrawn"  # reason: not a breach; Form A is kept
    CLOSED = "closed"
    REOPENED = "reopened"  # reason; the clock goes on from the first T0
    NUDGED = "nudged"  # milestone: what was sent, so that it is sent once
    UNDELIVERABLE = "undeliverable"  # person, letter: somebody could not be reached
    PASSED_ON = "passed_on"  # person: the next in line stands in for somebody silent or out of reach


class Matter(StrEnum):
    """What is decided about a breach, by people and never by the bot (domain 2.6)."""

    ICO = "ico"
    SUBJECTS = "subjects"
    POLICE = "police"
    OTHERS = "others"  # other organisations, under a contract, each with a timer of its own
    OVERSEAS = "overseas"
    PRESS = "press"
    DSL = "dsl"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, by whom (a person's id; None: the bot) and when (UTC)."""

    kind: Happened
    at: datetime
    actor: int | None
    data: dict[str, Any] = field(default_factory=dict)
