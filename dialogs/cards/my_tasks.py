"""What is asked of somebody, in one list: each with the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import bullets, card, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.cards.ways import Way, ways
from dialogs.conversation import Json

_MOST = 15


@dataclass(frozen=True, slots=True)
class MyTask:
    """One thing to do. `data` is what its button sends, by key."""

    line: str
    title: str = ""  # the button's; without one there is a card of its own
    verb: Verb | None = None
    data: tuple[tuple[str, str | int], ...] = ()


def my_tasks_card(mine: Sequence[MyTask]) -> Json:
    """List them, half-filled forms first."""
    if not mine:
        return card(
            heading("Nothing is asked of you"),
            text("No form is half filled in and no task waits. Type status to see how far your own reports are."),
        )
    choice, buttons = ways(to_tasks(mine))
    return card(heading("What is asked of you"), *task_lines(mine), *choice, actions=buttons)


def task_lines(mine: Sequence[MyTask]) -> list[Json]:
    """Say each in a line, and how many more there are."""
    rest = len(mine) - _MOST
    more = [said(f"And {rest} more, which come up when some of these are done.")] if rest > 0 else []
    return [*bullets(one.line for one in mine[:_MOST]), *more]


def to_tasks(mine: Sequence[MyTask]) -> list[Way]:
    """Return the way to each."""
    return [Way(one.title, one.verb, one.data) for one in mine if one.verb is not None]
