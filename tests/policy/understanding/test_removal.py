"""Deleting what is stored is heard only where nothing else is asked with it (domain 1.5 B21)."""

import pytest

from policy.images import Use
from policy.names import Roll
from policy.understanding import Heard
from tests.policy.understanding.conftest import Hear


@pytest.mark.parametrize(
    "text",
    [
        "Can I delete Amelia Hart's photos?",
        "may we wipe the old pictures of 4L",
        "can I delete the photos of Amelia Hart from the website?",
        "is it ok to remove Amelia Hart's pictures off the shared drive",
    ],
)
def test_a_question_that_only_deletes_has_no_use_and_needs_none(hear: Hear, text: str) -> None:
    heard = hear(text)
    assert heard.deletes
    assert heard.complete
    assert heard.request().alters
    assert not heard.request().uses


@pytest.mark.parametrize(
    "text",
    [
        "Can I delete the background of Amelia Hart's photo for the website?",
        "Can I photograph Amelia Hart and delete it afterwards?",
        "can I delete Amelia Hart's photo and use a new one on the website",
        "may I remove Amelia Hart's photo from Facebook and put up Tom Baker's",
        "can I put Amelia Hart on the website and delete the photo later",
        "can I delete Amelia Hart's photos from the drive to share with Tom Baker",
        "can I wipe Amelia Hart's tears in the photo",
        "on my phone can I delete pictures of Amelia Hart",
    ],
)
def test_whoever_asks_anything_with_it_is_not_read_as_deleting(hear: Hear, text: str) -> None:
    assert not hear(text).deletes


def test_the_next_question_never_rests_on_it(hear: Hear) -> None:
    first = hear("Can I delete Amelia Hart's photos?")
    then = hear("and can I photograph her today?", previous=first)
    assert not then.deletes
    assert then.uses is None, "what for is asked"
    assert hear("and for the website?", previous=first).uses == {Use.WEBSITE}


def test_it_is_kept_and_read_again(hear: Hear, roll: Roll) -> None:
    heard = hear("Can I delete Amelia Hart's photos?")
    assert Heard.from_json(heard.to_json(), roll) == heard
