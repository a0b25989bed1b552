"""Still or film, whose device, where, who takes it, and a name with it."""

from collections.abc import Callable

import pytest

from policy.images import Device, Medium, NameWanted, Photographer, Place
from policy.understanding import Heard

Hear = Callable[..., Heard]
STILL, VIDEO = Medium.STILL, Medium.VIDEO


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("Tom Baker on the website", {STILL}),
        ("tom baker website video?", {VIDEO}),
        ("moving image of Tom Baker for the website", {VIDEO}),
        ("promo video for the open evening with Tom Baker", {VIDEO}),
        ("photo or video of Tom Baker for the website", {STILL, VIDEO}),
        ("clip of Tom Baker for the website", {VIDEO}),
        ("Tom Baker for the website, a still", {STILL}),
        ("Is the video of Tom Baker still allowed on the website", {VIDEO}),
        ("Zoom call with Tom Baker", {VIDEO}),
    ],
)
def test_stills_and_film_are_told_apart(hear: Hear, text: str, media: set[Medium]) -> None:
    assert hear(text).media == media


@pytest.mark.parametrize(
    ("words", "device"),
    [
        ("on my phone", Device.PERSONAL_PHONE),
        ("My iPhone is right here,", Device.PERSONAL_PHONE),
        ("with my own iPad", Device.PERSONAL_PHONE),
        ("with a colleague's phone", Device.PERSONAL_PHONE),
        ("on a phone", Device.PERSONAL_PHONE),
        ("with my camera", Device.PERSONAL_CAMERA),
        ("with a GoPro", Device.PERSONAL_CAMERA),
        ("on the school iPad", Device.SCHOOL_OTHER),
        ("on the office phone", Device.SCHOOL_OTHER),
        ("with the school camera", Device.SCHOOL_CAMERA),
        ("after the phone call", Device.UNSAID),
    ],
)
def test_whose_device_it_is(hear: Hear, words: str, device: Device) -> None:
    assert hear(f"{words} photo of Tom Baker for the website").device is device


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("getting changed for swimming", Place.PRIVATE),
        ("in the toilets", Place.PRIVATE),
        ("at the swimming gala", Place.PRIVATE),
        ("with his swimming certificate", Place.SITE),
        ("on the school trip", Place.VISIT),
        ("in the hall", Place.SITE),
    ],
)
def test_where_it_is(hear: Hear, words: str, place: Place) -> None:
    assert hear(f"photo of Tom Baker {words} for the website").place is place


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("", NameWanted.NONE),
        ("with his first name beside it", NameWanted.FIRST),
        ("with his name", NameWanted.FIRST),
        ("with full name", NameWanted.FULL),
        ("with his surname", NameWanted.FULL),
        ("without his name", NameWanted.NONE),
        ("no surname", NameWanted.NONE),
    ],
)
def test_the_name_with_the_picture(hear: Hear, words: str, name: NameWanted) -> None:
    assert hear(f"photo of Tom Baker for the website {words}").name is name


def test_names_to_leave_out_are_no_names_wanted(hear: Hear) -> None:
    assert hear("6T group picture for Facebook: names to keep out?").name is NameWanted.NONE


@pytest.mark.parametrize("words", ["crying", "with a black eye", "with his top off", "after a fight"])
def test_scenes_that_are_never_photographed(hear: Hear, words: str) -> None:
    assert hear(f"photo of Tom Baker {words} for the website").distressing


def test_who_takes_it(hear: Hear) -> None:
    assert hear("a reporter wants to photograph Tom Baker").photographer is Photographer.PRESS
    assert hear("the school photographer takes Tom Baker's portrait").photographer is Photographer.PROFESSIONAL
    assert hear("a parent helper takes photos of Tom Baker for the website").photographer is Photographer.VOLUNTEER
