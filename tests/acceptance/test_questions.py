"""Several hundred questions in teachers' words, written from the rules alone by somebody who had not seen the code."""

from typing import Any

from bot.evaluating import Score, score
from dialogs.considering import consider
from dialogs.desk import Desk
from storage.database import Database
from tests.acceptance.conftest import MONDAY, lines

LEAST_RIGHT = 0.95  # the issue's own bound


async def _ask(db: Database, asked: list[dict[str, Any]]) -> Score:
    desk = Desk()
    said = [await consider(db, desk, email=line["as"], text=line["text"], now=MONDAY) for line in asked]
    return score(asked, [told.answer for told in said])


async def test_no_photo_question_gets_an_unsafe_yes_and_nearly_all_are_answered_right(wrenfold: Database) -> None:
    result = await _ask(wrenfold, lines("photo_questions.jsonl"))
    assert [finding for finding in result.findings if finding.unsafe] == []
    assert [finding for finding in result.findings if any("text differs" in wrong for wrong in finding.wrong)] == []
    assert result.accuracy >= LEAST_RIGHT, result.findings


async def test_odd_and_hostile_messages_get_an_answer_and_never_a_wrong_yes(wrenfold: Database) -> None:
    asked = [{**line, "text": _text(line["text"])} for line in lines("hostile.jsonl")]
    desk = Desk()
    for line in asked:
        told = await consider(wrenfold, desk, email=line["as"], text=line["text"], now=MONDAY)
        covered = {pupil["name"] for pupil in told.answer["pupils"] if pupil["decision"] == "yes"}
        assert told.text, line
        assert not (line.get("never_yes") and told.answer["decision"] == "yes"), line
        assert covered.isdisjoint(line.get("never_covers", ())), line
    result = await _ask(wrenfold, asked)
    assert result.accuracy >= LEAST_RIGHT, result.findings


def _text(said: str | dict[str, Any]) -> str:
    if isinstance(said, str):
        return said
    words, times = said["repeat"]
    return f"{said.get('before', '')}{words * times}{said.get('after', '')}"
