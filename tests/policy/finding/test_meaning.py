"""What a question is about: concepts for any of their words, slips undone, and what is no sign of our field."""

import pytest

from policy.finding.meaning import concepts
from policy.finding.slips import Slips
from policy.finding.stems import stem
from policy.understanding.words import message


def _about(text: str) -> set[str]:
    return {what for what in concepts().meaning(message(text).keys).about if what.startswith("#")}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("may the TA see it", "#staff"),
        ("ask the SENCO about the EHCP", "#special"),
        ("tell the DSL", "#dsl"),
        ("it's on the MIS", "#identity_picture"),
        ("KS2 logins", "#ks"),
        ("put it on insta", "#social"),
        ("a dojo post", "#dojo"),
        ("log it on CPOMS", "#log_incident"),
        ("her handset", "#phone"),
        ("the constable", "#police"),
        ("a DSAR came", "#sar"),
        ("memory sticks", "#usb"),
    ],
)
def test_the_words_of_a_school_stand_for_concepts(text: str, concept: str) -> None:
    assert concept in _about(text)


def test_a_concept_is_also_what_it_is_a_kind_of() -> None:
    assert {"#phone", "#device"} <= _about("my mobile")


def test_a_phrase_within_a_longer_one_tells_less() -> None:
    about = concepts().meaning(message("the photo form").keys).about
    assert about["#photo"] < about["#consent_form"]


@pytest.mark.parametrize(
    ("text", "anchors", "elsewhere"),
    [
        ("a phone", 1, False),
        ("phone photos and emails", 3, False),
        ("who is the head", 0, False),
        ("is it going to snow", 0, True),
        ("photos at lunch", 1, True),
    ],
)
def test_it_says_how_much_is_of_our_field_and_whether_anything_is_of_another(
    text: str, anchors: int, *, elsewhere: bool
) -> None:
    meaning = concepts().meaning(message(text).keys)
    assert meaning.anchors == anchors
    assert bool(meaning.elsewhere) is elsewhere


def test_every_name_in_the_lexicon_is_that_of_a_concept() -> None:
    known = concepts()
    named = {name for phrases in known.phrases.values() for _, of in phrases for name in of}
    assert known.loose <= named
    assert set(known.kinds) <= named


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("photo", "photos"), True),
        (("photograph", "photographing", "photographed"), True),
        (("stored", "storing", "store"), True),
        (("family", "families"), True),
        (("clipped", "clip"), True),
        (("recording", "record"), False),  # footage is no entry in a register
        (("bus", "bu"), False),
        (("this", "thi"), False),
    ],
)
def test_endings_do_not_matter(words: tuple[str, ...], *, same: bool) -> None:
    assert (len({stem(word) for word in words}) == 1) is same


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("consnet", "consent"),  # letters that changed places
        ("consen", "consent"),
        ("encripted", "encrypted"),
        ("photograpy", "photography"),
        ("hpone", "phone"),
        ("form", "form"),
        ("museum", "museum"),  # an English word stays what it is
        ("cat", "cat"),
        ("zzzzzz", "zzzzzz"),
    ],
)
def test_a_slip_is_undone_where_no_word_was_meant(typed: str, meant: str) -> None:
    assert Slips({"consent", "encrypted", "photography", "phone", "photos"}).undone([typed]) == [meant]
