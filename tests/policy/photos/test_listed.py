"""What people call accounts and organisations, and which of the school's lists they mean by it."""

from datetime import date

import pytest

from policy.photos.listed import accounts_meant, organisation_key, organisation_meant
from policy.records import Account

DAY = date(2026, 12, 3)
FACEBOOK = Account("Facebook", "@larkhill", date(2026, 9, 1))
PE_FACEBOOK = Account("facebook", "@larkhill-pe", date(2026, 9, 1))
X = Account("X (Twitter)", "@larkhill", date(2026, 9, 1))
LATER = Account("Instagram", "@larkhill", date(2026, 12, 4))
PAPERS = ("Larkhill Gazette", "Tanglebury Evening Post", "Radio Larkhill", "Larkhill Times")


@pytest.mark.parametrize(
    "said",
    ["facebook", "FB", "our Facebook page", "Facebook @larkhill", "@larkhill", "the school\u2019s facebook", None, " "],
)
def test_a_listed_account_is_known_by_platform_or_handle(said: str | None) -> None:
    assert accounts_meant(said, (FACEBOOK,), DAY) == (FACEBOOK,)


@pytest.mark.parametrize(
    "said",
    [
        "snapchat",
        "instagram",  # listed only from tomorrow
        "facebook @somebody.else",
        "my facebook",
        "a personal Facebook page",
        "facebook, tiktok",
        "Facebook and TikTok",
        "facebook & whatsapp",
    ],
)
def test_what_the_school_has_not_listed_means_no_account_at_all(said: str) -> None:
    assert accounts_meant(said, (FACEBOOK, LATER), DAY) == ()


def test_a_platform_means_every_listed_account_on_it() -> None:
    assert accounts_meant("facebook", (FACEBOOK, PE_FACEBOOK, X), DAY) == (FACEBOOK, PE_FACEBOOK)
    assert accounts_meant("facebook @larkhill-pe", (FACEBOOK, PE_FACEBOOK), DAY) == (PE_FACEBOOK,)


def test_twitter_is_still_said_for_x() -> None:
    assert accounts_meant("twitter", (FACEBOOK, X), DAY) == (X,)
    assert accounts_meant("X", (FACEBOOK, X), DAY) == (X,)


def test_social_media_alone_means_all_that_is_listed_by_the_day() -> None:
    assert accounts_meant(None, (FACEBOOK, X, LATER), DAY) == (FACEBOOK, X)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Larkhill Gazette", "Larkhill Gazette"),
        ("the Gazette", "Larkhill Gazette"),
        ("GAZETTE newspaper", "Larkhill Gazette"),
        ("a reporter from the Gazette", "Larkhill Gazette"),
        ("the Evening Post", "Tanglebury Evening Post"),
        ("radio larkhill", "Radio Larkhill"),
        ("the Larkhill Times", "Larkhill Times"),
        ("the Times", None),  # the national one, for all we know
        ("the Post", "Tanglebury Evening Post"),
        ("Tanglebury", None),  # a town is not a paper
        ("the Larkhill Herald", None),
        ("the Herald", None),
        ("Gazette and Herald", None),
        ("", None),
        ("the local paper", None),
    ],
)
def test_an_organisation_is_named_whole_or_by_a_part_nobody_can_mistake(said: str, meant: str | None) -> None:
    assert organisation_meant(said, PAPERS) == meant


def test_a_part_that_fits_two_names_means_neither() -> None:
    assert organisation_meant("the Chronicle", ("Larkhill Chronicle", "Barford Chronicle")) is None
    assert organisation_meant("the Chronicle", ("Chronicle", "Barford Chronicle")) == "Chronicle"


def test_names_are_compared_without_case_marks_and_small_words() -> None:
    assert organisation_key("The Café\u2019s Gazette") == organisation_key("CAFES gazette")
