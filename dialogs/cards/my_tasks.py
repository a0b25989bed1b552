"""What is asked of somebody, in one list: each with the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import MOST_ACTIONS, bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
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
    rest = len(mine) - _MOST
    buttons = [execute(one.title, one.verb, **dict(one.data)) for one in mine[:_MOST] if one.verb is not None]
    return card(
        heading("What is asked of you"),
        *bullets(one.line for one in mine[:_MOST]),
        *([said(f"And {rest} more, which come up when some of these are done.")] if rest > 0 else []),
        actions=buttons[:MOST_ACTIONS],
    )
