"""One file, up to six documents: which of its parts is which, and what to tell about each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy.clauses import DOCUMENTS
from policy.documents import contents
from policy.documents.clause import Clause
from policy.documents.contents import Entry
from policy.documents.numbering import Item, label_of
from policy.documents.paragraph import Paragraph
from policy.documents.parts import titles_in
from policy.documents.reading import Part, read_parts
from policy.documents.references import oddities
from policy.documents.review_dates import stated
from policy.documents.school_text import Stated

NAMES: Final = tuple(DOCUMENTS.values())
_FEWEST: Final = 3  # numbers that make a part a document of its own and not a form


class UnsortableError(ValueError):
    """The file cannot be taken for what it was said to be; the message says why."""


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One document of a school, as a file has it."""

    document: str  # one of NAMES
    named: bool  # whether it was asked for, or only came along as an appendix
    where: str  # "the body of the file", "Appendix 2 (Subject Access Request)"
    clauses: tuple[Clause, ...]
    review: tuple[Stated, ...]  # earliest first
    notes: tuple[str, ...]  # what is odd, in sentences


def sort_out(paragraphs: Sequence[Paragraph], asked: Sequence[str]) -> tuple[PolicyDocument, ...]:
    """Find in a file the documents that were asked for; where one was, its recognised appendices come along.

    Raises UnsortableError where nothing has a number, or where two were asked for and the file has no part for them.
    """
    body, entries = contents.without_contents(paragraphs)
    parts = _parts(body)
    apart = {part.heading.document: part for part in parts[1:] if part.heading and part.heading.document}
    in_body = [document for document in asked if document not in apart]
    if len(in_body) > 1:
        raise UnsortableError(
            f"The file has one body and cannot be {' and '.join(in_body)} at once. Import it once for each document "
            "that it holds, or name only those that are its appendices."
        )
    titles = titles_in(one.text for one in body)
    if in_body and titles and in_body[0] not in titles:
        raise UnsortableError(f"Its first page says that it is {titles[0]}, not {in_body[0]}. Import it as what it is.")
    labels = {part.heading.label: part.heading.title for part in parts if part.heading is not None}
    found = [_document(document, _merged(parts), named=True, labels=labels) for document in in_body]
    for document, part in apart.items():
        if document in asked or (in_body and len(asked) == 1):
            found.append(_document(document, (part,), named=document in asked, labels=labels))
    if not found or not all(one.clauses for one in found if one.named):
        raise UnsortableError("No numbered clause and no heading was found in it, so there is nothing to quote.")
    found[0] = replace(found[0], notes=(*_promised(entries, body, labels), *found[0].notes))
    dates = stated(paragraphs)
    return tuple(replace(one, review=dates) for one in found)


def _parts(body: Sequence[Paragraph]) -> tuple[Part, ...]:
    """Read twice: which appendices are documents is known only once their numbers were counted."""
    mine = titles_in(one.text for one in body)
    first = read_parts(body, apart=frozenset(NAMES) - {*mine[:1]})
    documents = [
        part.heading.document for part in first if part.heading and part.heading.document and _is_a_document(part)
    ]
    return read_parts(body, apart=frozenset(documents))


def _is_a_document(part: Part) -> bool:
    """Whether it has sections with clauses in them; a form's questions have single numbers."""
    return len(part.clauses) >= _FEWEST and sum("." in one.number for one in part.clauses) > 1


def _merged(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return the body with the appendices that are no documents of their own."""
    return tuple(part for part in parts if part.heading is None or part.heading.document is None)


def _document(document: str, parts: Sequence[Part], *, named: bool, labels: dict[str, str]) -> PolicyDocument:
    heading = parts[0].heading
    where = "the body of the file" if heading is None else f"{heading.label} ({heading.title})"
    clauses = _told_apart([clause for part in parts for clause in part.clauses])
    notes = (*(note for part in parts for note in part.notes), *oddities(clauses, labels))
    return PolicyDocument(document, named, where, clauses, (), notes)


def _told_apart(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Two appendices of one letter must not take each other's place."""
    seen: dict[str, int] = {}
    kept = []
    for clause in clauses:
        seen[clause.number] = seen.get(clause.number, 0) + 1
        number = clause.number if seen[clause.number] == 1 else f"{clause.number} [{seen[clause.number]}]"
        kept.append(replace(clause, number=number))
    return tuple(kept)


def _promised(entries: Sequence[Entry], body: Sequence[Paragraph], labels: Collection[str]) -> tuple[str, ...]:
    """Say what the table of contents lists and the file lacks."""
    under_appendices = False
    gone: list[Entry] = []
    others: list[Entry] = []
    for entry in entries:
        under_appendices = under_appendices or entry.key == "appendices"
        label = label_of(entry.text)
        if under_appendices and isinstance(label, Item):
            if label.mark.upper() not in labels:
                gone.append(entry)
        else:
            others.append(entry)
    gone += contents.missing(others, body)
    return tuple(f"The contents ({entry.place}) list “{entry.text}”, which is not in the file." for entry in gone)
