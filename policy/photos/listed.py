"""Whether the school has listed what somebody named: "insta", "the Gazette", "our Facebook page".

Two decisions that keep this safe:
- An organisation is named by its whole name or by a part nobody can mistake: the part holds the last word of the
  listed name ("the Chronicle" for "Tanglemere Chronicle"; a town alone is not enough), fits one listed name only,
  and is not also the title of a national paper ("the Times" is never "Tanglemere Times").
- "Social media" or "the local paper" without a name means those that are listed, all of them, and nothing else.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from policy.records import Account

SEVERAL: Final = ", "  # how a request joins several organisations

_WORD: Final = re.compile(r"@?\w+(?:[.-]\w+)*")
_AND: Final = re.compile(r",|/|&|\+|\band\b")
_OWN: Final = frozenset({"my", "mine", "personal", "private"})  # never the school's (PHOTO-12.5)
_PLATFORM_WORDS: Final = {
    "fb": "facebook",
    "insta": "instagram",
    "ig": "instagram",
    "twitter": "x",
    "tweet": "x",
    "yt": "youtube",
}
# fmt: off
_SAID_OF_ANY_PAPER: Final = frozenset({
    "the", "a", "an", "our", "local", "newspaper", "paper", "papers", "press", "reporter", "journalist", "photographer",
    "magazine", "website", "online", "site", "of", "from", "at", "in", "and", "for", "s",
})
# Titles a teacher may mean as they stand: alone, none of these is a local paper.
_NATIONAL: Final = frozenset({
    "bbc", "daily", "express", "guardian", "i", "independent", "itv", "mail", "metro", "mirror", "news", "observer",
    "sky", "star", "sun", "sunday", "telegraph", "times", "tv",
})
# fmt: on


def accounts_meant(said: str | None, accounts: Iterable[Account], day: date) -> tuple[Account, ...]:
    """Find the listed accounts that are meant on a day; none where any that they named is not listed (PHOTO-B-soc)."""
    listed = tuple(account for account in accounts if account.listed_from <= day)
    if said is None or not said.strip():
        return listed
    meant: dict[Account, None] = {}
    for one in filter(str.strip, _AND.split(_plain(said))):
        found = [account for account in listed if _is_account(one, account)]
        if not found:
            return ()
        meant.update(dict.fromkeys(found))
    return tuple(meant)


def organisation_meant(said: str, names: Iterable[str]) -> str | None:
    """Find the one listed organisation that somebody means, or None (PHOTO-B-orgs)."""
    known = {organisation_key(name): name for name in names}
    words = _words(said)
    whole = organisation_key(said)
    if whole in known:
        return known[whole]
    if not words or words <= _NATIONAL:
        return None
    fitting = [name for key, name in known.items() if key and key[-1] in words and words <= frozenset(key)]
    return fitting[0] if len(fitting) == 1 else None


@lru_cache(maxsize=1024)
def organisation_key(name: str) -> tuple[str, ...]:
    """Name as it is compared: its telling words, in order, without case, marks or "the local newspaper"."""
    found = _WORD.findall(_plain(name))
    return tuple(word for word in found if word not in _SAID_OF_ANY_PAPER) or tuple(found)


def _words(said: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(_plain(said)) if word not in _SAID_OF_ANY_PAPER)


def _is_account(said: str, account: Account) -> bool:
    words = [_PLATFORM_WORDS.get(word, word) for word in _WORD.findall(said)]
    if not _OWN.isdisjoint(words):
        return False
    handles = {word for word in words if word.startswith("@")}
    handle = _plain(account.handle).removeprefix("@")
    if handles:  # a handle that was said must be this one, whatever else was said
        return handles == {f"@{handle}"}
    platform = {_PLATFORM_WORDS.get(word, word) for word in _WORD.findall(_plain(account.platform))}
    return platform <= set(words) or handle in words


def _plain(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in spread if not unicodedata.combining(mark)).replace("'", "").replace("\u2019", "")
