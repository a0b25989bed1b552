"""Whom a message is about: certain, a group, or still to be asked."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.records import Pupil

MOST_CANDIDATES: Final = 6  # as many buttons as a card shows well


class Asked(StrEnum):
    """What kind of answer settles a question about who."""

    PUPIL = "pupil"
    CLASS = "class"  # "my class": which one?


@dataclass(frozen=True, slots=True)
class NameAsk:
    """Words that may name a child, and the children they may mean: never settled without the asker."""

    heard: str  # as it was typed
    candidates: tuple[Pupil, ...] = ()  # best first, at most six; empty: nobody like that
    about: Asked = Asked.PUPIL


@dataclass(frozen=True, slots=True)
class Nobody:
    """No pupil and no group was named."""


@dataclass(frozen=True, slots=True)
class Pupils:
    """Pupils whom the words name exactly; never empty."""

    pupils: tuple[Pupil, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Classes, years or the whole school, and perhaps pupils named beside them."""

    label: str  # as a person says it back: "4L", "Year 4", "the whole school"
    classes: tuple[str, ...]  # class names as the school writes them
    also: tuple[Pupil, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """At least one name still has to be asked; nothing may be answered before that (domain 1.5 A0)."""

    asks: tuple[NameAsk, ...]
    found: tuple[Pupil, ...] = ()  # those named beside it, already certain
    group: Group | None = None


Who = Nobody | Pupils | Group | Unsure


def settled(found: tuple[Pupil, ...], group: Group | None, asks: tuple[NameAsk, ...]) -> Who:
    """Give the one form for what has been found so far: Unsure while anything is left to ask."""
    if asks:
        return Unsure(asks, found, group)
    if group is not None:
        return Group(group.label, group.classes, group.also + tuple(p for p in found if p not in group.also))
    return Pupils(found) if found else Nobody()
