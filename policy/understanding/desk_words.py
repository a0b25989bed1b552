"""Whole messages that ask what there is to do for oneself: "what have I got to do?", "anything for me?"."""

import re
from typing import Final

_TASKS: Final = frozenset(
    {
        *("my tasks", "tasks", "my task", "my todo", "my to do", "my to do list", "to do list"),
        *("what have i got to do", "what do i have to do", "what do i need to do", "what must i do"),
        *("anything for me", "is there anything for me", "anything for me to do", "is there anything for me to do"),
        *("anything i need to do", "is there anything i need to do", "have i got anything to do"),
        *("what is asked of me", "whats asked of me", "what is waiting for me", "whats waiting for me"),
        *("what is on my list", "whats on my list", "show my tasks", "list my tasks", "what are my tasks"),
        *("what is left for me to do", "whats left for me to do", "do i have any tasks", "do i have anything to do"),
        *("do you need anything from me", "do you need something from me", "what do you need from me"),
    }
)
_REPORTS: Final = frozenset({"my reports", "what have i reported", "what did i report", "show my reports"})
_POLITE: Final = re.compile(r"^(?:hi|hello|hey|please|so|ok)\s+|\s+(?:please|today|now|thanks)$")
_OTHER: Final = re.compile(r"[^a-z ]+")


def asks_for_tasks(text: str) -> bool:
    """Whether somebody asks what there is for them to do."""
    return _plain(text) in _TASKS


def asks_for_reports(text: str) -> bool:
    """Whether somebody asks what they reported, and how far it is."""
    return _plain(text) in _REPORTS


def _plain(text: str) -> str:
    said = " ".join(_OTHER.sub(" ", text.casefold().replace("'", "").replace("\u2019", "")).split())
    return _POLITE.sub("", _POLITE.sub("", said))
