"""A document out of the same blocks as the Word file, as PDF. The same blocks give the same bytes."""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.exports.document import Document, Heading, Picture, Points, Rows, Words

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN: Final = 20.0  # millimetres
_FONT: Final = "Sans"
_BODY: Final = 10.0  # points
_LINE: Final = 5.0  # millimetres
_TITLE, _HEADING = 18.0, 12.0
_PICTURE: Final = 125.0  # millimetres, its heading included


def as_pdf(document: Document) -> bytes:
    """Return a document as a PDF file. Raises ModuleNotFoundError where the library that writes it is not there."""
    pdf = _sheet(document)
    pdf.start_section(document.title)
    pdf.set_font(_FONT, "B", _TITLE)
    pdf.multi_cell(0, 8, document.title, new_x="LMARGIN", new_y="NEXT", align="L")
    for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=True):
        match block:
            case Heading(text, level):
                _heading(pdf, text, level, before_picture=isinstance(after, Picture))
            case Words(text):
                _words(pdf, text)
            case Points(items):
                for item in items:
                    _words(pdf, f"•  {item}")
            case Rows():
                _table(pdf, block)
            case Picture(png, shows):
                pdf.ln(2)
                pdf.image(io.BytesIO(png), w=pdf.epw, alt_text=shows, title="The term so far")
    return bytes(pdf.output())


def _sheet(document: Document) -> "FPDF":
    """Make an A4 sheet, British, with the footer on every page, and letters of every language of these islands."""
    from fpdf import FPDF  # noqa: PLC0415  an extra: not everybody has it
    from matplotlib import get_data_path  # noqa: PLC0415  it brings a free font along

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font(_FONT, "", 8)
            self.cell(0, 5, f"{document.footer}  Page {self.page_no()}", align="L")

    pdf = Sheet(format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    fonts = Path(get_data_path()) / "fonts" / "ttf"
    pdf.add_font(_FONT, "", fonts / "DejaVuSans.ttf")
    pdf.add_font(_FONT, "B", fonts / "DejaVuSans-Bold.ttf")
    pdf.set_lang("en-GB")
    pdf.set_title(document.title)
    pdf.set_author("Ask DPO")
    pdf.set_creation_date(document.made_at)
    pdf.add_page()
    return pdf


def _heading(pdf: "FPDF", text: str, level: int, *, before_picture: bool) -> None:
    pdf.ln(3)
    if pdf.will_page_break(_PICTURE if before_picture else 3 * _LINE):  # never the last line of a page
        pdf.add_page()
    pdf.start_section(text, level=level)
    pdf.set_font(_FONT, "B", _HEADING)
    pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT", align="L")


def _words(pdf: "FPDF", text: str) -> None:
    pdf.set_font(_FONT, "", _BODY)
    pdf.multi_cell(0, _LINE, text, new_x="LMARGIN", new_y="NEXT", align="L")
    pdf.ln(1)


def _table(pdf: "FPDF", rows: Rows) -> None:
    pdf.ln(2)
    pdf.set_font(_FONT, "", 8)
    with pdf.table(col_widths=rows.widths, text_align="LEFT", line_height=_LINE) as table:
        for line in (rows.heading, *rows.rows):
            table.row(line)
