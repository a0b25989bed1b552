"""The worked examples of the domain page and the dated vectors of the facts page, one by one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from policy.images import Device, Medium, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.packs import Pack, PersonalDevice, SchoolRules
from policy.photos.decision import Note
from policy.photos.uses import FORM_ITEMS
from policy.records import Account, PupilRecord, SchoolRecords
from tests.policy.photos.photo_examples import (
    ALL_NO,
    ALL_YES,
    BORN_12,
    DAY,
    OFFICE,
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

WEB, SITE = a_request(Use.WEBSITE), a_request(Use.EDU_SITE)
FIRST = replace(WEB, name=NameWanted.FIRST)
FULL = replace(WEB, name=NameWanted.FULL)
CONCERT = replace(SCHOOL, family_filming=frozenset({DAY}))
FILMING = a_request(Use.FAMILY_EVENT, photographer=Photographer.FAMILY)
LAST_YEAR = a_form(*FORM_ITEMS, year="2025/26", signed=date(2025, 9, 10))

EXAMPLES: Mapping[int, tuple[PhotoRequest, PupilRecord, str, str]] = {
    1: (WEB, a_record(*a_form("website_image")), "G", "B22"),
    2: (replace(WEB, media=frozenset({Medium.VIDEO})), a_record(answer("website_image")), "R", "B15"),
    3: (WEB, a_record(*LAST_YEAR), "R", "B15"),
    4: (WEB, a_record(*ALL_YES, *a_form(by="father")), "R", "B15"),
    5: (SITE, a_record(*ALL_NO), "G", "B12"),
    6: (SITE, a_record(), "R", "B10"),
    7: (SITE, a_record(*ALL_NO, level=2), "G", "B12"),
    8: (WEB, a_record(*ALL_YES, level=2), "R", "B7"),
    9: (SITE, a_record(*ALL_YES, pending=True), "R", "B5"),
    10: (SITE, a_record(*ALL_YES, court_order=True), "R", "B4"),
    11: (a_request(Use.SOCIAL, account="Instagram"), a_record(*a_form("social_image")), "P", "A7"),
    12: (a_request(Use.MEDIA, organisation="the Gazette"), a_record(*a_form("media_image")), "G", "B22"),
    13: (a_request(Use.MEDIA, organisation="the Herald"), a_record(*a_form("media_image")), "P", "A7"),
    14: (FIRST, a_record(*a_form("website_image"), answer("name_first")), "G", "B19"),
    15: (FULL, a_record(*a_form("website_image")), "G", "B18"),
    16: (WEB, a_record(*ALL_YES, pupil=a_pupil(born=BORN_12)), "R", "B14a"),
    17: (
        replace(WEB, on=date(2026, 11, 20)),
        a_record(*LAST_YEAR, pupil=a_pupil(left=date(2026, 7, 20))),
        "R",
        "B3",
    ),
    18: (a_request(Use.EDU_VISIT, device=Device.PERSONAL_PHONE, place=Place.VISIT), a_record(*ALL_YES), "P", "A3"),
    19: (a_request(Use.EDU_SITE, place=Place.PRIVATE), a_record(*ALL_YES), "P", "A2"),
    21: (a_request(Use.CONFERENCE), a_record(*ALL_YES), "D", "A6"),
    23: (a_request(Use.DOJO_STORY, group=True), a_record(*ALL_YES), "P", "A5"),
    24: (replace(WEB, on=date(2027, 9, 5), asked_on=date(2027, 6, 1)), a_record(*ALL_YES), "R", "B15"),
}


@pytest.mark.parametrize(("request_", "record", "shape", "row"), EXAMPLES.values(), ids=map(str, EXAMPLES))
def test_a_worked_example_comes_out_as_the_domain_page_says(
    request_: PhotoRequest, record: PupilRecord, shape: str, row: str
) -> None:
    assert told(asked(request_, record)) == (shape, row)


def test_example_1_carries_exactly_its_conditions() -> None:
    expected = "K1 K2 K3 K5 K6 K8 K9 K10 K11 K12 K13 K16 K20"
    assert " ".join(asked(WEB, a_record(*a_form("website_image"))).conditions) == expected


def test_example_12_is_for_the_gazette_only() -> None:
    answered = asked(a_request(Use.MEDIA, organisation="the Gazette"))
    assert "K9" in answered.conditions
    assert answered.only_on == ("Larkhill Gazette",)


def test_examples_14_and_15_say_which_name_may_go_with_the_portrait() -> None:
    named = asked(FIRST, a_record(*ALL_YES, answer("name_first")))
    assert ("K7" in named.conditions, "K6" in named.conditions, named.notes) == (True, False, ())
    unnamed = asked(FULL, a_record(*ALL_YES))
    assert ("K6" in unnamed.conditions, unnamed.notes) == (True, (Note.NO_SURNAME_ONLINE,))


def test_example_20_families_may_film_the_concert() -> None:
    answered = asked(FILMING, school=CONCERT)
    assert told(answered) == ("G", "A4")
    assert "K18" in answered.conditions
    assert Note.CONDUCT in answered.notes


def test_example_22_a_class_of_thirty_for_the_brochure() -> None:
    yes = [a_record(*ALL_YES, pupil=a_pupil(n, first=f"Yes{n}")) for n in range(26)]
    no = [a_record(*ALL_NO, pupil=a_pupil(n, first=f"No{n}")) for n in range(26, 29)]
    level_3 = a_record(*ALL_YES, level=3, pupil=a_pupil(29, first="No29"))
    answered = asked(a_request(Use.MARKETING, group=True), *yes, *no, level_3)
    assert answered.shape.value == "G"
    assert answered.leave_out == ("No26 Hart", "No27 Hart", "No28 Hart", "No29 Hart")


def test_vc01_to_vc05_the_tick_counts_for_its_medium_its_account_and_its_year() -> None:
    ticked = a_record(*a_form("website_image", "social_image"))
    school_camera = replace(WEB, device=Device.SCHOOL_CAMERA)
    listed = SchoolRecords(
        accounts=tuple(Account(name, "@larkhill", date(2026, 9, 1)) for name in ("Twitter", "Facebook"))
    )
    assert told(asked(school_camera, ticked)) == ("G", "B22")  # vC01
    assert told(asked(replace(school_camera, media=frozenset({Medium.VIDEO})), ticked)) == ("R", "B15")  # vC02
    assert told(asked(a_request(Use.SOCIAL, account="Instagram"), ticked, school=listed)) == ("P", "A7")  # vC03
    assert told(asked(school_camera, a_record(*LAST_YEAR))) == ("R", "B15")  # vC04
    assert told(asked(school_camera, a_record())) == ("R", "B15")  # vC05


def test_vc07_and_vc09_look_like_any_other_no() -> None:
    refused = asked(WEB, a_record(*ALL_NO))
    assert asked(WEB, a_record(*ALL_YES, court_order=True)) == refused  # vC07
    assert asked(WEB, a_record(*ALL_YES, pending=True)) == refused  # vC09


def test_vc10_the_paper_on_the_form_and_another() -> None:
    ticked = a_record(*a_form("media_image"))
    assert told(asked(a_request(Use.MEDIA, organisation="Larkhill Gazette"), ticked)) == ("G", "B22")
    assert told(asked(a_request(Use.MEDIA, organisation="Barford Echo"), ticked)) == ("P", "A7")


def test_vc11_a_prize_winners_photo_goes_out_without_the_name() -> None:
    answered = asked(FULL, a_record(*ALL_YES))
    assert (answered.shape.value, answered.name_rule) == ("G", NameWanted.NONE)


@pytest.mark.parametrize(
    ("pack", "setting", "row"),
    [
        (Pack.PHOTO, PersonalDevice.HT_EXCEPTION, "A3"),  # the exception is for cameras
        (Pack.ONLINE, PersonalDevice.DOWNLOAD_THEN_DELETE, "B22"),
        (Pack.DP, PersonalDevice.DOWNLOAD_THEN_DELETE, "A3"),
    ],
)
def test_vc12_the_teachers_own_phone_is_a_matter_of_the_schools_policy(
    pack: Pack, setting: PersonalDevice, row: str
) -> None:
    phone = a_request(Use.WEBSITE, device=Device.PERSONAL_PHONE)
    answered = asked(phone, rules=SchoolRules(packs=frozenset({pack}), personal_device=setting))
    assert answered.row == row
    assert (answered.notes == (Note.OWN_DEVICE,)) is (pack is Pack.ONLINE)


def test_vc13_a_gala_changing_area_waits_for_the_head() -> None:
    gala = a_request(Use.WEBSITE, place=Place.PRIVATE)
    assert told(asked(gala)) == ("P", "A2")
    permitted = asked(gala, school=replace(SCHOOL, permissions=frozenset({("private_place", DAY)})))
    assert "K19" in permitted.conditions


def test_vc15_the_day_before_the_twelfth_birthday_a_parent_is_enough() -> None:
    born = date(2014, 12, 3)
    family = a_record(*ALL_YES, pupil=a_pupil(born=born))
    assert told(asked(replace(WEB, on=date(2026, 12, 2)), family)) == ("G", "B22")
    assert told(asked(replace(WEB, on=date(2026, 12, 3)), family)) == ("R", "B14a")


def test_vc17_a_class_story_shows_no_children() -> None:
    online_only = SchoolRules(packs=frozenset({Pack.ONLINE}))
    assert told(asked(a_request(Use.DOJO_STORY), rules=online_only)) == ("P", "A5")


def test_vc18_the_head_decides_about_the_nativity() -> None:
    assert told(asked(FILMING)) == ("P", "A4")
    assert told(asked(FILMING, school=CONCERT)) == ("G", "A4")


def test_vc19_a_withdrawal_counts_from_its_day() -> None:
    family = a_record(*a_form(*FORM_ITEMS, withdrawn=DAY))
    assert told(asked(replace(WEB, on=date(2026, 12, 2)), family)) == ("G", "B22")
    assert told(asked(WEB, family)) == ("R", "B15")


def test_vc21_an_identity_photo_needs_no_form_and_goes_on_leaving() -> None:
    photo = a_request(Use.IDENTITY)
    assert told(asked(photo, a_record(), roles=OFFICE)) == ("G", "B9")
    assert "K17" in asked(photo, a_record(), roles=OFFICE).conditions
    assert told(asked(photo, a_record(pupil=a_pupil(left=DAY)), roles=OFFICE)) == ("R", "B2")
    assert told(asked(photo, a_record(), roles=STAFF)) == ("P", "A10")
