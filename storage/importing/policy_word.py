"""A Word document as paragraphs. Word counts its numbers when it shows a page, so they are counted here as well."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from policy.documents.paragraph import Paragraph, from_line
from storage.importing.report import RefusedError

_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVEL: Final = re.compile(r"%(\d)")
_HEADING: Final = re.compile(r"heading (\d)", re.IGNORECASE)
_DEEPEST: Final = 9


def read_word(path: Path) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """Return its paragraphs and rows of tables, and what it holds besides. Raises RefusedError."""
    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError):
        raise RefusedError([f"{path.name} is not a Word document, or is locked by a password."]) from None
    numbers = _Numbers(document)
    kept: list[Paragraph] = []
    for place, block in enumerate(document.iter_inner_content(), 1):
        kept += _blocks(block, f"paragraph {place}", numbers)
    return tuple(kept), tuple(_unread(document))


def _blocks(block: WordParagraph | Table, place: str, numbers: "_Numbers") -> Iterator[Paragraph]:
    if isinstance(block, WordParagraph):
        yield from _paragraph(block, place, numbers)
        return
    for row in block.rows:
        cells: list[str] = []
        seen = None
        for cell in row.cells:  # a merged cell comes once for each column that it spans
            if cell._tc is not seen:  # noqa: SLF001  python-docx's own way to tell merged cells
                cells.append(" ".join(cell.text.split()))
                seen = cell._tc  # noqa: SLF001  see above
        text = "\t".join(cells).strip()
        if text:
            yield Paragraph(text, place)


def _paragraph(one: WordParagraph, place: str, numbers: "_Numbers") -> Iterator[Paragraph]:
    style = (one.style.name or "") if one.style is not None else ""
    counted = numbers.of(one)
    lines = [line for line in one.text.splitlines() if line.strip()]
    for n, line in enumerate(lines):
        read = from_line(line, place)
        heading = _HEADING.search(style)
        label = counted if n == 0 else ""
        yield Paragraph(
            read.text,
            place,
            int(heading[1]) if heading else read.level,
            label="" if label == _BULLET else label,
            bullet=read.bullet or label == _BULLET,
            in_contents=style.lower().startswith("toc") and "heading" not in style.lower(),
        )


def _unread(document: Any) -> Iterator[str]:  # noqa: ANN401  python-docx gives a function for a class
    body = document.element.body
    boxes = len(body.findall(f".//{qn('w:txbxContent')}"))
    pictures = len(body.findall(f".//{qn('w:drawing')}")) + len(body.findall(f".//{qn('w:pict')}"))
    changes = len(body.findall(f".//{qn('w:del')}")) + len(body.findall(f".//{qn('w:ins')}"))
    if boxes:
        yield f"{boxes} text boxes were not read." if boxes > 1 else "A text box was not read."
    if pictures:
        yield f"{pictures} pictures were not read." if pictures > 1 else "A picture was not read."
    if changes:
        yield "There are tracked changes in it: accept or reject them in Word first, so that one text is in force."


_BULLET: Final = "•"


class _Numbers:
    """Counts as Word does: per list, level by level, each level's pattern over the counts of those above it."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401  python-docx gives a function for a class
        self._lists: dict[str, tuple[str, dict[int, tuple[str, str, int]]]] = {}  # numId -> (abstract, levels)
        self._counts: dict[str, list[int | None]] = {}
        part = document.part
        root = next((rel.target_part.element for rel in part.rels.values() if rel.reltype.endswith("/numbering")), None)
        if root is None:
            return
        abstract = {one.get(qn("w:abstractNumId")): _levels(one) for one in root.findall(qn("w:abstractNum"))}
        for one in root.findall(qn("w:num")):
            link = one.find(qn("w:abstractNumId"))
            name = "" if link is None else link.get(qn("w:val"))
            levels = dict(abstract.get(name, {}))
            restarts = one.findall(qn("w:lvlOverride"))
            for override in restarts:
                start = override.find(qn("w:startOverride"))
                at = int(override.get(qn("w:ilvl")))
                if start is not None and at in levels:
                    levels[at] = (*levels[at][:2], int(start.get(qn("w:val"))))
            number = one.get(qn("w:numId"))
            self._lists[number] = (f"num {number}" if restarts else name, levels)

    def of(self, paragraph: WordParagraph) -> str:
        """Count on, and return what Word shows before the paragraph: "5.10", "(a)", "•" or nothing."""
        found = _list_of(paragraph)
        if found is None or found[0] not in self._lists:
            return ""
        number, level = found
        counter, levels = self._lists[number]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(counter, [None] * _DEEPEST)
        before = counts[level]
        counts[level] = levels[level][2] if before is None else before + 1
        counts[level + 1 :] = [None] * (_DEEPEST - level - 1)
        style, pattern, _ = levels[level]
        if style == "bullet":
            return _BULLET

        def shown(at: re.Match[str]) -> str:
            one = int(at[1]) - 1
            way, _, start = levels.get(one, ("decimal", "", 1))
            count = counts[one]
            return _written(start if count is None else count, way)

        return _LEVEL.sub(shown, pattern).strip()


def _levels(abstract: Any) -> dict[int, tuple[str, str, int]]:  # noqa: ANN401  an element of lxml
    levels = {}
    for level in abstract.findall(qn("w:lvl")):
        style, pattern, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
        levels[int(level.get(qn("w:ilvl")))] = (
            "decimal" if style is None else style.get(qn("w:val")),
            "" if pattern is None else pattern.get(qn("w:val")),
            1 if start is None else int(start.get(qn("w:val"))),
        )
    return levels


def _list_of(paragraph: WordParagraph) -> tuple[str, int] | None:
    """Return the list and level of a paragraph: its own, its style's, or that of the style which this one extends."""
    number, level = _numbered(paragraph._p.pPr)  # noqa: SLF001  python-docx has no name for it
    style = paragraph.style
    while style is not None and (number is None or level is None):
        of_style, at = _numbered(style.element.find(qn("w:pPr")))
        number, level = number or of_style, at if level is None else level
        style = style.base_style
    return None if number in {None, "0"} else (str(number), level or 0)


def _numbered(properties: Any) -> tuple[str | None, int | None]:  # noqa: ANN401  an element of lxml
    numbering = None if properties is None else properties.find(qn("w:numPr"))
    if numbering is None:
        return None, None
    number, level = numbering.find(qn("w:numId")), numbering.find(qn("w:ilvl"))
    return (
        None if number is None else number.get(qn("w:val")),
        None if level is None else int(level.get(qn("w:val"))),
    )


def _written(count: int, way: str) -> str:
    match way:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter if way == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            text, left = "", count
            for value, mark in _ROMAN:
                text, left = text + mark * (left // value), left % value
            return text if way == "lowerRoman" else text.upper()
        case _:
            return str(count)
