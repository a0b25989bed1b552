import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage import objections, people, pupils, records, schools, suspensions
from storage.database import Database
from storage.objections import Ruling
from storage.schools import FAMILY_FILMING

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Give = Callable[..., Awaitable[object]]


async def _ids(db: Database) -> tuple[list[int], int, int]:
    async with db.read() as session:
        school, dpo = await schools.by_code(session, "LRK"), await people.by_email(session, "dpo@larkfield.example")
        assert school is not None
        assert dpo is not None
        return [pupil.id for pupil in await pupils.roll(session, school.id)], school.id, dpo.id


async def test_records_come_in_the_order_asked_and_without_strangers(db: Database, larkfield: Give) -> None:
    (first, second), _, _ = await _ids(db)
    async with db.read() as session:
        told = await records.records(session, [second, 999, first])
    assert [record.pupil.id for record in told] == [second, first]
    assert all(record.consents == () and record.restriction is None for record in told)


@pytest.mark.parametrize(
    ("rulings", "stands"),
    [
        ([], False),
        ([Ruling.OPEN], True),
        ([Ruling.OPEN, Ruling.UPHELD], True),
        ([Ruling.OPEN, Ruling.REFUSED], False),
        ([Ruling.OPEN, Ruling.REFUSED, Ruling.OPEN], True),
    ],
)
async def test_an_objection_stands_from_its_first_day_until_it_is_refused(
    db: Database, larkfield: Give, rulings: list[Ruling], *, stands: bool
) -> None:
    (first, second), _, dpo = await _ids(db)
    async with db.write() as session:
        for ruling in rulings:
            await objections.record(
                session, pupil_id=first, received_on=date(2026, 11, 1), ruling=ruling, recorded_by=dpo, now=NOW
            )
    async with db.read() as session:
        told = await records.records(session, [first, second])
    assert [record.objection for record in told] == [stands, False]


async def test_the_latest_suspension_stands(db: Database, larkfield: Give) -> None:
    (first, second), _, dpo = await _ids(db)
    async with db.write() as session:
        for day in (3, 9):
            await suspensions.record(
                session, pupil_id=first, suspended_from=date(2026, 11, day), recorded_by=dpo, now=NOW
            )
    async with db.read() as session:
        told = await records.records(session, [first, second])
    assert [record.suspended_from for record in told] == [date(2026, 11, 9), None]


async def test_the_heads_latest_word_about_a_day_stands(db: Database, larkfield: Give) -> None:
    _, school, head = await _ids(db)
    show, sports = date(2026, 12, 10), date(2027, 7, 3)
    async with db.write() as session:
        for kind, on, allowed in (
            (FAMILY_FILMING, show, True),
            (FAMILY_FILMING, sports, True),
            (FAMILY_FILMING, sports, False),
            ("live", show, True),
        ):
            await schools.decide_permission(
                session, school_id=school, kind=kind, on=on, allowed=allowed, decided_by=head, now=NOW
            )
    async with db.read() as session:
        own = await schools.school_records(session, school)
    assert own.family_filming == {show}
    assert own.permissions == {("live", show)}


def _sources() -> dict[str, str]:
    packages = (ROOT / package for package in ("policy", "storage", "dialogs", "bot"))
    paths = (path for package in packages for path in package.rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def test_only_its_own_file_and_deletion_by_age_touch_the_restrictions_table() -> None:
    touching = {name for name, source in _sources().items() if "RestrictionRow" in source}
    assert touching == {"storage/restrictions.py", "storage/forgetting/pupils.py"}


def test_only_the_question_log_and_deletion_by_age_touch_the_causes() -> None:
    touching = {name for name, source in _sources().items() if "QuestionCauseRow" in source}
    assert touching == {"storage/questions.py", "storage/forgetting/questions.py"}


def test_nothing_changes_or_removes_a_consent_or_a_restriction() -> None:
    changing = re.compile(r"(update|delete)\((ConsentRow|RestrictionRow|_TABLE)\b")
    assert {name for name, source in _sources().items() if changing.search(source)} == set()


def test_no_foreign_key_removes_rows_silently() -> None:
    from storage.tables import METADATA  # noqa: PLC0415  only here

    assert {key.ondelete for table in METADATA.tables.values() for key in table.foreign_keys} == {None}
