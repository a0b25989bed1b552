"""Short conversations, with a restart between any two turns: nothing that matters lives in memory."""

from typing import Any

import pytest

from bot.evaluating import score
from dialogs.conversation import Said, Scope, Turn
from dialogs.root import Dialogs
from storage import people
from storage.database import Database
from tests.acceptance.conftest import MONDAY, lines

CONVERSATIONS = lines("conversations.jsonl")


@pytest.mark.parametrize("restart_each_turn", [False, True])
async def test_conversations_end_in_the_right_answer(wrenfold: Database, *, restart_each_turn: bool) -> None:
    answers = []
    for number, talk in enumerate(CONVERSATIONS):
        async with wrenfold.read() as session:
            person = await people.by_email(session, talk["as"])
        assert person is not None
        dialogs, answer = Dialogs(wrenfold), {}
        for n, text in enumerate(talk["turns"]):
            if restart_each_turn:
                dialogs = Dialogs(wrenfold)
            turn = Turn(f"chat-{number}", f"m{n}", person.aad_object_id, Scope.PERSONAL, Said(text), MONDAY)
            answer = (await dialogs.take(turn))[0].answer
        answers.append(answer)
    asked: list[dict[str, Any]] = [{**talk, "text": " / ".join(talk["turns"])} for talk in CONVERSATIONS]
    result = score(asked, answers)
    assert [finding for finding in result.findings if finding.unsafe] == []
    assert result.findings == []
