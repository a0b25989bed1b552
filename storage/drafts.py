"""A form that somebody is filling in: a row, so that it is there on another device and after a restart."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Boolean, ForeignKey, Index, Select, bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip

SENT: Final = "sent"
LEFT: Final = "left"


class DraftRow(Base):
    """One form being filled in; at most one is open per person, form and subject."""

    __tablename__ = "drafts"
    __table_args__ = (
        Index(
            "ux_drafts_open",
            "person_id",
            "form",
            "subject",
            unique=True,
            sqlite_where=text("open = 1"),  # as SQLAlchemy asks there: a partial index is used for its own words only
            postgresql_where=text("open"),
        ),
        Index("ix_drafts_ended", "touched_at", sqlite_where=text("open = 0"), postgresql_where=text("NOT open")),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    form: Mapped[str]
    subject: Mapped[str]
    context: Mapped[str]  # JSON
    answers: Mapped[str]  # JSON
    page: Mapped[int]
    furthest: Mapped[int]
    revision: Mapped[int]
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    open: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    in_hand: Mapped[str | None]
    ended: Mapped[str | None]
    outcome: Mapped[str | None]  # JSON
    reminded_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """How far somebody is with a form."""

    id: str  # nobody guesses it
    person_id: int
    school_id: int
    form: str  # the guide's name
    subject: str  # what it is about, such as "breach/17"
    context: dict[str, Any]  # what the form is made from, plain JSON
    answers: dict[str, Any]
    page: int  # the one that is shown; the number of pages is the review
    furthest: int  # the furthest that was ever shown
    revision: int
    opened_at: datetime
    touched_at: datetime
    open: bool
    in_hand: str | None  # the conversation whose last words were this form's page
    ended: str | None  # SENT or LEFT
    outcome: dict[str, Any] | None  # the card that it ended with
    reminded_at: datetime | None = None  # when another answer last said that it is still open


_T: Final = DraftRow.__table__.c
COLUMNS: Final = (  # in the order of Draft's fields; context, answers and outcome still JSON
    _T.id,
    _T.person_id,
    _T.school_id,
    _T.form,
    _T.subject,
    _T.context,
    _T.answers,
    _T.page,
    _T.furthest,
    _T.revision,
    _T.opened_at,
    _T.touched_at,
    _T.open,
    _T.in_hand,
    _T.ended,
    _T.outcome,
    _T.reminded_at,
)
_FIND: Final[Select[*tuple[Any, ...]]] = select(*COLUMNS).where(_T.id == bindparam("wanted"))
_SAME: Final[Select[*tuple[Any, ...]]] = select(*COLUMNS).where(
    _T.person_id == bindparam("of"), _T.form == bindparam("named"), _T.subject == bindparam("about")
)
_OF: Final[Select[*tuple[Any, ...]]] = (
    select(*COLUMNS).where(_T.person_id == bindparam("of"), _T.open).order_by(_T.touched_at.desc(), _T.id)
)


async def open_draft(
    session: AsyncSession,
    *,
    person_id: int,
    school_id: int,
    form: str,
    subject: str,
    context: Mapping[str, Any],
    answers: Mapping[str, Any],
    now: datetime,
) -> Draft:
    """Return the person's open draft of that form about that subject, or a new one.

    A new one starts with what the person had filled in before they last left it, then with `answers`. One that is open
    keeps its answers and goes on with the new `context`.
    """
    before = await _left(session, person_id=person_id, form=form, subject=subject)
    new = {
        "id": secrets.token_urlsafe(12),
        "person_id": person_id,
        "school_id": school_id,
        "form": form,
        "subject": subject,
        "context": _json(context),
        "answers": _json({**answers, **before}),
        "page": 0,
        "furthest": 0,
        "revision": 1,
        "opened_at": now,
        "touched_at": now,
        "open": True,
    }
    await session.execute(insert_or_skip(session, DraftRow, ()), new)  # one that is open already stays the one
    found = await session.execute(_SAME.where(_T.open), {"of": person_id, "named": form, "about": subject})
    opened = draft(found.one())
    if opened.context == context:
        return opened
    await _change(session, opened.id, {"context": _json(context)})
    return replace(opened, context=dict(context))


async def find(session: AsyncSession, draft_id: str) -> Draft | None:
    """Return a draft, closed ones too: the caller says what has become of it."""
    row = (await session.execute(_FIND, {"wanted": draft_id})).first()
    return draft(row) if row else None


async def take(session: AsyncSession, draft_id: str) -> Draft | None:
    """Return a draft as `find` does; nobody else changes it before this transaction ends."""
    row = (await session.execute(_FIND.with_for_update(), {"wanted": draft_id})).first()
    return draft(row) if row else None


async def open_of(session: AsyncSession, person_id: int) -> tuple[Draft, ...]:
    """Return a person's open drafts, the last touched first."""
    return tuple(draft(row) for row in await session.execute(_OF, {"of": person_id}))


