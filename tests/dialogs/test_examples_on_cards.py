"""Whatever a card tells people to try works when they try it."""

import pytest

from dialogs import commands
from dialogs.cards.help import COMMANDS, STARTERS
from dialogs.cards.welcome import EXAMPLES
from dialogs.searching import finding
from storage.database import Database
from tests.dialogs.conftest import Chat


async def test_every_example_gets_an_answer(teacher: Chat) -> None:
    got = {example: (await teacher.says(example)).answer["shape"] for example in (*EXAMPLES, *STARTERS)}
    others = {example: shape for example, shape in got.items() if shape not in {"G", "R", "P"}}
    assert others == {"May I use my own phone on the trip?": "answer"}, "a rule of the library, about no pupil"


def test_every_command_stands_on_the_help_card() -> None:
    """Whoever may not use one is told whom it is for."""
    listed = {command for command, _ in COMMANDS}
    assert commands.COMMANDS.keys() <= listed
    assert any(finding.is_search(command) for command in listed)


@pytest.mark.parametrize("who", ["t.reed", "p.owen", "h.moss"])
async def test_every_command_does_something(hartfield: Database, who: str) -> None:
    """Or says for whom it is: never the words for a press that is not one's own, nor those of not knowing."""
    chat = Chat(hartfield, f"{who}@hartfield.example")
    for command, _ in COMMANDS:
        told = (await chat.says(command)).text
        assert "I can't help with that here" not in told, command
        assert "I don't know that one" not in told, command


@pytest.mark.parametrize("words", ["thanks", "Thank you!", "ok", "Ok thanks.", "cheers"])
async def test_thanks_are_taken_as_thanks(teacher: Chat, words: str) -> None:
    told = await teacher.says(words)
    assert (told.text.splitlines()[0], told.answer["shape"]) == ("You're welcome", "answer")


async def test_thanks_before_a_question_do_not_swallow_it(teacher: Chat) -> None:
    assert (await teacher.says("Thanks. Can I photograph Amelia Hart for the website?")).answer["shape"] == "G"
