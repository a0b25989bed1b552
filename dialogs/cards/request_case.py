"""A request as the DPO has it before them, updated in place; and its dates alone, for whoever may not see more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.case_parts import SHORT, Section, folded_sections, what_next
from dialogs.cards.elements import bold, bullets, card, execute, facts, fits, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_EARLIER: Final = "Earlier lines are in the request's file."
_SMALLER: Final = (
    (10_000, PASSAGE),
    (10_000, SHORT),
    (12, SHORT),
    (4, SHORT),
    (2, 120),
    (1, 80),
    (0, 80),
)  # lines, characters


@dataclass(frozen=True, slots=True)
class RequestCard:
    """A request in words."""

    case: int
    kind: str
    clock: str  # "Answer by Wed 23 Dec 2026: 30 days left on Mon 23 Nov 2026."
    facts: tuple[tuple[str, str], ...]
    words: str  # what was asked, as whoever took it put it
    missing: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()  # (title, value) of what this reader may do next, letters too
    note: str = ""  # why this card came, or why a press came to nothing


def request_card(shown: RequestCard) -> Json:
    """Lay the request out; passages, then old lines, are cut where the card would not travel otherwise."""
    for lines, most in _SMALLER:
        whole = _laid_out(shown, _latest(shown.sections, lines), most)
        if fits(whole):
            break
    return whole


def request_overview_card(
    *, case: int, kind: str, clock: str, lines: Sequence[tuple[str, str]], note: str = ""
) -> Json:
    """Show the dates and no content: nobody's name, nobody's words (domain 8)."""
    return card(
        heading(f"Request {case}, its dates"),
        *([said(bold(note), spacing="Small")] if note else []),
        said(bold(clock), spacing="Small"),
        *facts(("What", kind), *lines),
        text("The DPO answers it. What is in it stays between them and whoever asked.", spacing="Small"),
    )


def request_passed_card(*, case: int) -> Json:
    """Take the place of a request's card for somebody whose view of it is suspended (domain 8)."""
    return card(
        heading(f"Request {case} is with somebody else now"),
        text("The next in line sees to it. That is the rule for everybody whom a request may concern."),
    )


def _laid_out(shown: RequestCard, sections: Sequence[Section], most: int) -> Json:
    return card(
        heading(f"Request {shown.case}"),
        *([said(bold(shown.note), spacing="Small")] if shown.note else []),
        said(bold(shown.clock), spacing="Small"),
        *facts(("What", shown.kind), *shown.facts),
        said(bold("In their words:"), run(shown.words, limit=most)),
        *([text("Still missing:"), *bullets(shown.missing)] if shown.missing else []),
        *folded_sections(sections, most),
        *([what_next(shown.steps)] if shown.steps else []),
        actions=[execute("Open", Verb.REQUEST_STEP, case=shown.case)] if shown.steps else (),
    )


def _latest(sections: Sequence[Section], most: int) -> tuple[Section, ...]:
    """Keep the last lines of long parts: the whole of it is in the export."""
    return tuple(
        section
        if len(section.lines) <= most
        else Section(section.title, (("", _EARLIER), *section.lines[len(section.lines) - most :]))
        for section in sections
    )
