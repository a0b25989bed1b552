"""The first thing a reporter hears: what to do now, short, kind, and nothing that destroys evidence."""

from itertools import combinations
from typing import Final

import pytest

from policy.breach.first_steps import CLAUSES, first_steps
from policy.clauses import clause
from policy.understanding.breach_kinds import BreachKind

REAL: Final = [kind for kind in BreachKind if kind is not BreachKind.NEAR_MISS]
ALL: Final = [frozenset(some) for many in range(4) for some in combinations(BreachKind, many)]
ACCUSING: Final = ("fault", "blame", "careless", "should have", "mistake", "why did", "disciplin")


@pytest.mark.parametrize("kinds", ALL, ids=lambda kinds: "+".join(sorted(kinds)))
def test_whatever_happened_there_are_three_to_five_short_steps(kinds: frozenset[BreachKind]) -> None:
    steps = first_steps(kinds)
    assert 3 <= len(steps) <= 5
    assert len(set(steps)) == len(steps)
    assert all(len(step) <= 100 for step in steps)


@pytest.mark.parametrize("kinds", ALL, ids=lambda kinds: "+".join(sorted(kinds)))
def test_nobody_is_accused(kinds: frozenset[BreachKind]) -> None:
    said = " ".join(first_steps(kinds)).casefold()
    assert not any(word in said for word in ACCUSING)


@pytest.mark.parametrize(
    "kinds", [each for each in ALL if each & set(REAL) or not each], ids=lambda kinds: "+".join(sorted(kinds))
)
def test_evidence_is_kept_and_the_press_goes_to_the_dpo(kinds: frozenset[BreachKind]) -> None:
    said = " ".join(first_steps(kinds))
    assert "delete no messages" in said
    assert "press questions to the DPO" in said


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (BreachKind.MISDIRECTED, "Recall"),
        (BreachKind.LOST_DEVICE, "lock or wipe"),
        (BreachKind.LOST_PAPERS, "ring those places"),
        (BreachKind.ACCOUNT, "password"),
        (BreachKind.MALWARE, "off the network"),
        (BreachKind.EXPOSED, "Take it down"),
    ],
)
def test_the_most_urgent_comes_first(kind: BreachKind, first: str) -> None:
    assert first in first_steps({kind})[0]


def test_of_two_things_each_has_its_most_urgent_step() -> None:
    steps = first_steps({BreachKind.LOST_DEVICE, BreachKind.ACCOUNT})
    assert "lock or wipe" in steps[0]
    assert "Change the password now" in steps[1]


def test_a_near_miss_is_thanked_for_and_looked_at_once_more() -> None:
    steps = first_steps((), near_miss=True)
    assert "thank you" in steps[0]
    assert "nothing really got out" in steps[1]
    assert first_steps({BreachKind.NEAR_MISS, BreachKind.MISDIRECTED}, near_miss=True) == steps


def test_what_only_looks_like_a_near_miss_gets_the_real_steps() -> None:
    assert "Recall" in first_steps({BreachKind.NEAR_MISS, BreachKind.MISDIRECTED})[0]


def test_the_steps_name_their_clauses() -> None:
    assert all(clause(cited.document, cited.clause).title for cited in CLAUSES)
