"""Colleagues whom a request seems to be by or about: they must not be the ones who see what is in it (domain 8)."""

from collections.abc import Iterable, Mapping
from typing import Final

from dialogs.casework.staff import Staff
from policy.incident.concerned import seems_about
from policy.spelling import parts

_ASKS: Final = frozenset(
    {("asks", "for"), ("asked", "for"), ("asking", "for"), ("would", "like"), ("wants",), ("requests",), ("requested",)}
)


def named_in(text: str, staff: Staff) -> frozenset[int]:
    """Return the ids of colleagues whom first words seem to be by or about; being told or asked is no part in it."""
    said, names = parts(text), _names(staff)
    asking = {person for person, name in names.items() if _asks(said, parts(name))}
    return seems_about(text, names=names, holders={}) | asking


def named_as(who: Iterable[str], staff: Staff) -> frozenset[int]:
    """Return the ids of colleagues whom the intake names, in full, as asking or as asked about."""
    said = [parts(one) for one in who]
    return frozenset(
        person for person, name in _names(staff).items() if any(_holds(words, parts(name)) for words in said)
    )


def _names(staff: Staff) -> Mapping[int, str]:
    return {person.id: person.display_name for person in staff.known.values()}


def _asks(words: list[str], name: list[str]) -> bool:
    """Whether that person asks for something: the name in full, and right after it that they do."""
    size = len(name)
    after = [words[at + size :] for at in range(len(words)) if size > 1 and words[at : at + size] == name]
    return any(bool({tuple(rest[:1]), tuple(rest[:2])} & _ASKS) for rest in after)


def _holds(words: list[str], name: list[str]) -> bool:
    size = len(name)
    return size > 1 and any(words[at : at + size] == name for at in range(len(words) - size + 1))
