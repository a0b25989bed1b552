"""The table of domain 2.6, row by row, and what every decision must say."""

import pytest

from policy.breach.criteria import Criterion, complete, unweighed
from policy.breach.decisions import Exemption, Outcome, Says, contradiction, table_says, unfinished
from policy.breach.events import Matter
from policy.breach.letter import Part, drafted, missing_parts
from tests.policy.breach.breach_examples import CRITERIA, LETTER

YES, NO, NOTICE = Outcome.YES, Outcome.NO, Outcome.PUBLIC_NOTICE
UNREADABLE, REMOVED, TOO_MUCH = Exemption


@pytest.mark.parametrize(
    ("unlikely", "high", "exemption", "orders", "says"),
    [
        (True, None, None, False, Says(ico=False, subjects=NO)),
        (False, False, None, False, Says(ico=True, subjects=NO)),
        (False, True, None, False, Says(ico=True, subjects=YES)),
        (False, True, UNREADABLE, False, Says(ico=True, subjects=NO)),
        (False, True, REMOVED, False, Says(ico=True, subjects=NO)),
        (False, True, TOO_MUCH, False, Says(ico=True, subjects=NOTICE)),
        (False, True, UNREADABLE, True, Says(ico=True, subjects=YES)),
        (False, False, None, True, Says(ico=True, subjects=YES)),
        (True, None, None, True, Says(ico=False, subjects=YES)),
        (None, None, None, True, Says(ico=None, subjects=YES)),
        (None, None, None, False, Says(ico=None, subjects=None)),
        (False, None, None, False, Says(ico=True, subjects=None)),
        (None, True, None, False, Says(ico=True, subjects=YES)),
    ],
)
def test_the_table_says(
    *, unlikely: bool | None, high: bool | None, exemption: Exemption | None, orders: bool, says: Says
) -> None:
    assert table_says(risk_unlikely=unlikely, high_risk=high, exemption=exemption, ico_orders=orders) == says


@pytest.mark.parametrize(
    ("matter", "outcome", "details", "differs"),
    [
        (Matter.ICO, "yes", {"risk_unlikely": "no"}, False),
        (Matter.ICO, "no", {"risk_unlikely": "yes"}, False),
        (Matter.ICO, "no", {"risk_unlikely": "no"}, True),
        (Matter.ICO, "yes", {"risk_unlikely": "yes"}, True),
        (Matter.ICO, "no", {}, False),
        (Matter.SUBJECTS, "no", {"high_risk": "yes"}, True),
        (Matter.SUBJECTS, "no", {"high_risk": "yes", "exemption": "unintelligible"}, False),
        (Matter.SUBJECTS, "no", {"high_risk": "yes", "exemption": "unintelligible", "ico_orders": "yes"}, True),
        (Matter.SUBJECTS, "no", {"high_risk": "yes", "exemption": "disproportionate"}, True),
        (Matter.SUBJECTS, "public_notice", {"high_risk": "yes", "exemption": "disproportionate"}, False),
        (Matter.SUBJECTS, "yes", {"high_risk": "no"}, True),
        (Matter.SUBJECTS, "yes", {"high_risk": "yes", "risk_unlikely": "yes"}, True),
        (Matter.POLICE, "yes", {"risk_unlikely": "yes"}, False),
    ],
)
def test_a_decision_against_the_table_is_shown_and_needs_a_reason_of_its_own(
    *, matter: Matter, outcome: str, details: dict[str, str], differs: bool
) -> None:
    assert (contradiction(matter, outcome, details) is not None) is differs
    full = {"force": "Northshire", "notice": "the website", **details}
    assert (unfinished(matter, outcome, "Because.", full) is not None) is differs
    assert unfinished(matter, outcome, "Because.", {**full, "override": "We know the family."}) is None


@pytest.mark.parametrize(
    ("matter", "outcome", "reason", "details"),
    [
        (Matter.ICO, "no", " ", {}),
        (Matter.ICO, "perhaps", "Because.", {}),
        (Matter.ICO, "public_notice", "Because.", {}),
        (Matter.SUBJECTS, "public_notice", "Because.", {"exemption": "disproportionate"}),
        (Matter.POLICE, "yes", "Because.", {}),
        (Matter.OTHERS, "yes", "Because.", {"name": "Exam board"}),
        (Matter.OVERSEAS, "yes", "Because.", {"country": " "}),
    ],
)
def test_half_a_decision_is_not_kept(matter: Matter, outcome: str, reason: str, details: dict[str, str]) -> None:
    assert unfinished(matter, outcome, reason, details) is not None


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize(
    "half", [{}, {"level": "low"}, {"note": "x"}, {"level": "awful", "note": "x"}, {"level": "low", "note": " "}]
)
def test_every_criterion_needs_a_level_and_a_note(criterion: Criterion, half: dict[str, str]) -> None:
    assert complete(CRITERIA)
    assert unweighed({**CRITERIA, criterion: half}) == (criterion,)
    assert unweighed(None) == tuple(Criterion)


@pytest.mark.parametrize("part", Part)
def test_a_letter_has_all_four_parts(part: Part) -> None:
    assert missing_parts(LETTER) == ()
    assert missing_parts({**LETTER, part: "  "}) == (part,)
    assert missing_parts(drafted(dpo="Sam Reed", contact="dpo@trust.example")) == tuple(
        part for part in Part if part is not Part.CONTACT
    )
