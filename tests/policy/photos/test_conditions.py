"""Which conditions go with a yes, and which are read first."""

import pytest

from policy.images import Device, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.photos.conditions import SHOWN_AT_MOST, shown
from tests.policy.photos.photo_examples import ALL_NO, ALL_YES, OFFICE, a_pupil, a_record, a_request, answer, asked

PERMITTED = a_record(*ALL_YES, answer("upload_internal"), answer("display_after_leaving"))
ALL = (
    "K1 K2 K3 K5 K6 K8 K9 K10 K11 K12 K13 K16 K20",
    "K1 K2 K3 K6 K11 K12 K16 K17 K20",
)

CASES = {
    "website": (a_request(Use.WEBSITE), ALL[0]),
    "social media": (a_request(Use.SOCIAL), ALL[0]),
    "the press takes it": (
        a_request(Use.MEDIA, photographer=Photographer.PRESS),
        "K2 K3 K5 K6 K8 K9 K10 K11 K13 K16 K20",
    ),
    "brochure": (a_request(Use.MARKETING), "K1 K2 K3 K5 K6 K8 K10 K11 K12 K13 K16 K20"),
    "brochure, by a professional": (
        a_request(Use.MARKETING, photographer=Photographer.PROFESSIONAL),
        "K2 K3 K5 K6 K8 K10 K11 K13 K15 K16 K20",
    ),
    "at an event with a plan": (
        a_request(Use.MARKETING, extras=frozenset({"event"})),
        "K1 K2 K3 K5 K6 K8 K10 K11 K12 K13 K15 K16 K20",
    ),
    "with a school tablet": (
        a_request(Use.MARKETING, device=Device.SCHOOL_OTHER),
        "K1 K2 K3 K5 K6 K8 K10 K11 K13 K16 K20",
    ),
    "class work": (a_request(Use.EDU_SITE), ALL[1]),
    "class work on a visit": (a_request(Use.EDU_SITE, place=Place.VISIT), "K1 K2 K3 K6 K10 K11 K12 K16 K17 K20"),
    "a display after leaving": (a_request(Use.DISPLAY_AFTER), "K6 K16 K17 K20"),
    "identity": (a_request(Use.IDENTITY), "K1 K2 K12 K16 K17 K20"),
    "for the parent": (a_request(Use.EMAIL_PARENT), "K14 K16 K20"),
    "an upload": (a_request(Use.UPLOAD_INTERNAL), "K1 K2 K3 K5 K6 K8 K10 K11 K12 K13 K16 K20"),
}


@pytest.mark.parametrize(("request_", "codes"), CASES.values(), ids=CASES.keys())
def test_conditions_follow_from_what_is_asked(request_: PhotoRequest, codes: str) -> None:
    assert " ".join(asked(request_, PERMITTED, roles=OFFICE).conditions) == codes


def test_names_to_leave_out_are_a_condition_only_where_there_are_some() -> None:
    both = (PERMITTED, a_record(*ALL_NO, pupil=a_pupil(2)))
    assert "K4" in asked(a_request(Use.WEBSITE, group=True), *both).conditions
    assert "K4" not in asked(a_request(Use.WEBSITE, group=True), PERMITTED).conditions


def test_at_most_five_are_shown_and_none_is_lost() -> None:
    named = a_record(*ALL_YES, answer("name_first"))
    left_out = a_record(*ALL_NO, pupil=a_pupil(2))
    codes = asked(a_request(Use.WEBSITE, group=True, name=NameWanted.FIRST), named, left_out).conditions
    first, rest = shown(codes)
    assert first == ("K4", "K7", "K9", "K3", "K1")
    assert len(first) == SHOWN_AT_MOST
    assert sorted(first + rest) == sorted(codes)
    assert rest == ("K2", "K5", "K8", "K10", "K11", "K12", "K13", "K16", "K20")


def test_a_short_list_is_shown_whole() -> None:
    assert shown(("K14", "K16", "K20")) == (("K14", "K16", "K20"), ())
