"""A clause as the school's own document has it: the school's words, never ours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, card, fits, folded, heading, run, said, small, text
from dialogs.cards.inert import PASSAGE
from dialogs.conversation import Json

_SHORT: Final = 700  # characters: more is folded
_ALL: Final = 5000  # of one clause; halved until the card can travel
_LEAST: Final = 300


@dataclass(frozen=True, slots=True)
class Quote:
    """One cited clause with everything that stands under it."""

    document: str  # "photography policy"
    number: str
    lines: tuple[tuple[str, str, str], ...]  # (number, heading, text) of it and of its parts


def clause_card(quotes: Sequence[Quote]) -> Json:
    """Quote one to four clauses, shorter where they would not travel."""
    longest = _ALL
    while longest > _LEAST and not fits(whole := _drawn(quotes, longest)):
        longest //= 2
    return whole


def gone_card() -> Json:
    """Say that the clause is no longer there."""
    return card(
        heading("That clause is not there any more"),
        text("The school's document has changed since. Ask me again, and I answer from what is in force now."),
    )


def _drawn(quotes: Sequence[Quote], longest: int) -> Json:
    body = [heading("In the school's own words")]
    for n, quote in enumerate(quotes):
        body += _quote(quote, f"clause-{n}", longest)
    return card(*body, *small("Copied from the document that the school imported. If it and I differ, ask the DPO."))


def _quote(quote: Quote, name: str, longest: int) -> list[Json]:
    title = f"{quote.document[:1].upper()}{quote.document[1:]}, {quote.number}"
    paragraphs = list(_paragraphs(quote, longest))
    if sum(map(len, paragraphs)) <= _SHORT:
        return [said(bold(title)), *(said(run(each, limit=PASSAGE), spacing="Small") for each in paragraphs)]
    shown, *rest = paragraphs
    if len(shown) > _SHORT:
        rest, shown = paragraphs, ""
    start = [said(run(shown, limit=PASSAGE), spacing="Small")] if shown else []
    return [
        said(bold(title)),
        *start,
        *folded("Show the whole clause", name, [said(run(each, limit=PASSAGE), spacing="Small") for each in rest]),
    ]


def _paragraphs(quote: Quote, longest: int) -> Iterator[str]:
    """Go through the clause's paragraphs, each part's number before its first; stop where it gets too long."""
    left = longest
    for number, title, words in quote.lines:
        first = "" if number == quote.number else number
        for line in (title, *words.split("\n")):
            if not line:
                continue
            if left <= 0:
                yield "… It goes on in the document."
                return
            yield f"{first} {line[:left]}".strip()
            first, left = "", left - len(line)
