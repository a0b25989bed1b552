"""What a report takes as words: a place, a name, a reference. What reads like a picture is neither kept nor shown."""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from policy.filled import length
from policy.spelling import parts
from policy.understanding.illegal_content import is_illegal
from policy.understanding.telling import tale_of

Guard: TypeAlias = Callable[[str], str | None]  # why words are not taken; None where they are
MOST: Final = 60  # characters: a place or a name, and no room for a story
NO_DESCRIPTION: Final = (
    "Please don't describe anything here: that protects you too. I have kept none of it. "
    "A place, a device or a name is all I need. To do something else, type cancel first."
)
NOT_A_REFERENCE: Final = "Please give the reference alone, such as 12345 or INC-2026/118."
_CONCEPTS: Final = ("abusive", "imagery", "sexualimage", "strongsexual", "nudes", "picturesent", "showing")
_TELLS: Final = frozenset(
    {
        *("it", "its", "she", "shes", "he", "hes", "her", "him", "his", "they", "them", "there", "shows", "showing"),
        *("shown", "saw", "seen", "sees", "looks", "looked", "looking", "wearing", "posing", "touching", "touched"),
        *("doing", "lying", "kissing", "holding", "crying", "having", "being", "depicts", "depicting", "porn"),
        *("pornography", "sex", "sexual", "violence", "violent", "abuse", "abused", "photo", "photos", "picture"),
        *("pictures", "screenshot", "screenshots", "video", "videos", "clip", "clips", "film", "films", "image"),
        *("bed", "body", "bodies", "underwear", "knickers", "pants", "old", "aged"),
    }
)
_PEOPLE: Final = frozenset(
    {
        *("girl", "girls", "boy", "boys", "child", "children", "childrens", "kid", "kids", "pupil", "pupils", "man"),
        *("student", "students", "teen", "teens", "teenager", "baby", "babies", "infant", "infants", "toddler"),
        *("men", "woman", "women", "lad", "lads", "minor", "minors"),
    }
)
_PLACES: Final = frozenset(
    {
        *("toilet", "toilets", "changing", "room", "cloakroom", "playground", "centre", "hall", "corridor", "school"),
        *("library", "office", "block", "building", "wing", "class", "classroom", "laptop", "tablet", "pc", "entrance"),
        *("desk", "ipad", "computer", "device", "phone", "chromebook", "showers", "services", "hub"),
    }
)
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir"})  # Mr Boys is told, and nobody's picture
_ROOMS: Final = re.compile(r"\b(?:media|photography|film|video|tv) (?:room|suite|studio|lab|club)\b", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"[A-Za-z]{0,12}[ -/]{0,2}[A-Za-z0-9 ./#-]{0,24}")


def describes(words: str) -> bool:
    """Whether words may tell what somebody saw: rather one place too many refused than one picture kept."""
    words = _ROOMS.sub("room", words)
    told = parts(words.replace("/", " ").replace(":", " "))
    if not _TELLS.isdisjoint(told):
        return True
    for before, one, after in zip(["", *told], told, [*told[1:], ""], strict=False):
        if one in _PEOPLE and after not in _PLACES and before not in _TITLES:
            return True
    tale = tale_of(words)
    return is_illegal(tale) or any(tale.has(concept) for concept in _CONCEPTS)


def no_description(words: str) -> str | None:
    """Say why words are not taken for a place or a name; None where they are."""
    return NO_DESCRIPTION if length(words) > MOST or describes(words) else None


def a_reference(words: str) -> str | None:
    """Say why words are not taken for a reference; None where they are. It has a number, and hardly any words."""
    told = parts(words.replace("/", " "))
    has_number = any(one.isdecimal() or not one.isalpha() for one in told)
    is_one = len(told) <= 4 and len(words) <= 40 and has_number and _REFERENCE.fullmatch(words.strip())  # noqa: PLR2004  INC 2026 118 b
    return None if is_one and not describes(words) else NOT_A_REFERENCE
