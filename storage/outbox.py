"""Letters: messages that must arrive although nobody is waiting for them. At least once, never silently zero.

A letter is written in the transaction of what it tells about, and marked sent only after Teams took it. A courier
claims letters for the length of a lease; if it dies, the lease ends and the next one takes over. A letter can be
revised: before it was sent only its content changes, afterwards the message is updated where it is. Delivery runs on
the wall clock (`now` below); a fresh letter has no `next_try_at` and leaves at once, whatever the school's clock says.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Select, Text, bindparam, cast, func, insert, literal, select, text, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engines.upsert import insert_or_skip
from storage.letter_rows import CONTENTS, IS_OPEN, IS_WAITING, LETTERS, LetterRow, State

__all__ = ["IS_WAITING", "LEASE", "POSTED", "Letter", "LetterRow", "Standing", "State"]

LEASE: Final = timedelta(seconds=10)  # a courier that lives renews it (`renew`); one that died is soon replaced
POSTED: Final = "letters posted"  # set in the session's `info` by `post`: whoever commits may ring the courier


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed letter: everything that is needed to deliver it."""

    id: int
    key: str
    addressee: str  # the Entra object id
    card_json: str | None  # as stored: it goes on the wire unread
    text: str
    summary: str
    attempts: int  # this one included
    posted_at: datetime
    subject: str = ""  # what it is about: "breach/17"
    urgent: bool = False
    revision: int = 1
    conversation: str | None = None  # where an earlier revision went, with `activity_id`: to be updated there
    activity_id: str | None = None

    @property
    def card(self) -> dict[str, Any] | None:
        """The card, read."""
        read: dict[str, Any] | None = json.loads(self.card_json) if self.card_json else None
        return read

    @property
    def is_update(self) -> bool:
        """Whether the addressee got an earlier revision, to be replaced by this one."""
        return bool(self.conversation and self.activity_id)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a letter stands. `delivered` is the revision that the addressee sees, 0 where they see none."""

    key: str
    addressee: str
    state: State
    revision: int
    delivered: int


async def post(  # a letter has many parts, all named
    session: AsyncSession,
    *,
    key: str,
    addressee: str,
    card: dict[str, Any] | None,
    text: str,
    summary: str,
    now: datetime,
    not_before: datetime | None = None,
    subject: str = "",
    urgent: bool = False,
) -> None:
    """Write a letter, in the caller's transaction; a second one with the same key is not written.

    `text` is what the card says for whoever cannot see cards; `summary` the neutral preview line, never a name.
    `subject` finds it again (`of_subject`); an `urgent` one never waits behind those that are not (contract 5).
    """
    values = {
        "key": key,
        "addressee": addressee,
        "summary": summary,
        "posted_at": now,
        "state": State.WAITING,
        "attempts": 0,
        "next_try_at": not_before,
        "subject": subject,
        "urgent": urgent,
    }
    posted = await session.scalar(insert_or_skip(session, LetterRow, ["key"]).returning(_T.id), values)
    if posted is not None:
        await session.execute(_SAY, {"letter_id": posted, "card": card, "text": text})
    session.info[POSTED] = True


async def revise(session: AsyncSession, key: str, *, card: dict[str, Any] | None, text: str, now: datetime) -> bool:
    """Change what a letter says; a message that was sent is updated where it is. False where nothing changed.

    A letter for later stays for later; whoever could not be reached is not tried again. Revise several in the order
    of `of_subject`, so that two who do it at once never wait for each other in a ring.
    """
    found = select(LetterRow).where(LetterRow.key == key).with_for_update()
    row = (await session.scalars(found.execution_options(populate_existing=True))).one_or_none()
    if row is None or (row.card == card and row.text == text):
        return False
    row.revision, row.posted_at = row.revision + 1, now
    if row.state == State.SENT:
        row.state, row.attempts, row.next_try_at, row.lease_until = State.WAITING, 0, None, None
    await session.flush()
    await session.execute(_SAY_NOW, {"letter": row.id, "says": card, "in_words": text})
    session.info[POSTED] = True
    return True


async def of_subject(session: AsyncSession, subject: str) -> tuple[Standing, ...]:
    """Give the letters about this subject, in the order in which they were posted."""
    wanted = (
        select(LetterRow.key, LetterRow.addressee, LetterRow.state, LetterRow.revision, LetterRow.delivered)
        .where(LetterRow.subject == subject, text("subject <> ''"))  # as the index says
        .order_by(LetterRow.id)
    )
    return tuple(Standing(row[0], row[1], State(row[2]), row[3], row[4]) for row in await session.execute(wanted))


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether a claim would find anything: a look that does not make SQLite's one writer wait."""
    return await session.scalar(_IS_DUE, {"now": now}) is not None


