"""What somebody seems to ask for, and who they seem to be: a guess, which whoever took it in looks at next."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from policy.request.kinds import Requester, RequestKind
from policy.understanding.cctv_requests import is_cctv_request
from policy.understanding.complaints import is_complaint
from policy.understanding.heard import Intent
from policy.understanding.rights import is_rights_request
from policy.understanding.telling import Pattern, Tale, patterns, tale_of

_BY_INTENT: Final = {
    Intent.SAR_RECEIVED: RequestKind.ACCESS,
    Intent.COMPLAINT_RECEIVED: RequestKind.COMPLAINT,
}
# The first that fits; an objection is what is left.
_RIGHTS: Final = {
    RequestKind.MARKETING: "marketing stop",
    RequestKind.AUTOMATED: """
        machine
        robot decides against
    """,
    RequestKind.PORTABILITY: "move",
    RequestKind.ERASURE: """
        erase
        struckoff
    """,
    RequestKind.RECTIFICATION: """
        fix
        wrongly
    """,
    RequestKind.RESTRICTION: "limit",
}
_RESTRICTING: Final = frozenset(
    {
        *("restrict", "restricts", "restricted", "restricting", "restriction", "freeze", "frozen", "freezing", "pause"),
        *("paused", "ringfence", "limit", "limited", "limits", "hold", "keep", "kept"),
    }
)
_OUTSIDERS: Final = {
    Requester.INSURER: frozenset({"insurer", "insurers", "insurance"}),
    Requester.PRESS: frozenset(
        {"press", "journalist", "reporter", "newspaper", "gazette", "echo", "media", "tv", "crew"}
    ),
}
_PARENTS: Final = frozenset(
    {"parent", "parents", "mum", "mam", "mummy", "mother", "dad", "daddy", "father", "carer", "guardian"}
)
_THEIR_CHILD: Final = frozenset(
    {
        *("son", "sons", "son's", "daughter", "daughters", "daughter's", "child", "child's", "children", "children's"),
        *("kid", "kid's", "kids", "boy", "boy's", "girl", "girl's", "twins", "baby"),
    }
)

_HEARD: Final[Mapping[Intent, Callable[[Tale], bool]]] = {
    Intent.CCTV_REQUEST: is_cctv_request,
    Intent.RIGHTS_REQUEST: is_rights_request,
    Intent.COMPLAINT_RECEIVED: is_complaint,
}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[RequestKind, tuple[Pattern, ...]], ...]:
    return tuple((kind, patterns(text)) for kind, text in _RIGHTS.items())


@lru_cache(maxsize=1)
def _police() -> tuple[Pattern, ...]:
    return patterns("police")


def kind_of(intent: Intent, text: str) -> RequestKind:
    """Guess what is asked for. Footage for the police, insurers or the press has a road of its own (domain 6)."""
    if intent is Intent.CCTV_REQUEST:
        return RequestKind.CCTV if outsider_in(text) is None else RequestKind.RELEASE
    if intent is not Intent.RIGHTS_REQUEST:
        return _BY_INTENT.get(intent, RequestKind.ACCESS)
    tale = tale_of(text)
    found = next((kind for kind, wanted in _patterns() if tale.tells(wanted)), RequestKind.OBJECTION)
    if found is RequestKind.RESTRICTION and _RESTRICTING.isdisjoint(_words(text)):
        return RequestKind.OBJECTION
    return found


def guessed(text: str) -> RequestKind:
    """Guess what a message asks for that somebody passes on from the menu on it, whatever it would have been heard as.

    Where nothing else fits it is a request to see data.
    """
    tale = tale_of(text)
    for intent, tells in _HEARD.items():
        if tells(tale):
            return kind_of(intent, text)
    return RequestKind.ACCESS


def outsider_in(text: str) -> Requester | None:
    """Return which outsider a message about footage speaks of; None where it names none."""
    words = _words(text)
    for requester, names in _OUTSIDERS.items():
        if not names.isdisjoint(words):
            return requester
    return Requester.POLICE if tale_of(text).tells(_police()) else None


def parent_in(text: str) -> Requester | None:
    """Return that a parent seems to ask about a child; None where the words leave it open."""
    words = _words(text)
    return None if _PARENTS.isdisjoint(words) or _THEIR_CHILD.isdisjoint(words) else Requester.PARENT


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:!?'\"()") for word in text.casefold().split())
