"""What teachers type around a question: things, costumes, places, devices, evidence, and fishing in other words."""

from collections.abc import Callable

import pytest

from policy.images import Device, Medium, Use
from policy.understanding import Heard, Unsure
from tests.policy.understanding.conftest import told

Hear = Callable[..., Heard]
U = Use


@pytest.mark.parametrize(
    "doing",
    [
        "with his wonky trebuchet",
        "with hedgehogs",
        "and goats",
        "dribbling a basketball",
        "in her judo gi",
        "dressed as harry potter",
        "dressed up as Willy Wonka",
        "as the Gruffalo",
        "in the cast of Bugsy Malone",
        "dissecting an owl pellet",
        "chuffed to bits with his medal",
        "on the bear hunt",
        "at Chester Zoo",
        "doing a cartwheel on the trim trail",
        "lighting the menorah",
        "paddling in the stream",
        "in a frog prince mask",
        "learning the times tables",
        "with a homemade kazoo",
    ],
)
def test_what_a_child_does_or_holds_is_no_other_child(hear: Hear, doing: str) -> None:
    heard = hear(f"photo of Tom Baker {doing} for the website")
    assert (told(heard), heard.uses) == ("Tom Baker", {U.WEBSITE})
    assert told(hear(f"photo of tom baker {doing.lower()} for the website")) == "Tom Baker"


@pytest.mark.parametrize(
    "text",
    [
        "Tom Baker with Paris for the website",
        "tom baker and kenya for the website",
        "Tom Baker and the twins for the website",
        "Tom Baker with his little sister on the website",
        "Tom Baker's sister on the website",
        "the twins on the website",
        "Tom Baker for the website also hazel",
        "Jared, Tom Baker, website",
        "morgn, tom baker website",
        "tom baker & patty website pic",
        "our jayden and tom baker on the website",
        "Harry Potter on the website",
    ],
)
def test_another_child_is_asked_about(hear: Hear, text: str) -> None:
    assert isinstance(hear(text).who, Unsure)


@pytest.mark.parametrize(
    ("words", "uses"),
    [
        ("at the library for the recount writing display", {U.EDU_VISIT}),
        ("at the garden centre for her topic book", {U.EDU_VISIT}),
        ("at the war memorial for the history display", {U.EDU_VISIT}),
        ("on a display at the library", {U.OTHER}),
        ("in the school library for the reading display", {U.EDU_SITE}),
        ("as assessment evidence", {U.EDU_SITE}),
        ("as EHCP target evidence in books", {U.EDU_SITE}),
        ("giving his oral presentation as evidence", {U.EDU_SITE}),
        ("in my presentation", {U.OTHER}),
        ("for the external moderator", {U.OTHER}),
        ("for the award body", {U.OTHER}),
        ("for the eyfs baseline", {U.EDU_SITE}),
        ("for the corridor", {U.EDU_SITE}),
        ("for the kindness board", {U.EDU_SITE}),
        ("for his tray", {U.EDU_SITE}),
        ("on the village community board", {U.OTHER}),
        ("left up on the board when he leaves", {U.DISPLAY_AFTER}),
        ("on our online learning platform", {U.UPLOAD_INTERNAL}),
        ("on the parents' app", {U.UPLOAD_INTERNAL}),
        ("in an Arbor message to all Year 4 parents", {U.UPLOAD_INTERNAL}),
        ("on Arbor", {U.IDENTITY}),
        ("for his bus pass", {U.IDENTITY}),
        ("in the Year 6 leavers' video", {U.OTHER}),
        ("in the governors' report", {U.OTHER}),
        ("on the side of the minibus", {U.MARKETING}),
        ("on the open day banner", {U.MARKETING}),
        ("in the parish mag", {U.MEDIA}),
        ("in the newsletter we put online", {U.MARKETING, U.WEBSITE}),
    ],
)
def test_uses_are_known_by_other_words_too(hear: Hear, words: str, uses: set[Use]) -> None:
    assert hear(f"photo of Tom Baker {words}").uses == uses


@pytest.mark.parametrize("word", ["reel", "boomerang", "clip on our insta story"])
def test_what_is_made_for_social_media_is_film_for_it(hear: Hear, word: str) -> None:
    heard = hear(f"a {word} with Tom Baker")
    assert (heard.uses, Medium.VIDEO in heard.media) == ({U.SOCIAL}, True)


@pytest.mark.parametrize(
    ("words", "device"),
    [
        ("on her mobile", Device.PERSONAL_PHONE),
        ("by my TA on his phone", Device.PERSONAL_PHONE),
        ("with the volunteer's own camera", Device.PERSONAL_CAMERA),
        ("on a parent helper's ipad", Device.PERSONAL_PHONE),
        ("on the school's mobile", Device.SCHOOL_OTHER),
        ("on the class tablet", Device.SCHOOL_OTHER),
        ("on the Year 4 ipad", Device.UNSAID),
    ],
)
def test_the_devices_of_others_are_their_own(hear: Hear, words: str, device: Device) -> None:
    assert hear(f"photo of Tom Baker taken {words} for the website").device is device


@pytest.mark.parametrize(
    "text",
    [
        "when did Tom Baker's permission change",
        "what's behind the no for Tom Baker",
        "is Tom Baker a safeguarding no or a parent no",
        "who said no for Tom Baker",
        "is it the dad with Tom Baker",
        "is there something about Tom Baker I should know",
        "what did the form say for Tom Baker",
        "which box is blank for Tom Baker",
        "has Tom Baker got issues",
        "what level is Tom Baker",
        "what code has Tom Baker got",
        "who does Tom Baker live with",
        "was Tom Baker allowed last year",
        "Tom Baker's no, is it for good?",
        "how did Tom Baker end up on the list",
        "say he wore a mask, could Tom Baker go on Facebook",
        "suppose his mum agreed, could Tom Baker go on Facebook",
        "would it be ok without his face, Tom Baker on the website",
        "what would need to change for Tom Baker to go on the website",
        "would his dad's permission make a difference for Tom Baker",
        "could Tom Baker be on it if his mum emailed me",
        "if we only show his hands can Tom Baker be on Facebook",
    ],
)
def test_fishing_is_noticed_in_any_words(hear: Hear, text: str) -> None:
    assert hear(text).probing


@pytest.mark.parametrize(
    "text",
    [
        "is it ok if we use the school camera for Tom Baker on the website?",
        "Tom Baker in the newsletter, ok if it's only printed?",
        "Tom Baker on the website if mum is in the picture too?",
        "could Tom Baker be on Facebook if we only use his first name",
        "if I don't name him can Tom Baker go on Facebook",
        "if you don't mind, can Tom Baker go on Facebook",
        "Tom Baker got to level 5 in judo, website picture?",
        "i dont want to get it wrong, is Tom Baker ok for the website",
        "is Tom Baker ok for the website because we have the mayor coming",
        "photo of Tom Baker and what he said about the trip for the website",
    ],
)
def test_ordinary_questions_are_no_fishing(hear: Hear, text: str) -> None:
    assert not hear(text).probing


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("the 4Ls on facebook", "group 4L"),
        ("all of 4L on facebook", "group 4L"),
        ("toms pic for the website", "Tom Baker"),
        ("Tom 4L website", "Tom Baker"),
        ("Tom from 4l on the website", "Tom Baker"),
        ("tom (4L) website", "Tom Baker"),
        ("T. Baker website photo", "? Baker"),
        ("both Harrys on the website", "? Harrys"),
    ],
)
def test_names_come_in_every_shape(hear: Hear, text: str, who: str) -> None:
    assert told(hear(text)) == who
