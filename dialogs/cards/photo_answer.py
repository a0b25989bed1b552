"""The answer to "may I photograph…?": yes or no first, then what to do, then the clause (domain 1.6)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, bullets, card, execute, fits, folded, heading, names, run, said, small, text
from dialogs.cards.inert import LINE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.photos.wording import LESS_THAN_ASKED

_DOCUMENTS: Final = {
    "photography": "Photography policy",
    "online-safety": "Online-safety policy",
    "data-protection": "Data-protection policy",
    "sar-procedure": "Access-request procedure",
    "breach-procedure": "Breach procedure",
    "cctv-code": "CCTV code",
}
_FIRST_WORDS: Final = (*LESS_THAN_ASKED, "Yes", "No")
_NAMES_ON_ONE_CARD: Final = 9000  # characters; more would not travel, and a list with an end missing is worse than none


@dataclass(frozen=True, slots=True)
class PhotoCard:
    """Everything that the card shows. `shape` is one of the four of domain 1.6: G, R, P or D."""

    shape: str
    headline: str  # a sentence that starts with the answer: "Yes, a photo of Amelia Hart (4B) for …"
    question: str  # the number under which the question was noted; only ever in the data of a button
    citations: tuple[tuple[str, str], ...] = ()  # (document, clause), names as in contract 3
    conditions: tuple[str, ...] = ()  # sentences; the first five
    more: tuple[str, ...] = ()  # the rest, folded
    leave_out: tuple[str, ...] = ()  # display names
    alternative: str = ""  # what can be done instead
    conduct: tuple[str, ...] = ()  # what filming families are asked to keep to
    notes: tuple[str, ...] = ()  # "The list is 41 days old."
    ask_the_head: bool = False  # a rule that the headteacher may lift for a day
    quotable: tuple[tuple[str, str], ...] = ()  # those of the clauses that the school's own documents have


def photo_answer_card(answer: PhotoCard) -> Json:
    """Show an answer. An R shows nothing that comes from a pupil's record, whatever it was given."""
    match answer.shape:
        case "G":
            return _yes(answer)
        case "R":
            return card(
                *answer_first(answer.headline, otherwise="No"),
                *_instead(answer),
                *_under(answer),
                actions=(  # domain 1.6.2
                    execute("Request review", Verb.REVIEW_REQUEST, question=answer.question),
                    *_show_clause(answer),
                ),
            )
        case "P":
            ask = execute("Ask the headteacher", Verb.PERMISSION_REQUEST, question=answer.question)
            return card(
                *answer_first(answer.headline, otherwise="No"),
                *_instead(answer),
                *_under(answer),
                actions=(*((ask,) if answer.ask_the_head else ()), *_show_clause(answer)),
            )
        case "D":
            body = (*answer_first(answer.headline, otherwise="Not yet"), *_instead(answer), *_under(answer))
            return card(*body, actions=_show_clause(answer))
        case other:
            raise ValueError(f"An answer is G, R, P or D, not {other!r}.")


def clause_line(citations: Iterable[tuple[str, str]]) -> str:
    """Name the clauses, in the order given: "Photography policy 4.1 · 5.5; Online-safety policy 4.3"."""
    by_document: dict[str, list[str]] = {}
    for document, clause in citations:
        by_document.setdefault(_DOCUMENTS.get(document, document), []).append(clause)
    return "; ".join(f"{document} {' · '.join(clauses)}" for document, clauses in by_document.items())


def show_clause(quotable: Sequence[tuple[str, str]], *, question: str) -> list[Json]:
    """Offer the school's own words, where its documents have the clauses; no button where they have none."""
    if not quotable:
        return []
    cited = ";".join(f"{document} {number}" for document, number in quotable)
    return [execute("Show the clause", Verb.CLAUSE_SHOW, question=question, cited=cited)]


def _show_clause(answer: PhotoCard) -> list[Json]:
    return show_clause(answer.quotable, question=answer.question)


def _yes(answer: PhotoCard) -> Json:
    if sum(map(len, answer.leave_out)) > _NAMES_ON_ONE_CARD:
        return _too_long()
    whole = card(
        *answer_first(answer.headline, otherwise="Yes"),
        *_left_out(answer.leave_out),
        *([said(bold("Ask families to keep to this:")), *bullets(answer.conduct)] if answer.conduct else []),
        *_conditions(answer.conditions, answer.more),
        *_instead(answer),
        *_under(answer),
        actions=_show_clause(answer),
    )
    return whole if fits(whole) else _too_long()


def answer_first(headline: str, *, otherwise: str, limit: int = LINE) -> tuple[Json, Json]:
    """Put the answer in one large word, and the sentence that goes on from it, of at most `limit` characters."""
    for word in _FIRST_WORDS:
        rest = headline.removeprefix(word)
        if rest != headline and rest[:1] in {",", ".", ":", ";"}:
            rest = rest[1:].lstrip()
            return _large(word), said(run(rest[:1].upper() + rest[1:], limit=limit), spacing="Small")
    return _large(otherwise), said(run(headline, limit=limit), spacing="Small")


def _large(word: str) -> Json:
    return heading(word) | {"size": "ExtraLarge"}


def _left_out(people: Sequence[str]) -> list[Json]:
    if not people:
        return []
    return [said(bold(f"Leave out of the picture ({len(people)}):")), *names(people)]  # K4


def _conditions(first: Sequence[str], rest: Sequence[str]) -> list[Json]:
    if not first:
        return []
    folded_rest = folded("All conditions", "all-conditions", bullets(rest)) if rest else []
    return [said(bold("Please:")), *bullets(first), *folded_rest]


def _instead(answer: PhotoCard) -> list[Json]:
    return [said(answer.alternative)] if answer.alternative else []


def _under(answer: PhotoCard) -> list[Json]:
    clauses = clause_line(answer.citations)
    return small(*([clauses] if clauses else []), *answer.notes)


def _too_long() -> Json:
    return card(
        heading("Please ask class by class"),
        text(
            "There are more names to leave out than one message can carry. "
            "Please take no pictures on this answer: ask again for one class at a time."
        ),
    )
