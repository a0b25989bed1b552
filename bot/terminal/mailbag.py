"""The terminal's postman: shows letters where they arrive, and closes those that reached whoever sits here.

A letter to somebody else is shown as it goes by and put back: it waits for their own chat, in Teams or a terminal.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import wall_clock
from storage import chats, outbox, people
from storage.database import Database
from storage.outbox import Letter
from storage.people import Person

_STATUS = "Status:"
_MOST = 500  # letters looked at in one round


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter and whom it is for; None where they left."""

    letter: Letter
    person: Person | None


@dataclass(slots=True)
class Mailbag:
    """One a session; `since` is when it began, by the school's clock: older letters to others are old news."""

    db: Database
    since: datetime
    _shown: dict[tuple[int, str], str] = field(default_factory=dict)  # the status that a letter told of

    async def arrived(self, me: Person, *, seen: Collection[str] = ()) -> list[Arrival]:
        """Give what arrived and was not shown to this person yet, oldest first.

        A letter that was revised comes again to its addressee where its status changed, and not for the passing of
        time; `seen` is what they were shown by other means just now.
        """
        now = wall_clock()  # delivery runs on the wall's clock (storage/outbox.py)
        async with self.db.read() as session:
            if not await outbox.is_due(session, now=now):
                return []
        async with self.db.write() as session:
            letters = await outbox.claim(session, now=now, most=_MOST)
            in_teams = await chats.of(session, me.aad_object_id) is not None
            for letter in letters:
                if letter.addressee == me.aad_object_id and not in_teams:
                    there = f"terminal/{me.aad_object_id}"
                    await outbox.sent(session, letter.id, conversation=there, activity_id=str(letter.id), now=now)
                else:
                    await outbox.failed(session, letter.id, reason="shown in a terminal", next_try_at=now)
            news = [letter for letter in letters if self._is_news(letter, me) and letter.text not in seen]
            return [await self._arrival(session, letter) for letter in news]

    async def _arrival(self, session: AsyncSession, letter: Letter) -> Arrival:
        return Arrival(letter, await people.by_aad(session, letter.addressee))

    def _is_news(self, letter: Letter, me: Person) -> bool:
        mine = letter.addressee == me.aad_object_id
        # Somebody who becomes the addressee within the session sees the letter again, now with its buttons.
        shown = (letter.id, "mine" if mine else "another's")
        before, status = self._shown.get(shown), _status(letter)
        if not (mine or letter.posted_at >= self.since) or before == status or (before is not None and not mine):
            return False
        self._shown[shown] = status
        return True


def _status(letter: Letter) -> str:
    """Give the line of a letter that tells where its case stands; its first line where there is none."""
    lines = letter.text.splitlines()
    return next((line for line in lines if line.startswith(_STATUS)), lines[0] if lines else "")
