"""A rule stands under an answer about pictures only where it is about the same use or circumstance."""

from datetime import date

import pytest

from policy.library import library
from policy.names import Roll
from policy.same_matter import is_same_matter
from policy.understanding.read import read


def stands(slug: str, text: str, *, row: str = "") -> bool:
    answer = library().answer(slug)
    assert answer is not None, slug
    return is_same_matter(answer, read(text, today=date(2026, 11, 23), roll=Roll.of(())), row=row)


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("photo-website", "video versus still permission for our site"),
        ("photo-visits", "pictures on a school trip, do I need consent"),
        ("photo-upset-child", "is it fine to film a youngster having a wobble"),
        ("photo-why-consent", "do I always need permission before using a picture for publicity"),
        ("photo-ownership", "who owns the pictures I take on a school trip"),
        ("photo-parents-disagree", "separated parents disagree over facebook photos"),
        ("photo-share-outside", "can I put a class pic in the staff whatsapp"),
        ("online-logins", "letting a colleague use my password"),
    ],
)
def test_a_rule_of_the_same_use_or_of_every_use_stands(slug: str, text: str) -> None:
    assert stands(slug, text)


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("photo-former-staff", "photo of our ta on the website staff page"),
        ("photo-school-social-media", "video of the caretaker for facebook"),
        ("photo-group-captions", "staff team photo for the brochure"),
        ("photo-visits", "photo for our classroom display"),
        ("photo-website", "pictures in the brochure"),
    ],
)
def test_a_rule_of_another_use_does_not(slug: str, text: str) -> None:
    assert not stands(slug, text)


def test_what_is_no_because_it_is_live_is_about_nothing_else() -> None:
    text = "can we facebook live the nativity"
    assert stands("photo-family-posts-online", text)
    assert not stands("photo-family-posts-online", text, row="A8")