async def save(
    session: AsyncSession,
    draft_id: str,
    revision: int,
    *,
    answers: Mapping[str, Any],
    page: int,
    furthest: int,
    in_hand: str | None,
    now: datetime,
) -> bool:
    """Keep what was filled in under the next revision; False where the draft has moved on or is closed."""
    values = {"answers": _json(answers), "page": page, "furthest": furthest, "revision": revision + 1}
    return await _if_still_there(session, draft_id, revision, {**values, "in_hand": in_hand, "touched_at": now})


async def close(session: AsyncSession, draft_id: str, revision: int, *, ended: str, now: datetime) -> bool:
    """Close a draft as SENT or LEFT; False where somebody was first or it has moved on."""
    values = {"open": False, "ended": ended, "in_hand": None, "revision": revision + 1, "touched_at": now}
    return await _if_still_there(session, draft_id, revision, values)


async def keep_outcome(session: AsyncSession, draft_id: str, card: Mapping[str, Any]) -> None:
    """Keep the card that a draft ended with, so that a second press gets the same one."""
    await _change(session, draft_id, {"outcome": _json(card)})


async def reopen(session: AsyncSession, draft_id: str, *, now: datetime) -> None:
    """Open a draft again that was left, or whose sending came to nothing. Nothing else may be open."""
    await _change(session, draft_id, {"open": True, "ended": None, "touched_at": now})


async def hold(session: AsyncSession, draft_id: str, *, conversation: str, now: datetime) -> None:
    """Note where the draft's page was shown last."""
    await _change(session, draft_id, {"in_hand": conversation, "touched_at": now})


async def let_go(session: AsyncSession, draft_id: str) -> None:
    """Note that something else was said after the draft's page."""
    await _change(session, draft_id, {"in_hand": None})


async def reminded(session: AsyncSession, draft_id: str, *, now: datetime) -> None:
    """Note that the person was told that the draft is still open."""
    await _change(session, draft_id, {"reminded_at": now})


def draft(row: Sequence[Any]) -> Draft:
    """Make the value of a row's COLUMNS."""
    read = msgspec.json.decode
    values = list(row)
    values[5], values[6], values[15] = read(row[5]), read(row[6]), row[15] and read(row[15])
    return Draft(*values)


async def _left(session: AsyncSession, *, person_id: int, form: str, subject: str) -> dict[str, Any]:
    wanted = _SAME.where(_T.ended == LEFT).order_by(_T.touched_at.desc()).limit(1)
    row = (await session.execute(wanted, {"of": person_id, "named": form, "about": subject})).first()
    return draft(row).answers if row else {}


async def _if_still_there(session: AsyncSession, draft_id: str, revision: int, values: dict[str, Any]) -> bool:
    changed = await session.execute(
        update(DraftRow)
        .where(DraftRow.id == draft_id, DraftRow.revision == revision, DraftRow.open)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


async def _change(session: AsyncSession, draft_id: str, values: dict[str, Any]) -> None:
    await session.execute(
        update(DraftRow).where(DraftRow.id == draft_id).values(**values).execution_options(synchronize_session=False)
    )


def _json(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value).decode()
