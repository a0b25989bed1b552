"""What a reviewer may read about a no, by role: consent causes here, restrictions there, and nobody else anything."""

from datetime import date

import pytest

from policy.images import PhotoRequest, Use
from policy.packs import ConsentCycle, Pack, SchoolRules
from policy.photos.causes import recorded
from policy.photos.uses import FORM_ITEMS
from policy.records import Capacity, PupilRecord
from policy.roles import Role
from tests.policy.photos.photo_examples import (
    ALL_NO,
    ALL_YES,
    BORN_12,
    DAY,
    RULES,
    SCHOOL,
    a_form,
    a_pupil,
    a_record,
    a_request,
    answer,
)

WEB = a_request(Use.WEBSITE)
LEAD, DSL = Role.DATA_LEAD, Role.DSL


def read(record: PupilRecord, role: Role = LEAD, request: PhotoRequest = WEB) -> str:
    return " ".join(recorded(request, record, school=SCHOOL, rules=RULES, roles=frozenset({role})))


CONSENT = {
    "no form": (WEB, a_record(), "No form is on file for 2026/27."),
    "an earlier year": (
        WEB,
        a_record(*a_form(*FORM_ITEMS, year="2025/26", signed=date(2025, 9, 10))),
        "The last form is from an earlier year, none is on file for 2026/27.",
    ),
    "unsigned": (WEB, a_record(*a_form(signed=None)), "The form for 2026/27 came back unsigned."),
    "disputed": (
        WEB,
        a_record(*ALL_YES, *a_form(by="father")),
        "Two people who may answer gave different answers for 2026/27.",
    ),
    "withdrawn": (WEB, a_record(*a_form(*FORM_ITEMS, withdrawn=DAY)), "Every answer for 2026/27 was withdrawn."),
    "suspended": (
        WEB,
        a_record(*ALL_YES, suspended=date(2026, 11, 1)),
        "Circumstances changed on Sun 1 Nov 2026; a new form has not come back.",
    ),
    "refused": (WEB, a_record(*ALL_NO), "website photos: no from mother on Thu 10 Sep 2026."),
    "one withdrawn": (
        WEB,
        a_record(*a_form("media_image")[1:], answer("website_image", withdrawn=DAY)),
        "website photos: withdrawn by mother on Thu 3 Dec 2026.",
    ),
    "blank": (WEB, a_record(answer("media_image")), "website photos: left blank."),
    "twelve": (
        WEB,
        a_record(*ALL_YES, pupil=a_pupil(born=BORN_12)),
        "The pupil is 12, and their own answer is not on file. website photos: yes from mother on Thu 10 Sep 2026.",
    ),
    "not entitled": (
        WEB,
        a_record(answer("capture", by="carer", capacity=Capacity.DETERMINED), *ALL_YES),
        "The form is not from the person the safeguarding lead found entitled to answer.",
    ),
    "no upload": (a_request(Use.UPLOAD_INTERNAL), a_record(*ALL_YES), "No permission on file for: uploads."),
    "visit": (a_request(Use.EDU_VISIT), a_record(*ALL_NO), "Nobody has said yes to anything on the form."),
    "starts": (WEB, a_record(pupil=a_pupil(joined=date(2027, 1, 4))), "Starts on Mon 4 Jan 2027."),
    "left": (
        WEB,
        a_record(pupil=a_pupil(left=date(2026, 10, 9))),
        "Left on Fri 9 Oct 2026. No consent for the time after leaving is on file.",
    ),
    "objection": (
        WEB,
        a_record(objection=True),
        "The family or the pupil objects to all pictures. The DPO decides about it.",
    ),
    "nothing": (WEB, a_record(*ALL_YES), "Nothing on record stops this today."),
}


@pytest.mark.parametrize(("request_", "record", "sentence"), CONSENT.values(), ids=CONSENT.keys())
def test_the_data_lead_reads_what_the_family_answered(
    request_: PhotoRequest, record: PupilRecord, sentence: str
) -> None:
    assert read(record, LEAD, request_) == sentence


RESTRICTED = {
    "level 2": (a_record(level=2), "Level 2, inside school only, for review on Fri 29 Jan 2027."),
    "level 3": (a_record(level=3), "Level 3, no pictures at all, for review on Fri 29 Jan 2027."),
    "pending": (
        a_record(pending=True),
        "The safeguarding check is pending, no level is saved yet, for review on Fri 29 Jan 2027.",
    ),
    "court order": (a_record(court_order=True), "A court order is recorded, for review on Fri 29 Jan 2027."),
}


@pytest.mark.parametrize(("record", "sentence"), RESTRICTED.values(), ids=RESTRICTED.keys())
def test_state_and_level_are_for_the_safeguarding_lead_and_the_head(record: PupilRecord, sentence: str) -> None:
    for role in (Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER):
        assert read(record, role) == sentence
    for role in (Role.DATA_LEAD, Role.DPO):
        assert read(record, role) == "Restricted by the school."


@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICE, Role.SLT, Role.GOVERNOR, Role.WEB_EDITOR])
def test_nobody_else_reads_anything(role: Role) -> None:
    for _, record, _ in CONSENT.values():
        assert read(record, role) == ""
    for record, _ in RESTRICTED.values():
        assert read(record, role) == ""


def test_what_was_refused_before_circumstances_changed_is_said_so() -> None:
    father, again = a_form(by="father"), a_form(*FORM_ITEMS, signed=date(2026, 11, 5))
    told = read(a_record(*ALL_NO, *father, *again, suspended=date(2026, 11, 1)))
    assert told == "website photos: refused before circumstances changed, and not given since."


def test_where_forms_last_no_year_is_named() -> None:
    packs = frozenset({Pack.ONLINE, Pack.DP})
    lasting = SchoolRules(packs=packs, consent_cycle=ConsentCycle.JOINING_ONLY)
    for record, said in (
        (a_record(), "No form is on file."),
        (
            a_record(*a_form(year="2024/25", signed=date(2024, 9, 3))),
            "website photos: no from mother on Tue 3 Sep 2024.",
        ),
    ):
        lines = recorded(WEB, record, school=SCHOOL, rules=lasting, roles=frozenset({LEAD}))
        assert lines == (said,)
