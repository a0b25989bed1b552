"""The answer library: what a file may hold, what is refused, and what a school with its own switches is told."""

from dataclasses import replace

import pytest

from policy.clauses import Citation, UnknownClauseError
from policy.library import Answer, AnswerError, Next, library, read, told
from policy.packs import Age12, ConsentCycle, Pack, PersonalDevice, PublishedCopies, SchoolRules

OWN_PHONE = """+++
asks = ["can I use my own phone", "is my mobile ok"]
clauses = ["photography 7.3", "photography 8.3", "online-safety 4.3", "data-protection 13.3.6", "photography 7.6"]
rows = ["PHOTO-7.3", "PHOTO-8.3"]
next = ["ask_dpo", "check_pupil"]
for_dpo = "The policies differ here."

[[variants]]
setting = "images.personal_device"
value = "download_then_delete"
answer = "Yes, if the pictures are moved and wiped at once."
clauses = ["online-safety 4.3"]

[[variants]]
setting = "consent.age12"
value = "pupil_only"
answer = "Never told here."
+++
No. Staff phones stay out of pictures of pupils.

A school device is fine.
"""


@pytest.fixture
def answer() -> Answer:
    return read("own-phone.md", OWN_PHONE)


def test_a_file_becomes_an_answer(answer: Answer) -> None:
    assert answer.slug == "own-phone"
    assert answer.title == "can I use my own phone"
    assert answer.text == "No. Staff phones stay out of pictures of pupils.\n\nA school device is fine."
    assert answer.clauses[0] == Citation("photography", "7.3")
    assert answer.next == (Next.ASK_DPO, Next.CHECK_PUPIL)
    assert answer.for_dpo == "The policies differ here."


def test_four_clauses_are_cited_at_most_and_the_most_telling_first(answer: Answer) -> None:
    citations = told(answer, SchoolRules()).citations
    assert [citation.clause for citation in citations] == ["7.3", "8.3", "4.3", "13.3.6"]


@pytest.mark.parametrize(
    ("packs", "documents"),
    [
        ({Pack.PHOTO}, {"photography"}),
        ({Pack.ONLINE}, {"online-safety"}),
        ({Pack.DP}, {"data-protection"}),
        ({Pack.PHOTO, Pack.DP}, {"photography", "data-protection"}),
    ],
)
def test_only_policies_in_force_are_cited(answer: Answer, packs: set[Pack], documents: set[str]) -> None:
    rules = SchoolRules(packs=frozenset(packs))
    assert answer.applies(rules)
    assert {citation.document for citation in told(answer, rules).citations} == documents


def test_an_answer_without_a_policy_in_force_does_not_apply(answer: Answer) -> None:
    only_photo = replace(answer, clauses=(Citation("photography", "7.3"),))
    assert not only_photo.applies(SchoolRules(packs=frozenset({Pack.ONLINE, Pack.DP})))
    procedure = replace(answer, clauses=(Citation("cctv-code", "5.1"),))
    assert procedure.applies(SchoolRules(packs=frozenset({Pack.DP})))
    assert not procedure.applies(SchoolRules(packs=frozenset({Pack.PHOTO, Pack.ONLINE})))


