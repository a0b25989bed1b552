"""What people ask for, who asks, and how it reaches a school (SAR-1.3, DP-12.1)."""

from enum import StrEnum
from typing import Final


class RequestKind(StrEnum):
    """The rights of domain 4, footage, and complaints: all in one register."""

    ACCESS = "access"
    CCTV = "cctv"  # somebody's own footage: an access request, never with a fee (CCTV-7.7, CCTV-11.2)
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"
    AUTOMATED = "automated"  # decisions made by machine (DP-12.1.7)
    MARKETING = "marketing"  # opting out of it
    COMPLAINT = "complaint"  # about how personal data was handled (DPA 2018 s.164A)
    RELEASE = "release"  # footage for police, insurers or the press: another road (domain 6)


class Requester(StrEnum):
    """Who asks, as the person who took the request sees it."""

    SELF = "self"  # an adult about themselves: a parent, a former pupil, anybody
    PUPIL = "pupil"  # about themselves
    STAFF = "staff"  # about themselves
    PARENT = "parent"  # about a child
    AGENT = "agent"  # a solicitor, a representative, another relative
    POLICE = "police"
    INSURER = "insurer"
    PRESS = "press"


class How(StrEnum):
    """How it came. A spoken request counts from the day it was spoken (C24)."""

    SPOKEN = "spoken"
    EMAIL = "email"
    LETTER = "letter"
    FORM = "form"
    MESSAGE = "message"  # a class app, social media
    OTHER = "other"


ACCESSES: Final = frozenset({RequestKind.ACCESS, RequestKind.CCTV})
RIGHTS: Final = frozenset(
    {
        *(RequestKind.RECTIFICATION, RequestKind.ERASURE, RequestKind.RESTRICTION),
        *(RequestKind.OBJECTION, RequestKind.PORTABILITY, RequestKind.AUTOMATED),
    }
)
MONTHLY: Final = ACCESSES | RIGHTS  # one month to answer (UK GDPR art. 12(3))
# Deletion is locked from receipt: what was asked for must still be there (SAR-8.1.3); "keep it" is what is asked for in
# a restriction (DP-12.11). An erasure is a matter of its own: a hold set for another request still stops it (C17).
HELD: Final = ACCESSES | {RequestKind.RESTRICTION, RequestKind.PORTABILITY, RequestKind.COMPLAINT}
# Kept but not used while it is considered (DP-12.11, DP-12.12.2).
RESTRICTED_MEANWHILE: Final = frozenset({RequestKind.RECTIFICATION, RequestKind.OBJECTION, RequestKind.RESTRICTION})
OUTSIDERS: Final = frozenset({Requester.POLICE, Requester.INSURER, Requester.PRESS})

KIND_LABELS: Final = {
    RequestKind.ACCESS: "To see or have a copy of what is held",
    RequestKind.CCTV: "To see footage of themselves",
    RequestKind.RECTIFICATION: "To put something right",
    RequestKind.ERASURE: "To have something deleted",
    RequestKind.RESTRICTION: "To keep it but not use it",
    RequestKind.OBJECTION: "To stop using it",
    RequestKind.PORTABILITY: "To take it elsewhere",
    RequestKind.AUTOMATED: "To have a person look at a machine's decision",
    RequestKind.MARKETING: "To get no more advertising",
    RequestKind.COMPLAINT: "A complaint about how data was handled",
    RequestKind.RELEASE: "Footage for police, an insurer or the press",
}
REQUESTER_LABELS: Final = {
    Requester.SELF: "An adult, about themselves",
    Requester.PUPIL: "A pupil, about themselves",
    Requester.STAFF: "A member of staff, about themselves",
    Requester.PARENT: "A parent or carer, about their child",
    Requester.AGENT: "Somebody for another person, such as a solicitor",
    Requester.POLICE: "The police",
    Requester.INSURER: "An insurer",
    Requester.PRESS: "The press",
}
HOW_LABELS: Final = {
    How.SPOKEN: "In person or on the phone",
    How.EMAIL: "By e-mail",
    How.LETTER: "On paper",
    How.FORM: "Through a form",
    How.MESSAGE: "In an app or on social media",
    How.OTHER: "Another way",
}
