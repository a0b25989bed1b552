"""How letters are kept: what they say apart from how they stand, so that a mark does not write the card again."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from sqlalchemy import ForeignKey, Index, ScalarSelect, Table, Text, false, select, text
from sqlalchemy.orm import InstrumentedAttribute, Mapped, column_property, mapped_column

from storage.database import Base, BigId

T = TypeVar("T")

IS_WAITING: Final = text("state = 'waiting'")  # as the indexes say
# The same, for rows found by their ids: said as above, PostgreSQL, whose statistics lag behind, reads all that wait.
IS_OPEN: Final = text("letters.state NOT IN ('sent', 'undeliverable')")


class State(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"  # to be sent, or to be updated where it was sent
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"  # `reason` says why; telling the next in line is a letter of its own


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class ContentRow(Base):
    """What a letter says: one row a letter, written when it is posted or revised."""

    __tablename__ = "letter_contents"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True, autoincrement=False, type_=BigId)
    card: Mapped[dict[str, Any] | None]
    text: Mapped[str] = mapped_column(Text)


def _said(what: InstrumentedAttribute[T], letter: Mapped[int]) -> ScalarSelect[T]:
    """Read it with the row of the letter; it is written in its own."""
    return select(what).where(ContentRow.letter_id == letter).scalar_subquery()


class LetterRow(Base):
    """One row a letter. It stays after delivery, the record of what somebody was told last and when."""

    __tablename__ = "letters"
    # Claiming costs the same however many letters were ever sent or are put off (performance 6).
    __table_args__ = (
        _partial("ix_letters_fresh", "urgent", "id", where="state = 'waiting' AND next_try_at IS NULL"),
        _partial(
            "ix_letters_put_off", "urgent", "next_try_at", "id", where="state = 'waiting' AND next_try_at IS NOT NULL"
        ),
        _partial("ix_letters_addressee", "addressee", where="state = 'waiting'"),
        _partial("ix_letters_subject", "subject", "id", where="subject <> ''"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)  # "case/17/seven-days-left": posting it twice posts it once
    addressee: Mapped[str]
    summary: Mapped[str]
    posted_at: Mapped[datetime]  # when it, or its newest revision, was written
    state: Mapped[str] = mapped_column(default=State.WAITING)
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]  # while a courier has it: when its lease ends
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    conversation: Mapped[str | None]  # where it went, with `activity_id`: the card can be updated there
    activity_id: Mapped[str | None]
    subject: Mapped[str] = mapped_column(server_default="")
    urgent: Mapped[bool] = mapped_column(server_default=false())
    revision: Mapped[int] = mapped_column(server_default="1")
    delivered: Mapped[int] = mapped_column(server_default="0")
    put_off_at: Mapped[datetime | None]  # when a courier last put it off: in the future where its clock was wrong

    card: Mapped[dict[str, Any] | None] = column_property(_said(ContentRow.card, id))  # noqa: A003  the column above
    text: Mapped[str] = column_property(_said(ContentRow.text, id))  # noqa: A003  the column above


LETTERS: Final = cast("Table", LetterRow.__table__)  # statements on the tables spare the ORM's way, which takes longer
CONTENTS: Final = cast("Table", ContentRow.__table__)
