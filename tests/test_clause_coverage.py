"""Every rule is reachable: somebody who asks about it in words of ours gets it, and the table says where it is kept."""

from functools import cache

import pytest

from policy.library import Answer, library
from policy.matching import Found, Suggestions, find
from policy.packs import SchoolRules
from tests import clause_coverage as coverage

RULES = SchoolRules()
MOST_OF_ITS_PHRASINGS = 0.7
NEARLY_ALL = 0.98


@cache
def reached(answer: Answer) -> int:
    """How many of an answer's own phrasings find it, alone or among the choices."""
    found = 0
    for ask in answer.asks:
        match find(ask, library(), rules=RULES):
            case Found(one):
                found += one.slug == answer.slug
            case Suggestions(several):
                found += answer.slug in {each.slug for each in several}
            case _:
                pass
    return found


def test_the_table_is_what_the_answers_and_the_code_say() -> None:
    assert coverage.TABLE.read_text("utf-8") == coverage.table(), "run: python -m tests.clause_coverage"


def test_no_answer_names_a_row_that_no_policy_has() -> None:
    known = {code for row in coverage.rows() for code in row}
    strange = {answer.slug: sorted(set(answer.rows) - known) for answer in library().answers}
    assert {slug: rows for slug, rows in strange.items() if rows} == {}


def test_every_row_is_found_by_the_phrasings_of_an_answer_to_it() -> None:
    share = {answer.slug: reached(answer) / len(answer.asks) for answer in library().answers}
    lost = [
        row
        for row in coverage.rows()
        if not any(share[answer.slug] >= MOST_OF_ITS_PHRASINGS for answer in coverage.answers_to(row))
    ]
    assert lost == []


def test_nearly_every_phrasing_finds_its_answer() -> None:
    asked = sum(len(answer.asks) for answer in library().answers)
    assert sum(map(reached, library().answers)) / asked >= NEARLY_ALL


@pytest.mark.parametrize(
    ("code", "clauses"),
    [
        ("DP-14.1..14.4", ["DP-14.1", "DP-14.2", "DP-14.3", "DP-14.4"]),
        ("PHOTO-4.3-a..c", ["PHOTO-4.3-a", "PHOTO-4.3-b", "PHOTO-4.3-c"]),
        ("PHOTO-B-refresh-1..4", [f"PHOTO-B-refresh-{n}" for n in (1, 2, 3, 4)]),
        ("CCTV-7.1-i..iii", ["CCTV-7.1-i", "CCTV-7.1-ii", "CCTV-7.1-iii"]),
        ("SAR-4.1", ["SAR-4.1"]),
    ],
)
def test_a_range_is_each_of_its_clauses(code: str, clauses: list[str]) -> None:
    assert list(coverage._spread(code)) == clauses
