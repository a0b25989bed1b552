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
    "report": "Ask DPO has a report for you, please open it now",
    "reminder": "Ask DPO has a reminder for you",
    "task": "Ask DPO has something for you to do",
    "news": "Ask DPO has news for you",
}
_URGENT: Final = frozenset({"report", "question", "task"})  # these leave within seconds, whatever else waits


async def post(
    session: AsyncSession,
    *,
    key: str,
    to: Person,
    card: Json,
    about: str,
    now: datetime,
    subject: str = "",
    not_before: datetime | None = None,
) -> None:
    """Post a letter, once a key. `about` is one of "question", "review", "report", "reminder", "task", "news".

    It leaves at once, or `not_before` a moment. Letters of one `subject` ("breach/17") can be found and revised
    together.
    """
    await outbox.post(
        session,
        key=key,
        addressee=to.aad_object_id,
        card=card,
        text=as_text(card),
        summary=_PREVIEWS[about],
        now=now,
        subject=subject,
        urgent=about in _URGENT,
        not_before=not_before,
    )
