"""How a use is said back: the same words for every pupil."""

from typing import Final

from policy.images import Use

_SAY: Final = {
    Use.IDENTITY: "the school's records and passes",
    Use.EDU_SITE: "learning and display in school",
    Use.EDU_VISIT: "learning on a visit",
    Use.DISPLAY_AFTER: "display after leaving",
    Use.WEBSITE: "the school website",
    Use.SOCIAL: "social media",
    Use.MEDIA: "the press",
    Use.MARKETING: "school publicity",
    Use.ORG_OTHER: "another organisation",
    Use.UPLOAD_INTERNAL: "the school's online spaces for families",
    Use.DOJO_PRIVATE: "Dojo to the child's own family",
    Use.DOJO_STORY: "a Dojo story or profile",
    Use.EMAIL_PARENT: "a copy for the child's family",
    Use.CLASS_PHOTO_SALE: "the class photo",
    Use.FAMILY_EVENT: "filming by families",
    Use.LIVE: "a live stream or video call",
    Use.CONFERENCE: "a conference",
    Use.OTHER: "this use",
    Use.REUSE_PRINT: "another use of a printed picture",
    Use.EVIDENCE: "evidence of an incident",
    Use.STAFF: "pictures of staff",
}


def say(uses: frozenset[Use], account: str | None, organisation: str | None) -> str:
    """Give the uses as a person says them back; the same for every pupil."""
    told = []
    for use in Use:
        if use in uses:
            detail = account if use is Use.SOCIAL else organisation if use in {Use.MEDIA, Use.ORG_OTHER} else None
            told.append(f"{_SAY[use]} ({detail})" if detail else _SAY[use])
    return " and ".join(told)
