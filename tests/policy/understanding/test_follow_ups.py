"""What is not said again is kept; a whole question stands alone."""

from collections.abc import Callable
from datetime import date

import pytest

from policy.images import Device, Medium, NameWanted, Use
from policy.understanding import Heard, Intent
from tests.policy.understanding.conftest import told

Hear = Callable[..., Heard]


def test_and_video_changes_the_medium_alone(hear: Hear) -> None:
    heard = hear("and video?", hear("Tom Baker on the website tomorrow"))
    assert (told(heard), heard.uses, heard.media) == ("Tom Baker", {Use.WEBSITE}, {Medium.VIDEO})
    assert heard.on == date(2026, 11, 24)
    assert heard.follow_up


def test_what_about_tom_changes_the_pupil_alone(hear: Hear) -> None:
    heard = hear("what about Tom?", hear("video of Ann Lee for Facebook"))
    assert (told(heard), heard.uses, heard.media) == ("Tom Baker", {Use.SOCIAL}, {Medium.VIDEO})
    assert heard.account == "facebook"


def test_and_for_facebook_changes_the_use_and_its_account(hear: Hear) -> None:
    heard = hear("and for insta?", hear("Tom Baker on Facebook"))
    assert (told(heard), heard.uses, heard.account) == ("Tom Baker", {Use.SOCIAL}, "instagram")


def test_a_day_a_device_or_a_name_may_follow(hear: Hear) -> None:
    before = hear("Tom Baker on the website")
    assert hear("tomorrow?", before).on == date(2026, 11, 24)
    assert hear("and on my phone?", before).device is Device.PERSONAL_PHONE
    assert hear("with his first name?", before).name is NameWanted.FIRST


def test_a_pronoun_keeps_the_pupil(hear: Hear) -> None:
    heard = hear("can I film him for the prospectus", hear("Tom Baker on the website"))
    assert (told(heard), heard.uses) == ("Tom Baker", {Use.MARKETING})


def test_a_whole_question_keeps_nothing(hear: Hear) -> None:
    heard = hear("Ann Lee for the newsletter", hear("video of Tom Baker on Facebook on my phone"))
    assert (told(heard), heard.uses, heard.media) == ("Ann Lee", {Use.MARKETING}, {Medium.STILL})
    assert heard.device is Device.UNSAID
    assert not heard.follow_up


def test_an_unknown_name_does_not_slip_in_by_a_follow_up(hear: Hear) -> None:
    assert told(hear("and zog?", hear("Tom Baker on the website"))) == "? zog"


@pytest.mark.parametrize("added", ["and Ann Lee too?", "Ann Lee as well", "also Ann Lee"])
def test_one_more_child_is_added_to_those_before(hear: Hear, added: str) -> None:
    heard = hear(added, hear("Tom Baker on the website"))
    assert (told(heard), heard.uses) == ("Tom Baker, Ann Lee", {Use.WEBSITE})


def test_an_open_question_stays_open_when_one_more_is_added(hear: Hear) -> None:
    assert told(hear("and Ann Lee too", hear("Harry Fox on the website"))) == "? Harry Fox"
    assert told(hear("and Harry Fox too", hear("Ann Lee on the website"))) == "? Harry Fox"
    assert told(hear("4L too", hear("May Green on the website"))) == "group 4L, May Green"


def test_both_after_two_children_is_no_second_medium(hear: Hear) -> None:
    heard = hear("both on video", hear("Tom Baker and Ann Lee on the website"))
    assert (told(heard), heard.media) == ("Tom Baker, Ann Lee", {Medium.VIDEO})


@pytest.mark.parametrize("text", ["photo of Ann Lee", "film Ann Lee", "a picture of 4L"])
def test_a_picture_of_somebody_is_a_new_question(hear: Hear, text: str) -> None:
    heard = hear(text, hear("Tom Baker on the website"))
    assert (heard.uses, heard.follow_up) == (None, False)


def test_and_a_photo_of_somebody_goes_on(hear: Hear) -> None:
    assert hear("and a photo of Ann Lee?", hear("Tom Baker on the website")).uses == {Use.WEBSITE}


def test_other_business_is_no_follow_up(hear: Hear) -> None:
    before = hear("Tom Baker on the website")
    assert hear("hello", before).intent is Intent.GREETING
    assert not hear("will it rain on friday", before).follow_up
