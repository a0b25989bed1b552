"""Which words get through however much came before."""

import json
from pathlib import Path
from typing import Final

import pytest

from policy.names import Roll
from policy.understanding import read
from policy.understanding.heard import Intent
from policy.understanding.must_not_be_lost import OWED, must_not_be_lost
from tests.policy.understanding.conftest import MONDAY

ACCEPTANCE: Final = Path(__file__).parents[2] / "acceptance"


@pytest.mark.parametrize(
    "text",
    [
        "I've sent the reading scores to the wrong parent",
        "I lost my laptop",
        "a parent wants a copy of everything we hold about her son",
        "a parent has withdrawn consent for photos",
        "pupils are sharing a nude picture",
        "a parent complains about how we used her data",
        "a pupil sent a nuude photo",
        "mailing went out with all addresses in the open",
        "The technician reports that afult sites could be reached from the library computers all weekend.",
        "the envelope for one family held another family's letter",
    ],
)
def test_what_tells_of_something_gets_through(text: str) -> None:
    assert must_not_be_lost(text)


@pytest.mark.parametrize(
    "text", ["", "hello", "can I photograph Amelia for the website?", "help", "a" * 5000, "status"]
)
def test_what_can_be_asked_again_waits(text: str) -> None:
    assert not must_not_be_lost(text)


def wanted(line: str) -> tuple[str, set[str]]:
    """The text of a question and the intents that it may have."""
    row = json.loads(line)
    intent = row.get("expect", {}).get("intent") or []
    return row.get("text") or "", {intent} if isinstance(intent, str) else set(intent)


def test_whatever_the_bot_itself_would_take_gets_through(roll: Roll) -> None:
    owed = {intent.value for intent in OWED}
    lines = (line for file in sorted(ACCEPTANCE.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    told = [text for text, intents in map(wanted, lines) if text and intents & owed]
    assert len(told) > 1000
    heard = [text for text in told if read(text, today=MONDAY, roll=roll).intent in OWED]
    assert len(heard) > 1000
    assert [text for text in heard if not must_not_be_lost(text)] == []


def test_what_starts_a_case_is_owed() -> None:
    cases = {intent for intent in Intent if intent.value.endswith(("received", "request", "incident", "withdrawal"))}
    assert cases | {Intent.ILLEGAL_CONTENT, Intent.REPORT_BREACH} == OWED
