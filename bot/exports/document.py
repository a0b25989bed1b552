"""A document out of five building blocks, as a Word file or as plain text. The same blocks give the same bytes."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bot.exports.packing import repacked

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.table import Table

_A4: Final = (210, 297)  # millimetres
_MARGIN: Final = 20
_LONGEST_TITLE: Final = 255  # characters, in a file's properties
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is below the document's title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; a line break stays one."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table under its heading. `widths` are the columns' shares of the line."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG) as wide as the line, and what it shows for whoever does not see it."""

    png: bytes
    shows: str


Block: TypeAlias = Heading | Words | Points | Rows | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A title and what follows it; the footer stands on every page. `made_at` is an instant."""

    title: str
    blocks: tuple[Block, ...]
    footer: str
    made_at: datetime


def as_text(document: Document) -> str:
    """Return a document as text to copy from: no table is wider than a line, so each row's cells stand below it."""
    parts = [document.title, "=" * len(document.title)]
    for block in document.blocks:
        match block:
            case Heading(text):
                parts += ["", text, "-" * len(text)]
            case Words(text):
                parts += ["", text]
            case Points(items):
                parts += ["", *(f"* {item}" for item in items)]
            case Rows(_, rows):
                parts += ["", *("\n".join(filter(None, row)) + "\n" for row in rows)]
            case Picture(_, shows):
                parts += ["", shows]
    return "\n".join((*parts, "", document.footer, ""))


def as_docx(document: Document) -> bytes:
    """Return a document as a Word file (Office Open XML)."""
    from docx import Document as new  # noqa: N813, PLC0415  heavy, and only documents need it

    written = new()
    _set_up(written, document)
    written.add_heading(_legible(document.title), level=0)
    for block in document.blocks:
        match block:
            case Heading(text, level):
                written.add_heading(_legible(text), level=level)
            case Words(text):
                written.add_paragraph(_legible(text))
            case Points(items):
                for item in items:
                    written.add_paragraph(_legible(item), style="List Bullet")
            case Rows():
                _add_table(written, block)
            case Picture():
                _add_picture(written, block)
    out = io.BytesIO()
    written.save(out)
    return repacked(out.getvalue())


def _set_up(written: "Written", document: Document) -> None:
    """Make it A4 and British, and say in its properties what it is; nothing of the library's template stays in them."""
    from docx.oxml.ns import qn  # noqa: PLC0415  see as_docx
    from docx.shared import Mm  # noqa: PLC0415  see as_docx

    section = written.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _A4)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    section.footer.paragraphs[0].text = _legible(document.footer)
    for language in written.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    about, made = written.core_properties, document.made_at.astimezone(UTC)
    about.title, about.language = _legible(document.title)[:_LONGEST_TITLE], "en-GB"
    about.author = about.last_modified_by = "Ask DPO"
    about.comments, about.created, about.modified, about.revision = "", made, made, 1


def _add_table(written: "Written", rows: Rows) -> None:
    from docx.shared import Mm  # noqa: PLC0415  see as_docx

    table: Table = written.add_table(rows=0, cols=len(rows.heading), style="Table Grid")
    table.autofit = False
    line = (_A4[0] - 2 * _MARGIN) / sum(rows.widths)
    for place, row in enumerate((rows.heading, *rows.rows)):
        added = table.add_row()  # type: ignore[no-untyped-call]  # python-docx gives it no types
        for cell, text, width in zip(added.cells, row, rows.widths, strict=True):
            cell.width = Mm(width * line)
            cell.paragraphs[0].add_run(_legible(text)).bold = place == 0
        if place == 0:
            _repeat_on_every_page(added)
    written.add_paragraph()


def _add_picture(written: "Written", picture: Picture) -> None:
    from docx.shared import Mm  # noqa: PLC0415  see as_docx

    shape = written.add_picture(io.BytesIO(picture.png), width=Mm(_A4[0] - 2 * _MARGIN))
    shape._inline.docPr.set("descr", _legible(picture.shows))  # noqa: SLF001  the library has no name for it


def _repeat_on_every_page(row: Any) -> None:  # noqa: ANN401  the library's row, of which only the XML is used
    from docx.oxml import OxmlElement  # noqa: PLC0415  see as_docx

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  the library has no name for it


def _legible(text: str) -> str:
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def facts(rows: Sequence[tuple[str, str]], *, heading: tuple[str, str] = ("What", "Answer")) -> Rows:
    """Return a table of what and what of it; what is empty is left out."""
    return Rows(heading, tuple(row for row in rows if row[1]), (1, 2))
