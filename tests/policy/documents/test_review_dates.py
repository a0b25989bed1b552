"""When a document says that it is reviewed next, and never when it was."""

from datetime import date

import pytest

from policy.documents.paragraph import Paragraph
from policy.documents.review_dates import stated


@pytest.mark.parametrize(
    ("text", "due", "said"),
    [
        ("Next Review Date:\tSummer Term 2027", date(2027, 7, 31), "summer 2027"),
        ("Review date: February 2028", date(2028, 2, 29), "February 2028"),
        ("It will be reviewed again by Spring 2026.", date(2026, 3, 31), "spring 2026"),
        ("To be reviewed on 3rd of September 2026", date(2026, 9, 3), "3 September 2026"),
        ("Next review due: 01/10/2026", date(2026, 10, 1), "1 October 2026"),
        ("Review due 2026-11-05", date(2026, 11, 5), "5 November 2026"),
        ("The next scheduled review of this paper is in autumn term 2026", date(2026, 12, 31), "autumn 2026"),
    ],
)
def test_a_date_is_the_last_day_that_it_can_mean(text: str, due: date, said: str) -> None:
    assert [(one.due, one.said, one.place) for one in stated([Paragraph(text, "page 1")])] == [(due, said, "page 1")]


@pytest.mark.parametrize(
    "text",
    [
        "Last review date: May 2024",
        "3\tA.B.\tJuly 2024\tYearly review",
        "To be reviewed: yearly",
        "Agreed by governors: October 2025",
        "Next review date: 31 February 2026",
        "Review date: 05/13/2026",
    ],
)
def test_no_other_date_is_taken_for_it(text: str) -> None:
    assert stated([Paragraph(text, "page 1")]) == ()
