"""A photo event from the first word to the cleared camera: checked, approved, checked again, and nothing forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogs.conversation import Pressed, Reply
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage import audit
from storage.cases import CaseRow
from storage.database import Database
from storage.drafts import DraftRow
from storage.people import PersonRow
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.letterbox import letters
from tests.dialogs.test_withdrawal import reports

WORDS = "setting up pictures for the carol service"
ON = "2026-12-08"
EVENT = {"event": "Carol service", "on": ON, "place": "site", "uses": "website", "media": "still"}
WEIGHED = ("instead", "group", "angle"), ("dress", "mix", "edit")


def of(db: Database, who: str) -> Chat:
    return Chat(db, f"{who}@hartfield.example")


async def keys(db: Database, who: str = "") -> list[str]:
    return [key for person, key, _ in await letters(db) if who in {"", person}]


async def state(db: Database) -> str | None:
    async with db.read() as session:
        return await session.scalar(select(CaseRow.status).where(CaseRow.kind == "plan"))


async def plans(chat: Chat, *, classes: str = "4B", family: str = "no", **event: str) -> Reply:
    """Fill the form in and send it."""
    await chat.says(WORDS)
    await chat.presses("Continue")
    await chat.fills("Continue", **{**EVENT, **event})
    await chat.fills("Continue", classes=classes, lead="Tessa Reed", photographer="staff", family=family)
    await chat.fills("Continue", **dict.fromkeys(WEIGHED[0], "yes"))
    await chat.fills("Continue", **dict.fromkeys(WEIGHED[1], "yes"))
    await chat.fills("Continue", folder="2026-12 carols", downloader="Tessa Reed", told="yes")
    return await chat.fills("Send plan")


async def step(chat: Chat, name: str, *, rev: int = 1, **more: object) -> Reply:
    return await chat.does(Pressed("plan.step", {"plan": 1, "rev": rev, "step": name, **more}))


async def sweeps(db: Database, day: int, hour: int = 8) -> None:
    """Look at what is due, so many days after the event."""
    morning = MONDAY.replace(month=12, day=8, hour=hour) + timedelta(days=day)
    await sweep(db, Desk(), now=morning)


# --- planning


async def test_the_first_card_asks_whether_pupils_are_needed_at_all(teacher: Chat) -> None:
    said = await teacher.says(WORDS)
    assert "First: could pupils' work be shown instead of pupils?" in said.text
    assert (said.answer["intent"], said.answer["shape"]) == ("plan_event", "flow")


async def test_a_plan_is_checked_against_the_list_and_waits_for_the_school(teacher: Chat, hartfield: Database) -> None:
    said = await plans(teacher)
    assert "Event plan 1" in said.text
    assert "State: awaiting the school's check" in said.text
    listed = await teacher.says("who should I leave out of photos of 4B for the school website on 8 December?")
    assert set(listed.answer["leave_out"]) == {"Tom Bell", "Iris Cole", "Ned Dove"}
    line = next(one for one in said.text.splitlines() if one.startswith("photos for the school website"))
    for name in listed.answer["leave_out"]:
        assert name in line
    assert line.count("4B") == len(listed.answer["leave_out"])
    assert "Amelia Hart" not in line
    told = {person: words for person, _, words in await letters(hartfield)}
    assert "[Approve]" in told["d.lane"]


async def test_every_use_and_medium_is_checked_by_itself(teacher: Chat) -> None:
    said = await plans(teacher, uses="website,live", media="still,video")
    lines = {line.split(":")[0]: line for line in said.text.splitlines() if ":" in line}
    assert "Amelia Hart" not in lines["photos for the school website"]
    assert "Amelia Hart" in lines["video for the school website"]
    assert "headteacher" in lines["video for a live stream or video call"]


async def test_the_sender_cannot_tell_who_is_restricted(teacher: Chat, hartfield: Database) -> None:
    """4B holds a restricted pupil, 2C none: the sender's card says the same of how far it is."""
    one = await plans(teacher, classes="4B")
    assert set(await keys(hartfield, "s.bird")) == {"plan/1/card/" + str(await number_of(hartfield, "s.bird"))}
    two = await plans(teacher, classes="2C")
    assert await keys(hartfield, "s.bird") == [key for key in await keys(hartfield, "s.bird") if "plan/1/" in key]
    for label in ("State", "Sent. Please wait"):
        assert [line for line in one.text.splitlines() if line.startswith(label)] == [
            line for line in two.text.splitlines() if line.startswith(label)
        ]
    buttons = [[line for line in said.text.splitlines() if line.startswith("[")] for said in (one, two)]
    assert buttons[0] == buttons[1]


async def number_of(db: Database, who: str) -> int:
    async with db.read() as session:
        found = await session.scalar(select(PersonRow.id).where(PersonRow.email == f"{who}@hartfield.example"))
        assert found is not None
        return found


