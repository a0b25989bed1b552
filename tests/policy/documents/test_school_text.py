"""The overdue line under an answer, and which clauses can be shown."""

from datetime import date

import pytest

from policy.documents.school_text import SchoolText, Stated, overdue, quotable

MONDAY = date(2026, 11, 23)
NUMBERS = frozenset({"7.3", "7.10", "9.1(a)"})


def _text(due: date | None, said: str = "") -> SchoolText:
    return SchoolText("photography", NUMBERS, Stated(due, said) if due else None)


@pytest.mark.parametrize(
    ("documents", "texts", "line"),
    [
        (
            ("photography",),
            (),
            "The school's photography policy was due for review in spring 2020; ask the DPO if in doubt.",
        ),
        (
            ("photography", "online-safety"),
            (),
            (
                "Past their review date: photography policy (spring 2020) and online-safety policy (September 2026); "
                "ask the DPO if in doubt."
            ),
        ),
        (
            ("photography",),
            (_text(date(2026, 11, 22), "22 November 2026"),),
            "The school's photography policy was due for review on 22 November 2026; ask the DPO if in doubt.",
        ),
        (("photography",), (_text(MONDAY, "23 November 2026"),), ""),  # on the day itself it is not overdue
        (("photography",), (_text(date(2027, 7, 31), "summer 2027"),), ""),
        (("photography",), (_text(None),), ""),  # the school's own states none: ours is not theirs
        ((), (), ""),
    ],
)
def test_an_overdue_review_is_one_line(documents: tuple[str, ...], texts: tuple[SchoolText, ...], line: str) -> None:
    assert overdue(documents, texts, today=MONDAY) == line


def test_only_what_the_school_has_can_be_shown() -> None:
    cited = (("photography", "7.3"), ("photography", "7.1"), ("photography", "9.1"), ("cctv-code", "7.3"))
    assert quotable(cited, (_text(None),)) == (("photography", "7.3"), ("photography", "9.1"))
