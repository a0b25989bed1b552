"""A reminder about a request: done with, put off, or seen to."""

from collections.abc import Sequence
from typing import Final

from dialogs.cards.elements import MOST_ACTIONS, card, execute, heading, said
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST_TASKS: Final = 2


def request_nudge_card(
    *,
    case: int,
    words: Sequence[str],
    settles: str = "",
    snoozes: str = "",
    shows: bool = True,
    tasks: Sequence[int] = (),
    keeps: bool = False,
) -> Json:
    """Remind somebody. `settles` and `snoozes` are the lines that they can be done with or put off, spaces between.

    `tasks` are the numbers of the reader's own tasks that it is about; `keeps`: they are to confirm that they delete
    nothing.
    """
    buttons = [execute("Confirm", Verb.REQUEST_KEEP, case=case)] if keeps else []
    buttons += [execute(f"Show task {task}", Verb.REQUEST_TASK, case=case, task=task) for task in tasks[:_MOST_TASKS]]
    if shows:
        buttons.append(execute("Show the request", Verb.REQUEST_SHOW, case=case))
    if settles:
        buttons.append(execute("Done with this", Verb.REQUEST_SETTLE, case=case, lines=settles))
    if snoozes:
        buttons.append(execute("Remind me tomorrow", Verb.REQUEST_SNOOZE, case=case, lines=snoozes, days=1))
        buttons.append(execute("Remind me in 3 days", Verb.REQUEST_SNOOZE, case=case, lines=snoozes, days=3))
    return card(heading(f"Request {case}"), *(said(line) for line in words), actions=buttons[:MOST_ACTIONS])


def request_snoozed_card(*, case: int, words: Sequence[str]) -> Json:
    """Take the reminder's place once it was put off or done with."""
    return card(heading(f"Request {case}"), *(said(line) for line in words))
