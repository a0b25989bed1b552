"""The use catalogue: which answer on the form a use needs, what counts as publication, which clauses it rests on."""

from functools import lru_cache
from typing import Final

from policy.clauses import Citation
from policy.images import Medium, Use
from policy.packs import Pack

# The eight items of the family form: stills and film are ticked apart (PHOTO-B).
ITEMS: Final[dict[tuple[Use, Medium], str]] = {
    (Use.WEBSITE, Medium.STILL): "website_image",  # PHOTO-B-web-1
    (Use.WEBSITE, Medium.VIDEO): "website_video",  # PHOTO-B-web-2
    (Use.SOCIAL, Medium.STILL): "social_image",  # PHOTO-B-soc-1
    (Use.SOCIAL, Medium.VIDEO): "social_video",  # PHOTO-B-soc-2
    (Use.MEDIA, Medium.STILL): "media_image",  # PHOTO-B-med-1
    (Use.MEDIA, Medium.VIDEO): "media_video",  # PHOTO-B-med-2
    (Use.MARKETING, Medium.STILL): "marketing_image",  # PHOTO-B-mkt-1
    (Use.MARKETING, Medium.VIDEO): "marketing_video",  # PHOTO-B-mkt-2
}
FORM_ITEMS: Final = tuple(ITEMS.values())
# Items 1 to 4 put pictures on the internet, which needs a parent at any age (PHOTO-12.3).
ONLINE_ITEMS: Final = frozenset(FORM_ITEMS[:4])

# Blocked by level 2 (PHOTO-6.3-2).
PUBLICATION: Final = frozenset(
    {
        Use.WEBSITE,
        Use.SOCIAL,
        Use.MEDIA,
        Use.MARKETING,
        Use.ORG_OTHER,
        Use.UPLOAD_INTERNAL,
        Use.DOJO_PRIVATE,
        Use.DOJO_STORY,
        Use.CLASS_PHOTO_SALE,
        Use.LIVE,
        Use.CONFERENCE,
        Use.OTHER,
    }
)
# On the internet or an intranet by nature, whatever was said about print (ONLINE-4.3-c).
DIGITAL: Final = frozenset({Use.WEBSITE, Use.SOCIAL, Use.UPLOAD_INTERNAL, Use.DOJO_PRIVATE, Use.DOJO_STORY, Use.LIVE})
# Pictures that exist already: nobody points a camera.
NOT_CAPTURED: Final = frozenset({Use.EMAIL_PARENT, Use.DISPLAY_AFTER, Use.FAMILY_EVENT, Use.REUSE_PRINT})
# Each is somebody's own page in the school's system, where the name belongs.
NAMED_BY_NATURE: Final = frozenset({Use.IDENTITY, Use.EMAIL_PARENT})
# Good until the school year ends, because the family's form is (PHOTO-4.9).
YEARLY: Final = frozenset(
    {
        Use.WEBSITE,
        Use.SOCIAL,
        Use.MEDIA,
        Use.MARKETING,
        Use.LIVE,
        Use.ORG_OTHER,
        Use.UPLOAD_INTERNAL,
        Use.DOJO_PRIVATE,
        Use.EDU_VISIT,
        Use.CLASS_PHOTO_SALE,
    }
)

CAPTURE: Final = "capture"
UPLOAD: Final = "upload_internal"
NAME_FIRST: Final = "name_first"
NAME_FULL: Final = "name_full_print"
AFTER_LEAVING: Final = "after_leaving"
DISPLAY_AFTER: Final = "display_after_leaving"
ORGANISATION: Final = "organisation:"

_PHOTO: Final = "photography"
_ONLINE: Final = "online-safety"
_DP: Final = "data-protection"
_PACK_OF: Final = {_PHOTO: Pack.PHOTO, _ONLINE: Pack.ONLINE, _DP: Pack.DP}

_FORM: Final = (Citation(_PHOTO, "B"), Citation(_PHOTO, "4.1"), Citation(_DP, "17.5"), Citation(_ONLINE, "4.3"))
_RESTS_ON: Final[dict[Use, tuple[Citation, ...]]] = {
    Use.IDENTITY: (Citation(_PHOTO, "10.4"), Citation(_DP, "6.11")),
    Use.EDU_SITE: (Citation(_PHOTO, "10.6"), Citation(_PHOTO, "4.10"), Citation(_DP, "17.5"), Citation(_ONLINE, "4.4")),
    Use.EDU_VISIT: (Citation(_PHOTO, "8.4"), Citation(_DP, "17.5"), Citation(_ONLINE, "4.4")),
    Use.DISPLAY_AFTER: (Citation(_PHOTO, "10.6"), Citation(_PHOTO, "5.11"), Citation(_ONLINE, "4.3")),
    Use.WEBSITE: _FORM,
    Use.SOCIAL: _FORM,
    Use.MEDIA: _FORM,
    Use.MARKETING: (Citation(_PHOTO, "10.5"), *_FORM),
    Use.ORG_OTHER: (Citation(_PHOTO, "B"), Citation(_PHOTO, "12.2"), Citation(_DP, "17.5")),
    Use.UPLOAD_INTERNAL: (Citation(_PHOTO, "12.3"), Citation(_ONLINE, "4.3")),
    Use.DOJO_PRIVATE: (Citation(_ONLINE, "4.4"), Citation(_PHOTO, "12.3")),
    Use.EMAIL_PARENT: (Citation(_PHOTO, "12.4"), Citation(_DP, "13.3.8")),
    Use.CLASS_PHOTO_SALE: (Citation(_PHOTO, "B"), Citation(_PHOTO, "12.2")),
    Use.LIVE: (Citation(_ONLINE, "4.4"), *_FORM),
}
_MOST: Final = 4
NAMING: Final = Citation(_PHOTO, "5.9")
KEEPING: Final = (Citation("sar-procedure", "8.1.3"), Citation(_PHOTO, "9.11"))


@lru_cache(maxsize=512)
def in_order(uses: frozenset[Use]) -> tuple[Use, ...]:
    """Several uses, always in the order of the catalogue."""
    return tuple(use for use in Use if use in uses)


@lru_cache(maxsize=512)
def clauses_for(uses: frozenset[Use], *, named: bool, packs: frozenset[Pack]) -> tuple[Citation, ...]:
    """At most four clauses that a request rests on: a matter of the request alone, never of the pupil."""
    telling = [_RESTS_ON[use][:1] for use in in_order(uses) if use in _RESTS_ON]
    further = [_RESTS_ON[use][1:] for use in in_order(uses) if use in _RESTS_ON]
    naming = (NAMING,) if named else ()
    return cited((*(c for cs in telling for c in cs), *naming, *(c for cs in further for c in cs)), packs)


def cited(citations: tuple[Citation, ...], packs: frozenset[Pack]) -> tuple[Citation, ...]:
    """Take the first four of the policies that the school has adopted; all policies where it adopted none of those."""
    adopted = tuple(c for c in citations if c.document not in _PACK_OF or _PACK_OF[c.document] in packs)
    return tuple(dict.fromkeys(adopted or citations))[:_MOST]
