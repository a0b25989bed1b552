"""Case files for the tests of exports, and how to read back what was written."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, Final

from docx import Document

from bot.exports.case_of import CaseFile
from policy.breach.events import Happened, Matter
from policy.names import Roll
from policy.records import Pupil
from storage.schools import School
from tests.policy.breach.breach_examples import (
    CRITERIA,
    DPO,
    HEAD,
    LETTER,
    REPORTER,
    REVIEW,
    SOMEBODY,
    Told,
    form_b_answers,
    opened,
)

LATER: Final = datetime(2026, 2, 6, 12, tzinfo=UTC)
SCHOOL: Final = School(1, "ASH", "Ashdown Primary", "england-and-wales", 0, 0, 0, None)
NAMES: Final = {REPORTER: "Jo Bellweather", DPO: "Gwen Pascoe", HEAD: "Ira Stonecroft", SOMEBODY: "Kit Wainfleet"}
FORM_A: Final[dict[str, Any]] = {
    "noticed": {"at": "2026-02-02T08:40:00+00:00"},
    "happened": {"unknown": True, "expected_by": None},
    "what": "Two letters were swapped.\nOne family rang.",
    "going_on": "no",
    "seen_by": "known",
    "actions": "Rang the family.",
    "recovered": "yes",
    "recovered_how": "They brought it back.",
    "data": "Reading scores.",
    "kinds": ["school", "contact"],
    "people": ["pupils"],
    "number": 2,
    "protected": "no",
    "child": "no",
    "name": "Jo Bellweather",
    "workplace": "1",
}
FORM_B: Final[dict[str, Any]] = form_b_answers() | {
    "1_organisation": "Ashdown Primary",
    "1_dpo": "Gwen Pascoe",
    "1_contact": "dpo@ashdown.example",
    "2a": "Two letters were swapped.",
    "3d": {"unknown": True, "expected_by": "2026-02-20"},
    "8_name": "Gwen Pascoe",
    "8_title": "Data protection officer",
}


def a_file(told: Told, *, now: datetime = LATER) -> CaseFile:
    """Make a case file of what was told, without a database."""
    return CaseFile(
        breach=told.breach,
        events=tuple(told.events),
        school=SCHOOL,
        schools={1: "Ashdown Primary", 2: "Birchfield Primary"},
        names=NAMES,
        emails={REPORTER: "jo@ashdown.example"},
        by="Gwen Pascoe",
        made_at=now,
    )


def signed() -> Told:
    """Form A sent."""
    return opened().then(Happened.FORM_A_SIGNED, by=REPORTER, answers=FORM_A)


def reported(**form_b: Any) -> Told:  # noqa: ANN401  answers: JSON
    """Two versions of Form B, the second final and sent; T0 corrected once, both letters and the review written."""
    told = signed().then(Happened.ACKNOWLEDGED, hours=1)
    told.then(Happened.AWARE_CORRECTED, at="2026-02-02T11:00:00+00:00", reason="The office rang at eleven.")
    told.then(Happened.ANALYSED, criteria=CRITERIA)
    told.decided(Matter.ICO, "yes", risk_unlikely="yes", override="Better safe.")
    told.then(Happened.FORM_B_SAVED, answers={"2a": "First words."}, final=False)
    told.then(Happened.FORM_B_SAVED, answers=FORM_B | form_b, final=True)
    told.then(Happened.ICO_SENT, hours=2, at="2026-02-02T12:10:00+00:00", how="online", reference="IC-1")
    told.decided(Matter.SUBJECTS, "yes", high_risk="yes")
    told.then(Happened.LETTER_WRITTEN, parts=LETTER)
    return told.then(Happened.REVIEWED, hours=1, **REVIEW)


def pupil(number: int, first: str, last: str, preferred: str = "") -> Pupil:
    """Make one pupil."""
    return Pupil(number, first, preferred, last, "4B", "4", date(2018, 3, 4), date(2022, 9, 2), None)


def roll(*names: str) -> Roll:
    """Make a roll of pupils by their first and last names."""
    made = (name.rpartition(" ") for name in names)
    return Roll.of(pupil(number, first, last) for number, (first, _, last) in enumerate(made, start=1))


def text_of(docx: bytes) -> str:
    """Return everything that a Word file says: its headings, paragraphs, tables and footer."""
    return "\n".join(_texts(docx))


def table_of(docx: bytes, place: int = 0) -> list[tuple[str, ...]]:
    """Return one table of a Word file."""
    tables = Document(io.BytesIO(docx)).tables
    return [tuple(cell.text for cell in row.cells) for row in tables[place].rows]


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Return a zip file's members."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        return {name: read.read(name) for name in read.namelist()}


def _texts(docx: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(docx))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for table in document.tables:
        for row in table.rows:
            yield " | ".join(cell.text for cell in row.cells)
    for section in document.sections:
        for paragraph in section.footer.paragraphs:
            yield paragraph.text
