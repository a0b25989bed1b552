"""The records that the rules read: pupils, consents, restrictions and what a school has listed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from policy.documents.school_text import SchoolText


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil as the school's system knows them; nothing about safeguarding lives here."""

    id: int
    legal_first_name: str
    preferred_first_name: str  # empty where none was recorded
    last_name: str
    class_name: str
    year_group: str
    born: date
    joined_on: date
    left_on: date | None

    @property
    def first_name(self) -> str:
        """The name the pupil goes by."""
        return self.preferred_first_name or self.legal_first_name

    @property
    def display_name(self) -> str:
        """As shown to staff: preferred (else legal) first name and last name (contract 3)."""
        return f"{self.first_name} {self.last_name}"


class Capacity(StrEnum):
    """In what capacity somebody answered."""

    PARENT = "parent"
    PUPIL = "pupil"
    DETERMINED = "determined"  # the person the DSL found entitled to answer (PHOTO-4.12)


class Limit(StrEnum):
    """What a family may add to a yes; protective wishes look the same (domain 1.6.5)."""

    GROUP_ONLY = "group_only"  # never alone in the picture
    NO_NAME = "no_name"  # no name with it, whatever else was agreed


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer to one item, as it was given; later rows are added, none is changed (PHOTO-4.6)."""

    academic_year: str  # "2026/27"
    item: str  # "website_image", "upload_internal", "organisation:NAME", ...
    answer: bool
    given_by: str
    capacity: Capacity
    signed_on: date | None  # None where the form came back unsigned: it is incomplete
    effective_from: date | None
    withdrawn_on: date | None
    limits: frozenset[Limit] = frozenset()


class RestrictionState(StrEnum):
    """Whether the DSL has finished (PHOTO-6.2)."""

    PENDING = "pending"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the DSL decided, never why: the cause stays in the school's safeguarding system."""

    state: RestrictionState
    level: int | None  # 1 normal, 2 internal only, 3 nothing (PHOTO-6.3); None while pending or by court order
    court_order: bool  # PHOTO-5.10
    review_on: date | None


EVERYTHING: Final = "*"  # among the items of a withdrawal: every item of the form and every extra permission


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Answers that a family took back, whoever gave them (domain 1.8).

    They are No until everybody who has answered has signed anew after that day.
    """

    items: frozenset[str]  # of the form, kinds of permission, or EVERYTHING
    told_on: date  # the day on which the school was told here


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """Everything Stage B reads about one pupil."""

    pupil: Pupil
    consents: tuple[Consent, ...]  # oldest first, in the order they were recorded
    restriction: Restriction | None
    objection: bool = False  # "no photographs at all", open or upheld (DP-12.3)
    hold: bool = False  # legal hold on stored pictures (SAR-8.1.3)
    suspended_from: date | None = None  # circumstances changed: forms signed before it wait for a new one (PHOTO-4.9)
    withdrawals: tuple[Withdrawal, ...] = ()  # reported or recorded (PHOTO-4.10)


@dataclass(frozen=True, slots=True)
class Account:
    """A social media account the school has listed (PHOTO-B-soc)."""

    platform: str
    handle: str
    listed_from: date


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation named on a year's form (PHOTO-B-orgs)."""

    academic_year: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class SchoolRecords:
    """What Stage A reads: the school's own lists and the head's recorded permissions; no pupil."""

    accounts: tuple[Account, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    rounds_open: tuple[tuple[str, str], ...] = ()  # (academic year, organisation) with an additional-consent round open
    family_filming: frozenset[date] = frozenset()  # days for which the head said yes (PHOTO-3.1)
    permissions: frozenset[tuple[str, date]] = (
        frozenset()
    )  # ("live", "private_place", "personal_camera"; day), by the head
    texts: tuple[SchoolText, ...] = ()  # the school's own documents, which answers may quote
