"""One document, four kinds of file: the same clauses."""

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from policy.documents.differences import between
from policy.documents.sorting import PolicyDocument, sort_out
from storage.importing.policy_files import read_policy_file
from storage.importing.report import RefusedError
from tests.policy.documents.invented import POLICY, numbers, paragraphs
from tests.storage.importing.papers import BULLET, NONE, pdf, word_with_counted_numbers


def _found(path: Path, document: str = "data-protection") -> tuple[PolicyDocument, ...]:
    return sort_out(read_policy_file(path).paragraphs, [document])


def _as_text(path: Path) -> Path:
    path.write_text(POLICY, "utf-8-sig")
    return path


def _as_word(path: Path) -> Path:
    document = Document()
    for one in paragraphs(POLICY):
        if "\t" in one.text:
            cells = one.text.split("\t")
            row = document.add_table(rows=1, cols=len(cells)).rows[0].cells
            for cell, words in zip(row, cells, strict=True):
                cell.text = words
        else:
            document.add_paragraph(one.text)
    document.save(str(path))
    return path


def _as_pdf(path: Path) -> Path:
    lines = [line for one in paragraphs(POLICY) for line in textwrap.wrap(one.text.replace("\t", " "), 60)]
    pages = [lines[n : n + 12] for n in range(0, len(lines), 12)]
    return pdf(path, [["Larkfield papers", *page, f"Page {n} of {len(pages)}"] for n, page in enumerate(pages, 1)])


@pytest.mark.parametrize(
    ("name", "make"),
    [("policy.md", _as_text), ("policy.TXT", _as_text), ("policy.docx", _as_word), ("policy.pdf", _as_pdf)],
)
def test_every_kind_of_file_gives_the_same_clauses(tmp_path: Path, name: str, make: Callable[[Path], Path]) -> None:
    plain = sort_out(paragraphs(POLICY), ["data-protection"])
    found = _found(make(tmp_path / name))
    assert [one.document for one in found] == [one.document for one in plain]
    for one, expected in zip(found, plain, strict=True):
        assert numbers(one.clauses) == numbers(expected.clauses)
        assert not between(expected.clauses, one.clauses)
        assert [each.said for each in one.review] == [each.said for each in expected.review]


def test_numbers_that_word_counts_are_counted_as_word_does(tmp_path: Path) -> None:
    path = word_with_counted_numbers(
        tmp_path / "counted.docx",
        [
            (NONE, "Photography Policy"),
            (0, "Asking"),
            (1, "Ask the office before:"),
            (BULLET, "a trip"),
            (BULLET, "a play"),
            (1, "Ask the family for:"),
            (2, "a picture with a name;"),
            (2, "a film:"),
            (3, "at school;"),
            (3, "on a trip."),
            (2, "a poster."),
            (0, "Keeping"),
            (1, "Keep it at school."),
        ],
    )
    (document,) = _found(path, "photography")
    assert numbers(document.clauses) == [
        *("1", "1.1", "1.2", "1.2(a)", "1.2(b)", "1.2(b)(i)", "1.2(b)(ii)", "1.2(c)", "2", "2.1"),
    ]
    assert document.clauses[1].text.splitlines() == ["Ask the office before:", "a trip", "a play"]


def test_a_page_without_words_is_told(tmp_path: Path) -> None:
    path = pdf(tmp_path / "scan.pdf", [["Photography Policy", "1 Asking", "1.1 Ask."], []])
    text = read_policy_file(path)
    assert text.unread == ("Page 2 holds no words: it may be a scanned picture.",)
    assert {one.place for one in text.paragraphs} == {"page 1"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("policy.doc", b"", "save it as .docx"),
        ("policy.docx", b"not a zip", "is not a Word document"),
        ("policy.pdf", b"not a PDF", "cannot be read as a PDF"),
        ("policy.txt", b"\xff\xfe\x00", "is not UTF-8"),
        ("policy.txt", b"a\x00b", "is not text"),
        ("policy.md", b" \n\n", "holds no text"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedError, match=says):
        read_policy_file(tmp_path / name)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="There is no file"):
        read_policy_file(tmp_path / "policy.pdf")
