"""The register of clauses. That nothing in the code cites one that it lacks is tests/test_loose_ends.py's."""

from itertools import product

import pytest

from policy.clauses import UnknownClauseError, clause, from_code, registered
from policy.images import Use
from policy.packs import Pack
from policy.photos.circumstances import CIRCUMSTANCES
from policy.photos.uses import KEEPING, clauses_for


def test_a_clause_is_found_by_document_and_number() -> None:
    assert clause("photography", "7.10").title == "Report misuse of cameras"
    assert clause("photography", "7.8").title == "No cameras in toilets, pools and changing areas"


@pytest.mark.parametrize(
    ("code", "document", "number"),
    [
        ("PHOTO-7.8", "photography", "7.8"),
        ("PHOTO-B-names", "photography", "B"),
        ("ONLINE-VLE-d", "online-safety", "4.4"),
        ("ONLINE-4.3-c", "online-safety", "4.3"),
        ("DP-17.5-b", "data-protection", "17.5"),
        ("SAR-8.1.3", "sar-procedure", "8.1.3"),
    ],
)
def test_our_codes_lead_to_the_documents_own_numbers(code: str, document: str, number: str) -> None:
    found = from_code(code)
    assert (found.document, found.number) == (document, number)


def test_an_unknown_clause_names_its_nearest_neighbours() -> None:
    with pytest.raises(UnknownClauseError, match=r'photography 7\.12 is not in clauses\.toml\. Did you mean "7\.1'):
        clause("photography", "7.12")
    with pytest.raises(UnknownClauseError, match="photography"):
        clause("photograph", "7.1")


def test_every_citation_that_an_answer_can_carry_is_in_the_register() -> None:
    packs = [frozenset(), frozenset({Pack.ONLINE}), frozenset({Pack.DP}), frozenset(Pack)]
    carried = {c for row in CIRCUMSTANCES for c in row.clauses} | set(KEEPING)
    for use, named, chosen in product(Use, (False, True), packs):
        found = clauses_for(frozenset({use}), named=named, packs=chosen)
        assert len(found) <= 4
        carried |= set(found)
    for citation in carried:
        assert clause(citation.document, citation.clause).title


def test_titles_are_short_and_told_apart() -> None:
    titles = [entry.title for entry in registered()]
    assert len(titles) == len(set(titles))
    assert max(len(words.split()) for words in titles) <= 12
