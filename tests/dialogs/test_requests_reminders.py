"""Reminders of a request: once each, kept quiet at night, put off on the card, passed up, never missed in an outage."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.housekeeping import once
from dialogs.conversation import Pressed
from dialogs.desk import Desk as Rules
from dialogs.sweeping import sweep
from dialogs.unreached import pass_on
from storage import outbox, retaining, turns
from storage.database import Database
from tests.dialogs.at_the_desk import Desk, card_of, has_none, id_of
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.letterbox import words_sent
from tests.dialogs.test_requests_taken import SAID, WORDS, kinds


@pytest.fixture
async def dpo(teacher: Chat, hartfield: Database) -> Desk:
    """A parent's request, received and accepted on Monday, 23 November: due on Wednesday, 23 December."""
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    await teacher.fills("Continue", **{**SAID, "received_on": "2026-11-23"})
    await teacher.fills("Pass it on")
    desk = Desk(hartfield, "p.owen")
    await desk.step("accepted")
    return desk


async def through(db: Database, first: datetime, last: datetime, *, every: timedelta = timedelta(hours=6)) -> None:
    """Sweep again and again from one moment to another."""
    at = first
    while at <= last:
        await sweep(db, Rules(), now=at)
        at += every


def december(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 12, day, hour, 5, tzinfo=UTC)


async def test_the_ladder_reaches_the_dpo_and_from_three_days_on_the_head(dpo: Desk, hartfield: Database) -> None:
    await through(hartfield, MONDAY, december(23, 12))
    told = await words_sent(hartfield, "/nudge/")
    head = [words for person, words in told if person == "h.moss"]
    assert head
    assert all("Ivo" not in words and "twins" not in words for words in head)
    assert "The answer is due today." in head[-1]
    mine = [words for person, words in told if person == "p.owen"]
    assert any("The month runs, and no search was set yet" in words for words in mine)
    assert any("An extension must be announced" in words for words in mine)
    assert len(told) == len(set(told)) or len({words for _, words in told}) > 5
    assert dpo.person


async def test_nobody_hears_twice_however_often_it_is_swept(dpo: Desk, hartfield: Database) -> None:
    await sweep(hartfield, Rules(), now=december(16))
    before = await words_sent(hartfield, "/nudge/")
    for minutes in range(0, 60, 5):
        await sweep(hartfield, Rules(), now=december(16) + timedelta(minutes=minutes))
    assert await words_sent(hartfield, "/nudge/") == before
    assert len([1 for person, _ in before if person == "p.owen"]) == 1, "the latest alone, after the outage"
    assert dpo.person


async def test_after_an_outage_the_latest_is_said_and_the_earlier_are_not_made_up_for(
    dpo: Desk, hartfield: Database
) -> None:
    await sweep(hartfield, Rules(), now=december(22))
    told = [words for person, words in await words_sent(hartfield, "/nudge/") if person == "p.owen"]
    assert len(told) == 1
    assert "in 1 day" in told[0]
    assert dpo.person


async def test_a_reminder_is_put_off_on_itself_and_comes_again(dpo: Desk, hartfield: Database) -> None:
    await sweep(hartfield, Rules(), now=december(14))
    dpo.chat.now = december(14, 10)
    dpo.chat.last = await card_of(hartfield, "p.owen", about="nudge")
    told = await dpo.chat.presses("Remind me tomorrow")
    assert "I'll remind you again on Tue 15 Dec 2026" in told.text
    before = await words_sent(hartfield, "/nudge/")
    await sweep(hartfield, Rules(), now=december(14, 15))
    assert await words_sent(hartfield, "/nudge/") == before
    await sweep(hartfield, Rules(), now=december(15))
    assert len(await words_sent(hartfield, "/nudge/")) == len(before) + 1


async def test_a_reminder_put_off_twice_by_one_press_is_put_off_once(dpo: Desk, hartfield: Database) -> None:
    await sweep(hartfield, Rules(), now=december(14))
    dpo.chat.now = december(14, 10)
    nudge = await card_of(hartfield, "p.owen", about="nudge")
    for _ in range(2):
        dpo.chat.last = nudge
        await dpo.chat.presses("Remind me tomorrow")
    snoozed = [kind for kind in await kinds(hartfield) if kind == "snoozed"]
    lines = next(a for a in (nudge.card or {})["actions"] if a["title"] == "Remind me tomorrow")["data"]["lines"]
    assert len(snoozed) == len(lines.split())


