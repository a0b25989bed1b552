"""The ways from a list to what is on it: a button each while there is room, else one list to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import MOST_ACTIONS, apart, choose, execute
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

ENTRY: Final = "entry"  # the list's name: "breach.show/17"
_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Way:
    """A button: its title, and what it sends by key."""

    title: str
    verb: Verb
    data: tuple[tuple[str, str | int], ...] = ()

    @property
    def entry(self) -> str:
        """The same as the value of a list."""
        return "/".join([self.verb.value, *(str(value) for _, value in self.data)])


def ways(found: Sequence[Way]) -> tuple[list[Json], list[Json]]:
    """Return what goes at the end of the body, and the actions."""
    if len(found) <= MOST_ACTIONS:
        return [], [execute(one.title, one.verb, **dict(one.data)) for one in found]
    listed = [(one.title, one.entry) for one in found[:_MOST]]
    question = choose(ENTRY, "Which one shall I open?", listed, otherwise="Please choose one.")
    return [apart(question, depth=1)], [execute("Open", Verb.INBOX_OPEN)]
