"""Stage B, row by row: what stops one pupil, what is asked of them, and which name may go with the picture."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from policy.images import Medium, NameWanted, PhotoRequest, Place, Use
from policy.packs import Age12, EducationBasis, Pack, SchoolRules
from policy.photos.decision import Cause, Decision, Shape, decide
from policy.photos.uses import FORM_ITEMS
from policy.records import Capacity, Limit, PupilRecord, Restriction, RestrictionState, SchoolRecords
from tests.policy.photos.photo_examples import (
    ALL_NO,
    ALL_YES,
    BORN_12,
    DAY,
    FACEBOOK,
    INSTAGRAM,
    OFFICE,
    RULES,
    SCHOOL,
    STAFF,
    a_form,
    a_pupil,
    a_record,
    a_request,
    answer,
    asked,
    told,
)

WEB = a_request(Use.WEBSITE)
SITE = a_request(Use.EDU_SITE)
VISIT = a_request(Use.EDU_VISIT)
EVERY = frozenset(Medium)
YESTERDAY = DAY - timedelta(days=1)
LEFT = a_pupil(left=DAY)
UNDECIDED = PupilRecord(a_pupil(), ALL_YES, Restriction(RestrictionState.SET, None, court_order=False, review_on=None))

STOPS: Mapping[str, tuple[PhotoRequest, PupilRecord, str, Cause]] = {
    "joins tomorrow": (WEB, a_record(*ALL_YES, pupil=a_pupil(joined=DAY + timedelta(days=1))), "B1", Cause.ENROLMENT),
    "left, identity": (a_request(Use.IDENTITY), a_record(*ALL_YES, pupil=LEFT), "B2", Cause.ENROLMENT),
    "left today": (WEB, a_record(*ALL_YES, pupil=LEFT), "B3", Cause.ENROLMENT),
    "left, display": (a_request(Use.DISPLAY_AFTER), a_record(*ALL_YES, pupil=LEFT), "B3", Cause.ENROLMENT),
    "left, permission for displays only": (
        WEB,
        a_record(*ALL_YES, answer("display_after_leaving"), pupil=LEFT),
        "B3",
        Cause.ENROLMENT,
    ),
    "court order": (WEB, a_record(*ALL_YES, court_order=True), "B4", Cause.RESTRICTION),
    "court order beside level 1": (SITE, a_record(*ALL_YES, court_order=True, level=1), "B4", Cause.RESTRICTION),
    "pending": (WEB, a_record(*ALL_YES, pending=True), "B5", Cause.RESTRICTION),
    "level 3": (SITE, a_record(*ALL_YES, level=3), "B6", Cause.RESTRICTION),
    "a restriction without a level": (SITE, UNDECIDED, "B6", Cause.RESTRICTION),
    "level 2, published": (WEB, a_record(*ALL_YES, level=2), "B7", Cause.RESTRICTION),
    "level 2, visit": (VISIT, a_record(*ALL_YES, level=2), "B7", Cause.RESTRICTION),
    "level 2, sale": (a_request(Use.CLASS_PHOTO_SALE), a_record(*ALL_YES, level=2), "B7", Cause.RESTRICTION),
    "level 2, copies kept": (replace(SITE, keeps_copies=True), a_record(*ALL_YES, level=2), "B7", Cause.RESTRICTION),
    "objection": (SITE, a_record(*ALL_YES, objection=True), "B8", Cause.OBJECTION),
    "objection, identity": (a_request(Use.IDENTITY), a_record(objection=True), "B8", Cause.OBJECTION),
    "display, no form": (SITE, a_record(), "B10", Cause.CONSENT),
    "for the parent, no form": (a_request(Use.EMAIL_PARENT), a_record(), "B10", Cause.CONSENT),
    "display, form disputed": (SITE, a_record(*ALL_YES, *a_form(by="father")), "B10", Cause.CONSENT),
    "visit, all No": (VISIT, a_record(*ALL_NO), "B13", Cause.CONSENT),
    "visit, no form": (VISIT, a_record(), "B13", Cause.CONSENT),
    "class work off site": (replace(SITE, place=Place.VISIT), a_record(*ALL_NO), "B13", Cause.CONSENT),
    "upload": (a_request(Use.UPLOAD_INTERNAL), a_record(*ALL_YES), "B14", Cause.CONSENT),
    "dojo": (a_request(Use.DOJO_PRIVATE), a_record(*ALL_YES), "B14", Cause.CONSENT),
    "display after leaving, still here": (a_request(Use.DISPLAY_AFTER), a_record(*ALL_YES), "B14", Cause.CONSENT),
    "twelve and not asked": (WEB, a_record(*ALL_YES, pupil=a_pupil(born=BORN_12)), "B14a", Cause.CONSENT),
    "signed by somebody not entitled": (
        WEB,
        a_record(answer("capture", by="carer", capacity=Capacity.DETERMINED), *ALL_YES),
        "B14a",
        Cause.CONSENT,
    ),
    "No": (WEB, a_record(*ALL_NO), "B15", Cause.CONSENT),
    "no form": (WEB, a_record(), "B15", Cause.CONSENT),
    "photos yes, video no": (replace(WEB, media=EVERY), a_record(*a_form("website_image")), "B15", Cause.CONSENT),
    "both uses asked, one ticked": (
        a_request(Use.WEBSITE, Use.MARKETING),
        a_record(*a_form("marketing_image")),
        "B15",
        Cause.CONSENT,
    ),
    "sale, all No": (a_request(Use.CLASS_PHOTO_SALE), a_record(*ALL_NO), "B15a", Cause.CONSENT),
    "copies kept, all No": (replace(SITE, keeps_copies=True), a_record(*ALL_NO), "B15a", Cause.CONSENT),
}


@pytest.mark.parametrize(("request_", "record", "row", "cause"), STOPS.values(), ids=STOPS.keys())
def test_a_pupil_is_stopped_by_the_first_row_that_holds(
    request_: PhotoRequest, record: PupilRecord, row: str, cause: Cause
) -> None:
    answered = asked(request_, record, roles=OFFICE)
    assert (answered.shape, answered.decision, answered.row) == (Shape.R, Decision.NO, row)
    assert [verdict.cause for verdict in answered.verdicts] == [cause]
    assert answered.leave_out == ("Amelia Hart",)
    assert answered.conditions == ()
    assert answered.routed_to == ()


GRANTED: Mapping[str, tuple[PhotoRequest, PupilRecord, str]] = {
    "identity, no form": (a_request(Use.IDENTITY), a_record(), "B9"),
    "identity, level 2": (a_request(Use.IDENTITY), a_record(level=2), "B9"),
    "joined today": (WEB, a_record(*ALL_YES, pupil=a_pupil(joined=DAY)), "B22"),
    "leaves tomorrow": (WEB, a_record(*ALL_YES, pupil=a_pupil(left=DAY + timedelta(days=1))), "B22"),
    "left, with consent for after": (WEB, a_record(*ALL_YES, answer("after_leaving"), pupil=LEFT), "B22"),
    "left, display agreed": (
        a_request(Use.DISPLAY_AFTER),
        a_record(answer("display_after_leaving"), pupil=LEFT),
        "B22",
    ),
    "level 1": (WEB, a_record(*ALL_YES, level=1), "B22"),
    "level 2, display": (SITE, a_record(*ALL_NO, level=2), "B12"),
    "display, all No": (SITE, a_record(*ALL_NO), "B12"),
    "display, withdrawn": (SITE, a_record(*a_form(*FORM_ITEMS, withdrawn=YESTERDAY)), "B12"),
    "display, twelve, parent's form alone": (SITE, a_record(*ALL_NO, pupil=a_pupil(born=BORN_12)), "B12"),
    "visit, one Yes": (VISIT, a_record(*a_form("media_video")), "B22"),
    "visit, capture": (VISIT, a_record(*ALL_NO, answer("capture")), "B22"),
    "upload": (a_request(Use.UPLOAD_INTERNAL), a_record(answer("upload_internal")), "B22"),
    "dojo": (a_request(Use.DOJO_PRIVATE), a_record(answer("upload_internal")), "B22"),
    "for the parent": (a_request(Use.EMAIL_PARENT), a_record(*ALL_NO), "B20"),
    "both media ticked": (replace(WEB, media=EVERY), a_record(*a_form("website_image", "website_video")), "B22"),
    "sale, one Yes": (a_request(Use.CLASS_PHOTO_SALE), a_record(*a_form("website_image")), "B22"),
    "sale, the photographer permitted": (
        a_request(Use.CLASS_PHOTO_SALE, organisation="Snapwell Studios"),
        a_record(*ALL_NO, answer("organisation:snapwell studios")),
        "B22",
    ),
}


@pytest.mark.parametrize(("request_", "record", "row"), GRANTED.values(), ids=GRANTED.keys())
def test_a_pupil_whom_nothing_stops_may_be_shown(request_: PhotoRequest, record: PupilRecord, row: str) -> None:
    answered = asked(request_, record, roles=OFFICE)
    assert (answered.shape, answered.decision, answered.row) == (Shape.G, Decision.YES, row)
    assert answered.leave_out == ()


PRECEDENCE = [
    ("B1", {"pupil": a_pupil(joined=DAY + timedelta(days=1), left=DAY)}),
    ("B3", {"pupil": LEFT}),
    ("B4", {"court_order": True, "pending": True}),
    ("B5", {"pending": True}),
    ("B6", {"level": 3}),
    ("B7", {"level": 2}),
    ("B8", {}),
]


@pytest.mark.parametrize(("row", "what"), PRECEDENCE, ids=[row for row, _ in PRECEDENCE])
def test_a_higher_row_wins_over_everything_below(row: str, what: dict[str, object]) -> None:
    record = a_record(objection=True, **what)  # type: ignore[arg-type]  # the table names the fields it needs
    assert asked(WEB, record).row == row


BASIS = {
    EducationBasis.FORM_ON_FILE: ("B10", "B12", "B12"),
    EducationBasis.EXPRESS: ("B11", "B11", "B12"),
    EducationBasis.PUBLIC_TASK: ("B12", "B12", "B12"),
}


@pytest.mark.parametrize(("basis", "rows"), BASIS.items())
def test_the_basis_of_classroom_pictures_is_a_setting(basis: EducationBasis, rows: tuple[str, str, str]) -> None:
    rules = SchoolRules(education_basis=basis)
    families = (a_record(), a_record(*ALL_NO), a_record(*ALL_NO, answer("capture")))
    assert tuple(asked(SITE, family, rules=rules).row for family in families) == rows


@pytest.mark.parametrize(
    ("basis", "row"),
    [(EducationBasis.FORM_ON_FILE, "B10"), (EducationBasis.EXPRESS, "B10"), (EducationBasis.PUBLIC_TASK, "B20")],
)
def test_a_stricter_basis_asks_no_less_for_a_picture_to_a_parent(basis: EducationBasis, row: str) -> None:
    rules = SchoolRules(education_basis=basis)
    assert asked(a_request(Use.EMAIL_PARENT), a_record(), rules=rules, roles=OFFICE).row == row


@pytest.mark.parametrize(
    ("age12", "row"), [(Age12.BOTH, "B14a"), (Age12.PUPIL_ONLY, "B14a"), (Age12.PARENT_ONLY, "B22")]
)
def test_who_answers_from_twelve_is_a_setting(age12: Age12, row: str) -> None:
    twelve = a_record(*ALL_YES, pupil=a_pupil(born=BORN_12))
    assert asked(WEB, twelve, rules=SchoolRules(age12=age12)).row == row


def test_an_account_newer_than_the_familys_form_needs_a_fresh_one() -> None:
    school = SchoolRecords(accounts=(FACEBOOK, INSTAGRAM))
    earlier, later = a_record(*ALL_YES), a_record(*a_form(*FORM_ITEMS, signed=INSTAGRAM.listed_from))
    insta = a_request(Use.SOCIAL, account="instagram")
    assert asked(insta, earlier, school=school).row == "B15"
    assert asked(insta, later, school=school).row == "B22"
    assert asked(a_request(Use.SOCIAL, account="facebook"), earlier, school=school).row == "B22"
    assert (
        asked(a_request(Use.SOCIAL), earlier, school=school).row == "B15"
    )  # "social media" means every listed account


def test_live_film_needs_either_video_item_unless_it_is_on_an_account() -> None:
    school = replace(SCHOOL, permissions=frozenset({("live", DAY)}))
    on_site, on_account = a_record(*a_form("website_video")), a_record(*a_form("social_video"))
    live = a_request(Use.LIVE)
    assert [asked(live, each, school=school).shape for each in (on_site, on_account)] == [Shape.G, Shape.G]
    streamed = a_request(Use.LIVE, account="facebook")
    assert [asked(streamed, each, school=school).row for each in (on_site, on_account)] == ["B15", "B22"]
    assert asked(live, a_record(*a_form("website_image", "social_image")), school=school).row == "B15"


def test_a_yes_for_groups_only_covers_no_portrait() -> None:
    limited = tuple(replace(row, limits=frozenset({Limit.GROUP_ONLY})) for row in ALL_YES)
    assert asked(WEB, a_record(*limited)).row == "B15"
    assert asked(replace(WEB, group=True, sole_subject=True), a_record(*limited)).row == "B15"
    assert asked(replace(WEB, group=True), a_record(*limited)).row == "B22"


FIRST, FULL = answer("name_first"), answer("name_full_print")
PRINTED = a_request(Use.MARKETING, digital=False)
NAMES = {
    "none wanted": (WEB, NameWanted.NONE, (FIRST, FULL), "B22", NameWanted.NONE),
    "first, not agreed": (WEB, NameWanted.FIRST, (), "B18", NameWanted.NONE),
    "first, agreed": (WEB, NameWanted.FIRST, (FIRST,), "B19", NameWanted.FIRST),
    "first, only the full one agreed in print": (PRINTED, NameWanted.FIRST, (FULL,), "B18", NameWanted.NONE),
    "full online": (WEB, NameWanted.FULL, (FIRST, FULL), "B18", NameWanted.NONE),
    "full online, said to be printed": (
        replace(WEB, digital=False),
        NameWanted.FULL,
        (FIRST, FULL),
        "B18",
        NameWanted.NONE,
    ),
    "full in print, agreed": (PRINTED, NameWanted.FULL, (FULL,), "B19a", NameWanted.FULL),
    "full in print, first agreed": (PRINTED, NameWanted.FULL, (FIRST,), "B19b", NameWanted.FIRST),
    "full in print, none agreed": (PRINTED, NameWanted.FULL, (), "B19b", NameWanted.NONE),
}


@pytest.mark.parametrize(("request_", "wanted", "agreed", "row", "name"), NAMES.values(), ids=NAMES.keys())
def test_a_name_goes_with_a_picture_only_as_far_as_it_was_agreed(
    request_: PhotoRequest,
    wanted: NameWanted,
    agreed: tuple,
    row: str,
    name: NameWanted,  # type: ignore[type-arg]
) -> None:
    answered = asked(replace(request_, name=wanted), a_record(*ALL_YES, *agreed))
    assert (answered.row, answered.name_rule) == (row, name)
    code = {NameWanted.NONE: {"K6"}, NameWanted.FIRST: {"K7"}, NameWanted.FULL: set()}[name]
    assert {"K6", "K7"} & set(answered.conditions) == code


def test_without_the_online_policy_a_full_name_online_falls_back_to_the_first() -> None:
    rules = SchoolRules(packs=frozenset({Pack.PHOTO, Pack.DP}))
    wanted = replace(WEB, name=NameWanted.FULL)
    assert asked(wanted, a_record(*ALL_YES, FIRST, FULL), rules=rules).name_rule is NameWanted.FIRST
    assert asked(wanted, a_record(*ALL_YES, FULL), rules=rules).name_rule is NameWanted.NONE


def test_a_no_name_limit_outweighs_a_name_permission() -> None:
    limited = tuple(replace(row, limits=frozenset({Limit.NO_NAME})) for row in ALL_YES)
    answered = asked(replace(WEB, name=NameWanted.FIRST), a_record(*limited, FIRST))
    assert answered.name_rule is NameWanted.NONE


def test_stored_pictures_are_kept_as_they_are_while_a_hold_lasts() -> None:
    change = replace(WEB, alters=True)
    assert told(asked(change, a_record(hold=True))) == ("R", "B21")
    assert asked(change, a_record(hold=True)).verdicts[0].cause is Cause.HOLD
    assert told(asked(change, a_record(level=3))) == ("G", "B22")
    assert asked(change, a_record()).conditions == ("K16",)
    assert told(asked(WEB, a_record(*ALL_YES, hold=True))) == ("G", "B22")
    crop = replace(WEB, edits=True)
    assert told(asked(crop, a_record(*ALL_YES, hold=True))) == ("R", "B21")
    assert told(asked(crop, a_record(*ALL_YES))) == ("G", "B22")
    assert told(asked(crop, a_record())) == told(asked(WEB, a_record()))


def test_a_group_is_answered_as_one_with_the_names_to_leave_out() -> None:
    yes = a_record(*ALL_YES, FIRST, pupil=a_pupil(1, first="Tom"))
    unnamed = a_record(*ALL_YES, pupil=a_pupil(2, first="Zoe"))
    no = a_record(*ALL_NO, pupil=a_pupil(3, first="Ada"))
    restricted = a_record(*ALL_YES, level=3, pupil=a_pupil(4, first="Ned"))
    group = replace(WEB, group=True, name=NameWanted.FIRST)
    answered = asked(group, yes, no, unnamed, restricted)
    assert (answered.shape, answered.decision) == (Shape.G, Decision.YES)
    assert answered.leave_out == ("Ada Hart", "Ned Hart")
    assert [verdict.decision.value for verdict in answered.verdicts] == ["yes", "no", "yes", "no"]
    assert "K4" in answered.conditions
    assert answered.name_rule is NameWanted.NONE  # one of them agreed to no name
    assert asked(group, yes, no).name_rule is NameWanted.FIRST
    nobody = asked(group, no, restricted)
    assert (nobody.shape, nobody.leave_out) == (Shape.R, ("Ada Hart", "Ned Hart"))


def test_an_answer_that_depends_on_pupils_needs_some() -> None:
    with pytest.raises(ValueError, match="which pupil or class"):
        decide(WEB, (), school=SCHOOL, rules=RULES, roles=STAFF)


def test_no_form_covers_a_school_year_that_has_not_begun() -> None:
    early = a_record(*a_form(*FORM_ITEMS, year="2027/28", signed=date(2027, 6, 1)))
    asked_in_june = replace(WEB, on=date(2027, 9, 5), asked_on=date(2027, 6, 2))
    assert asked(asked_in_june, early).row == "B15"
    assert asked(replace(asked_in_june, asked_on=date(2027, 9, 5)), early).row == "B22"
