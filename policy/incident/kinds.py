"""What kind of incident a message tells of, so that the right people hear of it and the first words fit (domain 5)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from policy.spelling import parts
from policy.understanding.illegal_content import is_illegal
from policy.understanding.telling import tale_of


class IncidentKind(StrEnum):
    """The kinds of domain 5, and one for what fits none of them."""

    ILLEGAL = "illegal"
    EXPOSURE = "exposure"
    PUPIL_MISUSE = "pupil_misuse"
    STAFF_MISUSE = "staff_misuse"
    BULLYING = "bullying"
    THREATENING_MAIL = "threatening_mail"
    SPAM = "spam"
    FILTER = "filter"
    SECURITY = "security"
    SOCIAL_MEDIA = "social_media"
    GROOMING = "grooming"
    DEVICE_MISUSE = "device_misuse"
    OTHER = "other"


TITLES: Final[Mapping[IncidentKind, str]] = {
    IncidentKind.ILLEGAL: "Something that may be illegal to hold",
    IncidentKind.EXPOSURE: "Pupils saw something unsuitable by accident",
    IncidentKind.PUPIL_MISUSE: "A pupil misused a system on purpose",
    IncidentKind.STAFF_MISUSE: "A colleague misused a system",
    IncidentKind.BULLYING: "Bullying online",
    IncidentKind.THREATENING_MAIL: "A threatening or offensive message",
    IncidentKind.SPAM: "Spam or phishing",
    IncidentKind.FILTER: "The filter let something through",
    IncidentKind.SECURITY: "An account or the network is not safe",
    IncidentKind.SOCIAL_MEDIA: "Conduct on social media",
    IncidentKind.GROOMING: "An adult's worrying contact with a pupil",
    IncidentKind.DEVICE_MISUSE: "A device was misused",
    IncidentKind.OTHER: "Something else online",
}
# Urgent ones are chased within minutes: somebody may come to harm meanwhile.
URGENT: Final = frozenset({IncidentKind.ILLEGAL, IncidentKind.GROOMING})
LEADS: Final = URGENT | {IncidentKind.STAFF_MISUSE}  # with the head and the DSL; the rest with the champion
# Personal data may be out as well: the breach route is offered beside it (C13).
BREACH_TOO: Final = frozenset({IncidentKind.SPAM, IncidentKind.SECURITY})


_ADULT: Final = """
    stranger, strangers, unknown man, unknown adult, unknown person, unknown number, older man, older men, older guy,
    older boy, adult, man, men, someone online, somebody online, online friend, teacher, ta, tutor, coach, colleague,
    someone she met, someone he met, someone they met
"""
_STAFF: Final = "colleague*, staff, teacher*, ta, tas, teaching assistant*, tutor*, coach, head, headteacher, deputy"
_PUPIL: Final = """
    pupil*, student*, child, children, kid, kids, boy, boys, girl, girls, lad, lads, year, class, classmate*, teen*, y5,
    y6, y7, y8, y9, y10, y11, one of ours, one of mine
"""
_IN_TOUCH: Final = """
    chat*, messag*, contact*, dm, dms, dming, meet, meeting, met, text, texting, texted, texts, friend request, talking,
    talks, asked for pictures, adding, added, snapchatting, video call*
"""
_MISUSED: Final = """
    misus*, watch*, view*, download*, search*, gambl*, sent, sends, sending, messag*, posted, posts, shared, looking,
    logged in, used, using
"""
# The first that fits wins, so whoever may be in danger comes before what is merely broken. Phrases are parted by
# commas, an asterisk stands for any ending, and each list of a kind must be in the message.
_SIGNS: Final[tuple[tuple[IncidentKind, tuple[str, ...]], ...]] = (
    (IncidentKind.GROOMING, ("groom*, predator*, paedo*",)),
    (IncidentKind.GROOMING, (_ADULT, _IN_TOUCH, _PUPIL)),
    (
        IncidentKind.THREATENING_MAIL,
        (
            "threat*, hostile, abusive, offensive, hate, nasty, vile, anonymous",
            "mail, mails, email, emails, inbox, letter, letters, voicemail*, messages to me",
        ),
    ),
    (
        IncidentKind.BULLYING,
        ("cyberbull*, bully*, bullie*, cruel, picked on, picking on, picks on, troll*, hate page",),
    ),
    (
        IncidentKind.BULLYING,
        (
            "nasty, mean, horrible, vile, racist, homophobic, threatened, threats, unkind",
            "post, posts, comment*, message*, group chat, groupchat, snapchat, whatsapp, page",
        ),
    ),
    (
        IncidentKind.SPAM,
        ("spam*, phish*, junk mail, scam*, fake email, fake invoice, fake link, fake login, dodgy link",),
    ),
    (
        IncidentKind.FILTER,
        ("filter*, smoothwall, securly", "fail*, let, missed, down, off, not, didnt, isnt, wasnt, stopped"),
    ),
    (
        IncidentKind.PUPIL_MISUSE,
        ("vpn*, proxy, proxies, bypass*, round the filter, around the filter, past the filter, tor browser, unblock*",),
    ),
    (IncidentKind.SECURITY, ("hack*, password*, virus*, malware, ransomware, sign in, sign ins, network",)),
    (
        IncidentKind.SOCIAL_MEDIA,
        ("fake account, fake profile, fake page, parody, spoof, impersonat*, pretending, posing",),
    ),
    (
        IncidentKind.SOCIAL_MEDIA,
        ("facebook, instagram, insta, tiktok, twitter, snapchat, social media", f"{_STAFF}, parent*, school"),
    ),
    (IncidentKind.STAFF_MISUSE, (_STAFF, _MISUSED)),
    (
        IncidentKind.EXPOSURE,
        ("accident*, pop up*, popup*, came up, popped up, appeared, saw, seen, stumbled, by mistake, porn*, gore",),
    ),
    (IncidentKind.PUPIL_MISUSE, (_PUPIL, _MISUSED)),
    (IncidentKind.DEVICE_MISUSE, ("phone*, tablet*, ipad*, laptop*, chromebook*, device*, camera*, smartwatch*",)),
)


def kind_of(text: str) -> IncidentKind:
    """Give the kind that a message tells of; the form asks, so a wrong guess is put right there."""
    if is_illegal(tale_of(text)):
        return IncidentKind.ILLEGAL
    said = " ".join(parts(text))
    return next((kind for kind, signs in _patterns() if all(sign.search(said) for sign in signs)), IncidentKind.OTHER)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[IncidentKind, tuple[re.Pattern[str], ...]], ...]:
    return tuple((kind, tuple(map(_sign, signs))) for kind, signs in _SIGNS)


def _sign(phrases: str) -> re.Pattern[str]:
    listed = (" ".join(phrase.split()) for phrase in phrases.split(","))
    return re.compile(rf"\b(?:{'|'.join(phrase.replace('*', '[a-z]*') for phrase in listed if phrase)})\b")
