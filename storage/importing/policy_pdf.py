"""A PDF as paragraphs: its lines, without what stands at the head and foot of every page, put together again."""

import logging
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from policy.documents.numbering import label_of
from policy.documents.paragraph import Paragraph, from_line, goes_on, joined
from policy.documents.parts import part_heading
from storage.importing.report import RefusedError

_PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE)
_ALONE: Final = re.compile(r"(?:[-•▪◦●o\uf0b7*]|\(?[a-zA-Z]{1,4}\)|\d{1,3}(?:\.\d{1,3})*\.?)")
_EDGE: Final = 3  # lines of a page that may be its head or foot
_FULL: Final = 0.75  # of a full line: a shorter one was ended by its writer
_FEW: Final = 3  # pages on which a line must come again to be a head or foot
_MOST_PAGES: Final = 400


def read_pdf(path: Path) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """Return its paragraphs, and the pages without words. Raises RefusedError."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every small fault of the file's maker
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedError([f"{path.name} is locked by a password. Save it without one."])
        pages = [page.extract_text().splitlines() for page in reader.pages[:_MOST_PAGES]]
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as broken:
        raise RefusedError([f"{path.name} cannot be read as a PDF: {type(broken).__name__}."]) from None
    empty = [number for number, lines in enumerate(pages, 1) if not any(line.strip() for line in lines)]
    unread = [f"Page {number} holds no words: it may be a scanned picture." for number in empty]
    return tuple(_paragraphs(_without_edges(pages))), tuple(unread)


def _without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Take away page numbers, and lines that stand at the head or foot of several pages."""
    stripped = [[line.strip() for line in lines if line.strip()] for lines in pages]
    edges = Counter(_shape(line) for lines in stripped for line in {*lines[:_EDGE], *lines[-_EDGE:]})
    often = {shape for shape, times in edges.items() if times >= max(_FEW, len(pages) // 2)}
    kept = []
    for lines in stripped:
        last = len(lines) - _EDGE
        kept.append(
            [
                line
                for n, line in enumerate(lines)
                if not ((n < _EDGE or n >= last) and (_shape(line) in often or _is_page_number(line, n, len(lines))))
            ]
        )
    return kept


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", line) if label_of(line) is None else line


def _is_page_number(line: str, n: int, lines: int) -> bool:
    return n in {0, lines - 1} and _PAGE_NUMBER.fullmatch(line) is not None


def _paragraphs(pages: Sequence[Sequence[str]]) -> list[Paragraph]:
    lengths = [len(line) for lines in pages for line in lines]
    full = quantiles(lengths, n=10)[8] * _FULL if len(lengths) > 1 else 0
    kept: list[Paragraph] = []
    above = ""
    for number, lines in enumerate(pages, 1):
        for raw in _with_marks(lines):
            one = from_line(raw, f"page {number}")
            if kept and _is_wrapped(above, kept[-1], one, full):
                kept[-1] = joined(kept[-1], one)
            elif one.text:
                kept.append(one)
            above = raw
    return kept


def _with_marks(lines: Sequence[str]) -> list[str]:
    """Put a bullet or number that was drawn apart back before its words."""
    kept: list[str] = []
    waiting = ""
    for line in lines:
        if _ALONE.fullmatch(line):
            kept += [waiting] if waiting else []
            waiting = line
        else:
            kept.append(f"{waiting} {line}".strip())
            waiting = ""
    return [*kept, waiting] if waiting else kept


def _is_wrapped(above: str, before: Paragraph, after: Paragraph, full: float) -> bool:
    if after.bullet or not after.text:
        return False
    if goes_on(before, after):
        return label_of(after.text) is None or after.text[0].isdigit()
    return len(above) >= full and label_of(after.text) is None and part_heading(after.text) is None
