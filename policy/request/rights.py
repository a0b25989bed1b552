"""The other rights, row by row (domain 4): what may be decided, on which grounds, and who is told. The DPO decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.request.kinds import RequestKind


class Outcome(StrEnum):
    """What a decision can come to."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Right:
    """One right. Grounds are what a yes rests on, exceptions what a no may; each a value and its words."""

    grounds: Mapping[str, str]
    exceptions: Mapping[str, str]
    clause: str
    tells_recipients: bool = False  # whoever had the data from us hears of it (DP-12.13, DP-12.16)
    needs_ground: bool = True
    needs_exception: bool = False  # whether a no must name one: other reasons are words


_NO_RIGHT: Final = {"none": "The right doesn't apply here"}
RIGHTS: Final[Mapping[RequestKind, Right]] = {
    RequestKind.RECTIFICATION: Right(
        {"inaccurate": "It is wrong", "incomplete": "Something is missing"},
        {"accurate": "It is right as it stands", "opinion": "It is somebody's view, and marked as such"},
        "DP-12.8",
        tells_recipients=True,
    ),
    RequestKind.ERASURE: Right(
        {
            "unneeded": "It is no longer needed for what it was collected for",
            "consent": "It rested on consent, and the consent is withdrawn",
            "objection": "An objection was upheld",
            "unlawful": "Having it is unlawful",
            "duty": "A law says that it must go",
        },
        {
            "expression": "Freedom of expression or information",
            "duty": "A legal duty, or a task in the public interest",
            "health": "Public health",
            "archive": "Archives, research or statistics",
            "claim": "A legal claim",
            **_NO_RIGHT,
        },
        "DP-12.15",
        tells_recipients=True,
        needs_exception=True,
    ),
    RequestKind.RESTRICTION: Right(
        {
            "rectification": "A correction is being considered",
            "objection": "An objection is being considered",
            "unlawful": "Having it is unlawful, and they want it kept",
            "claim": "We don't need it, and they do, for a claim",
        },
        _NO_RIGHT,
        "DP-12.12",
        tells_recipients=True,
    ),
    RequestKind.OBJECTION: Right(
        {"interest": "It rests on our interests", "task": "It rests on a public task"},
        {
            "compelling": "Strong reasons of ours outweigh it",
            "claim": "It is needed for a claim or a court case",
            **_NO_RIGHT,
        },
        "DP-12.3",
        needs_exception=True,
    ),
    RequestKind.PORTABILITY: Right(
        {"consent": "It rests on consent, and machines hold it", "contract": "It rests on a contract, and machines do"},
        _NO_RIGHT,
        "DP-12.18",
    ),
    RequestKind.AUTOMATED: Right(
        {"looked_at": "A person has looked at it again"},
        {"not_by_machine": "No machine decided it", **_NO_RIGHT},
        "DP-12.1.7",
    ),
    RequestKind.RELEASE: Right(
        {
            "crime": "Police, about a crime",
            "press_police": "Press, about one crime, with the police's written word",
            "claim": "Legal need, shown in writing",
            "order": "A court order",
        },
        _NO_RIGHT,
        "CCTV-7.3",
    ),
}


def unfinished(
    kind: RequestKind, *, outcome: str, ground: str, exception: str, reason: str, authorised_by: str
) -> str | None:
    """Say what a decision still lacks before it can be kept; None where it is whole."""
    right = RIGHTS[kind]
    if outcome not in set(Outcome):
        return "Please choose an outcome."
    if not reason.strip():
        return "Please give the reason: it is kept with the decision."
    if outcome != Outcome.NO and right.needs_ground and ground not in right.grounds:
        return "Please say what it rests on."
    if outcome != Outcome.YES and right.needs_exception and exception not in right.exceptions:
        return "Please say what stands against it."
    if kind is RequestKind.RELEASE and outcome != Outcome.NO and not authorised_by.strip():
        return "Please name who authorised it: outside the police that is the chief executive."  # CCTV-7.7
    return None
