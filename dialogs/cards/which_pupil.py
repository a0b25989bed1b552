"""Which pupil is meant? Name, class and year only (domain 1.6.8); a press decides, never a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import MOST_ACTIONS, bold, card, choose, execute, heading, run, said, text
from dialogs.cards.inert import NAME
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

NONE_OF_THESE: Final = "none"
_ASKS_ON_ONE_CARD: Final = 8


@dataclass(frozen=True, slots=True)
class PupilChoice:
    """One pupil who may be meant."""

    id: int
    name: str
    class_name: str
    year: str

    @property
    def label(self) -> str:
        """As on a button: "Amelia Hart, 4B, Year 4"."""
        year = f"Year {self.year}" if self.year.isdecimal() else self.year
        return ", ".join(part for part in (self.name, self.class_name, year) if part)


@dataclass(frozen=True, slots=True)
class PupilAsk:
    """A name as it was typed, and who it may be, best first; nobody where no pupil is like it."""

    heard: str
    choices: tuple[PupilChoice, ...] = ()


def which_pupil_card(asks: Sequence[PupilAsk], *, pending: str, revision: int) -> Json:
    """One button a pupil where they are few, else lists and one button.

    Either way the data holds `pending`, `rev` and, for the n-th ask with choices, `pupil<n>`: an id or NONE_OF_THESE.
    """
    known = [ask for ask in asks if ask.choices]
    unknown = [said("I don't know a pupil called", bold(ask.heard, limit=NAME)) for ask in asks if not ask.choices]
    if not known:
        return card(
            heading("Who do you mean?"),
            *unknown[:_ASKS_ON_ONE_CARD],
            text(
                "Please check the spelling, or type the names or the class. "
                "I know your school's pupils, but not who is in a team."
            ),
        )
    if len(known) == 1 and len(known[0].choices) < MOST_ACTIONS:
        return card(
            heading("Which pupil?"),
            said("You wrote:", bold(known[0].heard, limit=NAME)),
            *unknown,
            actions=_buttons(known[0], pending, revision),
        )
    shown = known[:_ASKS_ON_ONE_CARD]
    return card(
        heading("Which pupil?" if len(known) == 1 else "Which pupils?"),
        *(_list(n, ask) for n, ask in enumerate(shown)),
        *unknown[:_ASKS_ON_ONE_CARD],
        *_over(len(asks) - len(shown) - len(unknown[:_ASKS_ON_ONE_CARD])),
        actions=(execute("Continue", Verb.PUPIL_CHOOSE, pending=pending, rev=revision),),
    )


def _buttons(ask: PupilAsk, pending: str, revision: int) -> list[Json]:
    answers = [(choice.label, str(choice.id)) for choice in ask.choices]
    return [
        execute(title, Verb.PUPIL_CHOOSE, pending=pending, rev=revision, pupil0=value)
        for title, value in (*answers, ("None of these", NONE_OF_THESE))
    ]


def _list(n: int, ask: PupilAsk) -> Json:
    answers = [(choice.label, str(choice.id)) for choice in ask.choices]
    return choose(
        f"pupil{n}",
        f"{run(ask.heard, limit=NAME)['text']} is",
        (*answers, ("None of these", NONE_OF_THESE)),
        otherwise="Please choose a pupil, or None of these.",
    )


def _over(left: int) -> list[Json]:
    if left <= 0:
        return []
    return [text(f"{left} more names were unclear to me. Please ask about fewer pupils at a time.")]
