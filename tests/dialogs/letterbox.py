"""What the bot sent without being asked, as whoever got it finds it. People go by what stands before their @."""

from sqlalchemy import select

from dialogs.conversation import Json, Reply
from dialogs.thought import reply
from storage.database import Database
from storage.outbox import LetterRow
from storage.people import PersonRow

_SENT = (
    select(PersonRow.email, LetterRow.key, LetterRow.text)
    .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
    .order_by(LetterRow.id)
)


async def letters(db: Database, about: str = "") -> list[tuple[str, str, str]]:
    """Who got what under which key, the oldest first; only those whose key holds `about`."""
    async with db.read() as session:
        found = await session.execute(_SENT.where(LetterRow.key.contains(about)))
        return [(email.partition("@")[0], key, words) for email, key, words in found]


async def words_sent(db: Database, about: str = "") -> list[tuple[str, str]]:
    """Who got which words, the oldest first."""
    return [(person, words) for person, _, words in await letters(db, about)]


async def words_to(db: Database) -> dict[str, list[str]]:
    """The words that each person got; nobody who got none."""
    told: dict[str, list[str]] = {}
    for person, words in await words_sent(db):
        told.setdefault(person, []).append(words)
    return told


async def newest(db: Database, who: str, about: str = "") -> Reply:
    """The newest card to somebody whose key holds `about`, as it stands."""
    async with db.read() as session:
        card: Json | None = await session.scalar(
            select(LetterRow.card)
            .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
            .where(PersonRow.email == f"{who}@hartfield.example", LetterRow.key.contains(about))
            .order_by(LetterRow.id.desc())
            .limit(1)
        )
    assert card is not None, f"{who} has nothing about {about}"
    return reply(card)
