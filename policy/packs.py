"""A school's switches and their strict defaults (clauses.md section 8): one frozen value, read once."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from hashlib import sha256

from policy.digest.occasion import DigestAt
from policy.quiet_hours import QuietHours
from policy.retention import Periods


class Pack(StrEnum):
    """A source policy that a school has adopted."""

    PHOTO = "PHOTO"
    ONLINE = "ONLINE"
    DP = "DP"


class PersonalDevice(StrEnum):
    """`images.personal_device` (C1)."""

    NEVER = "never"
    HT_EXCEPTION = "ht_exception"  # a camera only, never a phone (PHOTO-7.6)
    DOWNLOAD_THEN_DELETE = "download_then_delete"  # ONLINE-4.3-g


class Age12(StrEnum):
    """`consent.age12` (C2)."""

    BOTH = "both"
    PUPIL_ONLY = "pupil_only"
    PARENT_ONLY = "parent_only"


class ConsentCycle(StrEnum):
    """`consent.cycle`: how long a family's answers last (C7)."""

    JOINING_PLUS_ANNUAL = "joining_plus_annual"
    JOINING_ONLY = "joining_only"  # for the ONLINE and DP packs: PHOTO-4.9 ends every form with the school year


class EducationBasis(StrEnum):
    """`education.basis` (C11)."""

    FORM_ON_FILE = "form_on_file"
    EXPRESS = "express"
    PUBLIC_TASK = "public_task"


class FamilyFilming(StrEnum):
    """`events.family_filming` (C6)."""

    PER_EVENT_DECISION = "per_event_decision"
    ALLOWED_BY_POLICY = "allowed_by_policy"


class PublishedCopies(StrEnum):
    """`withdrawal.published`: what becomes of copies that are out when a family withdraws (C12, PHOTO-9.6)."""

    DPO_DECIDES = "dpo_decides"
    TAKE_DOWN = "take_down"


@dataclass(frozen=True, slots=True)
class SchoolRules:
    """The packs in force and every switch, at its strict default."""

    packs: frozenset[Pack] = frozenset(Pack)
    personal_device: PersonalDevice = PersonalDevice.NEVER
    age12: Age12 = Age12.BOTH
    consent_cycle: ConsentCycle = ConsentCycle.JOINING_PLUS_ANNUAL
    education_basis: EducationBasis = EducationBasis.FORM_ON_FILE
    family_filming: FamilyFilming = FamilyFilming.PER_EVENT_DECISION
    published_copies: PublishedCopies = PublishedCopies.DPO_DECIDES
    quiet_hours: QuietHours = field(default_factory=QuietHours)  # reminders that can wait are kept until the morning
    digest_at: DigestAt = field(default_factory=DigestAt)  # the headteacher's week (domain 9)
    second_approval: bool = False  # the DPO's answer for everybody waits for a second pair of eyes
    list_stale_after_days: int = 30  # "the list is N days old" on every answer past it
    retention: Periods = field(default_factory=Periods)  # how long what is kept

    @property
    def cycle_in_force(self) -> ConsentCycle:
        """How long answers last: beyond the academic year only where no policy in force ends them with it (C7)."""
        return ConsentCycle.JOINING_PLUS_ANNUAL if Pack.PHOTO in self.packs else self.consent_cycle  # PHOTO-4.9

    @property
    def forms_last(self) -> bool:
        """Whether answers outlive the academic year."""
        return self.cycle_in_force is ConsentCycle.JOINING_ONLY

    @property
    def version(self) -> str:
        """A short mark of these very settings, noted with every answer that rested on them."""
        return _mark(self)


@cache
def _mark(rules: SchoolRules) -> str:
    values = [getattr(rules, each.name) for each in fields(rules)]
    said = [sorted(value) if isinstance(value, frozenset) else value for value in values]
    return sha256(repr(said).encode()).hexdigest()[:12]
