"""`consent.cycle`: under `joining_only` a form outlives the school year, and nothing else about it changes (C7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.calendar import academic_year
from policy.images import NameWanted, PhotoRequest, Use
from policy.packs import Age12, ConsentCycle, Pack, SchoolRules
from policy.photos.decision import Decision, decide
from policy.photos.phrases import condition
from policy.photos.uses import FORM_ITEMS
from policy.records import Account, Capacity, Consent, Organisation, PupilRecord, SchoolRecords
from tests.policy.photos.photo_examples import (
    ALL_NO,
    ALL_YES,
    BORN_12,
    DAY,
    OFFICE,
    YEAR,
    a_form,
    a_pupil,
    a_record,
    a_request,
    answer,
    asked,
)
from tests.policy.photos.photo_strategies import plain_requests, records, requests, rules, schools

YEARLY = SchoolRules(packs=frozenset({Pack.ONLINE, Pack.DP}))
LASTING = replace(YEARLY, consent_cycle=ConsentCycle.JOINING_ONLY)
WITH_PHOTO = SchoolRules(consent_cycle=ConsentCycle.JOINING_ONLY)
JOINED = {"year": "2024/25", "signed": date(2024, 9, 3)}
JOINING = a_form(*FORM_ITEMS, **JOINED)  # type: ignore[arg-type]  # a year and a day
WEB = "website_image"

# What is on file -> (a photo for the website with every form yearly, and with forms that last).
ON_FILE: dict[str, tuple[PupilRecord, bool, bool]] = {
    "the form of joining": (a_record(*JOINING), False, True),
    "this year's form": (a_record(*ALL_YES), True, True),
    "both": (a_record(*JOINING, *ALL_YES), True, True),
    "no form": (a_record(), False, False),
    "all no on joining": (a_record(*a_form(**JOINED)), False, False),  # type: ignore[arg-type]  # see above
    "no on joining, yes this year": (a_record(*a_form(**JOINED), *ALL_YES), True, True),  # type: ignore[arg-type]  # see above
    "yes on joining, no this year": (a_record(*JOINING, *ALL_NO), False, False),
    "yes on joining, the item changed since": (a_record(*JOINING, answer(WEB, yes=False)), False, False),
    "yes on joining, another item changed since": (a_record(*JOINING, answer("media_image", yes=False)), False, True),
    "withdrawn since": (
        a_record(*a_form(*FORM_ITEMS, withdrawn=DAY - timedelta(days=1), **JOINED)),  # type: ignore[arg-type]  # see above
        False,
        False,
    ),
    "the other parent refuses this year": (a_record(*JOINING, *a_form(by="father")), False, False),
    "the other parent refused on joining": (a_record(*JOINING, *a_form(by="father", **JOINED)), False, False),  # type: ignore[arg-type]  # see above
    "the other parent refused on joining, and this year's form says yes": (
        a_record(*a_form(by="father", **JOINED), *ALL_YES),  # type: ignore[arg-type]  # see above
        True,
        False,  # what lasts is a no as much as a yes
    ),
    "the other parent refused on joining, and both say yes this year": (
        a_record(*a_form(by="father", **JOINED), *ALL_YES, *a_form(*FORM_ITEMS, by="father")),  # type: ignore[arg-type]  # see above
        True,
        True,
    ),
    "unsigned on joining": (a_record(*a_form(*FORM_ITEMS, year="2024/25", signed=None)), False, False),
    "a form of next year": (a_record(*a_form(*FORM_ITEMS, year="2027/28")), False, False),
    "circumstances changed since": (a_record(*JOINING, suspended=date(2026, 11, 1)), False, False),
    "circumstances changed before": (a_record(*JOINING, suspended=date(2024, 9, 1)), False, True),
    "restricted since": (a_record(*JOINING, level=3), False, False),
    "objected to": (a_record(*JOINING, objection=True), False, False),
    "left": (a_record(*JOINING, pupil=a_pupil(left=date(2026, 10, 9))), False, False),
    "twelve by now": (a_record(*JOINING, pupil=a_pupil(born=BORN_12)), False, False),
    "somebody else determined since": (
        a_record(*JOINING, answer("capture", by="carer", capacity=Capacity.DETERMINED)),
        False,
        False,
    ),
}


@pytest.mark.parametrize(("record", "yearly", "lasting"), ON_FILE.values(), ids=ON_FILE.keys())
def test_what_is_on_file_counts_as_the_school_has_chosen(record: PupilRecord, *, yearly: bool, lasting: bool) -> None:
    decided = [asked(a_request(), record, rules=chosen).decision is Decision.YES for chosen in (YEARLY, LASTING)]
    assert decided == [yearly, lasting]
    assert asked(a_request(), record, rules=WITH_PHOTO) == asked(a_request(), record), "PHOTO-4.9 stays in force"


@pytest.mark.parametrize(
    ("use", "item"),
    [(Use.UPLOAD_INTERNAL, "upload_internal"), (Use.EDU_VISIT, "capture"), (Use.EDU_SITE, WEB)],
)
def test_permissions_and_the_form_on_file_last_as_well(use: Use, item: str) -> None:
    record = a_record(*JOINING, answer(item, **JOINED))  # type: ignore[arg-type]  # see above
    assert asked(a_request(use), record, rules=YEARLY).decision is Decision.NO
    assert asked(a_request(use), record, rules=LASTING).decision is Decision.YES


def test_next_years_pictures_need_no_new_form_where_forms_last() -> None:
    request = a_request(on=date(2027, 9, 5), asked_on=DAY)
    for chosen, decision in ((YEARLY, Decision.NO), (LASTING, Decision.YES), (WITH_PHOTO, Decision.NO)):
        assert asked(request, a_record(*ALL_YES), rules=chosen).decision is decision


def test_an_account_or_a_paper_listed_after_the_form_is_not_on_it() -> None:
    gazette = [Organisation(year, "Larkhill Gazette", "newspaper") for year in ("2024/25", YEAR)]
    old, new = Account("Facebook", "@larkhill", date(2024, 9, 1)), Account("Instagram", "@l", date(2026, 9, 1))
    press, social = a_request(Use.MEDIA, organisation="the Gazette"), a_request(Use.SOCIAL)
    for school, request, decision in (
        (SchoolRecords(organisations=tuple(gazette)), press, Decision.YES),
        (SchoolRecords(organisations=(gazette[1],)), press, Decision.NO),
        (SchoolRecords(organisations=(gazette[0],)), press, Decision.NO),
        (
            SchoolRecords(organisations=(*gazette, Organisation(YEAR, "Larkhill Echo", "newspaper"))),
            press,
            Decision.YES,
        ),
        (SchoolRecords(accounts=(old,)), social, Decision.YES),
        (SchoolRecords(accounts=(old, new)), social, Decision.NO),
    ):
        assert asked(request, a_record(*JOINING), school=school, rules=LASTING).decision is decision, school


def test_the_answer_says_how_long_it_is_good() -> None:
    request = a_request()
    for chosen, said in (
        (SchoolRules(), "Good until Tue 31 Aug 2027 unless"),
        (LASTING, "Good until consent changes."),
    ):
        answered = asked(request, a_record(*ALL_YES), rules=chosen)
        assert "K10" in answered.conditions
        assert condition("K10", answered, request).startswith(said)


MOST = {NameWanted.NONE: 0, NameWanted.FIRST: 1, NameWanted.FULL: 2}


@settings(max_examples=400, deadline=None)
@given(st.one_of(plain_requests, requests), records, schools(), rules)
def test_the_strict_setting_never_gives_more_than_the_other_where_no_earlier_form_is_on_file(
    request_: PhotoRequest, record: PupilRecord, school: SchoolRecords, chosen: SchoolRules
) -> None:
    rows = record.consents if Pack.PHOTO in chosen.packs else _of(record, academic_year(request_.on))
    strict, loose = (
        decide(
            request_,
            (replace(record, consents=rows),),
            school=school,
            rules=replace(chosen, consent_cycle=cycle),
            roles=OFFICE,
        )
        for cycle in (ConsentCycle.JOINING_PLUS_ANNUAL, ConsentCycle.JOINING_ONLY)
    )
    if Pack.PHOTO in chosen.packs:
        assert strict == loose
    if strict.decision is Decision.YES:
        assert loose.decision is Decision.YES
        assert [MOST[one.name] for one in strict.verdicts] <= [MOST[one.name] for one in loose.verdicts]


def _of(record: PupilRecord, year: str) -> tuple[Consent, ...]:
    return tuple(row for row in record.consents if row.academic_year == year)


@settings(max_examples=400, deadline=None)
@given(st.one_of(plain_requests, requests), records, schools(), rules)
def test_a_standing_no_of_any_year_is_never_passed_over_where_forms_last(
    request_: PhotoRequest, record: PupilRecord, school: SchoolRecords, chosen: SchoolRules
) -> None:
    lasting = replace(
        chosen, packs=chosen.packs - {Pack.PHOTO} or frozenset({Pack.DP}), consent_cycle=ConsentCycle.JOINING_ONLY
    )
    refusing = a_form(by="father", **JOINED)  # type: ignore[arg-type]  # see above
    also = replace(record, consents=(*record.consents, *refusing, *ALL_YES), suspended_from=None)
    told = decide(request_, (also,), school=school, rules=lasting, roles=OFFICE)
    on_the_form = request_.uses & {Use.WEBSITE, Use.SOCIAL, Use.MARKETING}
    determined = any(row.capacity is Capacity.DETERMINED for row in record.consents)
    by_pupil = chosen.age12 is Age12.PUPIL_ONLY
    answered = any(row.given_by == refusing[0].given_by for row in record.consents)
    if on_the_form and not (determined or by_pupil or answered or request_.alters):
        assert told.decision is not Decision.YES


# --- a new form after circumstances changed

CHANGED = date(2026, 11, 1)
AGAIN = a_form(*FORM_ITEMS, signed=date(2026, 11, 5))
RENEWED: dict[str, tuple[tuple[Consent, ...], bool]] = {
    "nobody else has answered": ((*ALL_YES, *AGAIN), True),
    "the other parent had agreed": ((*ALL_YES, *a_form(*FORM_ITEMS, by="father"), *AGAIN), True),
    "the same parent had refused": ((*ALL_NO, *AGAIN), True),
    "the other parent had refused it": ((*ALL_NO, *a_form(by="father"), *AGAIN), False),
    "the other parent had refused something else": (
        (*a_form(WEB), *a_form(WEB, by="father"), *a_form(WEB, signed=date(2026, 11, 5))),
        True,
    ),
    "two had disagreed, and one has not signed again": (
        (*ALL_YES, *a_form(WEB, by="father"), *AGAIN),
        False,
    ),
    "two had disagreed, and both have signed again": (
        (*ALL_YES, *a_form(WEB, by="father"), *AGAIN, *a_form(*FORM_ITEMS, by="father", signed=CHANGED)),
        True,
    ),
    "only the other parent has signed again": ((*ALL_YES, *a_form(*FORM_ITEMS, by="father", signed=CHANGED)), True),
    "signed again the day before": ((*ALL_YES, *a_form(*FORM_ITEMS, signed=date(2026, 10, 31))), False),
}


@pytest.mark.parametrize(("rows", "allowed"), RENEWED.values(), ids=RENEWED.keys())
def test_a_new_form_gives_only_what_nobody_had_refused(rows: tuple[Consent, ...], *, allowed: bool) -> None:
    decided = asked(a_request(), a_record(*rows, suspended=CHANGED))
    assert (decided.decision is Decision.YES) is allowed


def test_a_permission_that_the_other_parent_had_refused_stays_refused() -> None:
    mother = answer("upload_internal", signed=date(2026, 11, 5))
    father = answer("upload_internal", yes=False, by="father")
    request = a_request(Use.UPLOAD_INTERNAL)
    given_anew = a_record(*AGAIN, mother, suspended=CHANGED)
    assert asked(request, given_anew).decision is Decision.YES
    refused = replace(given_anew, consents=(father, *given_anew.consents))
    assert asked(request, refused).decision is Decision.NO
