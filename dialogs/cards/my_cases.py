"""The open cases of somebody who looks after them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import MOST_ACTIONS, bold, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST = 15


@dataclass(frozen=True, slots=True)
class MyCase:
    """One open case; `line` is where it stands and what is left of its time."""

    case: int
    line: str
    show: Verb = Verb.BREACH_SHOW  # the verb of the button that opens it


def my_cases_card(mine: Sequence[MyCase]) -> Json:
    """List the cases, those with the least time first."""
    if not mine:
        return card(
            heading("No open cases"),
            text("No open case is yours to look after. Type status to see what you have reported yourself."),
        )
    rest = len(mine) - _MOST
    return card(
        heading("Your open cases"),
        *(said(bold(f"Case {one.case}:"), one.line) for one in mine[:_MOST]),
        *([said(f"And {rest} more, with more time left.")] if rest > 0 else []),
        actions=[execute(f"Show case {one.case}", one.show, case=one.case) for one in mine[:MOST_ACTIONS]],
    )
