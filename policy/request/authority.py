"""Who gets the answer: the table of domain 3.4, proposed from what is known. The DPO confirms, or says otherwise.

The age is that on the day of receipt. Every case is looked at on its own facts (SAR-6.7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.calendar import age_on
from policy.request.case import Request
from policy.request.kinds import OUTSIDERS, Requester

OF_AGE: Final = 12  # a guide, not a law, outside Scotland (SAR-6.5, SAR-6.6)


class Route(StrEnum):
    """To whom an answer goes."""

    SELF = "self"
    PARENT = "parent"
    CHILD = "child"  # nothing to the parent; the child may have it
    AGENT = "agent"
    NOBODY = "nobody"  # say that authority is missing; the subject is not contacted (SAR-6.2)
    SUBJECT = "subject"  # straight to whom it is about (SAR-6.3)
    DPO = "dpo"  # nothing is proposed: the DPO looks at the case


ROUTE_LABELS: Final[Mapping[Route, str]] = {
    Route.SELF: "Answer the person who asks",
    Route.PARENT: "Answer the parent",
    Route.CHILD: "Answer nothing to the parent; the child may have it",
    Route.AGENT: "Answer whoever acts for them",
    Route.NOBODY: "Answer nobody yet: say that a signed authority is missing",
    Route.SUBJECT: "Send it straight to whom it is about",
    Route.DPO: "The DPO decides, on the facts of the case",
}


class Whose(StrEnum):
    """Whose data it is."""

    YOUNG = "young"  # under 12
    OLDER = "older"  # a child or young person of 12 or over
    UNKNOWN_AGE = "unknown_age"
    ADULT = "adult"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table reads. `able`: whether a child understands their rights; None where nobody has said."""

    requester: Requester
    whose: Whose
    able: bool | None = None
    authority: bool = False
    doubt: bool = False  # a worry about whoever acts for them
    conflict: bool = False  # people who speak for the child disagree


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; None holds for anything."""

    requester: frozenset[Requester] | None
    whose: frozenset[Whose] | None
    route: Route
    why: str
    able: bool | None = None
    authority: bool | None = None
    doubt: bool | None = None
    conflict: bool | None = None

    def fits(self, facts: Facts) -> bool:
        """Whether the line is about such a case."""
        return (
            (self.requester is None or facts.requester in self.requester)
            and (self.whose is None or facts.whose in self.whose)
            and (self.able is None or facts.able is self.able)
            and (self.authority is None or facts.authority is self.authority)
            and (self.doubt is None or facts.doubt is self.doubt)
            and (self.conflict is None or facts.conflict is self.conflict)
        )


_R: Final = Requester
_OWN: Final = frozenset({_R.SELF, _R.STAFF})
_PUPIL: Final = frozenset({_R.PUPIL})
_PARENT: Final = frozenset({_R.PARENT})
_OTHERS: Final = frozenset({_R.AGENT, *OUTSIDERS})
_YOUNG: Final = frozenset({Whose.YOUNG})
_OLDER: Final = frozenset({Whose.OLDER})
_UNSURE: Final = frozenset({Whose.UNKNOWN_AGE})

# The first line that fits is proposed.
TABLE: Final[tuple[Row, ...]] = (
    Row(None, None, Route.DPO, "Those who speak for the child disagree (SAR-6.7).", conflict=True),
    Row(_OTHERS, None, Route.SUBJECT, "There is a worry about whoever acts (SAR-6.3).", doubt=True),
    Row(_PARENT, None, Route.SUBJECT, "There is a worry about whoever acts (SAR-6.3).", doubt=True),
    Row(_OTHERS, None, Route.AGENT, "A signed authority names the data (SAR-6.1).", authority=True),
    Row(_OTHERS, None, Route.NOBODY, "No signed authority has come (SAR-6.2).", authority=False),
    Row(_OWN, None, Route.SELF, "It is their own data (SAR-1.2)."),
    Row(_PUPIL, _OLDER, Route.DPO, "The pupil was found not to understand their rights yet (SAR-6.6).", able=False),
    Row(_PUPIL, _OLDER, Route.SELF, "A pupil of 12 or over asks for their own data (SAR-6.4, SAR-6.6)."),
    Row(_PUPIL, None, Route.DPO, "A younger pupil, or one whose age isn't known, asks (SAR-6.7)."),
    Row(
        _PARENT,
        _YOUNG,
        Route.PARENT,
        "The child understands their rights and agrees in writing.",
        able=True,
        authority=True,
    ),
    Row(
        _PARENT,
        _YOUNG,
        Route.CHILD,
        "The child understands their rights and has not agreed (SAR-6.6).",
        able=True,
        authority=False,
    ),
    Row(_PARENT, _YOUNG, Route.PARENT, "Under 12 a parent may ask as a rule (SAR-6.5)."),
    Row(_PARENT, _OLDER, Route.PARENT, "The child can't yet ask for themselves; keep why (SAR-6.5).", able=False),
    Row(_PARENT, _OLDER, Route.PARENT, "From 12 the child's written authority counts (SAR-6.6).", authority=True),
    Row(_PARENT, _OLDER, Route.CHILD, "From 12 the child's written authority is needed (SAR-6.6).", authority=False),
    Row(_PARENT, _UNSURE, Route.DPO, "The child's age isn't known: please add the date of birth."),
    Row(None, None, Route.DPO, "Nothing in the table fits (SAR-6.7)."),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table says; the DPO confirms it or not. `age` is that on receipt."""

    route: Route
    why: str
    age: int | None


def proposal(request: Request) -> Proposal:
    """Propose to whom the answer goes."""
    row = proposed(facts_of(request))
    return Proposal(row.route, row.why, _age(request))


def proposed(facts: Facts) -> Row:
    """Return the first line of the table that fits."""
    return next(row for row in TABLE if row.fits(facts))


def facts_of(
    request: Request, *, able: bool | None = None, doubt: bool | None = None, conflict: bool | None = None
) -> Facts:
    """Read a case for the table; what the DPO says now goes before what was confirmed earlier."""
    kept = request.confirmed
    requester = Requester(request.details.requester_kind or Requester.AGENT)
    came = request.authority is not None and request.authority.received_on is not None
    return Facts(
        requester,
        _whose(request, requester),
        able if able is not None or kept is None else kept.able,
        came,
        doubt if doubt is not None else kept is not None and kept.doubt,
        conflict if conflict is not None else kept is not None and kept.conflict,
    )


def _whose(request: Request, requester: Requester) -> Whose:
    if requester in _OWN:
        return Whose.ADULT
    age = _age(request)
    if age is None:
        return Whose.UNKNOWN_AGE
    return Whose.YOUNG if age < OF_AGE else Whose.OLDER


def _age(request: Request) -> int | None:
    born = request.details.born
    return None if born is None else age_on(born, request.details.received_on)
