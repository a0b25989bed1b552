"""A stricter second use, a place outside or another kind of picture is never passed over."""

from collections.abc import Callable

import pytest

from policy.images import Medium, Use
from policy.understanding import Group, Heard, Intent

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    ("where", "uses"),
    [
        ("for a display in Aldi", {Use.OTHER}),
        ("on the display in the bank", {Use.OTHER}),
        ("for the display in the hall", {Use.EDU_SITE}),
        ("for a display we are sharing with all parents", {Use.EDU_SITE, Use.UPLOAD_INTERNAL}),
        ("for her learning journey at forest school", {Use.EDU_VISIT}),
        ("on a walk for the workbook", {Use.EDU_VISIT}),
        ("in town for his workbook", {Use.EDU_VISIT}),
        ("for the website and X", {Use.WEBSITE, Use.SOCIAL}),
        ("for our website and Threads", {Use.WEBSITE, Use.SOCIAL}),
        ("on my website", {Use.OTHER}),
        ("on her own blog", {Use.OTHER}),
        ("on my class blog", {Use.WEBSITE}),
        ("on our own website", {Use.WEBSITE}),
    ],
)
def test_the_stricter_use_is_heard(hear: Hear, where: str, uses: set[Use]) -> None:
    assert hear(f"photo of Tom Baker {where}").uses == uses


@pytest.mark.parametrize(("text", "account"), [("website and X", "x"), ("Facebook and X", "facebook, x")])
def test_every_account_is_heard(hear: Hear, text: str, account: str) -> None:
    assert hear(f"photo of Tom Baker for {text}").account == account


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("audio of Tom Baker on the website", {Medium.VIDEO}),
        ("stop motion with Tom Baker for the website", {Medium.VIDEO}),
        ("Tom Baker interviewed on camera for the website", {Medium.VIDEO}),
        ("a live photo of Tom Baker on the website", {Medium.STILL, Medium.VIDEO}),
    ],
)
def test_what_moves_or_sounds_is_no_still(hear: Hear, text: str, media: set[Medium]) -> None:
    assert hear(text).media == media


@pytest.mark.parametrize(
    "text",
    [
        "restricted list for our website",
        "who must be left out of photos on the website",
        "who must not appear on Facebook and the website",
        "list of children not to film for the website",
        "restricted list for 4L website",
        "who is on the restricted list for 4L for Facebook",
    ],
)
def test_the_list_for_one_use_or_class_is_the_restricted_list(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert (heard.intent, heard.probing) == (Intent.RESTRICTED_LIST, False)


@pytest.mark.parametrize("text", ["is Tom Baker on the restricted list", "why is Tom Baker on the restricted list?"])
def test_one_childs_place_on_the_list_is_told_to_nobody(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert heard.intent is not Intent.RESTRICTED_LIST
    assert heard.probing


def test_whom_to_leave_out_of_a_class_is_a_question_about_the_class(hear: Hear) -> None:
    heard = hear("who should I leave out of 4L's website photos?")
    assert (heard.intent, heard.uses) == (Intent.PHOTO_PERMISSION, {Use.WEBSITE})
    assert isinstance(heard.who, Group)
