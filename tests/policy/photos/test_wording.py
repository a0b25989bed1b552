"""What a person reads: four shapes, plain words, and a neutral no that gives nothing away."""

from dataclasses import astuple, replace
from datetime import date, timedelta

import pytest

from policy.images import Device, Medium, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.labels import MEDIA, USES, media_label, use_label
from policy.packs import PersonalDevice, SchoolRules
from policy.photos import phrases
from policy.photos.circumstances import CIRCUMSTANCES
from policy.photos.wording import Wording, list_age, words
from policy.records import PupilRecord
from tests.policy.photos.photo_examples import (
    ALL_NO,
    ALL_YES,
    DAY,
    OFFICE,
    RULES,
    SCHOOL,
    a_form,
    a_pupil,
    a_record,
    a_request,
    answer,
    asked,
)

WEB = a_request(Use.WEBSITE)
TODAY = date(2026, 11, 23)


def said(request: PhotoRequest, *records: PupilRecord, rules: SchoolRules = RULES) -> Wording:
    return words(asked(request, *records, rules=rules, roles=OFFICE), request, today=TODAY)


def test_a_yes_says_who_what_and_when_first() -> None:
    wording = said(WEB, a_record(*ALL_YES))
    assert wording.headline == "Yes, photos of Amelia Hart (4B) for the school website, Thu 3 Dec 2026."
    assert len(wording.conditions) == 5
    assert wording.conditions[0] == "No name with the picture."
    assert "Good until Tue 31 Aug 2027 unless consent changes. Ask again for another date." in wording.more


PRINTED = a_request(Use.MARKETING, digital=False)


@pytest.mark.parametrize(
    ("request_", "wanted", "agreed", "begins"),
    [
        (PRINTED, NameWanted.FULL, (), "Yes, but without the name: photos of"),
        (PRINTED, NameWanted.FULL, ("name_first",), "Yes, with the first name only: photos of"),
        (PRINTED, NameWanted.FULL, ("name_full_print",), "Yes, photos of"),
        (WEB, NameWanted.FULL, ("name_first",), "Yes, but without the name: photos of"),
        (WEB, NameWanted.FIRST, (), "Yes, but without the name: photos of"),
        (WEB, NameWanted.FIRST, ("name_first",), "Yes, photos of"),
        (WEB, NameWanted.NONE, (), "Yes, photos of"),
        (a_request(Use.IDENTITY), NameWanted.FULL, (), "Yes, photos of"),  # named by nature
    ],
)
def test_who_asks_about_a_name_reads_with_the_yes_whether_it_may_go_with_the_picture(
    request_: PhotoRequest, wanted: NameWanted, agreed: tuple[str, ...], begins: str
) -> None:
    record = a_record(*ALL_YES, *map(answer, agreed))
    assert said(replace(request_, name=wanted), record).headline.startswith(begins)


def test_today_is_called_today() -> None:
    assert "today, Mon 23 Nov 2026" in said(replace(WEB, on=TODAY), a_record(*ALL_YES)).headline


def test_a_yes_for_some_names_those_to_leave_out() -> None:
    out = a_record(*ALL_NO, pupil=a_pupil(2, first="Zoe"))
    wording = said(replace(WEB, group=True), a_record(*ALL_YES), out)
    assert wording.headline == "Yes, photos of Amelia Hart (4B) for the school website, Thu 3 Dec 2026."
    assert wording.leave_out == ("Zoe Hart",)
    assert wording.conditions[0] == "Keep everybody who is named above out of shot."


def test_a_long_list_of_names_stays_out_of_the_headline() -> None:
    several = [a_record(*ALL_YES, pupil=a_pupil(n, first=f"P{n}")) for n in range(5)]
    out = [a_record(*ALL_NO, pupil=a_pupil(n, first=f"P{n}")) for n in range(5, 10)]
    assert "photos of all 5 pupils for" in said(WEB, *several).headline
    assert "photos of 5 of the 10 pupils, all but those named below, for" in said(WEB, *several, *out).headline
    group = replace(WEB, group=True)
    assert "photos of all 5 pupils of 4B for" in said(group, *several).headline
    assert "photos of 5 of the 10 pupils of 4B, all but those named below, for" in said(group, *several, *out).headline


def test_two_pupils_of_one_name_are_told_apart_by_their_class() -> None:
    namesake = replace(a_pupil(2), class_name="6T")
    told = said(replace(WEB, group=True), a_record(*ALL_YES), a_record(pupil=namesake))
    assert told.leave_out == ("Amelia Hart (6T)",)


STOPPED = (
    a_record(),
    a_record(*ALL_NO),
    a_record(*ALL_YES, level=2),
    a_record(*ALL_YES, level=3),
    a_record(*ALL_YES, pending=True),
    a_record(*ALL_YES, court_order=True),
    a_record(*ALL_YES, objection=True),
    a_record(*ALL_YES, *a_form(by="father")),
    a_record(*ALL_YES, pupil=a_pupil(first="Somebody", left=DAY)),
    a_record(*ALL_YES, pupil=a_pupil(first="Else", joined=DAY + timedelta(days=1))),
)


def test_the_neutral_no_is_the_same_byte_for_byte() -> None:
    assert len({astuple(said(WEB, record)) for record in STOPPED}) == 1
    wording = said(WEB, STOPPED[0])
    assert wording.headline == (
        "No. Please don't photograph, film or publish this pupil for the school website (photos), Thu 3 Dec 2026. "
        "I can't give reasons."
    )
    assert "Request review" in wording.alternative
    assert (wording.conditions, wording.more, wording.leave_out, wording.notes) == ((), (), (), ())


