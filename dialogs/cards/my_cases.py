"""The open cases of somebody who looks after them, and with them whatever else waits for that person."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import bold, card, heading, said, text
from dialogs.cards.my_tasks import MyTask, task_lines, to_tasks
from dialogs.cards.verbs import Verb
from dialogs.cards.ways import Way, ways
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
    choice, buttons = ways(_to_cases(mine))
    return card(heading("Your open cases"), *_lines(mine), *choice, actions=buttons)


def inbox_card(mine: Sequence[MyCase], tasks: Sequence[MyTask]) -> Json:
    """List the cases, and then what is asked of the same person."""
    if not mine and not tasks:
        return card(
            heading("Nothing waits for you"),
            text("No open case is yours to look after, and nothing is asked of you."),
            text("Type status to see how far your own reports are."),
        )
    choice, buttons = ways([*_to_cases(mine), *to_tasks(tasks)])
    return card(
        heading("What waits for you"),
        *([said(bold(f"Open cases ({len(mine)})"), spacing="Medium"), *_lines(mine)] if mine else []),
        *([said(bold(f"Asked of you ({len(tasks)})"), spacing="Medium"), *task_lines(tasks)] if tasks else []),
        *choice,
        actions=buttons,
    )


def _lines(mine: Sequence[MyCase]) -> list[Json]:
    rest = len(mine) - _MOST
    more = [said(f"And {rest} more, with more time left.")] if rest > 0 else []
    return [*(said(bold(f"Case {one.case}:"), one.line) for one in mine[:_MOST]), *more]


def _to_cases(mine: Sequence[MyCase]) -> list[Way]:
    return [Way(f"Show case {one.case}", one.show, (("case", one.case),)) for one in mine]
