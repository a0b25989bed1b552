"""Whether the yes or no of an answer fits the question, as "must I lock it?" and "may I leave it open?" ask both ways.

An answer begins with the yes or no to its own title. Whoever asks the other way round, or who or when, gets the rule
without it. What is told as a habit or a plan is taken as it is: it fits.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

_OPENERS: Final = re.compile(
    r"^(?:(?:hi|hello|hey|please|quick|one|question|so|and|but|also|um|er|ok|just|wondering|if|then)\b[\s,:;-]*)+"
)
_WHICH: Final = re.compile(
    r"(?:(?:at|by|from|in|on|to|with|for) )?(?:who|whos|whom|whose|what|whats|when|where|which|why|how)\b"
)
_CLAUSES: Final = re.compile(r"[,.;:?!\u2013]\s|\s-\s")
_YES_OR_NO_ASKED: Final = re.compile(
    r"(?:can|could|may|might|must|should|shall|will|would|do|does|did|is|are|am|was|were|has|have|ok|okay|any)\b"
)
_DUTY: Final = re.compile(
    r"\b(?:have to|has to|need to|needs to|got to|must|should|ought|required|obliged|compulsory|necessary)\b"
)
_LEAVE: Final = re.compile(r"\b(?:can|could|may|might|allowed|permitted|ok|okay|alright|all right|fine|acceptable)\b")
_YES_OR_NO: Final = re.compile(r"^(?:Yes|No)[,.:;] ?")


class Way(Enum):
    """Which way round a question is asked."""

    LEAVE = auto()  # may I
    DUTY = auto()  # must I
    WHICH = auto()  # who, when, how long: no yes answers it
    EITHER = auto()


def way_of(question: str) -> Way:
    """Tell which way round a question is asked."""
    said = _OPENERS.sub("", " ".join(question.casefold().replace("'", "").replace("\u2019", "").split()))
    if _asks_which(said):
        return Way.WHICH
    duty, leave = _DUTY.search(said) is not None, _LEAVE.search(said) is not None
    if duty == leave:
        return Way.EITHER
    return Way.DUTY if duty else Way.LEAVE


def _asks_which(said: str) -> bool:
    """Whether its question is who, what or how, also after a comma: "somebody left a bag on the bus, who is told"."""
    if _WHICH.match(said):
        return True
    clauses = [_OPENERS.sub("", clause.strip()) for clause in _CLAUSES.split(said)]
    return any(map(_WHICH.match, clauses[1:])) and not any(map(_YES_OR_NO_ASKED.match, clauses))


def fits(question: str, asks: Sequence[str]) -> bool:
    """Whether the yes or no of an answer may stand after this question. `asks`: its title, then its other phrasings."""
    asked, meant = way_of(question), _meant(asks)
    return asked is meant or (asked is not Way.WHICH and Way.EITHER in {asked, meant})


def _meant(asks: Sequence[str]) -> Way:
    title = way_of(asks[0])
    told = Counter(way for way in map(way_of, asks) if way in {Way.LEAVE, Way.DUTY})
    return told.most_common(1)[0][0] if title is Way.EITHER and told else title


def for_question(question: str, *, asks: Sequence[str], words: str) -> str:
    """Give an answer as it reads after a question: without its yes or no where that would say the opposite."""
    if fits(question, asks):
        return words
    rest = _YES_OR_NO.sub("", words, count=1)
    return rest[:1].upper() + rest[1:]
