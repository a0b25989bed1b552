"""Which document a part of a file is: a data-protection policy brings its procedures along as appendices."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

_APPENDIX: Final = re.compile(
    r"(appendix|appendices|annexe?|schedule)\b[\s:.\u2013\u2014-]*(\d{1,2}|[A-Z]\b(?!')|[IVX]{1,4}\b)?[\s:.)\u2013\u2014-]*(.*)$",
    re.IGNORECASE,
)
_FORM: Final = re.compile(r"form\s+([A-Z])\b\s*(?:[\u2013\u2014:-]\s*(.*))?$", re.IGNORECASE)
_LONGEST: Final = 120
_SENTENCE: Final = (".", ";", ",")
_TITLE_WITHIN: Final = 12  # paragraphs
_MAIN: Final = (  # never an appendix
    "data-protection",
    re.compile(r"\b(?:data protection|gdpr)\b.*\bpolicy\b", re.IGNORECASE),
)

# The first that fits; a photo or online-safety policy must say that it is one, for many a form has their words.
_SUBJECTS: Final = (
    ("sar-procedure", re.compile(r"subject access|\bsars?\b|access request", re.IGNORECASE)),
    ("breach-procedure", re.compile(r"\bbreach", re.IGNORECASE)),
    ("cctv-code", re.compile(r"\bcctv\b|closed.circuit|surveillance camera", re.IGNORECASE)),
    ("photography", re.compile(r"(?=.*(?:photo|image|video)).*\bpolicy\b", re.IGNORECASE)),
    ("online-safety", re.compile(r"(?=.*(?:online|e-?safety)).*\bpolicy\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class PartHeading:
    """The heading of an appendix, an annex or a lettered form."""

    label: str  # "Appendix 2", "B", "Annex"
    title: str
    of_file: bool  # an appendix of the whole file; others belong to the part that they stand in
    document: str | None  # which of our six documents its title names


def part_heading(text: str) -> PartHeading | None:
    """Read such a heading; None for anything else, a sentence that names an appendix too."""
    if len(text) > _LONGEST or text.endswith(_SENTENCE):
        return None
    if found := _FORM.match(text):
        return PartHeading(found[1].upper(), (found[2] or "").strip(), of_file=False, document=None)
    found = _APPENDIX.match(text)
    if found is None or found[1].lower() == "appendices":
        return None
    word, mark, title = found[1].capitalize(), (found[2] or "").upper(), found[3].strip().removeprefix("to ")
    if not mark and found[3][:1].islower():
        return None  # "Appendix forms are kept in the office"
    label = mark if mark.isalpha() else f"{word} {mark}".strip()
    document = document_of(title)
    return PartHeading(label, title, of_file=not word.startswith("Annex") or document is not None, document=document)


def document_of(title: str) -> str | None:
    """Say which document a title names."""
    return next((document for document, subject in _SUBJECTS if subject.search(title)), None)


def titles_in(opening: Iterable[str]) -> tuple[str, ...]:
    """Return the documents that the first page names in its titles, the first one first; none where it names none."""
    found: dict[str, None] = {}
    for text in islice(opening, _TITLE_WITHIN):
        if len(text) <= _LONGEST:
            found |= dict.fromkeys(document for document, subject in (*_SUBJECTS, _MAIN) if subject.search(text))
    return tuple(found)
