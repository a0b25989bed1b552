"""A school full of names that are words, and one way to hear what is said in it."""

from collections.abc import Callable
from datetime import date
from typing import Final

import pytest

from policy.names import Roll
from policy.records import Pupil
from policy.understanding import Group, Heard, Pupils, Unsure, read

MONDAY: Final = date(2026, 11, 23)
PUPILS: Final = (
    ("Amelia", "Hart", "4B"),
    ("Amelia", "Hughes", "4L"),
    ("Tom", "Baker", "4L"),
    ("Ann", "Lee", "4L"),
    ("Lee", "Sharp", "4B"),
    ("May", "Green", "2C"),
    ("Will", "Grace", "6T"),
    ("Grace", "Field", "6T"),
    ("Summer", "Fielding", "2C"),
    ("Anne-Marie", "O'Brien", "2C"),
    ("Zoë", "Young", "6T"),
    ("Rose", "Page", "RW"),
    ("James", "Thomas", "4L"),
    ("Katherine", "Nowak", "6T"),
    ("Mary Jane", "van der Berg", "2C"),
    ("Freya", "Smith-Jones", "2C"),
    ("Freya", "Smith", "4B"),
    ("Łukasz", "Wójcik", "4B"),
    ("Ezekiel", "Boothroyd", "4L"),
    ("Harry", "Fox", "2C"),
    ("Harry", "Fox", "6T"),
    ("April", "Winter", "6T"),
    ("Rob", "Moon", "6T"),
    ("Robin", "Story", "Willow"),
)

Hear = Callable[..., Heard]


def a_pupil(number: int, first: str, last: str, class_name: str, preferred: str = "") -> Pupil:
    """Invent a pupil."""
    year = class_name[0] if class_name[0].isdigit() else "R"
    return Pupil(number, first, preferred, last, class_name, year, date(2017, 1, 1), date(2022, 9, 1), None)


@pytest.fixture(scope="session")
def roll() -> Roll:
    """The school."""
    return Roll.of(
        a_pupil(number, *told, preferred="Zeke" if told[0] == "Ezekiel" else "")
        for number, told in enumerate(PUPILS, 1)
    )


@pytest.fixture(scope="session")
def hear(roll: Roll) -> Hear:
    """Read a message on the Monday, in a school that has listed the Wexley Gazette."""

    def _hear(text: str, previous: Heard | None = None) -> Heard:
        return read(text, today=MONDAY, roll=roll, organisations=("Wexley Gazette",), previous=previous)

    return _hear


def told(heard: Heard) -> str:
    """Say who was understood, in one line: "Tom Baker, Ann Lee", "group 4L", "? Tom / found"."""
    match heard.who:
        case Pupils(pupils):
            return ", ".join(pupil.display_name for pupil in pupils)
        case Group(label, _, also):
            return ", ".join((f"group {label}", *(pupil.display_name for pupil in also)))
        case Unsure(asks):
            return "? " + "; ".join(ask.heard for ask in asks)
        case _:
            return "nobody"


@pytest.fixture(scope="session")
def who(hear: Hear) -> Callable[[str], str]:
    """Say who a message is about."""
    return lambda text: told(hear(text))
