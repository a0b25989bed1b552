"""General questions through the whole bot: a clause that answers them, under an intent that owns up to it."""

from typing import Any, Final

import pytest

from bot.evaluating import Finding, score
from dialogs.considering import consider
from dialogs.desk import Desk
from storage.database import Database
from tests.acceptance.conftest import MONDAY, lines

# Bounds of sets that were looked at while tuning: a step back shows here, new phrasings measure more. Nothing is learnt
# from the last one.
LEAST_RIGHT: Final = {
    "policy_questions.jsonl": 0.93,
    "policy_blind.jsonl": 0.95,
    "policy_blind_second.jsonl": 0.90,
    "policy_blind_third.jsonl": 0.88,
    "policy_blind_fourth.jsonl": 0.85,
    "policy_blind_fifth.jsonl": 0.88,
    "policy_blind_sixth.jsonl": 0.88,
    "policy_development.jsonl": 0.91,
    "unlearnt_policy.jsonl": 0.87,
}
LEAST_KEPT_OUT: Final = 0.86  # of 15 in the smallest


@pytest.mark.parametrize("file", LEAST_RIGHT)
async def test_general_questions_get_a_right_clause_and_others_none(wrenfold: Database, file: str) -> None:
    asked = lines(file)
    ours = [line for line in asked if line["expect"]["citations_any"]]
    others = [line for line in asked if not line["expect"]["citations_any"]]
    wrong = await _wrong(wrenfold, ours)
    assert 1 - len(wrong) / len(ours) >= LEAST_RIGHT[file], wrong
    let_in = await _wrong(wrenfold, others)
    assert not others or 1 - len(let_in) / len(others) >= LEAST_KEPT_OUT, let_in


async def _wrong(db: Database, asked: list[dict[str, Any]]) -> list[Finding]:
    desk = Desk()
    told = [await consider(db, desk, email=line["as"], text=line["text"], now=MONDAY) for line in asked]
    return score(asked, [reply.answer for reply in told]).findings
