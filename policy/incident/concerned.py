"""Whom a report seems to be about: they must not be the ones whom it alerts (domain 5, domain 8).

Being told, rung or asked is no part in it: "I told the head" is not about the head, "on the head's laptop" may be.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from policy.roles import Role
from policy.spelling import parts

_POSTS: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.HEADTEACHER: ("headteacher", "head teacher", "head", "principal"),
    Role.ACADEMY_LEADER: ("academy leader",),
    Role.DSL: ("dsl", "safeguarding lead"),
    Role.DEPUTY_DSL: ("deputy dsl", "deputy safeguarding lead"),
    Role.ONLINE_SAFETY_CHAMPION: ("online safety champion", "champion", "osc"),
    Role.COMPUTING_COORDINATOR: ("computing coordinator",),
    Role.TECHNICIAN: ("technician",),
    Role.CEO: ("ceo",),
}
_TOLD: Final = frozenset(
    {
        *(
            "told",
            "tell",
            "telling",
            "informed",
            "inform",
            "rang",
            "ring",
            "rung",
            "phoned",
            "called",
            "asked",
            "alerted",
        ),
        *("notified", "spoke", "spoken", "speak", "emailed", "reported", "report", "let", "fetched", "contacted"),
    }
)
_BY: Final = frozenset({"by", "of", "from", "against", "about", "with", "on", "involving", "involves"})
_HAS: Final = frozenset(
    {
        *("has", "had", "was", "is", "keeps", "kept", "sent", "sends", "sending", "showed", "shows", "shown", "took"),
        *("takes", "watched", "watches", "watching", "looked", "looks", "looking", "viewed", "views", "viewing"),
        *("downloaded", "downloads", "downloading", "posted", "shared", "touched", "met", "messaged", "messages"),
        *("messaging", "chatting", "texting", "texted", "added", "misused", "using", "used", "possesses", "made"),
    }
)
_BEFORE: Final = 3  # words in which "told" is looked for


def seems_about(text: str, *, names: Mapping[int, str], holders: Mapping[Role, Sequence[int]]) -> frozenset[int]:
    """Return the ids of colleagues whom a report seems to be about, by name or by post.

    `names` are the display names of everybody at the school, `holders` the ids of whoever has a post there.
    """
    said = _words(text)
    posts = {
        person
        for role, titles in _POSTS.items()
        if any(_is_about(said, title.split()) for title in titles)
        for person in holders.get(role, ())
    }
    named = {
        person
        for person, name in names.items()
        if _is_about(said, parts(name)) or (len(parts(name)) > 1 and _is_titled(said, parts(name)[-1]))
    }
    return frozenset(posts | named)


def _words(text: str) -> list[str]:
    """Give the words, with a mark of its own where one owns something: "the head's laptop"."""
    text = text.replace("\u2019", "'")
    return list(chain.from_iterable(_apart(word) for word in text.split()))


def _apart(word: str) -> list[str]:
    bare = word.strip('.,;:!?()"')
    owns = bare.casefold().endswith(("'s", "s'"))
    return [*parts(bare.removesuffix("'s").removesuffix("'S").removesuffix("'")), *(["'s"] if owns else [])]


def _is_titled(said: Sequence[str], last: str) -> bool:
    return any(_is_about(said, [title, last]) for title in ("mr", "mrs", "ms", "miss", "mx", "dr"))


def _is_about(said: Sequence[str], title: Sequence[str]) -> bool:
    size = len(title)
    for at in range(len(said) - size + 1):
        if list(said[at : at + size]) != list(title):
            continue
        before, after = said[max(0, at - _BEFORE) : at], said[at + size : at + size + 1]
        if after == ["'s"]:
            return True
        if _TOLD.isdisjoint(before) and (not _BY.isdisjoint(before) or not _HAS.isdisjoint(after)):
            return True
    return False
