"""What we still need to know, asked in a sentence: whom, which class, which day, which school."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, card, execute, heading, said, text
from dialogs.cards.inert import NAME
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def who_card() -> Json:
    """Nobody was named."""
    return card(
        heading("Who is it about?"),
        text("Please type a pupil's name, several names, a class or a year, for instance: 4B."),
    )


def alike_card(heard: str) -> Json:
    """Say that two pupils share name, class and year: nobody can choose between them here."""
    return card(
        heading("I can't tell them apart"),
        said("There are several pupils in one class for", bold(heard, limit=NAME)),
        text("Please ask the office or the data lead, and take no picture until they have looked."),
    )


def which_class_card() -> Json:
    """Ask which class: "my class" was said, and we do not know whose."""
    return card(heading("Which class?"), text("Please type the class or the year, for instance: 4B."))


def which_day_card(words: str) -> Json:
    """Ask for a day that was meant but cannot be read; today is never assumed for it."""
    return card(
        heading("Which day?"),
        *([said("You wrote:", bold(words, limit=NAME))] if words else []),
        text("Please type the day, for instance: 3 July, next Tuesday or today."),
    )


def which_school_card(schools: Sequence[tuple[str, str]], *, pending: str, revision: int) -> Json:
    """For somebody who works at several schools; `schools` are (code, name)."""
    return card(
        heading("At which school?"),
        actions=[
            execute(name, Verb.SCHOOL_CHOOSE, pending=pending, rev=revision, school=code) for code, name in schools
        ],
    )


def moved_on_card() -> Json:
    """Say that the button's question was answered, replaced or forgotten."""
    return card(
        heading("That question is closed"),
        text("It was answered or has expired. Nothing was changed. Please ask again if you still need it."),
    )


def nothing_open_card() -> Json:
    """After `cancel`."""
    return card(heading("All clear"), text("I have no open question for you. Type help to see what I can do."))


def cancelled_card() -> Json:
    """After `cancel`, with a question of ours dropped."""
    return card(heading("Forgotten"), text("I have dropped the question I asked you. Nothing else was changed."))
