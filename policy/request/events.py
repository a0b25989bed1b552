"""What can happen to a request: events are only ever added, and everything known about it is their sum."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Happened(StrEnum):
    """The kinds of event, with the keys of their data.

    Days in data (`on`, `received_on`, ...) are ISO dates, London's; `until` is an ISO instant in UTC. A place is an
    event's number in the history: the opening's is 1.
    """

    # With the keys of `kept.Details`; and own, true where whoever took it asks for their own data.
    OPENED = "opened"
    SAID = "said"  # text: further words of whoever took it
    DETAILS_CORRECTED = "details_corrected"  # any keys of `kept.Details`, and reason
    ACCEPTED = "accepted"  # by the DPO: it is a request
    NOT_A_REQUEST = "not_a_request"  # reason
    ASSIGNED = "assigned"  # person: who works on it for the DPO
    NOTED = "noted"  # text
    ROUTE_CONFIRMED = "route_confirmed"  # route, able ("yes", "no" or ""), doubt, conflict (bools), reason
    IDENTITY_ASKED = "identity_asked"  # on, doubt: why there is one (SAR-2.2)
    IDENTITY_SEEN = "identity_seen"  # on, documents (list of `Document` values), other: words for what is not listed
    AUTHORITY_ASKED = "authority_asked"  # on
    AUTHORITY_RECEIVED = "authority_received"  # on, covers: which data it names
    AUTHORITY_OVERRIDDEN = "authority_overridden"  # reason: none is waited for, and the clock never stopped
    FEE_ASKED = "fee_asked"  # on, ground, amount (pounds), reason
    FEE_PAID = "fee_paid"  # on
    CLARIFY_ASKED = "clarify_asked"  # on, text
    CLARIFY_ANSWERED = "clarify_answered"  # on, question (the asking's place), text
    EXTENDED = "extended"  # ground, reason, notice_sent_on, override (words, only after the last day for the notice)
    UNDONE = "undone"  # of (a place), reason
    TASK_SET = "task_set"  # task (number), kind, what, owner (person id)
    TASK_DONE = "task_done"  # task, found ("yes" or "no"), note
    TASK_CHASED = "task_chased"  # task: by hand; the bot's own chasers are NUDGED
    TASK_ESCALATED = "task_escalated"  # task: by hand
    NOTICE_SENT = "notice_sent"  # person: asked to delete nothing (SAR-8.1.3)
    NOTICE_CONFIRMED = "notice_confirmed"  # by that person
    THIRD_PARTY = "third_party"  # item (number), who, move, on, reason (SAR-7.2)
    EXEMPTION = "exemption"  # exemption, what, reason, dsl (bool: the safeguarding lead was asked)
    EFFORT = "effort"  # offer, reason: a copy would be out of proportion (SAR-7.4)
    HOLD_SET = "hold_set"  # reason
    HOLD_RELEASED = "hold_released"  # reason
    TICKED = "ticked"  # check, note
    REFUSED = "refused"  # ground, reasons, routes (list), sent_on, how
    RESPONDED = "responded"  # sent_on, how, explanation, withheld, proof
    COMPLAINT_ACKNOWLEDGED = "complaint_acknowledged"  # on, how
    COMPLAINT_ANSWERED = "complaint_answered"  # on, how, outcome, reason
    DECIDED = "decided"  # outcome, ground, exception, reason, authorised_by (words, footage only)
    CARRIED_OUT = "carried_out"  # on, what
    RECIPIENT_INFORMED = "recipient_informed"  # name ("" with "none"), outcome, on, reason (DP-12.13, DP-12.16)
    INVOLVED = "involved"  # person, part: their view of the case is suspended (domain 8)
    NO_LONGER_INVOLVED = "no_longer_involved"  # person, reason
    WITHDRAWN = "withdrawn"  # reason
    CLOSED = "closed"
    REOPENED = "reopened"  # reason
    SNOOZED = "snoozed"  # line, until
    SETTLED = "settled"  # line: done with this reminder
    NUDGED = "nudged"  # milestone: what was sent, so that it is sent once
    UNDELIVERABLE = "undeliverable"  # person, letter: somebody could not be reached
    PASSED_ON = "passed_on"  # person: the next in line stands in for somebody silent or out of reach


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, by whom (a person's id; None: the bot) and when (UTC)."""

    kind: Happened
    at: datetime
    actor: int | None
    data: dict[str, Any] = field(default_factory=dict)
