"""What may be withheld, how an answer may be refused, and what else the DPO chooses from. Each case by itself."""

from enum import StrEnum
from typing import Final

from policy.request.case import Request
from policy.request.kinds import Requester


class Exemption(StrEnum):
    """Reasons to withhold something (SAR-7.1; DPA 2018 Sch. 2 and 3)."""

    THIRD_PARTY = "third_party"
    SERIOUS_HARM = "serious_harm"
    CHILD_ABUSE = "child_abuse"
    PRIVILEGE = "privilege"
    REFERENCE = "reference"
    EXAM_SCRIPT = "exam_script"
    CRIME = "crime"
    OTHER = "other"


EXEMPTION_LABELS: Final = {
    Exemption.THIRD_PARTY: "It is about somebody else too",
    Exemption.SERIOUS_HARM: "It could do somebody serious harm",
    Exemption.CHILD_ABUSE: "Child protection, where showing it is not in the child's interest",
    Exemption.PRIVILEGE: "Legal advice",
    Exemption.REFERENCE: "A reference given in confidence",
    Exemption.EXAM_SCRIPT: "Exam scripts",
    Exemption.CRIME: "It would get in the way of solving a crime",
    Exemption.OTHER: "Something else",
}


class Ground(StrEnum):
    """Why a request is refused."""

    UNFOUNDED = "unfounded"
    EXCESSIVE = "excessive"
    IDENTITY = "identity"  # SAR-2.3
    AUTHORITY = "authority"  # SAR-6.2
    EXEMPT = "exempt"  # all of it
    DECIDED = "decided"  # another right, decided with a no


GROUND_LABELS: Final = {
    Ground.UNFOUNDED: "It is plainly unfounded",
    Ground.EXCESSIVE: "It is plainly excessive",
    Ground.IDENTITY: "We could not tell who is asking",
    Ground.AUTHORITY: "No signed authority has come",
    Ground.EXEMPT: "All of it may be withheld",
    Ground.DECIDED: "The right was looked at and doesn't reach this",
}


class Fee(StrEnum):
    """When a fee may be asked for (SAR-3.2, SAR-3.3)."""

    UNFOUNDED = "unfounded"
    EXCESSIVE = "excessive"
    REPEAT = "repeat"


FEE_LABELS: Final = {
    Fee.UNFOUNDED: "It is plainly unfounded",
    Fee.EXCESSIVE: "It is plainly excessive",
    Fee.REPEAT: "They have had the same copies before",
}


class Why(StrEnum):
    """Why two months more are taken (SAR-4.3)."""

    COMPLEX = "complex"
    SEVERAL = "several"


WHY_LABELS: Final = {Why.COMPLEX: "It is complex", Why.SEVERAL: "They have made several requests"}


class Offer(StrEnum):
    """What is offered where a copy would be out of proportion (SAR-7.4)."""

    VIEWING = "viewing"
    KEY_WORDS = "key_words"


OFFER_LABELS: Final = {
    Offer.VIEWING: "Come and look at it here",
    Offer.KEY_WORDS: "Give us key words to search for",
}


class To(StrEnum):
    """Where somebody can complain about an answer: every refusal names all three (UK GDPR art. 12(4))."""

    SCHOOL = "school"
    REGULATOR = "regulator"
    COURT = "court"


TO_LABELS: Final = {To.SCHOOL: "To us, the school", To.REGULATOR: "To the ICO", To.COURT: "To a court"}
_HARMFUL: Final = frozenset({Exemption.SERIOUS_HARM, Exemption.CHILD_ABUSE})
_ADULTS: Final = frozenset({Requester.SELF, Requester.STAFF})


def needs_safeguarding(request: Request, exemption: str) -> bool:
    """Whether the safeguarding lead is asked first: harm, and a child or perhaps a child (SAR-7.5)."""
    return exemption in _HARMFUL and request.details.requester_kind not in _ADULTS
