"""A whole file: its contents set apart, its numbers found, its appendices sorted out, its faults told."""

import pytest

from policy.documents.paragraph import Paragraph
from policy.documents.sorting import PolicyDocument, UnsortableError, sort_out
from tests.policy.documents.invented import POLICY, numbers, paragraphs


def _read(*asked: str, text: str = POLICY) -> dict[str, PolicyDocument]:
    return {one.document: one for one in sort_out(paragraphs(text), asked)}


def test_every_number_of_the_body_is_found() -> None:
    body = _read("data-protection")["data-protection"]
    assert numbers(body.clauses) == [
        *("1", "1.1", "1.2", "2", "2.1", "2.1(a)", "2.1(b)", "2.1(b)(i)", "2.1(b)(ii)", "2.2"),
        *("2.3", "2.3.1", "2.3.2", "3", "3.1", "Appendix 1"),
    ]


def test_words_headings_and_places_belong_to_their_numbers() -> None:
    clauses = {clause.number: clause for clause in _read("data-protection")["data-protection"].clauses}
    assert clauses["2"].heading == "Keeping things safe"
    assert (clauses["2.1"].heading, clauses["2.1"].text) == ("Paper", "Paper goes into a locked drawer:")
    assert clauses["2.2"].text == "Keys are numbered, and handed in on Fridays."  # cut in two by the end of a line
    assert clauses["2.3"].heading == "Screens"
    assert clauses["2.3.2"].place == f"line {POLICY[: POLICY.index('2.3.2')].count(chr(10)) + 1}"
    assert "Gate | The big blue one" in clauses["Appendix 1"].text


def test_an_appendix_that_is_a_procedure_comes_along_as_its_own_document() -> None:
    found = _read("data-protection")
    assert {name: (one.named, one.where) for name, one in found.items()} == {
        "data-protection": (True, "the body of the file"),
        "sar-procedure": (False, "Appendix 2 (Subject Access Requests)"),
        "cctv-code": (False, "Appendix 3 (CCTV at Larkfield)"),
    }
    assert numbers(found["sar-procedure"].clauses) == ["1", "1.1", "1.2", "1.4", "2", "2.1"]


def test_one_appendix_alone_may_be_asked_for() -> None:
    assert list(_read("cctv-code")) == ["cctv-code"]
    assert set(_read("cctv-code", "sar-procedure")) == {"cctv-code", "sar-procedure"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("photography",), "says that it is data-protection, not photography"),
        (("photography", "online-safety"), "cannot be photography and online-safety at once"),
    ],
)
def test_a_file_is_not_taken_for_what_it_is_not(asked: tuple[str, ...], says: str) -> None:
    with pytest.raises(UnsortableError, match=says):
        _read(*asked)


def test_a_file_without_a_number_or_a_heading_is_refused() -> None:
    with pytest.raises(UnsortableError, match="nothing to quote"):
        _read("photography", text="We like photographs.\n\nWe take many of them.")


def test_what_does_not_hold_together_is_told() -> None:
    notes = _read("data-protection")["sar-procedure"].notes
    assert any(note.startswith("1.3 is not there") for note in notes)
    assert any("2.1" in note and "points to 7.2(iv)" in note for note in notes)
    assert any("1.4" in note and "CCTV at Larkfield" in note for note in notes)  # a form is no camera
    assert _read("data-protection")["data-protection"].notes == ()  # what is right is not complained of


def test_what_the_contents_promise_is_looked_for() -> None:
    text = POLICY.replace("3 Cameras\nAppendix 1", "3 Cameras\n4 What to do in a flood\nAppendix 1")
    assert any("in a flood" in note for note in _read("data-protection", text=text)["data-protection"].notes)


def test_the_earliest_review_date_comes_first() -> None:
    assert [one.said for one in _read("data-protection")["cctv-code"].review] == ["summer 2024", "May 2025"]


def test_a_number_given_twice_is_kept_and_told() -> None:
    text = "Photography Policy\n\n1 Yes\n\n1.1 Ask.\n\n2 No\n\n2 Perhaps\n\n2.1 Wait.\n\n2.1 Wait longer."
    document = _read("photography", text=text)["photography"]
    assert numbers(document.clauses) == ["1", "1.1", "2", "2 [2]", "2.1", "2.1 [2]"]
    assert sum("there twice" in note for note in document.notes) == 2


def test_a_list_within_a_clause_begins_no_section() -> None:
    text = (
        "Photography Policy\n\n1 Before\n\n1.1 Do this:\n\n1. Look\n\n2. Ask\n\n3. Wait\n\n1.2 Then begin.\n\n2 After"
    )
    document = _read("photography", text=text)["photography"]
    assert numbers(document.clauses) == ["1", "1.1", "1.2", "2"]
    assert document.clauses[1].text.splitlines() == ["Do this:", "1. Look", "2. Ask", "3. Wait"]


def test_clauses_may_have_single_numbers_only() -> None:
    text = "Photography Policy\n\n1. Ask before you take a picture.\n\n2. Keep it at school.\n\n3. Delete it in July."
    assert numbers(_read("photography", text=text)["photography"].clauses) == ["1", "2", "3"]


def test_headings_are_counted_where_nothing_has_a_number() -> None:
    text = "# Online Safety Policy\n\n## Phones\n\nBoxed.\n\n## Pictures\n\n### At school\n\nAsk.\n\n### Away\n\nWait."
    clauses = _read("online-safety", text=text)["online-safety"].clauses
    assert [(clause.number, clause.heading) for clause in clauses] == [
        *(("1", "Phones"), ("2", "Pictures"), ("2.1", "At school"), ("2.2", "Away")),
    ]


def test_forms_within_a_part_begin_anew() -> None:
    text = (
        "Data Breach Procedure\n\n1 Tell\n\n1.1 Tell the office.\n\n1.2 Use Form A.\n\n"
        "Annex - Forms\n\nForm A - Telling\n\n"
        "1. What happened\n\n(a) When?\n\n(b) Where?\n\nForm B - Passing on\n\n1. Who knows"
    )
    clauses = _read("breach-procedure", text=text)["breach-procedure"].clauses
    assert numbers(clauses) == ["1", "1.1", "1.2", "Annex", "A", "A.1", "A.1(a)", "A.1(b)", "B", "B.1"]


def test_a_number_that_word_counted_is_one() -> None:
    counted = [
        Paragraph("Photography Policy", "paragraph 1"),
        Paragraph("Asking", "paragraph 2", level=1, label="1"),
        Paragraph("ask the office", "paragraph 3", label="1.1"),
        Paragraph("on the day", "paragraph 4", label="(a)"),
    ]
    (document,) = sort_out(counted, ["photography"])
    assert numbers(document.clauses) == ["1", "1.1", "1.1(a)"]
