"""What uses and media are called on cards: the words that teachers use themselves."""

from collections.abc import Sequence
from typing import Final

from policy.images import Medium, PhotoRequest, Use
from policy.photos.uses import in_order

USES: Final[dict[Use, str]] = {
    Use.IDENTITY: "registers and ID cards",
    Use.EDU_SITE: "classroom displays and class work",
    Use.EDU_VISIT: "class work on a visit",
    Use.DISPLAY_AFTER: "a display that stays up after leaving",
    Use.WEBSITE: "the school website",
    Use.SOCIAL: "the school's social media",
    Use.MEDIA: "the local press",
    Use.MARKETING: "brochures and printed newsletters",
    Use.ORG_OTHER: "another organisation",
    Use.UPLOAD_INTERNAL: "Teams, e-mail or a class area online",
    Use.DOJO_PRIVATE: "ClassDojo, to the child's own family",
    Use.DOJO_STORY: "a ClassDojo class story",
    Use.EMAIL_PARENT: "sending a parent their own child's picture",
    Use.CLASS_PHOTO_SALE: "class photos for sale",
    Use.FAMILY_EVENT: "families filming at an event",
    Use.LIVE: "a live stream or video call",
    Use.CONFERENCE: "a conference or talk",
    Use.OTHER: "a use that no form covers",
    Use.REUSE_PRINT: "using an old print again",
    Use.EVIDENCE: "a record of an injury or incident",
    Use.STAFF: "a picture of a colleague",
}
MEDIA: Final[dict[Medium, str]] = {Medium.STILL: "photos", Medium.VIDEO: "video"}


def use_label(uses: frozenset[Use]) -> str:
    """Name one or several uses: "the school website and brochures and printed newsletters"."""
    return joined([USES[use] for use in in_order(uses)])


def media_label(media: frozenset[Medium]) -> str:
    """Name one or both media: "photos and video"; where none was said, both were judged."""
    return joined([MEDIA[medium] for medium in Medium if medium in media or not media])


def what(request: PhotoRequest) -> str:
    """Say what was asked for: "photos for the school website"."""
    return f"{media_label(request.media)} for {use_label(request.uses)}"


def joined(words: Sequence[str]) -> str:
    """Join as people do: "a, b and c"."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
