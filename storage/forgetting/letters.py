"""Letters: their words go first, the line that one was sent later. What is part of a case goes with the case."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Text, cast, delete, func, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind
from storage.forgetting.protecting import kept_subjects
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.letter_rows import CONTENTS, LETTERS, State
from storage.mailed import LetterMailRow
from storage.people import MembershipRow, PersonRow

_L: Final = LETTERS.c
_C: Final = CONTENTS.c
_ENDED: Final = (State.SENT.value, State.UNDELIVERABLE.value)  # one that waits is never taken away
_CARD: Final = func.nullif(cast(_C.card, Text), "null")


class LetterWords:
    """What letters say."""

    kind: Final = Kind.LETTER_WORDS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that still say anything."""
        return await _items(session, or_(_C.text != "", _CARD.is_not(None)), due, after, most)

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Empty them."""
        these = _C.letter_id.in_([item.key[0] for item in items])
        await session.execute(update(CONTENTS).where(these).values(card=null(), text=""))


class Letters:
    """The whole line: to whom, when, and whether it arrived."""

    kind: Final = Kind.LETTERS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next."""
        return await _items(session, None, due, after, most)

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        await delete_letters(session, [item.key[0] for item in items])


async def delete_letters(session: AsyncSession, numbers: Sequence[int]) -> None:
    """Delete these letters with what they say."""
    await session.execute(delete(LetterMailRow).where(LetterMailRow.letter_id.in_(numbers)))
    await session.execute(delete(CONTENTS).where(_C.letter_id.in_(numbers)))
    await session.execute(delete(LETTERS).where(_L.id.in_(numbers)))


async def _items(session: AsyncSession, only: Any, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:  # noqa: ANN401  a condition of SQL, or None
    query = (
        select(_L.id, _L.posted_at, _L.key, _L.subject, _L.addressee, _C.text, _CARD.label("card"))
        .outerjoin(CONTENTS, _C.letter_id == _L.id)
        .where(_L.posted_at < due.before, _L.state.in_(_ENDED))
    )
    if only is not None:
        query = query.where(only)
    if after:
        query = query.where(_L.id > after[0])
    rows = (await session.execute(query.order_by(_L.id).limit(most))).all()
    stays = await kept_subjects(session, {about for row in rows for about in (row.subject, row.key)})
    people = await _people(session, {row.addressee for row in rows})
    items = []
    for row in rows:
        name, schools = people.get(row.addressee, ("", frozenset[int]()))
        why = stays.get(row.subject) or stays.get(row.key)
        items.append(Item((row.id,), row.posted_at.date(), schools, says(name, row.text, row.card), why))
    return items


async def _people(session: AsyncSession, addressees: set[str]) -> dict[str, tuple[str, frozenset[int]]]:
    found = await session.execute(
        select(PersonRow.aad_object_id, PersonRow.display_name, MembershipRow.school_id)
        .outerjoin(MembershipRow, MembershipRow.person_id == PersonRow.id)
        .where(PersonRow.aad_object_id.in_(addressees))
    )
    people: dict[str, tuple[str, frozenset[int]]] = {}
    for addressee, name, school in found:
        schools = people.get(addressee, ("", frozenset[int]()))[1]
        people[addressee] = (name, schools if school is None else schools | {school})
    return people
