"""A thought as the two lines that a search result has room for. What is cut off must never turn a no into a yes."""

from datetime import date
from typing import Final

from dialogs.cards.inert import LINE, inert
from dialogs.cards.photo_answer import clause_line
from dialogs.policy_answers import UNSAID
from dialogs.thought import Thought
from policy.photos.decision import PhotoAnswer
from policy.photos.verdicts import Shape
from policy.photos.wording import LESS_THAN_ASKED, list_age, words
from policy.understanding.heard import Intent

ASK_IN_CHAT: Final = "Ask me in our own chat"
_FIRST: Final = 160  # characters of a rule that stand under its question

Preview = tuple[str, str]  # a title and a line

_REFUSED: Final = ("I can't answer that here", "It is not open to you, or not something that I give reasons for.")
_SAY_MORE: Final = (
    "Please say a little more",
    "The pupil's first and last name, what the picture is for, and the day if it is not today.",
)
_NO_NAME: Final = ("Could you ask it without the name?", "I look up rules here; a question about one pupil is private.")
_STARTS_NOTHING: Final = (
    "Please tell me in our own chat",
    "A search starts nothing and tells nobody. Write it to me there and I'll see to the rest.",
)
_ILLEGAL: Final = (
    "Hide the screen and tell the headteacher or the safeguarding lead now",
    "In person or by phone. Show it to nobody, send it to nobody and don't describe it here. Then write to me.",
)
_SHOWN: Final = {"refused": _REFUSED, "flow": _STARTS_NOTHING, "clarify": _SAY_MORE}
_ELSEWHERE: Final = (ASK_IN_CHAT, "I answer this one there, where nobody else can read along.")
_CONDITIONS: Final = ("Yes,", "Yes, with conditions:")  # the line below may be cut off on a phone
RULES: Final = frozenset({Intent.UNKNOWN, Intent.POLICY_QUESTION})


def preview(thought: Thought, *, today: date) -> Preview | None:
    """Return what to show of an answer that is the asker's alone; None where it is a rule for everybody."""
    shape, intent = thought.contract["shape"], thought.contract["intent"]
    if thought.answer is not None:
        return _decided(thought, thought.answer, today=today)
    if thought.text == UNSAID:
        return _NO_NAME
    if intent in RULES and shape != "refused":
        return None
    if intent == Intent.ILLEGAL_CONTENT:
        return _ILLEGAL
    return _SHOWN.get(shape, _ELSEWHERE)


def rule_line(text: str, citations: tuple[tuple[str, str], ...]) -> str:
    """Return the first line of a rule, and its clauses."""
    first = inert(text.partition("\n\n")[0], limit=_FIRST)
    clauses = clause_line(citations)
    return f"{first} ({clauses})" if clauses else first


def _decided(thought: Thought, answer: PhotoAnswer, *, today: date) -> Preview:
    """Show a decision. Where somebody must be left out, no result begins with a yes: the list may be cut off."""
    heard, asker = thought.heard, thought.asker
    if heard is None or asker is None:
        return _ELSEWHERE
    said = words(answer, heard.circumstances(), today=today)
    old = list_age(asker.school.list_as_of, today=today, rules=asker.rules)
    notes = (*said.notes, *((old,) if old else ()))
    match answer.shape:
        case Shape.G if answer.leave_out:
            return "Not everybody", f"{ASK_IN_CHAT} before any picture is taken: I list whom to leave out."
        case Shape.G:
            more = (f"There is more to keep to: {ASK_IN_CHAT[0].lower()}{ASK_IN_CHAT[1:]}.",) if said.more else ()
            plain = said.conditions and not said.headline.startswith(LESS_THAN_ASKED)
            headline = said.headline.replace(*_CONDITIONS, 1) if plain else said.headline
            return inert(headline), inert(
                " ".join((*said.conduct, *notes, *said.conditions, *more)) or "No conditions."
            )
        case Shape.R:
            return inert(said.headline), f"{ASK_IN_CHAT} if it should be looked at again."
        case Shape.P:
            return inert(said.headline), inert(" ".join((said.alternative, *notes)).strip() or ASK_IN_CHAT, limit=LINE)
        case Shape.D:
            return inert(said.headline), f"{ASK_IN_CHAT} and I send it to the DPO. Until then, please don't go ahead."
