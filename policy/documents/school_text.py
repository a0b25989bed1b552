"""What is known of a school's own documents without opening them: their numbers, and when their review is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Stated:
    """A review date as a document states it."""

    due: date  # the last day that it can mean
    said: str  # "summer 2020", "May 2021", "1 September 2026"
    place: str = ""


@dataclass(frozen=True, slots=True)
class SchoolText:
    """The version in force of one document that a school has imported."""

    document: str  # its name in contract 3
    numbers: frozenset[str]  # of its clauses
    review: Stated | None  # None: it states no date


# What the three policies state themselves, for a school that has not imported its own (C16). Of two the earlier rules.
KNOWN: Final = {
    "photography": Stated(date(2020, 3, 31), "spring 2020"),  # PHOTO-15.1
    "online-safety": Stated(date(2026, 9, 30), "September 2026"),
    "data-protection": Stated(date(2021, 5, 31), "May 2021"),  # DP-19
    "sar-procedure": Stated(date(2021, 5, 31), "May 2021"),  # the procedures are appendices, and go with their policy
    "breach-procedure": Stated(date(2021, 5, 31), "May 2021"),
    "cctv-code": Stated(date(2021, 5, 31), "May 2021"),
}
_NAMES: Final = {
    "photography": "photography policy",
    "online-safety": "online-safety policy",
    "data-protection": "data-protection policy",
    "sar-procedure": "access-request procedure",
    "breach-procedure": "breach procedure",
    "cctv-code": "CCTV code",
}


def name_of(document: str) -> str:
    """Name a document as people do: "photography policy"."""
    return _NAMES.get(document, document)


def overdue(documents: Iterable[str], texts: Sequence[SchoolText], *, today: date) -> str:
    """Say in a sentence which of these documents are past their review; nothing where none is (C16).

    A school's own import counts; where there is none, what the policy itself states.
    """
    own = {text.document: text.review for text in texts}
    late = {}
    for document in documents:
        review = own[document] if document in own else KNOWN.get(document)
        if review is not None and review.due < today:
            late[document] = review
    if not late:
        return ""
    if len(late) == 1:
        ((document, review),) = late.items()
        when = f"on {review.said}" if review.said[:1].isdigit() else f"in {review.said}"
        return f"The school's {name_of(document)} was due for review {when}; ask the DPO if in doubt."
    named = [f"{name_of(document)} ({review.said})" for document, review in late.items()]
    return f"Past their review date: {', '.join(named[:-1])} and {named[-1]}; ask the DPO if in doubt."


def quotable(cited: Iterable[tuple[str, str]], texts: Sequence[SchoolText]) -> tuple[tuple[str, str], ...]:
    """Return those clauses that the school's own documents have."""
    own = {text.document: text.numbers for text in texts}
    return tuple(
        (document, number)
        for document, number in cited
        if document in own and any(stands_under(one, number) for one in own[document])
    )


def stands_under(number: str, above: str) -> bool:
    """Whether a clause is that one, or a part of it: 5.1.2 of 5.1, 7.1(iv) of 7.1."""
    return number == above or number.startswith((f"{above}.", f"{above}("))
