"""What was written down about a request becomes what counts for its clock. Who takes an entry back adds an entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policy.clocks.pauses import Clarification
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar import SarEvents


class SarEntry(StrEnum):
    """Kinds of entry that move a date, and the one that takes another back."""

    RECEIVED = "received"
    IDENTITY_DOUBTED = "identity_doubted"
    IDENTITY_ASKED = "identity_asked"
    IDENTITY_RECEIVED = "identity_received"
    AUTHORITY_ASKED = "authority_asked"
    AUTHORITY_RECEIVED = "authority_received"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"
    CLARIFICATION_ASKED = "clarification_asked"
    CLARIFICATION_ANSWERED = "clarification_answered"
    EXTENDED = "extended"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class SarHappened:
    """One entry. `number` is its place in the history; `of` the entry that it answers or takes back."""

    number: int
    kind: SarEntry
    on: date
    of: int | None = None


def sar_events(history: Iterable[SarHappened]) -> SarEvents:
    """Add the history up, in whatever order it is handed over; of two entries of a kind the later one counts.

    Raises RefusedDatesError for an answer to no question, a second extension, or a history without receipt.
    """
    standing = _standing(history)
    days = {entry.kind: entry.on for entry in standing}  # in order, so the later one stays
    if SarEntry.RECEIVED not in days:
        raise RefusedDatesError("When was the request received? Nothing can be worked out without that day.")
    if sum(entry.kind is SarEntry.EXTENDED for entry in standing) > 1:
        raise RefusedDatesError("A request can be extended once only, by two months.")  # SAR-4.3
    return SarEvents(
        received=days[SarEntry.RECEIVED],
        identity_asked=days.get(SarEntry.IDENTITY_ASKED),
        identity_doubt=SarEntry.IDENTITY_DOUBTED in days,
        identity_received=days.get(SarEntry.IDENTITY_RECEIVED),
        authority_asked=days.get(SarEntry.AUTHORITY_ASKED),
        authority_received=days.get(SarEntry.AUTHORITY_RECEIVED),
        fee_asked=days.get(SarEntry.FEE_ASKED),
        fee_paid=days.get(SarEntry.FEE_PAID),
        clarifications=_clarifications(standing),
        extended=SarEntry.EXTENDED in days,
    )


def _standing(history: Iterable[SarHappened]) -> list[SarHappened]:
    """Entries that nobody took back; who takes back a taking back restores."""
    gone: set[int | None] = set()
    standing: list[SarHappened] = []
    for entry in sorted(history, key=lambda each: each.number, reverse=True):
        if entry.number in gone:
            continue
        if entry.kind is SarEntry.TAKEN_BACK:
            gone.add(entry.of)
        else:
            standing.append(entry)
    return standing[::-1]


def _clarifications(standing: list[SarHappened]) -> tuple[Clarification, ...]:
    asked = {entry.number: entry.on for entry in standing if entry.kind is SarEntry.CLARIFICATION_ASKED}
    answers = {entry.of: entry.on for entry in standing if entry.kind is SarEntry.CLARIFICATION_ANSWERED}
    if lost := next((on for of, on in answers.items() if of not in asked), None):
        raise RefusedDatesError(f"The clarification came on {lost}, but when was it asked for? Give that day too.")
    return tuple(Clarification(on, answers.get(number)) for number, on in asked.items())
