"""A small invented school on each database, and somebody to talk to the bot as anybody there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dialogs.conversation import Arrived, Json, Pressed, Reply, Said, Scope, Turn
from dialogs.desk import Desk
from dialogs.root import Dialogs
from policy.packs import SchoolRules
from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file

SCHOOL = Path(__file__).parent / "school"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def hartfield(db: Database) -> Database:
    """Hartfield: Amelia Hart may be shown in stills, Tom Bell not, Iris Cole has no form, Ned Dove is restricted."""
    for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    async with db.read() as session:
        dsl = await people.by_email(session, "s.bird@hartfield.example")
    await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=MONDAY)
    return db


@dataclass(slots=True)
class Chat:
    """One person's private chat with the bot. Every turn is taken by a new `Dialogs`: nothing survives in memory."""

    db: Database
    email: str
    now: datetime = MONDAY
    scope: Scope = Scope.PERSONAL
    rules: SchoolRules = field(default_factory=SchoolRules)
    turns: int = 0
    last: Reply = field(default_factory=lambda: Reply(""))

    async def says(self, text: str) -> Reply:
        """Type something."""
        return await self.does(Said(text))

    async def presses(self, title: str, **fields: str) -> Reply:
        """Press a button of the last card, with what was filled in."""
        assert self.last.card is not None
        action = next(action for action in _actions(self.last.card) if action["title"] == title)
        return await self.does(Pressed(action["verb"], {**action["data"], **fields}))

    async def fills(self, title: str, **fields: str) -> Reply:
        """Press a button as a client does: with every input as it stands, but for what is filled in now.

        Where the client would stop it (something required is empty), AssertionError.
        """
        assert self.last.card is not None
        action = next(action for action in _actions(self.last.card) if action["title"] == title)
        if action.get("associatedInputs") == "none":
            return await self.does(Pressed(action["verb"], action["data"]))
        inputs = {each["id"]: each for each in inputs_of(self.last.card)}
        assert fields.keys() <= inputs.keys(), f"{fields.keys() - inputs.keys()} is not on the card"
        sent = {name: str(each.get("value", "")) for name, each in inputs.items()} | fields
        empty = [each["label"] for name, each in inputs.items() if each.get("isRequired") and not sent[name].strip()]
        assert not empty, f"a client would stop at {empty}"
        return await self.does(Pressed(action["verb"], {**action["data"], **sent}))

    async def walks(self, until: str = "Send report") -> list[Reply]:
        """Fill in every input of each card with something, knowing nothing of the form, until that button is there."""
        seen = [self.last]
        for _ in range(12):
            card = self.last.card or {}
            if any(action["title"] == until for action in _actions(card)):
                return seen
            filled = {each["id"]: _something(each, self.now) for each in inputs_of(card) if "value" not in each}
            seen.append(await self.fills("Continue", **filled))
        raise AssertionError(f"{until} never came: {self.last.text}")

    async def does(self, event: Said | Pressed | Arrived) -> Reply:
        """Take one turn."""
        self.turns += 1
        self.last = (await self.again(event))[0]
        return self.last

    async def again(self, event: Said | Pressed | Arrived) -> tuple[Reply, ...]:
        """Take the same turn again, as Teams does when it delivers twice."""
        async with self.db.read() as session:
            person = await people.by_email(session, self.email)
        asker = person.aad_object_id if person else "00000000-0000-4000-8000-000000000000"
        return await Dialogs(self.db, Desk(self.rules)).take(
            Turn(f"chat/{self.email}", f"m{self.turns}", asker, self.scope, event, self.now)
        )

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += timedelta(**passed)


def inputs_of(part: Json) -> list[Json]:
    """List everything on a card that can be filled in, however deep it is nested."""
    inside = [*part.get("body", ()), *part.get("items", ())]
    found = [each for each in inside if each["type"].startswith("Input.")]
    nested = [deep for each in inside for deep in inputs_of(each)]
    return [*found, *nested]


def _something(field: Json, now: datetime) -> str:
    match field["type"]:
        case "Input.Date":
            return (now - timedelta(days=2)).date().isoformat()
        case "Input.Time":
            return "09:30"
        case "Input.Number":
            return "3"
        case "Input.ChoiceSet":
            return str(field["choices"][0]["value"])
        case "Input.Toggle":
            return "false"
        case _:
            return "some words"


def _actions(card: Json) -> list[dict[str, Any]]:
    found = list(card.get("actions", ()))
    for element in card.get("body", ()):
        found += element.get("actions", ())
    return found


@pytest.fixture
def teacher(hartfield: Database) -> Chat:
    """Tessa Reed, a teacher."""
    return Chat(hartfield, "t.reed@hartfield.example")