def test_the_neutral_no_for_several_gives_neither_names_nor_a_count() -> None:
    two, many = said(WEB, *STOPPED[:2]), said(WEB, *STOPPED)
    assert two == many
    assert "these pupils" in two.headline
    assert two == said(replace(WEB, group=True), STOPPED[3])


def test_the_askers_own_words_do_not_change_the_neutral_no() -> None:
    assert said(replace(WEB, words="our lovely web page"), STOPPED[0]) == said(WEB, STOPPED[1])


@pytest.mark.parametrize(
    "other",
    [replace(WEB, uses=frozenset({Use.MARKETING})), replace(WEB, media=frozenset(Medium)), replace(WEB, on=TODAY)],
)
def test_the_neutral_no_says_what_it_is_about(other: PhotoRequest) -> None:
    assert said(other, STOPPED[0]) != said(WEB, STOPPED[0])


RULED = {
    "A1": a_request(distressing=True),
    "A2": a_request(place=Place.PRIVATE),
    "A3": a_request(device=Device.PERSONAL_PHONE),
    "A4": a_request(Use.FAMILY_EVENT, photographer=Photographer.FAMILY),
    "A5": a_request(Use.DOJO_STORY),
    "A5 private": a_request(Use.DOJO_PRIVATE, group=True),
    "STAFF": a_request(Use.STAFF),
    "A6": a_request(Use.CONFERENCE),
    "A7 account": a_request(Use.SOCIAL, account="tiktok"),
    "A7 organisation": a_request(Use.MEDIA, organisation="the Herald"),
    "A8": a_request(Use.LIVE),
    "A10": a_request(Use.IDENTITY),
    "A10 email": a_request(Use.EMAIL_PARENT),
}


def test_every_rule_has_a_sentence_of_its_own_and_something_to_do_instead() -> None:
    told = {}
    for name, request in RULED.items():
        answered = asked(request)
        assert name.startswith(answered.row)
        told[name] = words(answered, request, today=TODAY)
    assert {row.row for row in CIRCUMSTANCES} <= {name.split()[0] for name in RULED}
    headlines = [wording.headline for wording in told.values()]
    assert len(set(headlines)) == len(headlines)
    assert all(wording.alternative.endswith(".") for wording in told.values())
    exception = SchoolRules(personal_device=PersonalDevice.HT_EXCEPTION)
    camera = said(a_request(device=Device.PERSONAL_CAMERA), rules=exception)
    assert "headteacher" in camera.headline


def test_a_distressing_scene_leads_to_the_safeguarding_lead_and_the_dpos_use_to_patience() -> None:
    assert "safeguarding lead" in said(RULED["A1"]).alternative
    assert said(RULED["A6"]).headline == "This use needs the DPO's decision."


def test_the_six_points_are_read_out_to_filming_families() -> None:
    request = replace(RULED["A4"], photographer=Photographer.STAFF, extras=frozenset({"event"}))  # as it is heard
    answered = asked(request, school=replace(SCHOOL, family_filming=frozenset({DAY})))
    wording = words(answered, request, today=TODAY)
    assert "Keep to the plan the data lead approved." in wording.conditions
    assert (wording.conduct, wording.notes) == (phrases.CONDUCT, ())
    assert len(phrases.CONDUCT) == 6
    assert not any("badge" in condition for condition in wording.conditions)
    assert wording.headline == "Yes, families may take pictures at the event for themselves, Thu 3 Dec 2026."


def test_a_full_name_online_is_answered_with_a_note() -> None:
    wording = said(replace(WEB, name=NameWanted.FULL), a_record(*ALL_YES))
    assert wording.headline.startswith("Yes, but without the name: photos of Amelia Hart")
    assert "No surname online" in wording.notes[0]


def test_a_full_name_that_was_agreed_is_not_forbidden_in_the_caption() -> None:
    printed = a_request(Use.MARKETING, digital=False, name=NameWanted.FULL)
    agreed, general = a_record(*ALL_YES, answer("name_full_print")), a_record(*ALL_YES)
    assert "full name" not in " ".join((said(printed, agreed).conditions) + said(printed, agreed).more)
    assert "full name" in " ".join(said(printed, general).conditions + said(printed, general).more)


@pytest.mark.parametrize(
    ("use", "until"),
    [
        (Use.EDU_SITE, "Take it down by Tue 31 Aug 2027"),
        (Use.DISPLAY_AFTER, "Take it down on the day agreed"),
        (Use.IDENTITY, "Delete it when the pupil leaves"),
    ],
)
def test_what_is_kept_says_until_when(use: Use, until: str) -> None:
    wording = said(a_request(use), a_record(*ALL_YES, answer("display_after_leaving")))
    assert any(sentence.startswith(until) for sentence in wording.conditions + wording.more)


def test_stored_pictures_have_words_of_their_own() -> None:
    change = replace(WEB, alters=True)
    assert "as they are for now" in said(change, a_record(hold=True)).headline
    assert said(change, a_record()).headline.startswith("Yes, you may delete the stored pictures of Amelia Hart")


@pytest.mark.parametrize(("days", "warns"), [(30, False), (31, True), (40, True)])
def test_vc24_an_old_list_is_warned_about_past_the_setting(days: int, *, warns: bool) -> None:
    warning = list_age(TODAY - timedelta(days=days), today=TODAY, rules=RULES)
    assert (warning is not None) is warns
    if warning:
        assert f"{days} days old" in warning


def test_a_school_that_imported_nothing_has_no_list_to_be_old() -> None:
    assert list_age(None, today=TODAY, rules=RULES) is None


def test_every_use_and_medium_has_a_label() -> None:
    assert set(USES) == set(Use)
    assert set(MEDIA) == set(Medium)
    assert (
        use_label(frozenset({Use.MARKETING, Use.WEBSITE})) == "the school website and brochures and printed newsletters"
    )
    assert media_label(frozenset(Medium)) == "photos and video"
