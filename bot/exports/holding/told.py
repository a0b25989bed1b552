"""What is held about somebody, as a document and for machines, with everybody else taken out of it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bot.exports.document import Block, Document, Heading, Points, Words
from bot.exports.holding.places import Place
from bot.exports.unnamed import Named
from bot.exports.who import iso, when, yes_no

ADDRESS_LEFT_OUT: Final = "[address left out]"
NOTHING: Final = "Nothing."
NUMBER_LEFT_OUT: Final = "[number left out]"
_NUMBER: Final = re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b|(?<![\w-])\+?\d(?:[ ()]?\d){9,13}(?![\w-])")  # a UPN, a phone's
_ADDRESS: Final = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+")
_IDS: Final = frozenset({"person", "owner", "by", "of", "task", "item", "place", "pupil"})  # where they are numbers
# What is somebody else's whatever stands there: a requester, whom a case is about, who signed for a pupil.
_OTHERS: Final = frozenset({"requester", "about", "born", "contact", "given_by", "who", "names", "involved", "pupils"})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """What one place holds: each row is labelled values, the empty ones left out."""

    name: str
    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """Everything about one person that may be handed out. `doubtful`: names may still be in some of its words."""

    about: str
    school: str
    by: str
    made_at: datetime
    sections: tuple[Section, ...]
    doubtful: bool


def holding(
    found: Iterable[tuple[Place, Sequence[Row]]], named: Named, *, about: str, school: str, by: str, made_at: datetime
) -> Holding:
    """Make it of the rows that were found; `named` knows everybody who is not to be named."""
    doubts: list[bool] = []
    sections = tuple(
        Section(place.table, place.title, tuple(tuple(_cells(place, row, named, doubts)) for row in rows))
        for place, rows in found
    )
    return Holding(about, school, by, made_at, sections, any(doubts))


def document(held: Holding) -> Document:
    """Lay it out: a heading a place, a point a row."""
    blocks: list[Block] = [
        Words(
            f"This is what Ask DPO itself holds about {held.about} at {held.school}, {when(held.made_at)}. "
            "Other people's names and addresses are left out, and so is what only the safeguarding lead keeps: "
            "the school answers about that by itself."
        )
    ]
    for section in held.sections:
        blocks.append(Heading(section.title))
        points = tuple("; ".join(f"{label.replace('_', ' ')}: {value}" for label, value in row) for row in section.rows)
        blocks.append(Points(points) if points else Words(NOTHING))
    footer = f"{held.school}. Written by Ask DPO for {held.by}, {when(held.made_at)}."
    return Document(f"What Ask DPO holds about {held.about}", tuple(blocks), footer, held.made_at)


def as_json(held: Holding) -> bytes:
    """Return it for machines: UTF-8, instants in ISO 8601."""
    told = {
        "about": held.about,
        "school": held.school,
        "made_at": iso(held.made_at),
        "sections": [
            {"name": section.name, "title": section.title, "rows": [dict(row) for row in section.rows]}
            for section in held.sections
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def words_in(data: Any, *, of_all: bool = False) -> str:  # noqa: ANN401  JSON
    """Return what a stored answer or event says, a line a value, without what is somebody else's by its very field.

    With `of_all` that too, to look for a name.
    """
    return "\n".join(_said(data, frozenset() if of_all else _OTHERS))


def _cells(place: Place, row: Row, named: Named, doubts: list[bool]) -> Iterator[tuple[str, str]]:
    for column in place.shows:
        said = _cell(row[column])
        if column in place.words:
            clean = named.without(_NUMBER.sub(NUMBER_LEFT_OUT, _ADDRESS.sub(ADDRESS_LEFT_OUT, said)))
            doubts.append(clean.doubtful)
            said = clean.text
        if said:
            yield column, said


def _cell(value: Any) -> str:  # noqa: ANN401  whatever a column holds
    match value:
        case None:
            return ""
        case bool():
            return yes_no(value)
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _said(data: Any, without: frozenset[str], label: str = "") -> Iterator[str]:  # noqa: ANN401  JSON
    match data:
        case dict():
            for key, value in data.items():
                if key not in without and not (key in _IDS and str(value).isdecimal()):
                    yield from _said(value, without, key.replace("_", " "))
        case list():
            for value in data:
                yield from _said(value, without, label)
        case None | "":
            return
        case _:
            yield f"{label}: {_cell(data)}" if label else _cell(data)
