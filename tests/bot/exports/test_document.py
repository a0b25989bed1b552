"""Documents are real ones, and say the same in the same bytes."""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.shared import Mm

from bot.exports.document import Document, Heading, Points, Rows, Words, as_docx, as_text
from tests.bot.exports.export_examples import table_of, text_of

MADE = datetime(2026, 2, 6, 12, tzinfo=UTC)
WRITTEN = Document(
    "A case",
    (
        Heading("First"),
        Words("One line\nand another"),
        Points(("a point", "and one more")),
        Rows(("No", "Answer"), (("1", "Zoë\nsaid so"), ("2", "")), (1, 3)),
    ),
    "The footer",
    MADE,
)


def test_everything_written_can_be_read_in_word() -> None:
    document = docx.Document(io.BytesIO(as_docx(WRITTEN)))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    assert styles[:5] == [
        ("Title", "A case"),
        ("Heading 1", "First"),
        ("Normal", "One line\nand another"),
        ("List Bullet", "a point"),
        ("List Bullet", "and one more"),
    ]
    assert table_of(as_docx(WRITTEN)) == [("No", "Answer"), ("1", "Zoë\nsaid so"), ("2", "")]
    assert text_of(as_docx(WRITTEN)).endswith("The footer")
    assert abs(document.sections[0].page_width - Mm(210)) < Mm(1)
    about = document.core_properties
    assert (about.author, about.comments, about.created) == ("Ask DPO", "", MADE)


def test_the_heading_of_a_table_is_repeated_on_every_page() -> None:
    (table,) = docx.Document(io.BytesIO(as_docx(WRITTEN))).tables
    marked = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
    assert marked == [True, False, False]


def test_a_document_depends_on_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx(WRITTEN))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert as_docx(WRITTEN) == as_docx(WRITTEN)


def test_what_no_document_can_hold_is_left_out() -> None:
    told = Document("A\x00", (Words("b\x0b\ud800\ufffec"), Rows(("\x1f1",), (("2\r\n3",),), (1,))), "f\x01", MADE)
    assert [line for line in text_of(as_docx(told)).splitlines() if line] == ["A", "bc", "1", "2", "3", "f"]


def test_text_to_copy_says_the_same() -> None:
    told = [line for line in as_text(WRITTEN).splitlines() if line.strip("=-")]
    assert told == [
        *("A case", "First", "One line", "and another", "* a point", "* and one more"),
        *("1", "Zoë", "said so", "2", "The footer"),
    ]