async def test_done_with_a_reminder_is_done(dpo: Desk, hartfield: Database) -> None:
    await sweep(hartfield, Rules(), now=december(7))
    dpo.chat.now = december(7, 10)
    dpo.chat.last = await card_of(hartfield, "p.owen", about="nudge")
    told = await dpo.chat.presses("Done with this")
    assert "Done with" in told.text
    await through(hartfield, december(7, 11), december(11))
    words = " ".join(words for _, words in (await words_sent(hartfield, "/nudge/"))[1:])
    assert "An extension must be announced" not in words


@pytest.mark.parametrize("lines", ["made-up", "due", "due:9 extension:2", " ", "task:1"])
async def test_a_forged_line_is_neither_put_off_nor_done(dpo: Desk, hartfield: Database, lines: str) -> None:
    await dpo.chat.does(Pressed("request.settle", {"case": 1, "lines": lines}))
    await dpo.chat.does(Pressed("request.snooze", {"case": 1, "lines": lines, "days": 300}))
    found = await kinds(hartfield)
    assert "settled" not in found
    assert "snoozed" not in found


async def test_nothing_that_can_wait_rings_at_night(dpo: Desk, hartfield: Database) -> None:
    await sweep(hartfield, Rules(), now=december(14, 3))
    assert await words_sent(hartfield, "/nudge/") == []
    await sweep(hartfield, Rules(), now=december(14, 8))
    assert await words_sent(hartfield, "/nudge/")
    assert dpo.person


async def test_a_late_search_is_chased_and_then_passed_up_without_its_words(dpo: Desk, hartfield: Database) -> None:
    await dpo.step(
        "task_set", kind="search", what="The blue folder of Amelia Hart", owner=await id_of(hartfield, "d.lane")
    )
    await through(hartfield, MONDAY, december(11))
    told = await words_sent(hartfield, "/nudge/")
    dora = [words for person, words in told if person == "d.lane"]
    assert len(dora) == 3, "on the day, and two chasers"
    assert all("blue folder" not in words for words in dora)
    head = [words for person, words in told if person == "h.moss"]
    assert any("after two reminders" in words for words in head)
    owner = Chat(hartfield, "d.lane@hartfield.example", now=december(11, 10))
    owner.last = await card_of(hartfield, "d.lane", about="nudge")
    assert "The blue folder" in (await owner.presses("Show task 1")).text
    owner.last = await card_of(hartfield, "d.lane", about="nudge")
    assert "again on Sat 12 Dec 2026" in (await owner.presses("Remind me tomorrow")).text


async def test_a_request_nobody_accepts_brings_in_the_next_with_the_dates_alone(
    teacher: Chat, hartfield: Database
) -> None:
    await teacher.says(WORDS)
    await through(hartfield, MONDAY, december(1))
    card = (await card_of(hartfield, "h.moss")).text
    assert "Its dates" in card or "its dates" in card
    assert WORDS not in card
    forged = await Chat(hartfield, "h.moss@hartfield.example").does(
        Pressed("request.step", {"case": 1, "step": "accepted"})
    )
    assert WORDS not in forged.text
    assert "accepted" not in await kinds(hartfield)


async def test_a_dpo_who_cannot_be_reached_is_stood_in_for(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    async with hartfield.write() as session:
        (letter,) = await outbox.claim(session, now=MONDAY)
        await pass_on(session, letter, "403", MONDAY)
    assert WORDS in await Desk(hartfield, "h.moss").look()
    assert "accepted" in await Desk(hartfield, "h.moss").offers()


async def test_housekeeping_passes_over_whom_a_hold_is_about(
    dpo: Desk, teacher: Chat, hartfield: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await teacher.says("can I photograph Amelia Hart for the website?")
    await teacher.says("can I photograph Tom Bell for the website?")
    later = MONDAY + timedelta(days=40)
    async with hartfield.write() as session:
        for night in (later - timedelta(hours=32), later - timedelta(hours=8)):
            await retaining.finish_run(session, night.date(), now=night)
    await once(hartfield, Rules(), lambda: later)
    async with hartfield.read() as session:
        about = [(await turns.reply_to(session, teacher_chat, f"m{n}")) for n in range(1, teacher.turns + 1)]
    kept = [reply[0]["text"] for reply in about if reply]
    assert any("Amelia Hart" in text for text in kept)
    assert not any("Tom Bell" in text for text in kept)
    assert "because of a legal hold count=1 cases=1" in caplog.text
    await dpo.step("not_a_request", reason="A test")
    await dpo.step("hold_released", reason="A test")
    await once(hartfield, Rules(), lambda: later)
    async with hartfield.read() as session:
        assert not [1 for n in range(1, teacher.turns + 1) if await turns.reply_to(session, teacher_chat, f"m{n}")]
    assert await has_none(hartfield, "d.lane")


teacher_chat = "chat/t.reed@hartfield.example"
