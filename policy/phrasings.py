"""Ways to ask one question: proposed to the DPO, who keeps, changes or drops them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rapidfuzz import fuzz, utils

MOST: Final = 6
_ALIKE: Final = 60.0  # of 100: somebody asked much the same
_THE_SAME: Final = 95.0
_LONGEST: Final = 200  # characters; longer is a story, not a way of asking
_HELLO: Final = re.compile(
    r"^(?:(?:hi|hello|hey|dear \w+|good (?:morning|afternoon)|please|sorry|quick question)\b[\s,!.:]*)+", re.IGNORECASE
)
_THANKS: Final = re.compile(r"[\s,.!]*\b(?:thanks|thank you|many thanks|please|cheers)[\s!.]*$", re.IGNORECASE)
# How a question begins, and how else it may: what follows is left as it is.
_BEGINNINGS: Final = (
    (
        re.compile(
            r"^(?:can|may|could|am|are|is it (?:ok|okay|fine|all right|allowed)) "
            r"(?:i |we |staff |teachers )?(?:allowed to |to |if (?:i|we) )?",
            re.IGNORECASE,
        ),
        ("May we ", "Can I ", "Are we allowed to ", "Is it all right to "),
    ),
    (
        re.compile(r"^(?:do|must|should) (?:i|we|staff|teachers) (?:have to |need to )?", re.IGNORECASE),
        ("Do we have to ", "Must I ", "Do I need to "),
    ),
)


def proposed(question: str, others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return ways to ask it, the first as it was asked: then as others asked it, then as it might be asked."""
    asked = tidy(question)
    kept: list[str] = []
    for each in (asked, *_alike(asked, others), *_otherwise(asked)):
        if each and not any(_same(each, one) for one in kept):
            kept.append(each)
    return tuple(kept[:MOST])


def tidy(question: str) -> str:
    """Return a question without its greeting and thanks, on one line; nothing where it is too long for one."""
    bare = _THANKS.sub("", _HELLO.sub("", " ".join(question.split()))).strip()
    if not bare or len(bare) > _LONGEST:
        return ""
    ends = bare[-1] if bare[-1] in "?." else "?" if _begins(bare) else ""
    return bare[:1].upper() + bare[1:].rstrip("?. ") + ends


def _alike(asked: str, others: Iterable[str]) -> Iterator[str]:
    for other in others:
        each = tidy(other)
        if each and fuzz.token_set_ratio(asked, each, processor=utils.default_process) >= _ALIKE:
            yield each


def _otherwise(asked: str) -> Iterator[str]:
    for begins, ways in _BEGINNINGS:
        found = begins.match(asked)
        if found and found.end() < len(asked):
            yield from (f"{way}{asked[found.end() :].rstrip('?. ')}?" for way in ways)
            return


def _begins(asked: str) -> bool:
    return any(begins.match(asked) for begins, _ in _BEGINNINGS)


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, processor=utils.default_process) >= _THE_SAME