@pytest.mark.parametrize("who", ["m.gate", "o.finch"])
async def test_whoever_may_not_ask_about_pupils_plans_nothing(hartfield: Database, who: str) -> None:
    said = await of(hartfield, who).says(WORDS)
    assert said.answer["shape"] == "refused"


async def test_a_day_gone_by_is_refused_and_kept_to_mend(teacher: Chat, hartfield: Database) -> None:
    said = await plans(teacher, on="2026-11-20")
    assert "That day is over" in said.text
    assert await state(hartfield) is None


async def test_a_plan_sent_twice_is_one(teacher: Chat, hartfield: Database) -> None:
    said = await plans(teacher)
    again = await teacher.again(Pressed("form.send", {}))
    assert again[0].text == said.text
    await teacher.says("help")  # and an old card, pressed once more
    async with hartfield.read() as session:
        draft = await session.scalar(select(DraftRow.id))
    once_more = await teacher.does(Pressed("form.send", {"draft": draft, "rev": 6}))
    assert once_more.text == said.text
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(CaseRow)) == 1
    assert len(await keys(hartfield, "d.lane")) == 1


async def test_status_says_how_far_it_is(teacher: Chat) -> None:
    await plans(teacher)
    assert "an event plan" in (await teacher.says("status")).text
    assert "awaiting the school's check" in teacher.last.text


# --- the head


async def test_families_filming_is_put_to_the_head_who_decides_in_the_card(teacher: Chat, hartfield: Database) -> None:
    said = await plans(teacher, family="yes")
    assert "Families filming: no, unless the head says yes" in said.text
    asked = [words for person, key, words in await letters(hartfield) if person == "h.moss" and "permission" in key]
    assert len(asked) == 1
    assert "families filming at the event" in asked[0]
    head = of(hartfield, "h.moss")
    await head.does(Pressed("permission.decide", {"request": 1, "allowed": "yes"}))
    shown = await teacher.does(Pressed("plan.show", {"plan": 1}))
    assert "Families filming: the head has said yes" in shown.text
    assert any("decided" in key for key in await keys(hartfield, "t.reed"))


async def test_a_live_stream_is_asked_for_once_however_often_the_plan_changes(
    teacher: Chat, hartfield: Database
) -> None:
    await plans(teacher, uses="live", media="video")
    await teacher.does(Pressed("plan.edit", {"plan": 1}))
    for _ in range(5):
        await teacher.fills("Continue")
    await teacher.fills("Send plan")
    assert len([key for key in await keys(hartfield, "h.moss") if key.startswith("permission/")]) == 1


# --- the school's check


async def test_approved_it_tells_the_sender(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    said = await step(of(hartfield, "d.lane"), "approve")
    assert "State: approved (Dora Lane" in said.text
    news = [words for person, _, words in await letters(hartfield) if person == "t.reed"]
    assert len(news) == 1
    assert "Approved." in news[0]
    await step(of(hartfield, "d.lane"), "approve")
    assert len(await keys(hartfield, "t.reed")) == 1


async def test_a_change_is_asked_for_made_and_approved(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    lead = of(hartfield, "d.lane")
    assert "Please write what should change" in (await step(lead, "ask_change")).text
    await step(lead, "ask_change", note="Please use the hall.")
    assert await state(hartfield) == "change_asked"
    teacher.last = Reply("")
    await teacher.does(Pressed("plan.show", {"plan": 1}))
    assert "Please use the hall." in teacher.last.text
    await teacher.presses("Change the plan")
    await teacher.fills("Continue", event="Carols in the hall")
    for _ in range(4):
        await teacher.fills("Continue")
    said = await teacher.fills("Send plan")
    assert "Carols in the hall" in said.text
    stale = await step(lead, "approve", rev=1)
    assert "Nothing was changed" in stale.text
    await step(lead, "approve", rev=2)
    assert await state(hartfield) == "approved"


async def test_the_data_leads_own_plan_is_checked_by_the_next_in_line(hartfield: Database) -> None:
    lead = of(hartfield, "d.lane")
    await plans(lead)
    assert "[Approve]" in next(words for person, _, words in await letters(hartfield) if person == "h.moss")
    assert "can't help" in (await step(lead, "approve")).text
    await step(of(hartfield, "h.moss"), "approve")
    assert await state(hartfield) == "approved"


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("t.reed", "approve"),
        ("q.two", "approve"),
        ("h.moss", "approve"),
        ("s.bird", "approve"),
        ("p.owen", "approve"),
        ("b.away", "approve"),
        ("m.gate", "approve"),
        ("t.reed", "ask_change"),
        ("q.two", "off"),
        ("d.lane", "off"),
        ("d.lane", "done"),
        ("t.reed", "whatever"),
    ],
)
async def test_a_step_that_is_not_theirs_changes_nothing(
    teacher: Chat, hartfield: Database, who: str, name: str
) -> None:
    await plans(teacher)
    sent = await letters(hartfield)
    said = await step(of(hartfield, who), name, note="x")
    assert "Tom Bell" not in said.text
    assert await state(hartfield) == "awaiting"
    assert await letters(hartfield) == sent


