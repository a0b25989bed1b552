"""The five things that are weighed before anything is decided: each with a level and a note (BREACH-3.13, BREACH-4.7).

No score decides: the levels are the DPO's own words to themselves, and are never added up.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Criterion(StrEnum):
    """What is weighed."""

    TYPE_AND_VOLUME = "type_and_volume"
    SPECIAL_CATEGORY = "special_category"
    ACCESS = "access"
    SAFEGUARDS = "safeguards"
    DAMAGE = "damage"


class Level(StrEnum):
    """How much it weighs."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


LABELS: Final[Mapping[Criterion, str]] = {
    Criterion.TYPE_AND_VOLUME: "What information, and how much",
    Criterion.SPECIAL_CATEGORY: "Sensitive information in it",
    Criterion.ACCESS: "Chance that outsiders get to it",
    Criterion.SAFEGUARDS: "What protects it, encryption included",
    Criterion.DAMAGE: "Risk of damage or distress",
}
LEVELS: Final[Mapping[Level, str]] = {Level.LOW: "Low risk", Level.MEDIUM: "Medium risk", Level.HIGH: "High risk"}

Weighed = Mapping[str, Mapping[str, str]]  # {criterion: {"level": a Level, "note": words}}


def complete(weighed: Weighed | None) -> bool:
    """Whether all five have a level and a note."""
    return not unweighed(weighed)


def unweighed(weighed: Weighed | None) -> tuple[Criterion, ...]:
    """Return those that still need a level or a note."""
    return tuple(criterion for criterion in Criterion if not _is_weighed((weighed or {}).get(criterion)))


def _is_weighed(one: Mapping[str, str] | None) -> bool:
    return one is not None and one.get("level") in set(Level) and bool(one.get("note", "").strip())
