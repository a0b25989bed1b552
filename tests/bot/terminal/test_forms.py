"""A card with fields in a conversation, and a turn that breaks: a stand-in answers, so that every reply is known."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from bot.terminal.talk import Conversation
from dialogs.cards.which_pupil import PupilAsk, PupilChoice, which_pupil_card
from dialogs.conversation import Arrived, Pressed, Reply, Said, Turn
from storage.database import Database
from storage.people import Person
from tests.bot.terminal.conftest import MONDAY

TOMS = tuple(PupilChoice(n, f"Tom {n}", "4B", "4") for n in range(1, 8))
ME = Person(1, "0a", "t@hartfield.example", "Tessa Reed", ())


class Asking:
    """Asks which Tom is meant, and keeps what was sent."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def take(self, turn: Turn) -> tuple[Reply, ...]:
        self.turns.append(turn)
        match turn.event:
            case Said("break"):
                raise RuntimeError("Tom Bell fell into the machine")
            case Said():
                return (Reply("", which_pupil_card((PupilAsk("Tom", TOMS),), pending="p1", revision=2)),)
            case Pressed():
                return (Reply("Thank you."),)
            case Arrived():
                return ()


@pytest.fixture
def converse(hartfield_url: str) -> Iterator[Callable[..., list[Turn]]]:
    """Type these lines; give the turns that they made."""
    runner = asyncio.Runner()
    db = Database.connect(hartfield_url)

    def types(*lines: str) -> list[Turn]:
        left = iter((*lines, None))
        asking = Asking()
        Conversation(db, asking, lambda: MONDAY, None, runner, lambda _: next(left), ME).go_on()
        return asking.turns

    yield types
    runner.run(db.dispose())
    runner.close()


def test_fields_go_with_the_button(converse: Callable[..., list[Turn]], capsys: pytest.CaptureFixture[str]) -> None:
    _, _, sent = converse("photo of Tom", "1", "3")
    assert sent.event == Pressed("pupil.choose", {"verb": "pupil.choose", "pending": "p1", "rev": 2, "pupil0": "3"})
    shown = capsys.readouterr().out
    assert "  Tom is: ____\n  [1] Continue" in shown
    assert "[Continue]\n  1 Tom 1, 4B, Year 4\n" in shown
    assert "  Thank you.\n" in shown


def test_a_button_without_what_it_needs_sends_nothing(
    converse: Callable[..., list[Turn]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(converse("photo of Tom", "1", "")) == 2
    assert "Please choose a pupil, or None of these. Nothing was sent." in capsys.readouterr().out


def test_every_turn_is_one_of_its_own(converse: Callable[..., list[Turn]]) -> None:
    turns = converse("a", "a", "a")
    assert len({turn.activity for turn in turns}) == len(turns) == 4
    assert {turn.conversation for turn in turns} == {"terminal/0a"}


def test_a_turn_that_breaks_ends_in_a_reference_and_the_talk_goes_on(
    converse: Callable[..., list[Turn]], capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert len(converse("break", "photo of Tom")) == 3
    shown = capsys.readouterr().out
    assert "Sorry, that went wrong" in shown
    assert "Tom Bell" not in shown + caplog.text
    assert "RuntimeError" in caplog.text