@pytest.mark.parametrize(
    ("rules", "text", "clauses"),
    [
        (SchoolRules(), "No.", 4),
        (SchoolRules(personal_device=PersonalDevice.HT_EXCEPTION), "No.", 4),
        (SchoolRules(personal_device=PersonalDevice.DOWNLOAD_THEN_DELETE), "Yes, if", 1),
        (SchoolRules(age12=Age12.PUPIL_ONLY), "Never told", 4),  # no clauses of its own: the answer's
    ],
)
def test_a_schools_switch_picks_the_variant(answer: Answer, rules: SchoolRules, text: str, clauses: int) -> None:
    said = told(answer, rules)
    assert said.text.startswith(text)
    assert len(said.citations) == clauses


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"photography 7.3"', '"photography 7.33"', r'answers/x\.md: photography 7\.33 is not .*"7\.3"'),
        ('"photography 7.3"', '"photographie 7.3"', r'answers/x\.md: "photographie" is not .*"photography"'),
        ('"photography 7.3"', "7.10", r"`clauses` is a list of texts in quotes"),
        ("rows =", "row =", r"answers/x\.md has 'row', which nothing reads"),
        ('"check_pupil"', '"ring_home"', r"`next` has 'ring_home'"),
        ('"images.personal_device"', '"images.own_device"', r"no school has a switch 'images\.own_device'"),
        ('value = "download_then_delete"', "", r"a variant needs `value` and `answer`"),
        ('for_dpo = "The policies differ here."', "for_dpo = 3", r"`for_dpo` is a text in quotes"),
        ('["can I use my own phone", "is my mobile ok"]', "[]", r"needs at least one of `asks`"),
        ("rows = [", "rows = ", r"answers/x\.md: "),
        ("+++\nasks", "asks", r"must start with its TOML between two lines"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(old: str, new: str, complaint: str) -> None:
    assert old in OWN_PHONE
    with pytest.raises((AnswerError, UnknownClauseError), match=complaint):
        read("x.md", OWN_PHONE.replace(old, new))


def test_an_answer_that_cites_nothing_is_refused() -> None:
    with pytest.raises(AnswerError, match="cites nothing"):
        read("x.md", '+++\nasks = ["may I?"]\nclauses = []\n+++\nYes.\n')


def test_an_answer_without_words_is_refused() -> None:
    with pytest.raises(AnswerError, match="needs at least one"):
        read("x.md", '+++\nasks = ["may I?"]\nclauses = ["photography 7.3"]\n+++\n\n')


def test_the_packaged_answers_all_load_once_and_are_found_by_name() -> None:
    held = library()
    assert held is library()
    assert len(held.answers) >= 200  # issue 5, item 1
    assert all(len(each.asks) >= 6 for each in held.answers)
    first = held.answers[0]
    assert held.answer(first.slug) is first
    assert held.answer("no-such-answer") is None


@pytest.mark.parametrize(
    ("slug", "begins"),
    [
        ("photo-how-long-form-lasts", "Until the child leaves"),
        ("photo-yearly-form", "No, not every year"),
        ("online-joining-permission", "When they join, and that answer stands"),
    ],
)
def test_how_long_a_form_lasts_follows_the_schools_switch(slug: str, begins: str) -> None:
    found = library().answer(slug)
    assert found is not None
    lasting = SchoolRules(packs=frozenset({Pack.ONLINE, Pack.DP}), consent_cycle=ConsentCycle.JOINING_ONLY)
    assert found.applies(lasting)
    assert told(found, lasting).text.startswith(begins)
    assert {citation.document for citation in told(found, lasting).citations} <= {"online-safety", "data-protection"}
    for strict in (SchoolRules(), replace(lasting, packs=frozenset(Pack))):  # where photography is in force it rules
        assert told(found, strict).text == found.text


def test_what_becomes_of_published_copies_follows_the_schools_switch() -> None:
    found = library().answer("photo-withdrawn-published")
    assert found is not None
    said = told(found, SchoolRules(published_copies=PublishedCopies.TAKE_DOWN)).text
    assert "At this school anything online comes down" in said
    assert "is for the DPO" in told(found, SchoolRules()).text


def test_every_packaged_answer_cites_a_clause_at_every_school_where_it_applies() -> None:
    for pack in Pack:
        rules = SchoolRules(packs=frozenset({pack}))
        assert all(told(each, rules).citations for each in library().answers if each.applies(rules))


@pytest.mark.parametrize(
    ("slug", "begins"),
    [
        ("online-messages-with-parents", "Only through"),  # "can I WhatsApp a parent?"
        ("photo-group-captions", "A general label"),  # "can we put names under group photos?"
        ("photo-photographer-badge-and-notice", "The headteacher"),  # "who can be in their pictures?"
    ],
)
def test_an_answer_that_is_asked_for_both_ways_begins_with_neither_yes_nor_no(slug: str, begins: str) -> None:
    answer = library().answer(slug)
    assert answer is not None
    assert answer.text.startswith(begins)
