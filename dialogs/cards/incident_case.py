"""An incident as whoever has it sees it: place, time, device and who was told; updated in place wherever it went."""

from dataclasses import dataclass

from dialogs.cards.case_parts import what_next
from dialogs.cards.elements import bold, bullets, card, execute, facts, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """A case in words."""

    case: int
    kind: str
    facts: tuple[tuple[str, str], ...]
    urgent: str = ""  # what to do at once, where it cannot wait
    missing: tuple[str, ...] = ()  # before it can be closed
    can_take: bool = False
    steps: tuple[tuple[str, str], ...] = ()  # (title, value) of what this reader may do next
    note: str = ""  # why this card came, or that an older one was pressed


def incident_case_card(shown: IncidentCard) -> Json:
    """Lay the case out."""
    actions = [
        *([execute("I am on it", Verb.INCIDENT_SEEN, case=shown.case)] if shown.can_take else []),
        *([execute("Open", Verb.INCIDENT_STEP, case=shown.case)] if shown.steps else []),
    ]
    return card(
        heading(f"Case {shown.case}: an online-safety report"),
        *([said(bold(shown.note), spacing="Small")] if shown.note else []),
        said(bold(shown.kind), spacing="Small"),
        *([said(shown.urgent)] if shown.urgent else []),
        *facts(*shown.facts),
        *([text("Still needed before it is closed:"), *bullets(shown.missing)] if shown.missing else []),
        *([what_next(shown.steps)] if shown.steps else []),
        actions=actions,
    )


def incident_passed_card(*, case: int) -> Json:
    """Take the place of a case's card for somebody who does not have it any more."""
    return card(
        heading(f"Case {case} is with somebody else now"),
        text("There is nothing for you to do here."),
    )
