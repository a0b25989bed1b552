"""Whom a message names, and when we ask instead."""

from collections.abc import Callable

import pytest

from policy.names import Roll
from policy.understanding import Asked, Heard, NameAsk, Unsure

Who = Callable[[str], str]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("May I put a picture of Tom Baker on the website?", "Tom Baker"),
        ("tom baker website photo", "Tom Baker"),
        ("TOM BAKER ON THE WEBSITE", "Tom Baker"),
        ("Can I Put A Picture Of Tom Baker On The Website", "Tom Baker"),
        ("baker tom website photo", "Tom Baker"),
        ("Baker, Tom for the website", "Tom Baker"),
        ("can tom bakers picture go on the website", "Tom Baker"),
        ("zoe young for the newsletter", "Zoë Young"),
        ("lukasz wojcik newsletter photo", "Łukasz Wójcik"),
        ("annemarie obrien on the website", "Anne-Marie O'Brien"),
        ("anne marie o\u2019brien on the website", "Anne-Marie O'Brien"),
        ("mary-jane vanderberg website picture", "Mary Jane van der Berg"),
        ("Ezekiel Boothroyd for the brochure", "Zeke Boothroyd"),
        ("Zeke's image for the school brochure, he's 4L", "Zeke Boothroyd"),
        ("Amelia H in 4B for the website", "Amelia Hart"),
        ("Amelia in 4L on twitter", "Amelia Hughes"),
        ("Harry Fox (2C) on the website", "Harry Fox"),
        ("Harry Fox, the one in 6T, website", "Harry Fox"),
        ("4L's Tom Baker on the website", "Tom Baker"),
        ("Tom (year 4) on the website", "Tom Baker"),
        ("Tom, Ann and Lee for the newsletter", "Tom Baker, Ann Lee, Lee Sharp"),
        ("Tom Baker/Ann Lee on the website", "Tom Baker, Ann Lee"),
        ("Tom Baker Ann Lee website photo", "Tom Baker, Ann Lee"),
        ("freya smith jones website", "Freya Smith-Jones"),
        ("Freya Smith for the website", "Freya Smith"),
        ("T\u200bom Baker website", "Tom Baker"),
        ("**Tom Baker** on the <b>website</b>", "Tom Baker"),
        ("robin story from willow, website", "Robin Story"),
    ],
)
def test_an_exact_name_is_certain(who: Who, text: str, named: str) -> None:
    assert who(text) == named


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Amelia on the website", "? Amelia"),
        ("Amelia H for the website", "? Amelia H"),
        ("Harry Fox for the website, a still", "? Harry Fox"),
        ("Amelia Hart in 4L for the website", "? Amelia Hart (4L)"),
        ("tom baker 4L 2C website", "? tom baker (2C)"),
        ("Tom Bakker on the website", "? Tom Bakker"),
        ("tmo baker website photo", "? tmo baker"),
        ("Kate Nowak for the website", "? Kate Nowak"),
        ("Tom Green for the website", "? Tom Green"),
        ("tom green for the website", "? tom green"),
        ("the photo of Boothroyd for the website", "? Boothroyd"),
        ("Anne for the website", "? Anne"),
        ("Freya Smith-Brown on the website", "? Freya Smith-Brown"),
        ("Quentin Applegarth website picture", "? Quentin Applegarth"),
        ("Tom Rose Baker on the website", "? Tom Rose Baker"),
        ("my class on facebook", "? my class"),
        ("can I put a photo of class 9Z on the website", "? 9Z"),
    ],
)
def test_anything_less_is_asked_about(who: Who, text: str, asked: str) -> None:
    assert who(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Tom Baker and Zog for the newsletter", "Zog"),
        ("tom baker and zog on the website", "zog"),
        ("Tom Baker, Zog and Ann Lee on the website", "Zog"),
        ("Zog & Tom Baker on the website", "Zog"),
        ("Tom Baker with Summer Zog for the website", "Summer Zog"),
        ("Tom Baker and Hope on the website", "Hope"),
        ("tom baker and hope on the website", "hope"),
        ("could a photo of tom baker go on the website with kayden", "kayden"),
        ("Can I use Tom and Xanthippe's photo on the website", "Xanthippe's"),
    ],
)
def test_a_child_we_do_not_know_is_never_dropped(hear: Callable[..., object], text: str, asked: str) -> None:
    who = hear(text).who  # type: ignore[attr-defined]  a Heard
    assert isinstance(who, Unsure)
    assert asked in [ask.heard for ask in who.asks]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("May I use a photo on the website", "nobody"),
        ("May Green for the website", "May Green"),
        ("May I use May on the website", "May Green"),
        ("may green paint be used in the classroom", "? may green"),
        ("Will it be ok to film for the website", "nobody"),
        ("Will Grace be ok on Facebook", "? Will Grace"),
        ("photo of grace for the website", "Grace Field"),
        ("Can we film the summer fair", "nobody"),
        ("can we use Summer on the website", "Summer Fielding"),
        ("Rose on the website?", "Rose Page"),
        ("the price of a photo rose last year", "nobody"),
        ("may i use rob in the brochure", "Rob Moon"),
        ("photo of April Winter for the website", "April Winter"),
        ("photos in April for the website", "nobody"),
        ("Robin Story for the story on the website", "Robin Story"),
        ("photos of Thomas, James and Tom on the website", "? Thomas"),
    ],
)
def test_words_that_are_names_are_told_apart(who: Who, text: str, named: str) -> None:
    assert who(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mr Baker wants to photograph Ann Lee for the prospectus", "Ann Lee"),
        ("Can Miss Penhaligon use a photo of Ann Lee in the brochure", "Ann Lee"),
        ("Mrs Hart's photo on the staff board", "nobody"),
    ],
)
def test_staff_are_no_pupils(who: Who, text: str, named: str) -> None:
    assert who(text) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Can class 2C be filmed for youtube", "group 2C"),
        ("6T group picture for Facebook: names to keep out?", "group 6T"),
        ("everyone in 6t on insta", "group 6T"),
        ("my year 4s on the website", "group Year 4"),
        ("Y4/6 on the website", "group Year 4 and Year 6"),
        ("film KS1 for the website", "group KS1"),
        ("Reception photos for the website", "group Reception"),
        ("all pupils on the website", "group the whole school"),
        ("photos of willow for the website", "group Willow"),
        ("Y4 and Tom Baker on the website", "group Year 4, Tom Baker"),
        ("Tom Baker plus the rest of 4L on the website", "group 4L, Tom Baker"),
        ("Tom Baker for the 4L display", "Tom Baker"),
    ],
)
def test_classes_years_and_the_school_are_groups(who: Who, text: str, named: str) -> None:
    assert who(text) == named


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Tom Bakker on the website", "Tom Baker"),
        ("kate nowak website", "Katherine Nowak"),
        ("zeek boothroid website", "Zeke Boothroyd"),
        ("fraya smith jones website", "Freya Smith-Jones"),
    ],
)
def test_the_likeliest_pupil_is_offered_first(hear: Callable[..., object], text: str, first: str) -> None:
    who = hear(text).who  # type: ignore[attr-defined]  a Heard
    assert isinstance(who, Unsure)
    assert who.asks[0].candidates[0].display_name == first


def test_places_and_papers_are_not_taken_for_children(who: Who) -> None:
    assert who("photo of Tom Baker at Dunmore Zoo for the website") == "Tom Baker"
    assert who("photo of Tom Baker on the trip to Wexley Farm") == "Tom Baker"
    assert who("Can the Northfold Gazette take Tom Baker's picture") == "Tom Baker"


def test_my_class_asks_which_class(hear: Callable[..., object], roll: Roll) -> None:
    assert roll.pupils
    who = hear("my class on facebook").who  # type: ignore[attr-defined]  a Heard
    assert who == Unsure((NameAsk("my class", (), Asked.CLASS),))


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("photo of the chess club for the website?", "the chess club"),
        ("can I put the choir on facebook", "the choir"),
        ("can I photograph our netball team for the newsletter", "our netball team"),
    ],
)
def test_a_team_is_asked_about_by_its_children(hear: Callable[..., Heard], text: str, team: str) -> None:
    who = hear(text).who
    assert isinstance(who, Unsure)
    assert [ask.heard for ask in who.asks] == [team]
