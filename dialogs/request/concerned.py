"""Colleagues whom a request seems to be by or about: they must not be the ones who see what is in it (domain 8)."""

from collections.abc import Iterable, Mapping

from dialogs.casework.staff import Staff
from policy.incident.concerned import seems_about
from policy.spelling import parts


def named_in(text: str, staff: Staff) -> frozenset[int]:
    """Return the ids of colleagues whom first words seem to be about; being told or asked is no part in it."""
    return seems_about(text, names=_names(staff), holders={})


def named_as(who: Iterable[str], staff: Staff) -> frozenset[int]:
    """Return the ids of colleagues whom the intake names, in full, as asking or as asked about."""
    said = [parts(one) for one in who]
    return frozenset(
        person for person, name in _names(staff).items() if any(_holds(words, parts(name)) for words in said)
    )


def _names(staff: Staff) -> Mapping[int, str]:
    return {person.id: person.display_name for person in staff.known.values()}


def _holds(words: list[str], name: list[str]) -> bool:
    size = len(name)
    return size > 1 and any(words[at : at + size] == name for at in range(len(words) - size + 1))
