"""Questions that say only half: which go on from the one before, and what they are then about."""

import pytest

from policy.follow_ups import GoesOn, goes_on
from policy.library import library, told
from policy.matching import Found, NotFound, Outcome, Suggestions, find, stands_alone
from policy.packs import SchoolRules

RULES = SchoolRules()


@pytest.mark.parametrize(
    ("asked", "follows"),
    [
        ("and on a visit?", GoesOn.YES),
        ("what about my own phone then?", GoesOn.YES),
        ("n videos?", GoesOn.YES),
        ("who signs that?", GoesOn.PERHAPS),
        ("where does it go all day", GoesOn.PERHAPS),
        ("how long is footage from the cameras kept at this school", GoesOn.NO),
        ("", GoesOn.NO),
        ("and " + "so on " * 20, GoesOn.NO),
    ],
)
def test_a_question_that_says_half_goes_on(asked: str, follows: GoesOn) -> None:
    assert goes_on(asked) is follows


@pytest.mark.parametrize(
    ("before", "asked", "clause"),
    [
        ("can i use the school ipad for pics", "what about my own phone then", ("photography", "7.3")),
        ("does a spoken request for data count", "do they pay", ("sar-procedure", "3.1")),
        ("who do i tell about a breach", "does it always go to the ico", ("breach-procedure", "4.7")),
    ],
)
def test_half_a_question_is_read_with_the_one_before(before: str, asked: str, clause: tuple[str, str]) -> None:
    assert clause in _clauses(find(asked, library(), rules=RULES, before=before))


def test_the_question_before_counts_less_than_the_words_themselves() -> None:
    asked = "how long is footage of the cctv kept"
    assert ("cctv-code", "3.6") in _clauses(find(asked, library(), rules=RULES, before="do we charge for a SAR"))


def _clauses(outcome: Outcome) -> list[tuple[str, str]]:
    match outcome:
        case Found(answer):
            answers = (answer,)
        case Suggestions(several):
            answers = several
        case NotFound():
            answers = ()
    return [(one.document, one.clause) for answer in answers for one in told(answer, RULES).citations]


@pytest.mark.parametrize(
    ("text", "alone"), [("until when?", False), ("really never, in no case?", False), ("is CCTV footage kept?", True)]
)
def test_a_word_of_our_field_makes_a_short_question_stand_alone(text: str, *, alone: bool) -> None:
    assert stands_alone(text) is alone
