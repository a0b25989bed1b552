"""Somebody with a card of a case before them, who chooses a step and fills in its form."""

from sqlalchemy import select

from dialogs.conversation import Json, Reply
from dialogs.thought import reply
from storage.database import Database
from storage.outbox import LetterRow
from storage.people import PersonRow
from tests.dialogs.conftest import Chat, inputs_of


async def card_of(db: Database, person: str, *, about: str = "card") -> Reply:
    """The newest letter of that kind to somebody, as it stands."""
    found = await _card(db, person, about)
    assert found is not None, f"{person} has no {about}"
    return reply(found)


async def has_none(db: Database, person: str, *, about: str = "card") -> bool:
    """Whether somebody was sent nothing of that kind."""
    return await _card(db, person, about) is None


async def id_of(db: Database, person: str) -> str:
    """Somebody's number, as a list of people sends it."""
    async with db.read() as session:
        return str(await session.scalar(select(PersonRow.id).where(PersonRow.email == f"{person}@hartfield.example")))


async def _card(db: Database, person: str, about: str) -> Json | None:
    async with db.read() as session:
        found: Json | None = await session.scalar(
            select(LetterRow.card)
            .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
            .where(PersonRow.email == f"{person}@hartfield.example", LetterRow.key.like(f"request/%/{about}/%"))
            .order_by(LetterRow.id.desc())
            .limit(1)
        )
        return found


class Desk:
    """Somebody at the table of a case."""

    def __init__(self, db: Database, person: str) -> None:
        self.db, self.person = db, person
        self.chat = Chat(db, f"{person}@hartfield.example")

    async def look(self) -> str:
        """Read the case's card as it stands."""
        self.chat.last = await card_of(self.db, self.person)
        return self.chat.last.text

    async def offers(self) -> set[str]:
        """What the card says can be done next."""
        await self.look()
        lists = [each for each in inputs_of(self.chat.last.card or {}) if each["id"] == "step"]
        return {choice["value"] for each in lists for choice in each["choices"]}

    async def step(self, step: str, **fields: str) -> Reply:
        """Choose a step on the case's card and fill its form, page by page."""
        await self.look()
        told = await self.chat.presses("Open", step=step)
        for _ in range(6):
            card = told.card or {}
            titles = [action["title"] for action in card.get("actions", ())]
            if "Cancel" not in titles:
                return told
            inputs = {each["id"] for each in inputs_of(card)}
            sends = next(title for title in titles if title not in {"Back", "Cancel"})
            told = await self.chat.fills(sends, **{n: v for n, v in fields.items() if n in inputs})
            if (told.card or {}).get("body") == card.get("body"):
                break
        raise UntakenError(told.text)


class UntakenError(AssertionError):
    """A step's form stayed where it was; the message says why."""
