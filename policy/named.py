"""Whether a text that is for everybody names a pupil: first and last name side by side, however they are written."""

import re
from collections.abc import Iterable
from typing import Final

from policy.names import Roll
from policy.spelling import APOSTROPHES, plain

_POSSESSIVE: Final = re.compile(rf"[{APOSTROPHES}]s?\W*$")
_MOST_PARTS: Final = 3  # words of a first or a last name: "Mary Jane van Dijk"


def names_in(texts: Iterable[str], roll: Roll) -> bool:
    """Whether any of the texts holds a pupil's whole name. A first name alone may be anybody's."""
    full = {
        plain(f"{first}{pupil.last_name}")
        for pupil in roll.pupils
        for first in (pupil.legal_first_name, pupil.preferred_first_name)
        if first and pupil.last_name
    }
    return any(run in full for text in texts for run in _runs(text))


def _runs(text: str) -> Iterable[str]:
    """Give every run of a few words as one, as the roll's names are compared."""
    words = [plain(_POSSESSIVE.sub("", word)) for word in text.split()]
    for begin in range(len(words)):
        for end in range(begin + 2, min(begin + 2 * _MOST_PARTS, len(words)) + 1):
            yield "".join(words[begin:end])
