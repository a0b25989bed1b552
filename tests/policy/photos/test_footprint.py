"""A restricted pupil leaves the same footprint as a family that said no: over random schools, families and requests.

Under the default settings, level 2 answers as a form of eight No, and level 3, a pending check and a court order answer
as a form that never came back; for the office, which needs no form for identity pictures, as an objection.
"""

from dataclasses import astuple, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.images import PhotoRequest, Use
from policy.packs import SchoolRules
from policy.photos.decision import PhotoAnswer, Shape, decide, stage_a
from policy.photos.uses import FORM_ITEMS
from policy.photos.wording import Wording, words
from policy.records import Capacity, Consent, PupilRecord, Restriction, RestrictionState, SchoolRecords
from policy.roles import Role
from tests.policy.photos.photo_examples import DAY, OFFICE, RULES, SCHOOL, STAFF, a_record, a_request
from tests.policy.photos.photo_strategies import EXTRAS, plain_requests, pupils, records, requests, rules, schools

LEVEL_2 = Restriction(RestrictionState.SET, 2, court_order=False, review_on=None)
HIDDEN = {
    "level 3": Restriction(RestrictionState.SET, 3, court_order=False, review_on=None),
    "pending": Restriction(RestrictionState.PENDING, None, court_order=False, review_on=None),
    "court order": Restriction(RestrictionState.SET, 1, court_order=True, review_on=None),
}
PUBLISHING = ("capture", "upload_internal", "organisation:Barford Herald")
either_request = st.one_of(requests, plain_requests)


@st.composite
def answered_records(draw: st.DrawFn) -> PupilRecord:
    """A pupil whose family returned the year's form, whatever it says, with any extra permissions."""
    ticked = draw(st.sets(st.sampled_from(FORM_ITEMS)))
    signers = draw(
        st.sampled_from(
            (
                (("mother", Capacity.PARENT),),
                (("mother", Capacity.PARENT), ("father", Capacity.PARENT)),
                (("mother", Capacity.PARENT), ("self", Capacity.PUPIL)),
                (("social worker", Capacity.DETERMINED),),
            )
        )
    )
    withdrawn = draw(st.one_of(st.none(), st.just(date(2026, 11, 2))))
    extras = draw(st.sets(st.sampled_from(EXTRAS)))
    rows = [
        Consent("2026/27", item, item in ticked, by, capacity, date(2026, 9, 10), None, withdrawn)
        for by, capacity in signers
        for item in FORM_ITEMS
    ]
    by, capacity = signers[0]
    rows += [
        Consent("2026/27", item, True, by, capacity, date(2026, 9, 10), None, None)  # noqa: FBT003  as above
        for item in sorted(extras)
    ]
    return PupilRecord(draw(pupils()), tuple(rows), None)


def eight_no(record: PupilRecord) -> PupilRecord:
    """The same family with a No on every item, and no permission for anything that is published."""
    kept = [row for row in record.consents if row.item not in PUBLISHING]
    return replace(
        record,
        restriction=None,
        consents=tuple(replace(row, answer=False) if row.item in FORM_ITEMS else row for row in kept),
    )


def seen(
    request: PhotoRequest, record: PupilRecord, school: SchoolRecords, roles: frozenset[Role]
) -> tuple[PhotoAnswer, Wording]:
    """All that the asker can see, by value and by word."""
    answered = decide(request, (record,), school=school, rules=RULES, roles=roles)
    return answered, words(answered, request, today=DAY)


@settings(max_examples=200, deadline=None)
@given(either_request, answered_records(), schools(), st.sampled_from((STAFF, OFFICE)))
def test_level_2_looks_like_a_form_of_eight_no(
    request_: PhotoRequest, record: PupilRecord, school: SchoolRecords, roles: frozenset[Role]
) -> None:
    restricted = replace(record, restriction=LEVEL_2)
    assert seen(request_, restricted, school, roles) == seen(request_, eight_no(record), school, roles)


@pytest.mark.parametrize("restriction", HIDDEN.values(), ids=HIDDEN.keys())
@settings(max_examples=80, deadline=None)
@given(request_=either_request, record=st.one_of(records, answered_records()), school=schools())
def test_level_3_pending_and_court_order_look_like_a_form_that_never_came(
    restriction: Restriction, request_: PhotoRequest, record: PupilRecord, school: SchoolRecords
) -> None:
    here = replace(record, hold=False, suspended_from=None)
    restricted = replace(here, restriction=restriction)
    silent = replace(here, restriction=None, objection=False, consents=())
    objecting = replace(here, restriction=None, objection=True)
    as_seen = seen(request_, restricted, school, STAFF)
    assert as_seen == seen(request_, silent, school, STAFF)
    assert as_seen == seen(request_, objecting, school, STAFF)


@pytest.mark.parametrize("restriction", HIDDEN.values(), ids=HIDDEN.keys())
@settings(max_examples=60, deadline=None)
@given(request_=either_request, record=st.one_of(records, answered_records()), school=schools())
def test_for_the_office_they_look_like_an_objection(
    restriction: Restriction, request_: PhotoRequest, record: PupilRecord, school: SchoolRecords
) -> None:
    objecting = replace(record, restriction=None, objection=True)
    restricted = replace(record, restriction=restriction)
    assert seen(request_, restricted, school, OFFICE) == seen(request_, objecting, school, OFFICE)


@settings(max_examples=150, deadline=None)
@given(either_request, st.tuples(records, records), schools(), rules, st.sampled_from((STAFF, OFFICE)))
def test_every_neutral_no_to_a_request_is_the_same_byte_for_byte(
    request_: PhotoRequest,
    pair: tuple[PupilRecord, PupilRecord],
    school: SchoolRecords,
    chosen: SchoolRules,
    roles: frozenset[Role],
) -> None:
    answers = [decide(request_, (record,), school=school, rules=chosen, roles=roles) for record in pair]
    if all(answered.shape is Shape.R for answered in answers):
        assert answers[0].citations == answers[1].citations
        first, second = (words(answered, request_, today=DAY) for answered in answers)
        assert repr(astuple(first)).encode() == repr(astuple(second)).encode()
        assert "Amelia" not in repr(first)


@settings(max_examples=100, deadline=None)
@given(requests, records, records, schools(), rules)
def test_a_rule_of_stage_a_never_depends_on_the_pupil(
    request_: PhotoRequest, one: PupilRecord, other: PupilRecord, school: SchoolRecords, chosen: SchoolRules
) -> None:
    same_for_all = stage_a(request_, school=school, rules=chosen, roles=STAFF)
    if same_for_all is not None:
        for record in (one, other):
            assert decide(request_, (record,), school=school, rules=chosen, roles=STAFF) == same_for_all
        assert same_for_all.verdicts == ()


def test_an_answer_keeps_its_cause_out_of_comparisons_and_log_lines() -> None:
    request = a_request(Use.WEBSITE)
    restricted = decide(request, (a_record(level=3),), school=SCHOOL, rules=RULES, roles=STAFF)
    refused = decide(request, (a_record(),), school=SCHOOL, rules=RULES, roles=STAFF)
    assert restricted == refused
    assert restricted.verdicts[0].cause is not refused.verdicts[0].cause
    assert repr(restricted) == repr(refused)