@pytest.mark.parametrize("who", ["q.two", "b.away", "m.gate", "o.finch"])
@pytest.mark.parametrize("verb", ["plan.show", "plan.edit"])
async def test_nobody_else_is_shown_a_plan(teacher: Chat, hartfield: Database, who: str, verb: str) -> None:
    await plans(teacher)
    assert "Carol" not in (await of(hartfield, who).does(Pressed(verb, {"plan": 1}))).text


# --- the day and after


async def test_on_the_morning_the_list_is_checked_again(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    await step(of(hartfield, "d.lane"), "approve")
    await sweeps(hartfield, 0, hour=7)
    assert await state(hartfield) == "approved", "it is not yet half past seven"
    await reports(of(hartfield, "o.finch"), uses="website_image")
    await sweeps(hartfield, 0)
    assert await state(hartfield) == "day_check"
    morning = next(words for _, key, words in await letters(hartfield) if key.endswith("reminder/day"))
    assert "Today is the day: this is the list as of now" in morning
    assert "Amelia Hart, 4B" in morning
    await sweeps(hartfield, 0, hour=9)
    assert len([key for key in await keys(hartfield) if "reminder/" in key]) == 1


async def test_without_the_schools_check_the_morning_says_so(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    await sweeps(hartfield, 0)
    morning = next(words for _, key, words in await letters(hartfield) if key.endswith("reminder/day"))
    assert "the school's check is missing" in morning
    assert await state(hartfield) == "awaiting"


async def test_done_downloaded_and_cleared_one_after_the_other(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    await step(of(hartfield, "d.lane"), "approve")
    assert "still to come" in (await step(teacher, "done")).text
    teacher.later(days=15)
    assert "Nothing was changed" in (await step(teacher, "downloaded")).text
    for name, how_far in (("done", "done"), ("downloaded", "downloaded"), ("cleared", "cleared")):
        await step(teacher, name)
        assert await state(hartfield) == how_far
    await sweeps(hartfield, 30)
    assert [key for key in await keys(hartfield) if "reminder/" in key] == []
    async with hartfield.read() as session:
        assert await audit.verify(session) is None
        told = [line.action for line in await audit.lines(session) if line.action.startswith("plan")]
    assert told == ["plan.sent", "plan.approved", "plan.done", "plan.downloaded", "plan.cleared"]


async def test_until_the_camera_is_cleared_there_are_reminders_and_at_last_the_lead_hears(
    teacher: Chat, hartfield: Database
) -> None:
    await plans(teacher)
    await step(of(hartfield, "d.lane"), "approve")
    for day in range(12):
        await sweeps(hartfield, day)
    reminders = [key.rpartition("/")[2] for key in await keys(hartfield, "t.reed") if "reminder/" in key]
    assert reminders == ["day", "next-day", "five-days", "seven-days", "late"]
    assert len([key for key in await keys(hartfield, "d.lane") if "/late/" in key]) == 1


async def test_after_an_outage_there_is_one_reminder(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    await step(of(hartfield, "d.lane"), "approve")
    await sweeps(hartfield, 6)
    assert [key for key in await keys(hartfield, "t.reed") if "reminder/" in key] == ["plan/1/1/reminder/five-days"]


async def test_called_off_it_reminds_nobody(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    await step(teacher, "off")
    await sweeps(hartfield, 3)
    assert [key for key in await keys(hartfield) if "reminder/" in key] == []
    assert "called off" in next(words for person, _, words in await letters(hartfield) if person == "d.lane")


# --- a withdrawal afterwards


async def test_a_later_withdrawal_tells_the_leads_of_events_with_that_class_and_no_name(
    teacher: Chat, hartfield: Database
) -> None:
    await plans(teacher, classes="4B")
    await plans(of(hartfield, "q.two"), classes="2C")
    await reports(teacher)
    await of(hartfield, "d.lane").does(Pressed("withdrawal.record", {"withdrawal": 1}))
    told = [(person, words) for person, key, words in await letters(hartfield) if "/list/" in key]
    assert [person for person, _ in told] == ["t.reed"]
    assert "The list has changed" in told[0][1]
    assert "Amelia" not in told[0][1]
    assert "4B" not in told[0][1]


async def test_events_gone_by_are_not_bothered(teacher: Chat, hartfield: Database) -> None:
    await plans(teacher)
    teacher.later(days=20)
    await reports(teacher)
    assert [key for key in await keys(hartfield) if "/list/" in key] == []
