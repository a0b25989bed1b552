"""Cards that live: sent once to each person, and from then on updated in place wherever they went."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.as_text import as_text
from dialogs.conversation import Json
from dialogs.letters import post
from storage import outbox
from storage.people import Person


async def keep_current(
    session: AsyncSession,
    *,
    subject: str,
    readers: Mapping[int, Person],
    card: Callable[[int], Json],
    about: str,
    now: datetime,
) -> None:
    """Send the subject's card to every reader who has none, and bring all the others up to date.

    `card` draws it for a person's id, also for somebody who had it and is no reader any more. `about` as in letters.
    """
    have = [letter.key for letter in await outbox.of_subject(session, subject)]  # the order in which they are revised
    for key in have:
        person = _owner(key, subject)
        if person is not None:
            drawn = card(person)
            await outbox.revise(session, key, card=drawn, text=as_text(drawn), now=now)
    for person, to in readers.items():
        key = card_key(subject, person)
        if key not in have:
            await post(session, key=key, to=to, card=card(person), about=about, now=now, subject=subject)


def card_key(subject: str, person: int) -> str:
    """Give the key of one person's card of a case."""
    return f"{subject}/card/{person}"


def _owner(key: str, subject: str) -> int | None:
    before = f"{subject}/card/"
    return int(key.removeprefix(before)) if key.startswith(before) else None
