"""A letter from a card: what the bot sends without being asked goes into the outbox, in the caller's transaction."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.as_text import as_text
from dialogs.conversation import Json
from storage import outbox
from storage.people import Person

# The preview line of a notification, by what the letter is about: it may pop up on a whiteboard, so it names nobody.
_PREVIEWS: Final = {
    "question": "Ask DPO has a question for you",
    "review": "Ask DPO has a request for you",
    "news": "Ask DPO has news for you",
}


async def post(session: AsyncSession, *, key: str, to: Person, card: Json, about: str, now: datetime) -> None:
    """Post a letter, once a key. `about` is one of "question", "review", "news"."""
    await outbox.post(
        session,
        key=key,
        addressee=to.aad_object_id,
        card=card,
        text=as_text(card),
        summary=_PREVIEWS[about],
        now=now,
    )
