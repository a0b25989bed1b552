"""What the pictures are for, in the words staff use."""

from collections.abc import Callable

import pytest

from policy.images import Use
from policy.understanding import Heard

Hear = Callable[..., Heard]
U = Use


@pytest.mark.parametrize(
    ("words", "uses"),
    [
        ("on the web page", {U.WEBSITE}),
        ("on our site", {U.WEBSITE}),
        ("on fb", {U.SOCIAL}),
        ("on our X account", {U.SOCIAL}),
        ("for the prospectus", {U.MARKETING}),
        ("for the brochure's online advert", {U.MARKETING}),
        ("for the newsletter", {U.MARKETING}),
        ("for the newsletter on the website", {U.MARKETING, U.WEBSITE}),
        ("for the emailed newsletter", {U.MARKETING, U.UPLOAD_INTERNAL}),
        ("for the Gazette", {U.MEDIA}),
        ("for the local paper", {U.MEDIA}),
        ("for the website and Facebook", {U.WEBSITE, U.SOCIAL}),
        ("in his workbook", {U.EDU_SITE}),
        ("for the wall display", {U.EDU_SITE}),
        ("for the Ofsted folder", {U.EDU_SITE}),
        ("on the museum trip", {U.EDU_VISIT}),
        ("in his workbook from the farm visit", {U.EDU_VISIT}),
        ("on the display after he leaves", {U.DISPLAY_AFTER}),
        ("for his ID card", {U.IDENTITY}),
        ("for SIMS", {U.IDENTITY}),
        ("on Teams", {U.UPLOAD_INTERNAL}),
        ("in Google Classroom", {U.UPLOAD_INTERNAL}),
        ("on the class Dojo story", {U.DOJO_STORY}),
        ("on Dojo to his parents", {U.DOJO_PRIVATE}),
        ("for the live stream", {U.LIVE}),
        ("for the yearbook", {U.OTHER}),
        ("for ChatGPT", {U.OTHER}),
        ("on Tapestry", {U.OTHER}),
        ("in the WhatsApp group", {U.OTHER}),
        ("for a teaching conference", {U.CONFERENCE}),
        ("on the museum's website", {U.ORG_OTHER}),
        ("reused from the prospectus for the website", {U.REUSE_PRINT, U.MARKETING, U.WEBSITE}),
        ("for the incident report", {U.EVIDENCE}),
        ("for the class photo sale", {U.CLASS_PHOTO_SALE}),
        ("please", None),
    ],
)
def test_every_use_is_known_by_its_words(hear: Hear, words: str, uses: set[Use] | None) -> None:
    assert hear(f"photo of Tom Baker {words}").uses == uses


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("Can parents film the nativity?", {U.FAMILY_EVENT}),
        ("Tom Baker's dad would like to film him at sports day", {U.FAMILY_EVENT}),
        ("mum wants a copy of Ann Lee's photo", {U.EMAIL_PARENT}),
        ("email Ann Lee's picture to her mum", {U.EMAIL_PARENT}),
        ("her neighbour wants a copy of Ann Lee's photo", {U.OTHER}),
        ("picture of Mr Smith for the website", {U.STAFF}),
        ("Can Tom Baker be in the class photo?", {U.CLASS_PHOTO_SALE}),
        ("class photo of 4L for Facebook", {U.SOCIAL}),
    ],
)
def test_some_uses_are_known_by_who_wants_them(hear: Hear, text: str, uses: set[Use]) -> None:
    assert hear(text).uses == uses


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("Tom Baker on fb", "facebook"),
        ("Tom Baker on facebook and insta", "facebook, instagram"),
        ("tweet a picture of Tom Baker", "x"),
        ("Tom Baker on social media", None),
        ("photo of Tom Baker on my personal Instagram", "a personal account"),
        ("Tom Baker on the PTA facebook page", "somebody else's account"),
        ("Tom Baker on @wexleyprimary", "@wexleyprimary"),
    ],
)
def test_accounts_are_told_apart(hear: Hear, text: str, account: str | None) -> None:
    assert hear(text).account == account


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("Tom Baker in the Gazette", "Wexley Gazette"),
        ("Tom Baker in the Wexley Gazette", "Wexley Gazette"),
        ("Tom Baker in the Northfold Gazette", "Northfold Gazette"),
        ("the northern echo asked for a photo of tom baker", "northern echo"),
        ("bbc want to film tom baker", "bbc"),
        ("Tom Baker in the local paper", None),
    ],
)
def test_another_paper_is_never_the_listed_one(hear: Hear, text: str, organisation: str | None) -> None:
    assert hear(text).organisation == organisation


@pytest.mark.parametrize(
    ("text", "digital"),
    [
        ("Tom Baker in the printed prospectus", False),
        ("Tom Baker in the online prospectus", True),
        ("Tom Baker on the website", True),
        ("Tom Baker in the newsletter", False),
        ("Tom Baker in the emailed newsletter", True),
    ],
)
def test_print_and_screen_are_told_apart(hear: Hear, text: str, digital: bool) -> None:  # noqa: FBT001  a table's column
    assert hear(text).digital is digital


def test_to_all_parents_is_not_to_the_childs_own(hear: Hear) -> None:
    assert hear("email the class photo of 4L to all parents").uses == {U.UPLOAD_INTERNAL}
    assert hear("Tom Baker in the paper prospectus").uses == {U.MARKETING}
