"""A breach as the DPO and the others who may see it have it before them: updated in place wherever it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import bold, bullets, card, choose, execute, facts, fits, folded, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_SHORT = 300  # characters of a passage where the whole card would be too large


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case that opens and closes: label and words a line."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BreachCard:
    """A case in words."""

    case: int
    status: str
    facts: tuple[tuple[str, str], ...]
    words: str  # the reporter's first words
    clock: str  # "38.5 hours left: the 72 hours end Tue 24 Nov 2026 at 10:04"
    missing: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    can_acknowledge: bool = False
    steps: tuple[tuple[str, str], ...] = ()  # (title, value) of what this reader may do next
    note: str = ""  # why this card came, or that an older one was pressed


def breach_case_card(shown: BreachCard) -> Json:
    """Lay the case out; long passages are cut where the card would not travel otherwise."""
    whole = _laid_out(shown, PASSAGE)
    return whole if fits(whole) else _laid_out(shown, _SHORT)


def case_passed_card(*, case: int) -> Json:
    """Take the place of a case's card for somebody whose view of it is suspended (domain 8)."""
    return card(
        heading(f"Case {case} is with somebody else now"),
        text("The next in line sees to it. That is the rule for everybody whom a case may concern."),
    )


def _laid_out(shown: BreachCard, most: int) -> Json:
    actions = []
    if shown.can_acknowledge:
        actions.append(execute("Acknowledge", Verb.BREACH_ACKNOWLEDGE, case=shown.case))
    if shown.steps:
        actions.append(execute("Open", Verb.BREACH_STEP, case=shown.case))
    return card(
        heading(f"Case {shown.case}: a suspected breach"),
        *([said(bold(shown.note), spacing="Small")] if shown.note else []),
        said(bold(shown.clock), spacing="Small"),
        *facts(("Status", shown.status), *shown.facts),
        said(bold("First words:"), run(shown.words, limit=most)),
        *([text("Still missing:"), *bullets(shown.missing)] if shown.missing else []),
        *_sections(shown.sections, most),
        *([_next(shown.steps)] if shown.steps else []),
        actions=actions,
    )


def _sections(sections: Sequence[Section], most: int) -> list[Json]:
    laid: list[Json] = []
    for n, section in enumerate(sections):
        lines = [
            said(*([bold(f"{label}:")] if label else []), run(words, limit=most), spacing="Small")
            for label, words in section.lines
        ]
        laid += folded(section.title, f"part{n}", lines)
    return laid


def _next(steps: Sequence[tuple[str, str]]) -> Json:
    return choose("step", "What next?", steps, otherwise="Please choose what you want to do.") | {"isRequired": False}
