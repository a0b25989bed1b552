"""The words of the photography rules: uses, media, places, devices, and what a person wants to do."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Use(StrEnum):
    """What a picture is for: the rows of the use catalogue (domain 1.4)."""

    IDENTITY = "identity"
    EDU_SITE = "edu_site"
    EDU_VISIT = "edu_visit"
    DISPLAY_AFTER = "display_after"
    WEBSITE = "website"
    SOCIAL = "social"
    MEDIA = "media"
    MARKETING = "marketing"
    ORG_OTHER = "org_other"
    UPLOAD_INTERNAL = "upload_internal"
    DOJO_PRIVATE = "dojo_private"
    DOJO_STORY = "dojo_story"
    EMAIL_PARENT = "email_parent"
    CLASS_PHOTO_SALE = "class_photo_sale"
    FAMILY_EVENT = "family_event"
    LIVE = "live"
    CONFERENCE = "conference"
    OTHER = "other"
    REUSE_PRINT = "reuse_print"
    EVIDENCE = "evidence"
    STAFF = "staff"


class Medium(StrEnum):
    """Stills and film are consented to separately (PHOTO-B)."""

    STILL = "still"
    VIDEO = "video"


class Place(StrEnum):
    """Where it happens, as far as the rules care."""

    SITE = "site"
    VISIT = "visit"
    PRIVATE = "private"  # toilets, changing rooms, pool (PHOTO-7.8)


class Device(StrEnum):
    """What takes the picture; any gadget with a lens is a camera (PHOTO-2.1)."""

    UNSAID = "unsaid"
    SCHOOL_CAMERA = "school_camera"
    SCHOOL_OTHER = "school_other"
    PERSONAL_PHONE = "personal_phone"  # phones, tablets, watches, anything of one's own but a plain camera
    PERSONAL_CAMERA = "personal_camera"


class Photographer(StrEnum):
    """Who takes it."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"
    PRESS = "press"
    PROFESSIONAL = "professional"
    FAMILY = "family"


class NameWanted(StrEnum):
    """The name to go with the picture (PHOTO-5.9, PHOTO-B-names)."""

    NONE = "none"
    FIRST = "first"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class PhotoRequest:
    """What somebody wants to do with pictures on a day, the pupils apart.

    Several uses or media mean all of them at once: "yes" only if each is.
    """

    uses: frozenset[Use]
    media: frozenset[Medium]
    on: date
    place: Place = Place.SITE
    device: Device = Device.UNSAID
    photographer: Photographer = Photographer.STAFF
    name: NameWanted = NameWanted.NONE
    account: str | None = None  # the platform or handle as said: "instagram"; None where only "social media"
    organisation: str | None = None  # as said: "the Gazette"; None where only "the press"
    distressing: bool = False  # injury, undress, tears (PHOTO-5.12, 7.9)
    digital: bool = True  # False for what is only printed; matters for full names (PHOTO-B-names, ONLINE-4.3)
    group: bool = False  # several pupils, a class, a year
    keeps_copies: bool = False  # an outside photographer keeps the pictures (level 2)
    sole_subject: bool = False  # "just her": matters for portraits and for platforms that show one's own child only
    words: str = ""  # the use as a person would say it back: "the school website"
    extras: frozenset[str] = field(default=frozenset())  # "event": at an event with a plan (K15)
    asked_on: date | None = None  # the day of the question: no form covers an academic year that has not begun
    alters: bool = False  # delete stored pictures, not take or use them: only a hold matters (B21)
    edits: bool = False  # change them for a use: a hold matters as well (B21)
