"""Cross-references: whether what a clause points to exists, and is what the clause says that it is."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policy.documents.clause import Clause
from policy.documents.school_text import stands_under

_NUMBER: Final = re.compile(
    r"\b(?:section|clause|paragraph|para|part)s?\.?\s+(\d{1,2}(?:\.\d{1,2})*)\s*((?:\([a-z]{1,4}\))*)(?!\d)",
    re.IGNORECASE,
)
_OF_ANOTHER: Final = re.compile(
    r"^:|^\W*(?:of|in|under)\s+(?:the\s+)?(?!this\b|our\b)[A-Z]"
)  # "section 40 of the … Act"
_APPENDIX: Final = re.compile(r"\b(?:appendix|annex|schedule|form)\b\s*(\d{1,2}\b|[A-Z]\b)?", re.IGNORECASE)
_NAMELESS: Final = re.compile(r"\b(?:see|in|at|use)\s+(?:the\s+)?appendix\b(?!\s*[\dA-Za-z])", re.IGNORECASE)
_ASIDE: Final = re.compile(r"\([^)]*\)")
_WORD: Final = re.compile(r"[a-z]{4,}")
_PAPER: Final = re.compile(r"\b(?:templates?|forms?|letters?|checklists?)\b")
_NEAR: Final = 12  # words before a reference, which say what it should be
_STEM: Final = 5
_OLD_LAW: Final = re.compile(r"data protection act\W{0,3}(?:of\s+)?\(?1998", re.IGNORECASE)
_REPEATED: Final = 110  # characters: shorter sentences may well stand twice


def oddities(clauses: Sequence[Clause], appendices: Mapping[str, str]) -> tuple[str, ...]:
    """Return, in sentences, what does not hold together. `appendices` are the file's labels with their titles."""
    numbers = {clause.number for clause in clauses}
    own = {number: "" for number in numbers if number.isalpha() and number.isupper()}
    found = [each for clause in clauses for each in _of(clause, numbers, own | dict(appendices))]
    return (*found, *_repeats(clauses))


def _of(clause: Clause, numbers: set[str], appendices: Mapping[str, str]) -> Iterator[str]:
    text = clause.text
    for at in _NUMBER.finditer(text):
        wanted = at[1] + at[2].replace(" ", "").lower()
        if _OF_ANOTHER.match(text[at.end() :]) or _is_there(wanted, numbers):
            continue
        yield f"{clause.number} ({clause.place}) points to {wanted}, which is not in this document."
    yield from _appendices(clause, appendices)
    if _NAMELESS.search(text):
        yield f"{clause.number} ({clause.place}) points to an appendix without saying which."
    if _OLD_LAW.search(text):
        yield f"{clause.number} ({clause.place}) names the Data Protection Act 1998, which is no longer the law."


def _appendices(clause: Clause, appendices: Mapping[str, str]) -> Iterator[str]:
    at_clause = f"{clause.number} ({clause.place})"
    for at in _APPENDIX.finditer(clause.text):
        if at[1] is None:
            continue
        word, wanted = at[0].split()[0].capitalize(), at[1].upper()
        label = next((one for one in appendices if one.rpartition(" ")[2] == wanted), None)
        if label is None:
            if word != "Form":  # many a form is kept elsewhere
                yield f"{at_clause} points to {word} {wanted}, which is not in this file."
            continue
        title = appendices[label]
        if _is_something_else(title, clause.text[: at.start()], clause.text[at.end() :]):
            yield f"{at_clause} points to {label}, which is “{title}”: please check that it is meant."


def _is_there(wanted: str, numbers: set[str]) -> bool:
    return any(stands_under(number, wanted) for number in numbers)


def _is_something_else(title: str, before: str, after: str) -> bool:
    """Whether the words around a reference speak of a paper to fill in or send, and the title of no such thing."""
    near = [*before.lower().split()[-_NEAR:], *after.lower().split()[:_NEAR]]
    titled = _WORD.findall(_ASIDE.sub("", title.lower()))
    if not titled or not _PAPER.search(" ".join(near)):
        return False
    stems = {word[:_STEM] for word in _WORD.findall(" ".join(near))}
    return not any(word[:_STEM] in stems for word in titled)


def _repeats(clauses: Sequence[Clause]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for clause in clauses:
        words = " ".join(clause.text.split())
        if len(words) < _REPEATED:
            continue
        if words in seen:
            yield f"{clause.number} ({clause.place}) says word for word what {seen[words]} says."
        seen.setdefault(words, clause.number)
