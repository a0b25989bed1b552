"""Consent taken back: what it reaches, what it never changes, and when it ends; and whom a typed name means."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.images import Medium, PhotoRequest, Use
from policy.names import Roll
from policy.packs import SchoolRules
from policy.photos.uses import FORM_ITEMS
from policy.photos.verdicts import Decision
from policy.records import EVERYTHING, Capacity, Consent, Pupil, PupilRecord, SchoolRecords, Withdrawal
from policy.withdrawal import find_pupil, in_words, items_of, not_found
from tests.policy.photos.photo_examples import (
    ALL_YES,
    BORN_12,
    GAZETTE,
    RULES,
    SCHOOL,
    STAFF,
    a_form,
    a_pupil,
    a_record,
    a_request,
    answer,
    asked,
)
from tests.policy.photos.photo_strategies import plain_requests, records, requests, rules, schools

TOLD = date(2026, 11, 20)
AFTER = TOLD + timedelta(days=1)
FATHERS = a_form(*FORM_ITEMS, by="father")
KINDS = (*FORM_ITEMS, "capture", "upload_internal", "name_first", EVERYTHING)
withdrawals = st.builds(
    Withdrawal, st.frozensets(st.sampled_from(KINDS), min_size=1), st.dates(date(2026, 9, 1), date(2027, 6, 1))
)


def taken_back(record: PupilRecord, *items: str) -> PupilRecord:
    return replace(record, withdrawals=(Withdrawal(frozenset(items), TOLD),))


def may(record: PupilRecord, *uses: Use, medium: Medium = Medium.STILL) -> bool:
    return asked(a_request(*uses, media=(medium,)), record).decision is Decision.YES


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(requests, plain_requests),
    records,
    schools(),
    rules,
    withdrawals,
)
def test_whatever_is_taken_back_nothing_becomes_a_yes(
    request_: PhotoRequest,
    record: PupilRecord,
    school: SchoolRecords,
    chosen: SchoolRules,
    withdrawal: Withdrawal,
) -> None:
    withdrawn = replace(record, withdrawals=(withdrawal,))
    before = asked(request_, record, school=school, rules=chosen)
    after = asked(request_, withdrawn, school=school, rules=chosen)
    if after.decision is Decision.YES:
        assert before.decision is Decision.YES


def test_only_what_was_taken_back_is_no() -> None:
    record = taken_back(a_record(*ALL_YES), "website_image")
    assert not may(record, Use.WEBSITE)
    assert may(record, Use.WEBSITE, medium=Medium.VIDEO)
    assert may(record, Use.MARKETING)
    assert may(record, Use.EDU_SITE)


def test_everything_reaches_permissions_too() -> None:
    record = a_record(*ALL_YES, answer("upload_internal"))
    assert may(record, Use.UPLOAD_INTERNAL)
    assert not may(taken_back(record, EVERYTHING), Use.UPLOAD_INTERNAL)
    assert not may(taken_back(record, EVERYTHING), Use.CLASS_PHOTO_SALE)


def test_no_press_means_no_other_paper_either() -> None:
    school = replace(SCHOOL, organisations=(GAZETTE,), rounds_open=(("2026/27", "Barford Herald"),))
    record = a_record(*ALL_YES, answer("organisation:Barford Herald"))
    request_ = a_request(Use.ORG_OTHER, organisation="Barford Herald")
    assert asked(request_, record, school=school).decision is Decision.YES
    assert asked(request_, taken_back(record, "media_video"), school=school).decision is Decision.NO
    assert asked(request_, taken_back(record, "website_image"), school=school).decision is Decision.YES


def test_it_works_whoever_signed_and_settles_no_dispute() -> None:
    disputed = a_record(*ALL_YES, *a_form(*FORM_ITEMS[1:], by="father"))
    assert not may(disputed, Use.MARKETING)
    assert not may(taken_back(disputed, "website_image"), Use.MARKETING), "they still differ on the website"
    agreed = taken_back(a_record(*ALL_YES, *FATHERS), "website_image")
    assert not may(agreed, Use.WEBSITE)
    assert may(agreed, Use.MARKETING)


@pytest.mark.parametrize(
    ("later", "allowed"),
    [
        (a_form(*FORM_ITEMS, signed=AFTER), True),
        (a_form(*FORM_ITEMS, signed=TOLD), False),
        (a_form(*FORM_ITEMS, by="father", signed=AFTER), False),
        ((*a_form(*FORM_ITEMS, signed=AFTER), *a_form(*FORM_ITEMS, by="father", signed=AFTER)), True),
        ((answer("website_image", starts=AFTER),), False),
        ((answer("website_image", signed=None, starts=AFTER),), False),
    ],
    ids=["anew", "the same day", "by the other alone", "by both", "an old form for later", "unsigned"],
)
def test_it_ends_when_everybody_who_answered_has_signed_anew(later: tuple[Consent, ...], allowed: object) -> None:
    record = taken_back(a_record(*ALL_YES, *later), "website_image")
    assert may(record, Use.WEBSITE) is allowed


def test_a_form_from_before_that_comes_in_late_changes_nothing() -> None:
    assert not may(taken_back(a_record(*ALL_YES), *FORM_ITEMS), Use.WEBSITE)
    assert not may(taken_back(a_record(), EVERYTHING), Use.WEBSITE)


def test_from_twelve_the_pupil_signs_anew_too() -> None:
    pupil = a_pupil(born=BORN_12)
    own = a_form(*FORM_ITEMS, by="self", capacity=Capacity.PUPIL)
    anew = a_form(*FORM_ITEMS, signed=AFTER)
    assert may(a_record(*ALL_YES, *own, pupil=pupil), Use.WEBSITE)
    assert not may(taken_back(a_record(*ALL_YES, *own, *anew, pupil=pupil), "website_image"), Use.WEBSITE)


@pytest.mark.parametrize(
    "use", [Use.WEBSITE, Use.SOCIAL, Use.EDU_SITE, Use.EDU_VISIT, Use.CLASS_PHOTO_SALE, Use.IDENTITY]
)
def test_the_answer_is_that_of_a_form_of_eight_no(use: Use) -> None:
    gone = taken_back(a_record(*ALL_YES), EVERYTHING)
    one = asked(a_request(use), gone, roles=STAFF, rules=RULES)
    other = asked(a_request(use), a_record(*a_form()), roles=STAFF, rules=RULES)
    assert replace(one, verdicts=()) == replace(other, verdicts=())


# --- what was filled in


@pytest.mark.parametrize(
    ("chosen", "items", "words"),
    [
        (["social_video", "social_image"], ("social_image", "social_video"), "photos on social media"),
        (["everything", "website_image"], (EVERYTHING,), "everything on the form"),
        (["no-pictures", "everything"], (EVERYTHING, "!"), "any picture at all, in lessons too"),
    ],
)
def test_what_was_ticked_is_what_is_taken_back(chosen: list[str], items: tuple[str, ...], words: str) -> None:
    assert items_of({"uses": chosen}) == items
    assert in_words(items).startswith(words)


def child(number: int, first: str, last: str, class_name: str) -> Pupil:
    return Pupil(number, first, "", last, class_name, class_name[0], date(2017, 5, 1), date(2022, 9, 1), None)


ROLL = Roll.of(
    (
        child(1, "Mary-Jane", "O'Hanlon", "4B"),
        child(2, "Sam", "Smith", "4B"),
        child(3, "Sam", "Smith", "Year 2"),
        child(4, "Otto", "Finch", "3A"),
        child(5, "Otto", "Finch", "3A"),
    )
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("mary jane ohanlon", 1),
        ("Mary-Jane O'Hanlon, 4B", 1),
        ("Mary-Jane O'Hanlon 3A", None),
        ("Sam Smith", None),
        ("Sam Smith 4b", 2),
        ("Sam Smith Year 2", 3),
        ("Sam Smith in class 4B", 2),
        ("Otto Finch 3A", None),
        ("Smith", None),
        ("Mary", None),
        ("4B", None),
        ("", None),
        ("Sma Smith", None),
    ],
)
def test_a_typed_name_is_one_pupil_or_a_question(typed: str, found: int | None) -> None:
    sought = find_pupil(ROLL, typed)
    assert (sought.pupil.id if sought.pupil else None) == found
    if found is None:
        assert typed in not_found(typed, sought)


def test_a_question_names_pupils_and_classes_alone() -> None:
    words = not_found("Sam Smith", find_pupil(ROLL, "Sam Smith"))
    assert "Sam Smith, 4B; Sam Smith, Year 2" in words
    assert "2017" not in words
