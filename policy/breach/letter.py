"""The letter to the people affected: four parts, none of which may be missing when it goes out (BREACH-4.11)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.breach.case import Breach
from policy.breach.decisions import Outcome
from policy.breach.events import Matter


class Part(StrEnum):
    """What the letter must tell, in plain words."""

    WHAT_HAPPENED = "what_happened"
    CONTACT = "contact"
    CONSEQUENCES = "consequences"
    MEASURES = "measures"


LABELS: Final[Mapping[Part, str]] = {
    Part.WHAT_HAPPENED: "What happened, in plain words",
    Part.CONTACT: "The DPO's name and how to reach them",
    Part.CONSEQUENCES: "What it may mean for them",
    Part.MEASURES: "What has been done, and what they can do",
}


def missing_parts(parts: Mapping[str, str] | None) -> tuple[Part, ...]:
    """Return the parts that are not written yet."""
    return tuple(part for part in Part if not (parts or {}).get(part, "").strip())


def must_be_told(breach: Breach) -> bool | None:
    """Whether the people affected are to be told each, as the DPO decided; None while that is open."""
    decision = breach.decisions.get(Matter.SUBJECTS)
    return None if decision is None else decision.outcome == Outcome.YES


def drafted(*, dpo: str, contact: str) -> dict[str, str]:
    """Begin a letter with what is known: the DPO's name and address. The other parts are for a person to write."""
    return {Part.CONTACT: f"{dpo}, {contact}"}
