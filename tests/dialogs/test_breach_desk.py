"""The DPO's desk for a breach: asked, contained, weighed, decided, reported, told, learnt from, closed."""

import pytest
from sqlalchemy import select

from dialogs.conversation import Pressed, Reply
from storage.database import Database
from storage.people import PersonRow
from tests.dialogs.conftest import Chat, inputs_of
from tests.dialogs.letterbox import newest

WORDS = "I have just sent Year 4's reading scores to the wrong parent"


class Desk:
    """Somebody at the table of the case, with its card before them."""

    def __init__(self, db: Database, person: str) -> None:
        self.db, self.person = db, person
        self.chat = Chat(db, f"{person}@hartfield.example")

    async def look(self) -> str:
        self.chat.last = await newest(self.db, self.person, "/card/")
        return self.chat.last.text

    async def step(self, step: str, **fields: str) -> Reply:
        """Choose a step on the case's card and fill its form, page by page."""
        await self.look()
        told = await self.chat.presses("Open", step=step)
        for _ in range(12):
            card = told.card or {}
            inputs = {each["id"] for each in inputs_of(card)}
            titles = [action["title"] for action in card.get("actions", ())]
            if "Continue" in titles:
                told = await self.chat.fills("Continue", **{n: v for n, v in fields.items() if n in inputs})
            elif "Cancel" in titles:
                sends = next(title for title in titles if title not in {"Back", "Cancel"})
                told = await self.chat.fills(sends, **{n: v for n, v in fields.items() if n in inputs})
                if (told.card or {}).get("body") == card.get("body"):
                    raise AssertionError(f"not taken: {told.text}")
            else:
                return told
        raise AssertionError(f"never ended: {told.text}")


@pytest.fixture
async def dpo(teacher: Chat, hartfield: Database) -> Desk:
    """A case with Form A, acknowledged."""
    await teacher.says(WORDS)
    await teacher.fills("Continue")
    await teacher.walks()
    await teacher.fills("Send report")
    desk = Desk(hartfield, "p.owen")
    await desk.look()
    await desk.chat.presses("Acknowledge")
    return desk


async def test_the_dpo_asks_and_the_reporter_answers(dpo: Desk, teacher: Chat, hartfield: Database) -> None:
    await dpo.step("asked", text="Which address was it?")
    teacher.last = await newest(hartfield, "t.reed", "/asked/")
    told = await teacher.fills("Send answer", answer="A parent's, from 4B.")
    assert told.text.startswith("Sent to the DPO")
    card = await dpo.look()
    assert "Which address was it?" in card
    assert "A parent's, from 4B." in card


async def test_a_task_goes_to_its_owner_and_comes_back_done(dpo: Desk, hartfield: Database) -> None:
    async with hartfield.read() as session:
        otto = await session.scalar(select(PersonRow.id).where(PersonRow.email == "o.finch@hartfield.example"))
    await dpo.step("task_set", kind="ask-deletion", what="The family in 4B", owner=str(otto))
    office = Chat(hartfield, "o.finch@hartfield.example")
    office.last = await newest(hartfield, "o.finch", "/task/")
    assert "The family in 4B" in office.last.text
    assert WORDS not in office.last.text
    told = await office.fills("Done", note="They wrote back.")
    assert told.text.startswith("Thank you, noted as done")
    assert "They wrote back." in await dpo.look()


WEIGHED = {
    f"{one}_{what}": value
    for one in ("type_and_volume", "special_category", "access", "safeguards", "damage")
    for what, value in (("level", "medium"), ("note", "as Form A says"))
}


async def test_nothing_is_decided_before_the_five_criteria(dpo: Desk) -> None:
    assert "[Decide" not in await dpo.look()
    card = dpo.chat.last.card or {}
    choices = next(each["choices"] for each in inputs_of(card) if each["id"] == "step")
    assert not [choice for choice in choices if choice["value"].startswith("decide_ico")]
    told = await dpo.chat.does(Pressed("breach.step", {"verb": "breach.step", "case": 1, "step": "decide_ico"}))
    assert "weigh all five criteria first" in told.text


async def test_a_case_goes_all_the_way(dpo: Desk, teacher: Chat, hartfield: Database) -> None:
    await dpo.step("noted", topic="how", text="Autocomplete took the first address.")
    await dpo.step("analysed", **WEIGHED)
    await dpo.step("decide_ico", risk_unlikely="no", outcome="yes", reason="Reading scores of thirty pupils")
    assert "Decide: tell the ICO?" in await dpo.look()
    told = await dpo.step(
        "form_b_saved",
        **{
            "2c": "Autocomplete",
            "3c": "no",
            "3d": "Embarrassment",
            "4b": "Deleted",
            "3b": "30",
            "8_title": "DPO",
            "2b": "This morning",
            "3a": "Reading scores",
            "4a": "Recalled",
        },
    )
    assert "Write Form B" in told.text
    await dpo.step("ico_sent", how="online", reference="IC-1")
    assert "Reported to the ICO" in await dpo.look()
    await dpo.step("decide_subjects", high_risk="no", exemption="none", ico_orders="no", outcome="no", reason="Low")
    async with hartfield.read() as session:
        petra = await session.scalar(select(PersonRow.id).where(PersonRow.email == "p.owen@hartfield.example"))
    await dpo.step(
        "reviewed",
        cause="Autocomplete",
        action="system",
        what="Turn it off",
        owner=str(petra),
        due="2026-12-07",
        done="no",
    )
    await dpo.step("closed")
    assert "Status: closed" in await dpo.look()
    teacher.last = await newest(hartfield, "t.reed", "/news/")
    assert "It is closed" in teacher.last.text


@pytest.mark.parametrize("person", ["t.reed", "d.lane", "p.far", "m.gate"])
@pytest.mark.parametrize("verb", ["breach.acknowledge", "breach.show", "breach.step"])
async def test_nobody_else_gets_at_a_case(dpo: Desk, hartfield: Database, person: str, verb: str) -> None:
    forged = await Chat(hartfield, f"{person}@hartfield.example").does(Pressed(verb, {"case": 1, "step": "closed"}))
    assert WORDS not in forged.text
    assert "Case 1" not in forged.text


async def test_the_dpo_as_reporter_gives_the_seat_to_the_next_in_line(hartfield: Database) -> None:
    petra = Chat(hartfield, "p.owen@hartfield.example")
    await petra.says(WORDS)
    head = Desk(hartfield, "h.moss")
    assert "[Acknowledge]" in await head.look()
    forged = await petra.does(Pressed("breach.acknowledge", {"case": 1}))
    assert "Case 1" not in forged.text


async def test_the_dpo_finds_the_open_cases(dpo: Desk, teacher: Chat) -> None:
    told = await dpo.chat.says("my cases")
    assert "Case 1: " in told.text
    assert "24.5 hours left" in told.text
    shown = await dpo.chat.presses("Show case 1")
    assert WORDS in shown.text
    assert "No open cases" in (await teacher.says("my cases")).text
