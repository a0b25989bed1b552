"""What a person sees who talks to the bot in a terminal, line by line."""

import asyncio

import pytest
from sqlalchemy import select

from storage import chats, people
from storage.chats import Chat
from storage.database import Database
from storage.outbox import LetterRow
from tests.bot.terminal.conftest import MONDAY, TERMINAL

TEACHER, DATA_LEAD, DPO = "t.reed@hartfield.example", "d.lane@hartfield.example", "p.owen@hartfield.example"


def after(prompt: str, output: str) -> str:
    """Give what was shown after that line, up to the next prompt."""
    return output.split(f"> {prompt}\n", 1)[1].split("\n> ", 1)[0].removesuffix("Bye.\n").rstrip()


def test_a_review_is_asked_for_and_seen_where_it_arrives(at_a_terminal: TERMINAL) -> None:
    shown = at_a_terminal(TEACHER, "can I put Tom Bell on facebook", "1").output
    assert after("can I put Tom Bell on facebook", shown).endswith("  [1] Request review")
    assert (
        after("1", shown)
        == """[Request review]
  Passed to the school
  Somebody will look at it. Until you hear otherwise, please keep to the answer you have.

→ for Dora Lane (data lead):
  Review request 1
  Somebody would like this answer looked at again.
  Asked by: Tessa Reed
  For: photos for the school's social media
  On: Mon 23 Nov 2026
  Pupil: Tom Bell (4B)
  What is recorded:
  • social media photos: no from mother on Thu 10 Sep 2026.
  If the record is wrong, please put it right: the next question gets the new answer.
  [Mark as reviewed]
  [Circumstances changed]"""
    )


def test_a_letter_waits_for_the_terminal_of_its_addressee(at_a_terminal: TERMINAL) -> None:
    at_a_terminal(TEACHER, "can I put Tom Bell on facebook", "1")
    first = at_a_terminal(DATA_LEAD, "2").output
    assert "→ for you:\n  Review request 1" in first
    assert "  [2] Mark as reviewed" in first
    assert "Reviewed: Dora Lane" in after("2", first)
    assert "Review request 1" not in at_a_terminal(DATA_LEAD).output  # it has arrived
    assert "→ for you:\n  The school has looked at your request" in at_a_terminal(TEACHER).output


def test_one_can_become_somebody_else_and_press_their_buttons(at_a_terminal: TERMINAL) -> None:
    shown = at_a_terminal(
        TEACHER, "what does the moon cost?", "1", f"/as {DPO}", "2", f"/as {TEACHER.upper()}", "/as nobody"
    ).output
    assert "→ for Petra Owen (DPO):" in after("1", shown)
    assert "You are Petra Owen (DPO) at HFD." in shown
    assert "  [2] I have read this" in after(f"/as {DPO}", shown)
    assert "→ for you:\n  The DPO has read your question" in after(f"/as {TEACHER.upper()}", shown)
    assert "Nobody on the staff list has the address nobody." in shown


def test_old_news_for_others_is_not_told_again(at_a_terminal: TERMINAL) -> None:
    at_a_terminal(TEACHER, "what does the moon cost?", "1")
    assert "→" not in at_a_terminal(TEACHER, "status", now="2026-11-24T09:00").output


def test_a_number_is_a_button_only_while_there_is_one(at_a_terminal: TERMINAL) -> None:
    shown = at_a_terminal(TEACHER, "1", "9", "status", "1").output
    assert after("1", shown).startswith("[What else can I ask?]")
    assert "[" not in after("9", shown).split("\n", maxsplit=1)[0]
    assert "Nothing is open" in after("status", shown)


@pytest.mark.parametrize("word", ["exit", "quit", "EXIT"])
def test_one_can_leave(at_a_terminal: TERMINAL, word: str) -> None:
    left = at_a_terminal(TEACHER, word, "help")
    assert left.exit_code == 0
    assert left.output.endswith(f"> {word}\nBye.\n")


def test_the_end_of_the_input_leaves(at_a_terminal: TERMINAL) -> None:
    left = at_a_terminal(TEACHER)
    assert left.exit_code == 0
    assert left.output.endswith("Bye.\n")


def test_empty_lines_are_not_turns(at_a_terminal: TERMINAL) -> None:
    assert at_a_terminal(TEACHER, "", "   ").output.count("\n  ") == at_a_terminal(TEACHER).output.count("\n  ")


def test_a_stranger_is_told_what_to_do(at_a_terminal: TERMINAL) -> None:
    refused = at_a_terminal("nobody@hartfield.example")
    assert refused.exit_code == 2
    assert "Import the staff first, or check the address." in refused.output


def test_a_clock_may_be_set_only_without_bot_credentials(
    at_a_terminal: TERMINAL, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"):
        monkeypatch.setenv(name, "invented")
    refused = at_a_terminal(TEACHER)
    assert refused.exit_code == 2
    assert "--now" in refused.output


def test_without_a_database_it_says_how_to_make_one(at_a_terminal: TERMINAL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDPO_DATABASE_URL", "sqlite:///none.db")
    refused = at_a_terminal(TEACHER)
    assert refused.exit_code == 1
    assert "askdpo db upgrade" in refused.output


def test_a_letter_to_somebody_with_a_chat_in_teams_is_shown_and_left_to_teams(
    at_a_terminal: TERMINAL, hartfield_url: str
) -> None:
    async def waiting() -> list[str]:
        db = Database.connect(hartfield_url)
        async with db.read() as session:
            left = (await session.scalars(select(LetterRow.state))).all()
        await db.dispose()
        return list(left)

    async def keep_a_chat() -> None:
        db = Database.connect(hartfield_url)
        async with db.write() as session:
            lead = await people.by_email(session, DATA_LEAD)
            assert lead is not None
            there = Chat(lead.aad_object_id, "http://127.0.0.1:9/", "a:1", "28:bot", "t")
            await chats.keep(session, there, now=MONDAY)
        await db.dispose()

    asyncio.run(keep_a_chat())
    at_a_terminal(TEACHER, "can I put Tom Bell on facebook", "1")
    assert "→ for you:\n  Review request 1" in at_a_terminal(DATA_LEAD).output
    assert asyncio.run(waiting()) == ["waiting"]
