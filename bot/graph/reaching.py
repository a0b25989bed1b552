"""Gives the app to whoever has never met the bot, and opens their chat: alerts then find them."""

from dataclasses import dataclass
from typing import Final

from bot.connector import SendError
from bot.graph.installing import Installer
from bot.postman import TeamsPostman
from policy.roles import Role
from storage import chats, people
from storage.database import Database
from storage.people import Person

_AT_ONCE: Final = 300  # people looked up at a time


@dataclass(frozen=True, slots=True)
class Reach:
    """What is needed to reach somebody."""

    db: Database
    installer: Installer
    postman: TeamsPostman

    async def unreached(self) -> tuple[Person, ...]:
        """Return everybody with a role and without a chat, by name."""
        async with self.db.read() as session:
            staff = await people.holding_any(session, Role)
            known = dict[str, object]()
            for first in range(0, len(staff), _AT_ONCE):
                some = staff[first : first + _AT_ONCE]
                known |= await chats.of_all(session, {person.aad_object_id for person in some})
        return tuple(person for person in staff if person.aad_object_id not in known)

    async def reach(self, person: Person) -> str:
        """Install the app and open their chat; give a sentence where that failed, and nothing where it did not."""
        installation = await self.installer.install(person.aad_object_id)
        if not installation.is_there:
            return installation.words
        try:
            chat = await self.postman.open_chat(person.aad_object_id)
        except SendError as failed:
            return f"The app is installed, but Teams opened no chat yet ({failed}). The next message tries again."
        return "" if chat is not None else "The app is installed, but nobody has written to the bot yet."
