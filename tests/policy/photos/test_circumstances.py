"""Stage A, row by row: the rules that are the same for every pupil, and every setting that changes one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from policy.images import Device, Medium, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.packs import FamilyFilming, Pack, PersonalDevice, SchoolRules
from policy.photos.decision import Decision, Note, Shape, stage_a
from policy.records import Organisation, SchoolRecords
from policy.roles import Role
from tests.policy.photos.photo_examples import (
    ALL_YES,
    DAY,
    FACEBOOK,
    GAZETTE,
    INSTAGRAM,
    OFFICE,
    RULES,
    SCHOOL,
    STAFF,
    a_record,
    a_request,
    answer,
    asked,
    told,
)

PHONE, CAMERA = Device.PERSONAL_PHONE, Device.PERSONAL_CAMERA
ONLY_ONLINE = frozenset({Pack.ONLINE})
NO_ONLINE = frozenset({Pack.PHOTO, Pack.DP})


def allowing(*what: str) -> SchoolRecords:
    return replace(SCHOOL, permissions=frozenset((one, DAY) for one in what))


ROWS = {
    "a distressing scene": (a_request(Use.WEBSITE, distressing=True), "A1"),
    "evidence of an injury": (a_request(Use.EVIDENCE), "A1"),
    "the changing room": (a_request(Use.EDU_SITE, place=Place.PRIVATE), "A2"),
    "an own phone": (a_request(Use.WEBSITE, device=PHONE), "A3"),
    "an own camera": (a_request(Use.EDU_SITE, device=CAMERA), "A3"),
    "a volunteer's phone": (a_request(Use.WEBSITE, device=PHONE, photographer=Photographer.VOLUNTEER), "A3"),
    "an own phone for the press": (a_request(Use.MEDIA, device=PHONE, photographer=Photographer.PRESS), "A3"),
    "families filming without a decision": (a_request(Use.FAMILY_EVENT, photographer=Photographer.FAMILY), "A4"),
    "families' phones without a decision": (
        a_request(Use.FAMILY_EVENT, photographer=Photographer.FAMILY, device=PHONE),
        "A4",
    ),
    "a class story": (a_request(Use.DOJO_STORY), "A5"),
    "several pupils in one private post": (a_request(Use.DOJO_PRIVATE, group=True), "A5"),
    "a colleague's picture": (a_request(Use.STAFF), "STAFF"),
    "a colleague's picture on the website": (a_request(Use.STAFF, Use.WEBSITE), "STAFF"),
    "a conference": (a_request(Use.CONFERENCE), "A6"),
    "anything else": (a_request(Use.OTHER), "A6"),
    "an old print for the website": (a_request(Use.REUSE_PRINT, Use.WEBSITE), "A6"),
    "an account that is not listed": (a_request(Use.SOCIAL, account="snapchat"), "A7"),
    "a listed account and another": (a_request(Use.SOCIAL, account="facebook, tiktok"), "A7"),
    "an organisation that is not listed": (a_request(Use.MEDIA, organisation="the Herald"), "A7"),
    "an organisation nobody named": (a_request(Use.ORG_OTHER), "A7"),
    "a live stream": (a_request(Use.LIVE, media=[Medium.VIDEO]), "A8"),
    "identity pictures": (a_request(Use.IDENTITY), "A10"),
    "a picture for a parent": (a_request(Use.EMAIL_PARENT), "A10"),
}


@pytest.mark.parametrize(("request_", "row"), ROWS.values(), ids=ROWS.keys())
def test_a_circumstance_stops_every_pupil_alike(request_: PhotoRequest, row: str) -> None:
    answered = stage_a(request_, school=SCHOOL, rules=RULES, roles=STAFF)
    assert answered is not None
    expected = (Shape.D, Decision.ASK_DPO) if row == "A6" else (Shape.P, Decision.NO)
    assert (answered.shape, answered.decision, answered.row) == (*expected, row)
    assert answered.verdicts == ()
    assert answered == asked(request_, a_record(level=3))
    assert answered.routed_to == (("dpo",) if row == "A6" else ())
    assert answered.citations


@pytest.mark.parametrize(
    ("request_", "row"),
    [
        (a_request(Use.DOJO_STORY, distressing=True, device=PHONE, place=Place.PRIVATE), "A1"),
        (a_request(Use.DOJO_STORY, device=PHONE, place=Place.PRIVATE), "A2"),
        (a_request(Use.DOJO_STORY, Use.FAMILY_EVENT, device=PHONE), "A3"),
        (a_request(Use.DOJO_STORY, Use.FAMILY_EVENT), "A4"),
        (a_request(Use.DOJO_STORY, Use.CONFERENCE), "A5"),
        (a_request(Use.CONFERENCE, Use.SOCIAL, account="snapchat"), "A6"),
        (a_request(Use.LIVE, Use.SOCIAL, account="snapchat"), "A7"),
        (a_request(Use.LIVE, Use.IDENTITY), "A8"),
        (a_request(Use.WEBSITE, Use.IDENTITY), "A10"),
    ],
)
def test_the_first_row_that_holds_is_the_answer(request_: PhotoRequest, row: str) -> None:
    assert asked(request_).row == row


@pytest.mark.parametrize("use", [use for use in Use if use not in {Use.FAMILY_EVENT, Use.STAFF, Use.EVIDENCE}])
def test_a_full_name_alone_stops_no_use(use: Use) -> None:
    plain = stage_a(a_request(use), school=SCHOOL, rules=RULES, roles=STAFF)
    assert stage_a(a_request(use, name=NameWanted.FULL), school=SCHOOL, rules=RULES, roles=STAFF) == plain


def test_what_the_head_permitted_holds_for_that_day_only() -> None:
    pool = a_request(Use.EDU_SITE, place=Place.PRIVATE)
    live = a_request(Use.LIVE, media=[Medium.VIDEO])
    permitted = allowing("private_place", "live")
    assert told(asked(pool, school=permitted)) == ("G", "B12")
    assert told(asked(live, school=permitted)) == ("G", "B22")
    for request_, row in ((pool, "A2"), (live, "A8")):
        assert asked(replace(request_, on=DAY + timedelta(days=1)), school=permitted).row == row


def test_families_may_film_when_the_head_said_yes_and_hear_the_six_points() -> None:
    filming = a_request(Use.FAMILY_EVENT, photographer=Photographer.FAMILY, device=PHONE)
    decided = replace(SCHOOL, family_filming=frozenset({DAY}))
    answered = asked(filming, school=decided)
    assert told(answered) == ("G", "A4")
    assert answered.decision is Decision.YES
    assert Note.CONDUCT in answered.notes
    assert answered == asked(filming, a_record(court_order=True), school=decided)
    by_policy = SchoolRules(family_filming=FamilyFilming.ALLOWED_BY_POLICY)
    assert told(asked(filming, rules=by_policy)) == ("G", "A4")
    assert asked(replace(filming, on=DAY + timedelta(days=1)), school=decided).row == "A4"
    assert asked(replace(filming, on=DAY + timedelta(days=1)), school=decided).shape is Shape.P


def test_a_yes_to_filming_says_nothing_about_the_website() -> None:
    both = a_request(Use.FAMILY_EVENT, Use.WEBSITE, photographer=Photographer.FAMILY)
    decided = replace(SCHOOL, family_filming=frozenset({DAY}))
    assert asked(both, a_record(*ALL_YES), school=decided).shape is Shape.G
    assert asked(both, a_record(), school=decided).shape is Shape.R


DEVICES = {
    "never": (PersonalDevice.NEVER, frozenset(Pack), (), "A3", "A3"),
    "exception, not asked for": (PersonalDevice.HT_EXCEPTION, frozenset(Pack), (), "A3", "A3"),
    "exception, granted": (PersonalDevice.HT_EXCEPTION, frozenset(Pack), ("personal_camera",), "A3", "B22"),
    "exception without the photography policy": (
        PersonalDevice.HT_EXCEPTION,
        frozenset({Pack.DP}),
        ("personal_camera",),
        "A3",
        "A3",
    ),
    "download then delete, online policy alone": (PersonalDevice.DOWNLOAD_THEN_DELETE, ONLY_ONLINE, (), "B22", "B22"),
    "download then delete beside a stricter policy": (
        PersonalDevice.DOWNLOAD_THEN_DELETE,
        frozenset({Pack.ONLINE, Pack.DP}),
        (),
        "A3",
        "A3",
    ),
    "online policy alone, setting untouched": (PersonalDevice.NEVER, ONLY_ONLINE, (), "A3", "A3"),
}


@pytest.mark.parametrize(("setting", "packs", "permitted", "phone", "camera"), DEVICES.values(), ids=DEVICES.keys())
def test_an_own_device_is_used_only_as_far_as_setting_and_policies_both_go(
    setting: PersonalDevice, packs: frozenset[Pack], permitted: tuple[str, ...], phone: str, camera: str
) -> None:
    rules = SchoolRules(packs=packs, personal_device=setting)
    school = allowing(*permitted)
    assert asked(a_request(Use.WEBSITE, device=PHONE), rules=rules, school=school).row == phone
    assert asked(a_request(Use.WEBSITE, device=CAMERA), rules=rules, school=school).row == camera


def test_an_own_device_that_is_allowed_comes_with_its_own_duty_and_not_with_the_school_cameras() -> None:
    rules = SchoolRules(packs=ONLY_ONLINE, personal_device=PersonalDevice.DOWNLOAD_THEN_DELETE)
    answered = asked(a_request(Use.WEBSITE, device=PHONE), rules=rules)
    assert answered.notes == (Note.OWN_DEVICE,)
    assert not {"K1", "K12"} & set(answered.conditions)
    exception = SchoolRules(personal_device=PersonalDevice.HT_EXCEPTION)
    granted = asked(a_request(Use.WEBSITE, device=CAMERA), rules=exception, school=allowing("personal_camera"))
    assert granted.notes == (Note.OWN_CAMERA,)


def test_an_outside_photographer_brings_a_camera_of_their_own() -> None:
    for who in (Photographer.PRESS, Photographer.PROFESSIONAL):
        assert asked(a_request(Use.WEBSITE, device=CAMERA, photographer=who)).row == "B22"


@pytest.mark.parametrize(
    ("request_", "row"),
    [
        (a_request(Use.DOJO_STORY), "B14"),  # an upload like any other
        (a_request(Use.DOJO_PRIVATE, group=True), "B14"),
        (a_request(Use.LIVE, media=[Medium.VIDEO]), "B22"),
    ],
)
def test_rules_of_the_online_policy_fall_away_with_it(request_: PhotoRequest, row: str) -> None:
    assert asked(request_, rules=SchoolRules(packs=NO_ONLINE)).row == row


def test_one_pupil_at_a_time_may_be_shown_to_their_own_family() -> None:
    permitted = a_record(*ALL_YES, answer("upload_internal"))
    assert asked(a_request(Use.DOJO_PRIVATE), permitted).row == "B22"
    assert asked(a_request(Use.DOJO_PRIVATE, group=True, sole_subject=True), permitted).row == "B22"


def test_an_old_print_is_judged_as_its_new_use_once_the_head_has_agreed_with_the_dpo() -> None:
    reuse = a_request(Use.REUSE_PRINT, Use.WEBSITE)
    agreed = allowing("reuse_print")
    assert told(asked(reuse, school=agreed)) == ("G", "B22")
    assert told(asked(reuse, a_record(level=2), school=agreed)) == ("R", "B7")
    assert asked(a_request(Use.REUSE_PRINT), school=agreed).row == "A6"


CHANNELS = {
    "a listed account": (a_request(Use.SOCIAL, account="insta"), "R", "B15"),  # newer than the form
    "facebook": (a_request(Use.SOCIAL, account="FB"), "G", "B22"),
    "social media, no platform said": (a_request(Use.SOCIAL), "G", "B22"),
    "a listed paper": (a_request(Use.MEDIA, organisation="the Gazette"), "G", "B22"),
    "the local paper, not named": (a_request(Use.MEDIA), "G", "B22"),
    "live on a listed account": (a_request(Use.LIVE, account="facebook"), "G", "B22"),
    "live on another": (a_request(Use.LIVE, account="twitch"), "P", "A7"),
    "a listed organisation, said to be another": (
        a_request(Use.ORG_OTHER, organisation="Larkhill Gazette"),
        "G",
        "B22",
    ),
}


@pytest.mark.parametrize(("request_", "shape", "row"), CHANNELS.values(), ids=CHANNELS.keys())
def test_a_channel_counts_as_the_school_has_listed_it(request_: PhotoRequest, shape: str, row: str) -> None:
    listed = replace(SCHOOL, permissions=frozenset({("live", DAY)}))
    if "insta" in (request_.account or ""):
        listed = replace(listed, accounts=(FACEBOOK, INSTAGRAM))
    assert told(asked(request_, school=listed)) == (shape, row)


def test_nothing_is_listed_by_a_school_that_has_listed_nothing() -> None:
    for use in (Use.SOCIAL, Use.MEDIA):
        assert told(asked(a_request(use), school=SchoolRecords())) == ("P", "A7")


def test_last_years_organisations_are_not_this_years() -> None:
    stale = SchoolRecords(organisations=(Organisation("2025/26", "Larkhill Gazette", "newspaper"),))
    assert asked(a_request(Use.MEDIA, organisation="Larkhill Gazette"), school=stale).row == "A7"


def test_an_open_round_of_additional_consent_asks_each_familys_permission() -> None:
    school = SchoolRecords(organisations=(GAZETTE,), rounds_open=(("2026/27", "Barford Herald"),))
    permitted = a_record(answer("organisation:Barford Herald"))
    for use in (Use.MEDIA, Use.ORG_OTHER):
        herald = a_request(use, organisation="the Herald")
        assert told(asked(herald, a_record(*ALL_YES), school=school)) == ("R", "B17")
        assert told(asked(herald, permitted, school=school)) == ("G", "B22")
        assert told(asked(replace(herald, on=DAY.replace(year=2027)), permitted, school=school)) == ("P", "A7")


def test_an_account_covers_nobody_before_the_day_it_is_listed() -> None:
    before = FACEBOOK.listed_from - timedelta(days=1)
    assert asked(a_request(Use.SOCIAL, account="facebook", on=before)).row == "A7"


@pytest.mark.parametrize(
    "role", [Role.OFFICE, Role.DATA_LEAD, Role.SBM, Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL, Role.DPO]
)
def test_the_office_group_may_ask_about_identity_pictures(role: Role) -> None:
    assert asked(a_request(Use.IDENTITY), roles=frozenset({role})).row == "B9"


@pytest.mark.parametrize("role", [Role.STAFF, Role.ACADEMY_LEADER, Role.TECHNICIAN, Role.SLT])
def test_others_are_sent_to_the_office_whatever_the_pupil(role: Role) -> None:
    for use in (Use.IDENTITY, Use.EMAIL_PARENT):
        assert asked(a_request(use), roles=frozenset({role})).row == "A10"
    assert told(asked(a_request(Use.EMAIL_PARENT), roles=OFFICE)) == ("G", "B20")


def test_a_request_without_a_use_cannot_be_decided() -> None:
    with pytest.raises(ValueError, match="what the picture is for"):
        asked(PhotoRequest(frozenset(), frozenset(), DAY))


@pytest.mark.parametrize(
    ("circumstance", "row"),
    [({"distressing": True}, "A1"), ({"place": Place.PRIVATE}, "A2"), ({"device": PHONE}, "A3"), ({}, None)],
)
def test_place_device_and_scene_stop_a_picture_before_its_use_is_even_said(
    circumstance: dict[str, object], row: str | None
) -> None:
    unsaid = replace(PhotoRequest(frozenset(), frozenset(), DAY), **circumstance)  # type: ignore[arg-type]  # as named
    answered = stage_a(unsaid, school=SCHOOL, rules=RULES, roles=STAFF)
    assert (answered and answered.row) == row
