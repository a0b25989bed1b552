"""A form as it was filled in: its own numbers, what was answered, what is not known yet, and who signed it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.exports.document import Block, Document, Heading, Points, Rows, Words, facts
from bot.exports.who import iso
from policy.forms import Value, is_unknown

STAR = "*"
EMPTY = "Still to be filled in"
LEFT_BLANK = "Left blank"


@dataclass(frozen=True, slots=True)
class Line:
    """One field. `number` is the form's own ("2a"), empty for what is asked besides."""

    number: str
    name: str
    label: str
    answer: str  # in words
    starred: bool = False
    value: Value | None = None  # as it is kept
    expected_by: str | None = None  # ISO: the day on which it will be known


@dataclass(frozen=True, slots=True)
class FilledForm:
    """One signed or saved form. `about` are facts for its head: version, times, who."""

    name: str
    title: str
    case: int
    school: str
    about: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    signed_by: str
    signed_at: datetime
    version: int | None = None
    versions: int | None = None
    final: bool = True

    @property
    def not_known_yet(self) -> tuple[str, ...]:
        """Return what is open, with the day on which it is expected."""
        return tuple(f"{line.number} {line.label}: {line.answer}" for line in self.lines if is_unknown(line.value))


def document(form: FilledForm, *, footer: str, made_at: datetime) -> Document:
    """Lay a form out: its head, a table of its fields, what is still to come, and the signature."""
    stars = any(line.starred for line in form.lines)
    blocks: list[Block] = [facts(form.about, heading=("About", "this form"))]
    if stars:
        blocks.append(Words(f"Fields with {STAR} must be filled in before the report goes out."))
    blocks.append(Heading("Answers"))
    blocks.append(Rows(("No", "Field", "Answer"), tuple(map(_row, form.lines)), (1, 4, 8)))
    if form.not_known_yet:
        blocks += [Heading("Not known yet"), Points(form.not_known_yet)]
    blocks += [Heading("Signature"), Words(form.signed_by)]
    return Document(f"{form.title}: case {form.case}", tuple(blocks), footer, made_at)


def as_json(form: FilledForm) -> bytes:
    """Return a form for machines: UTF-8, instants in ISO 8601."""
    told = {
        "form": form.name,
        "case": form.case,
        "school": form.school,
        "version": form.version,
        "versions": form.versions,
        "final": form.final,
        "signed_by": form.signed_by,
        "signed_at": iso(form.signed_at),
        "fields": [_object(line) for line in form.lines],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Sort by the form's own numbers; what it does not number comes last."""
    return tuple(sorted(lines, key=lambda line: (not line.number, int(line.number or 0))))


def _row(line: Line) -> tuple[str, str, str]:
    blank = EMPTY if line.starred else LEFT_BLANK
    return line.number, f"{line.label} {STAR}" if line.starred else line.label, line.answer or blank


def _object(line: Line) -> dict[str, object]:
    return {
        "number": line.number,
        "name": line.name,
        "label": line.label,
        "starred": line.starred,
        "answer": line.answer,
        "value": line.value,
        "not_known_yet": is_unknown(line.value),
        "expected_by": line.expected_by,
    }
