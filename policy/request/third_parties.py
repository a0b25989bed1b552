"""Other people in the data: three rungs, one after another, each with its reason (SAR-7.2)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.request.kept import ThirdParty


class Rung(StrEnum):
    """What was found or done about one other person."""

    REDACTED = "redacted"  # nobody can tell who it is, from what is left either
    NOT_REDACTABLE = "not_redactable"
    CONSENT_ASKED = "consent_asked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_UNSUITABLE = "consent_unsuitable"  # asking would not be right
    DISCLOSED = "disclosed"  # weighed: reasonable without their consent
    WITHHELD = "withheld"


RUNG_LABELS: Final[Mapping[Rung, str]] = {
    Rung.REDACTED: "Blacked out: nobody can tell who it is",
    Rung.NOT_REDACTABLE: "Can't be blacked out",
    Rung.CONSENT_ASKED: "Asked for their consent",
    Rung.CONSENT_GIVEN: "They agree",
    Rung.CONSENT_REFUSED: "They don't agree, or don't answer",
    Rung.CONSENT_UNSUITABLE: "Asking them would not be right",
    Rung.DISCLOSED: "Shown all the same: that is reasonable here",
    Rung.WITHHELD: "Withheld",
}
_WEIGHED: Final = frozenset({Rung.DISCLOSED, Rung.WITHHELD})
_FIRST: Final = frozenset({Rung.REDACTED, Rung.NOT_REDACTABLE})
_AFTER: Final[Mapping[Rung, frozenset[Rung]]] = {
    Rung.NOT_REDACTABLE: frozenset({Rung.CONSENT_ASKED, Rung.CONSENT_UNSUITABLE, Rung.REDACTED}),
    Rung.CONSENT_ASKED: frozenset({Rung.CONSENT_GIVEN, Rung.CONSENT_REFUSED, Rung.REDACTED}),
    Rung.CONSENT_REFUSED: _WEIGHED | {Rung.REDACTED},
    Rung.CONSENT_UNSUITABLE: _WEIGHED | {Rung.REDACTED},
    Rung.DISCLOSED: frozenset({Rung.WITHHELD, Rung.REDACTED}),
    Rung.WITHHELD: frozenset({Rung.DISCLOSED, Rung.REDACTED}),
    Rung.CONSENT_GIVEN: frozenset({Rung.CONSENT_REFUSED}),  # somebody may think again
    Rung.REDACTED: frozenset({Rung.NOT_REDACTABLE}),  # a second look
}
_SETTLED: Final = _WEIGHED | {Rung.REDACTED, Rung.CONSENT_GIVEN}
NEEDS_REASON: Final = _WEIGHED | {Rung.CONSENT_UNSUITABLE, Rung.NOT_REDACTABLE}


def next_rungs(item: ThirdParty | None) -> frozenset[Rung]:
    """Return what may be said next about one person; None stands for one not on the list yet."""
    return _FIRST if item is None else _AFTER[Rung(item.last)]


def is_settled(item: ThirdParty) -> bool:
    """Whether nothing about this person is open."""
    return item.last in _SETTLED
