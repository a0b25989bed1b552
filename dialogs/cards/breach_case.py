"""A breach as the DPO and the others who may see it have it before them: updated in place wherever it was sent."""

from dataclasses import dataclass

from dialogs.cards.case_parts import SHORT, Section, folded_sections, still_missing, what_next
from dialogs.cards.elements import bold, card, execute, facts, fits, heading, run, said, small, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class BreachCard:
    """A case in words."""

    case: int
    status: str
    facts: tuple[tuple[str, str], ...]
    words: str  # the reporter's first words
    clock: str  # "38.5 hours left to tell the ICO, until Tue 24 Nov 2026 at 10:04."
    counted: str = ""  # when the hours were counted, while they run
    missing: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    can_acknowledge: bool = False
    steps: tuple[tuple[str, str], ...] = ()  # (title, value) of what this reader may do next
    note: str = ""  # why this card came, or that an older one was pressed


def breach_case_card(shown: BreachCard) -> Json:
    """Lay the case out; long passages are cut where the card would not travel otherwise."""
    whole = _laid_out(shown, PASSAGE)
    return whole if fits(whole) else _laid_out(shown, SHORT)


def case_passed_card(*, case: int) -> Json:
    """Take the place of a case's card for somebody whose view of it is suspended (domain 8)."""
    return card(
        heading(f"Case {case} is with somebody else now"),
        text("The next in line sees to it. That is the rule for everybody whom a case may concern."),
    )


def _laid_out(shown: BreachCard, most: int) -> Json:
    actions = []
    if shown.can_acknowledge:
        actions.append(execute("Acknowledge", Verb.BREACH_ACKNOWLEDGE, case=shown.case) | {"associatedInputs": "none"})
    if shown.steps:
        actions.append(execute("Open", Verb.BREACH_STEP, case=shown.case))
    return card(
        heading(f"Case {shown.case}: a suspected breach"),
        *([said(bold(shown.note), spacing="Small")] if shown.note else []),
        said(bold(shown.clock), spacing="Small"),
        *(small(shown.counted) if shown.counted else []),
        said(bold("In their words:"), run(shown.words, limit=most)),
        *facts(("Status", shown.status)),
        *still_missing(shown.missing),
        *facts(*shown.facts),
        *folded_sections(shown.sections, most),
        *([what_next(shown.steps)] if shown.steps else []),
        actions=actions,
    )