async def claim(
    session: AsyncSession, *, now: datetime, most: int = 16, most_urgent: int | None = None
) -> tuple[Letter, ...]:
    """Take letters that are due for the length of a lease: `most` (0 is none) and as many urgent ones or `most_urgent`.

    Urgent ones come first, then by age. Several couriers never take the same one.
    """
    limits = {"few": (most + 1) // 2, "most": most}
    urgent = most if most_urgent is None else most_urgent
    limits |= {"few_urgent": urgent, "most_urgent": urgent}
    claimed = (await session.execute(_CLAIM, {"now": now, "until": now + LEASE, **limits})).all()
    return tuple(sorted(await read(session, claimed), key=lambda letter: (not letter.urgent, letter.id)))


async def read(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[Letter]:
    """Read what these letters say; `rows` have `COLUMNS`, and are locked by this transaction.

    A statement of its own: PostgreSQL may give the newest row to one that cannot see its newest content yet, and the
    revision would then be taken as shown.
    """
    if not rows:
        return []
    said = await session.execute(_SAID, {"letters": [row[0] for row in rows]})
    contents = {row[0]: row[1:] for row in said}
    return [_letter(row, contents[row[0]]) for row in rows]


def _letter(row: Sequence[Any], said: Sequence[Any]) -> Letter:
    return Letter(*row[:3], *said, *row[3:])


async def next_due(session: AsyncSession, *, now: datetime) -> datetime | None:
    """Give the next moment at which a letter that was put off, or whose lease ends, may be tried; None without any."""
    earliest: datetime | None = await session.scalar(_NEXT_DUE, {"now": now})
    return earliest


async def sent(session: AsyncSession, letter: int, *, conversation: str, activity_id: str, now: datetime) -> None:
    """Close a letter that was delivered as it stands; a courier, which may hold an older revision, uses settling.py."""
    await _settle(
        session,
        letter,
        state=State.SENT,
        sent_at=now,
        conversation=conversation,
        activity_id=activity_id,
        reason=None,
        delivered=LetterRow.revision,
    )


async def failed(session: AsyncSession, letter: int, *, reason: str, next_try_at: datetime) -> None:
    """Put a letter back until then; kept in the row, so Retry-After holds across restarts (contract 5)."""
    await _settle(session, letter, next_try_at=next_try_at, reason=reason)


async def undeliverable(session: AsyncSession, letter: int, *, reason: str) -> None:
    """Stop trying: this person cannot be reached."""
    await _settle(session, letter, state=State.UNDELIVERABLE, reason=reason)


async def _settle(session: AsyncSession, letter: int, **values: object) -> None:
    await session.execute(
        update(LetterRow)
        .where(LetterRow.id == letter, IS_OPEN)  # a courier that lost its lease does not reopen what another closed
        .values(lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )


# Claiming. Built once: SQLAlchemy takes longer to build such a statement than a database to run it. --------------
_T: Final = LETTERS.c
_C: Final = CONTENTS.c
COLUMNS: Final = [_T[name] for name in Letter.__dataclass_fields__ if name not in {"card_json", "text"}]
_SAY: Final = insert(CONTENTS)
_SAY_NOW: Final = (
    update(CONTENTS)
    .where(_C.letter_id == bindparam("letter"))
    .values(card=bindparam("says", type_=_C.card.type), text=bindparam("in_words"))
)
_SAID: Final = select(_C.letter_id, func.nullif(cast(_C.card, Text), "null"), _C.text).where(
    _C.letter_id.in_(bindparam("letters", expanding=True))
)
_NOW: Final = bindparam("now", type_=_T.next_try_at.type)


def _put_off(*, urgent: bool) -> Select[Any]:
    due = select(_T.id).where(IS_WAITING, _T.urgent == urgent, _T.next_try_at <= _NOW)
    return due.order_by(_T.next_try_at, _T.id)


def _fresh(*, urgent: bool) -> Select[Any]:
    return select(_T.id).where(IS_WAITING, _T.urgent == urgent, _T.next_try_at.is_(None)).order_by(_T.id)


def _first(few: str, most: str, *, urgent: bool) -> Select[Any]:
    """Choose: those put off before fresh ones, but at most `few` of them, so that neither starve."""
    # SQLite has no SKIP LOCKED and needs none: it has one writer.
    late = _put_off(urgent=urgent).limit(bindparam(few)).with_for_update(skip_locked=True).cte(f"late_{most}")
    new = _fresh(urgent=urgent).limit(bindparam(most)).with_for_update(skip_locked=True).cte(f"new_{most}")
    both = union_all(select(literal(0).label("rank"), late.c.id), select(literal(1).label("rank"), new.c.id)).subquery(
        f"both_{most}"
    )
    chosen = select(both.c.id).order_by(both.c.rank, both.c.id).limit(bindparam(most)).subquery(f"chosen_{most}")
    return select(chosen.c.id)


_CLAIM: Final = (
    update(LETTERS)
    .where(_T.id.in_(union_all(_first("few_urgent", "most_urgent", urgent=True), _first("few", "most", urgent=False))))
    .values(
        lease_until=bindparam("until", type_=_T.next_try_at.type),
        next_try_at=bindparam("until", type_=_T.next_try_at.type),
        attempts=_T.attempts + 1,
    )
    .returning(*COLUMNS)
)
_ANY: Final = [kind(urgent=urgent).limit(1).subquery() for urgent in (True, False) for kind in (_put_off, _fresh)]
_IS_DUE: Final = select(union_all(*(select(each.c.id) for each in _ANY)).limit(1).subquery().c.id)
_AHEAD: Final = [
    select(func.min(_T.next_try_at).label("at")).where(IS_WAITING, _T.urgent == urgent, _T.next_try_at > _NOW)
    for urgent in (True, False)
]
_NEXT_DUE: Final = select(func.min(union_all(*_AHEAD).subquery().c.at, type_=_T.next_try_at.type))
