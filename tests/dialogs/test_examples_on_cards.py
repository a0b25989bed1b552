"""Whatever a card tells people to try works when they try it."""

from dialogs.cards.help import COMMANDS, STARTERS
from dialogs.cards.welcome import EXAMPLES
from tests.dialogs.conftest import Chat


async def test_every_example_gets_an_answer(teacher: Chat) -> None:
    got = {example: (await teacher.says(example)).answer["shape"] for example in (*EXAMPLES, *STARTERS)}
    others = {example: shape for example, shape in got.items() if shape not in {"G", "R", "P"}}
    assert others == {"May I use my own phone on the trip?": "answer"}, "a rule of the library, about no pupil"


async def test_every_command_does_something(teacher: Chat) -> None:
    for command, _ in COMMANDS:
        if command != "ask the DPO":  # it offers to send a question, in the words of not knowing
            assert "I don't know that one" not in (await teacher.says(command)).text, command
