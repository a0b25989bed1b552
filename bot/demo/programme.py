"""What the demo prints: who one can be, ten questions worth trying, and a breach from both sides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

from bot.demo.personas import PERSONAS


@dataclass(frozen=True, slots=True)
class Question:
    """Something worth asking, by whom, and what it shows."""

    asker: str  # a persona's key
    text: str
    shows: str


QUESTIONS: Final = (
    Question(
        "teacher",
        "Can I photograph Amelia for the website?",
        "A yes, with its conditions and the clause it rests on.",
    ),
    Question(
        "teacher",
        "and video?",
        "A follow-up keeps the pupil and the use. Film is consented to separately, so the answer may differ.",
    ),
    Question(
        "teacher",
        "Can I put a photo of Barnaby on our Facebook page?",
        "The neutral no. Press Request review: a card arrives with the data lead. "
        "Then ask about Judith: the same words exactly, yet that review goes to the safeguarding lead.",
    ),
    Question(
        "teacher",
        "Why not?",
        "The one thing it never says. Reasons stay with the few who must know them.",
    ),
    Question(
        "teacher",
        "Can I photograph Amelia for the website with my own phone?",
        "A rule's no: the same for every pupil, with the way that does work.",
    ),
    Question(
        "teacher",
        "Can I put a picture of Zofia in the class story on ClassDojo?",
        "Another rule, from the online-safety policy this time.",
    ),
    Question(
        "headteacher",
        "Can I show a photo of Zofia on a conference slide?",
        "A use no form covers: the DPO must decide, and the question arrives with the DPO.",
    ),
    Question(
        "teacher",
        "Can I use a photo of Oliver in the prospectus?",
        "Namesakes: it asks which one, by class and year, and never guesses.",
    ),
    Question(
        "data-lead",
        "Is Zofai Lewandroska all right for a photo on the website?",
        "A misspelt name: no yes before you have confirmed who is meant.",
    ),
    Question(
        "teacher",
        "Can I use a photo of 4B in the prospectus?",
        "A whole class in one answer, with the names to leave out and not a word about why.",
    ),
)


BREACH: Final = (
    Question(
        "teacher",
        "I sent the reading scores to the wrong parent",
        "What to do now comes first. By then the DPO and the headteacher have a card each; look at theirs before you "
        "press Continue, and again as the form goes on. Type status at any time.",
    ),
    Question(
        "dpo",
        "press Acknowledge, and then choose under What next?",
        "Ask the teacher something, weigh the five criteria, decide, write Form B. The teacher hears what concerns "
        "them, and the headteacher's card changes where it is.",
    ),
)


def who_is_who(addresses: Mapping[str, str]) -> Iterator[str]:
    """Give a line a persona: title, name, and the address where one is them (persona's key -> address)."""
    for persona in PERSONAS:
        yield f"  {persona.title:<18} {persona.name:<22} {addresses[persona.key]}"


def questions() -> Iterator[str]:
    """Give the ten questions worth trying, each with who asks and what it shows."""
    titles = {persona.key: persona.title for persona in PERSONAS}
    for number, question in enumerate(QUESTIONS, start=1):
        yield f"{number:>3}  {titles[question.asker]}: {question.text}"
        yield from _wrapped(question.shows)


def breach() -> Iterator[str]:
    """Give a breach as a story in two pages, with whose page it is and what to look at."""
    for part in BREACH:
        title = next(persona.title for persona in PERSONAS if persona.key == part.asker)
        yield f"  -  {title}: {part.text}"
        yield from _wrapped(part.shows)


def _wrapped(text: str) -> Iterable[str]:
    return wrap(text, width=96, initial_indent="       ", subsequent_indent="       ")
