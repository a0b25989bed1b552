"""When words that begin like a command are none: whoever tells of something, or answers a form, is never cut short.

`search`, `preview digest` and `hand over` take free words, so a report may begin with them ("search of the car park: I
lost ...").
"""

import re
from datetime import date
from typing import Final

from policy.digest.named_week import day_named
from policy.understanding.handovers import handover_said
from policy.understanding.illegal_content import is_illegal
from policy.understanding.must_not_be_lost import must_not_be_lost
from policy.understanding.telling import tale_of

_TAKES_WORDS: Final = re.compile(r"(?:please )?(?P<name>search|preview digest|hand ?-?over)(?: (?P<words>.+))?")
_SHORT: Final = frozenset({"search", "preview digest"})  # the other one is read word for word
_MOST: Final = 8  # words: "for the week beginning Monday 16 November 2026"; a longer one is a sentence
_BARE: Final = 3  # words of a search: "lost usb stick" is looked for, and the card says how to report
_ANY_DAY: Final = date(2026, 1, 1)  # whether words are a day at all does not depend on today
_TELLS: Final = frozenset(  # words of a sentence, which nobody types to look for something
    {
        *("i", "ive", "we", "weve", "my", "our", "he", "she", "they", "someone"),
        *("somebody", "a", "an", "the", "has", "have", "had", "was", "were", "is", "been", "got"),
    }
)


def gives_way(text: str, *, in_hand: bool) -> bool:
    """Whether what begins like a command is something else. `in_hand`: a form's page is the last thing said here."""
    found = _found(text)
    if found is None or found["words"] is None:  # the command alone, or one that takes no words
        return False
    if is_illegal(tale_of(text)):  # of that not a word is kept (domain 5)
        return True
    if _is_whole(found["name"], found["words"], text):
        return False
    if in_hand:
        return True
    name, words = found["name"], found["words"].split()
    if name in _SHORT and len(words) > _MOST:
        return True
    bare = name == "search" and len(words) <= _BARE and _TELLS.isdisjoint(words)
    return must_not_be_lost(text) and not bare


def begins_like_a_command(text: str) -> bool:
    """Whether it begins like one that takes words."""
    found = _found(text)
    return found is not None and found["words"] is not None


def _found(text: str) -> re.Match[str] | None:
    return _TAKES_WORDS.fullmatch(" ".join(text.casefold().replace("'", "").replace("\u2019", "").split()))


def told_in(text: str) -> str:
    """Return what a message tells: without "search" before it, where the rest tells of something by itself."""
    found = _TAKES_WORDS.match(text.casefold())
    rest = text[found.start("words") :] if found and found["name"] == "search" and found["words"] else ""
    return rest if must_not_be_lost(rest) else text


def _is_whole(name: str, words: str, text: str) -> bool:
    """Whether nothing but the command is said: its days, and for a handover the days and a name."""
    if name == "search":
        return False
    if name == "preview digest":
        return day_named(words, _ANY_DAY) is not None
    said = handover_said(text, _ANY_DAY)
    return said is not None and said.first is not None and said.last is not None
