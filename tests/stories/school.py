"""Hartfield on a database of one's own, with as many more teachers as needed, and what became of their reports."""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import func, select

from bot.postman import stable_id
from policy.breach.events import Happened
from policy.breach.form_a import FORM_A
from policy.filled import Problem, read
from storage import audit, people
from storage.cases import CaseEventRow, CaseRow, Entry, events_of
from storage.database import Database
from storage.drafts import DraftRow
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.outbox import Letter, LetterRow, State

FILES: Final = Path(__file__).parents[1] / "dialogs" / "school"
LONG_AGO: Final = datetime(2026, 9, 1, tzinfo=UTC)


async def hartfield(db: Database, *, more_teachers: int = 0) -> None:
    """Import the school of the dialogs' tests."""
    for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), FILES / f"{kind}.csv", now=LONG_AGO)
    if more_teachers:
        with tempfile.TemporaryDirectory() as folder:
            await import_file(db, Kind.STAFF, _staff(Path(folder), more_teachers), now=LONG_AGO)


def teacher(number: int) -> str:
    """Give the Entra object id of one of the teachers added."""
    return str(uuid5(NAMESPACE_URL, f"hartfield.example/{number}"))


async def aad(db: Database, name: str) -> str:
    """Give the Entra object id of one of Hartfield's own."""
    async with db.read() as session:
        person = await people.by_email(session, f"{name}@hartfield.example")
    assert person is not None
    return person.aad_object_id


@dataclass(frozen=True, slots=True)
class Report:
    """A case as it is kept."""

    number: int
    reporter: str  # the Entra object id
    events: tuple[Entry, ...]
    letters: tuple[Any, ...]  # of its cards: (key, addressee, state)

    @property
    def words(self) -> str:
        return str(self.events[0].data["words"])

    @property
    def signed(self) -> list[dict[str, Any]]:
        return [each.data["answers"] for each in self.events if each.kind == Happened.FORM_A_SIGNED]

    @property
    def alerts(self) -> list[str]:
        """Who was told, by key of the letter: a person's card is one letter."""
        return [addressee for key, addressee, _ in self.letters if "/card/" in key]


async def reports(db: Database) -> list[Report]:
    """Read every case."""
    async with db.read() as session:
        found = (
            await session.execute(
                select(CaseRow.id, people.PersonRow.aad_object_id)
                .join(people.PersonRow, people.PersonRow.id == CaseRow.reporter_id)
                .order_by(CaseRow.id)
            )
        ).all()
        told = await events_of(session, [number for number, _ in found])
        letters = (
            await session.execute(select(LetterRow.subject, LetterRow.key, LetterRow.addressee, LetterRow.state))
        ).all()
    return [
        Report(number, who, told[number], tuple(rest for about, *rest in letters if about == f"breach/{number}"))
        for number, who in found
    ]


def read_answers(told: dict[str, str], now: datetime) -> dict[str, Any]:
    """Read what somebody filled in, as the form does."""
    answers: dict[str, Any] = {}
    for field in FORM_A.fields:
        if not set(field.inputs) & told.keys() or not field.is_asked(answers):
            continue
        found = read(field, told, now=now)
        assert not isinstance(found, Problem), found
        if found is not None:
            answers[field.name] = found
    return answers


async def wrong(db: Database) -> list[str]:
    """Say, in sentences, what is not as it must be whatever happened: for a database at rest."""
    found = []
    async with db.read() as session:
        if (broken := await audit.verify(session)) is not None:
            found.append(broken)
        states = await session.execute(select(LetterRow.key, LetterRow.state).where(LetterRow.state != State.SENT))
        found += [f"{key} is {state}" for key, state in states]
        gaps = await session.execute(
            select(CaseEventRow.case_id)
            .group_by(CaseEventRow.case_id)
            .having(func.count() != func.max(CaseEventRow.place))
        )
        found += [f"case {number} lacks an event" for (number,) in gaps]
        behind = await session.execute(
            select(CaseRow.id)
            .join(CaseEventRow, CaseEventRow.case_id == CaseRow.id)
            .group_by(CaseRow.id, CaseRow.revision)
            .having(func.max(CaseEventRow.place) != CaseRow.revision)
        )
        found += [f"case {number} is not the sum of its events" for (number,) in behind]
    return found


async def letter_ids(db: Database) -> set[str]:
    """Give the stable ids of all letters that were ever written: Teams must have been shown exactly these."""
    async with db.read() as session:
        rows = (await session.execute(select(LetterRow.id, LetterRow.key, LetterRow.addressee))).all()
    return {stable_id(Letter(*row, None, "", "", 1, LONG_AGO)) for row in rows}


async def waiting(db: Database) -> int:
    """Count the letters still to be sent."""
    async with db.read() as session:
        wanted = select(func.count()).select_from(LetterRow).where(LetterRow.state == State.WAITING)
        return await session.scalar(wanted) or 0


async def open_forms(db: Database) -> Sequence[str]:
    """Name the forms that nobody sent or left."""
    async with db.read() as session:
        return (await session.scalars(select(DraftRow.subject).where(DraftRow.open))).all()


def _staff(folder: Path, count: int) -> Path:
    path = folder / "staff.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["aad_object_id", "email", "display_name", "school", "roles"])
        for number in range(count):
            rows.writerow([teacher(number), f"t{number}@hartfield.example", f"Teacher {number}", "HFD", "staff"])
    return path
