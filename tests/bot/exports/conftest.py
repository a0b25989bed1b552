"""Ashdown, with one breach that Jo reported and one that the DPO reported herself; Birchfield has a DPO of its own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from dialogs.breach import case_file
from dialogs.breach.at_table import table_of
from policy.breach.case import of
from policy.breach.events import Happened
from policy.breach.status import status_of
from storage import cases, outbox, people
from storage.cases import CaseKind
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from tests.bot.exports.export_examples import reported
from tests.policy.breach.breach_examples import DPO, HEAD, REPORTER, SOMEBODY, START, Told

STAFF = """aad_object_id,email,display_name,school,roles
0-1,jo@ashdown.example,Jo Bellweather,ASH,staff
0-2,dpo@ashdown.example,Gwen Pascoe,ASH,dpo
0-3,head@ashdown.example,Ira Stonecroft,ASH,headteacher
0-4,dsl@ashdown.example,Dora Sloane,ASH,dsl
0-5,governor@ashdown.example,Gus Overby,ASH,governor
0-6,kit@ashdown.example,Kit Wainfleet,ASH,staff
0-7,leader@ashdown.example,Lou Kettering,ASH,academy_leader
0-8,dpo@birchfield.example,Bea Harcourt,BRC,dpo
"""
PUPILS = """upn,forename,surname,dob,year,class,school,joined_on,left_on
A1,Amelia,Hart,2018-03-04,4,4B,ASH,2022-09-02,
"""


@dataclass(frozen=True, slots=True)
class Ashdown:
    """The database, and the numbers of its two cases."""

    db: Database
    of_jo: int
    of_dpo: int


@pytest.fixture
async def ashdown(sqlite_db: Database, tmp_path: Path) -> Ashdown:
    return await _founded(sqlite_db, tmp_path)


@pytest.fixture
async def ashdown_on_each(db: Database, tmp_path: Path) -> Ashdown:
    """Ashdown on each kind of database, for what reads much of it."""
    return await _founded(db, tmp_path)


async def _founded(db: Database, tmp_path: Path) -> Ashdown:
    (tmp_path / "staff.csv").write_text(STAFF)
    (tmp_path / "pupils.csv").write_text(PUPILS)
    await import_file(db, Kind.STAFF, tmp_path / "staff.csv", now=START)
    await import_file(db, Kind.PUPILS, tmp_path / "pupils.csv", now=START)
    return await _with_cases(db)


async def _with_cases(db: Database) -> Ashdown:
    of_dpo = Told()
    of_dpo.events[0].data["words"] = "I left my own papers on the train."
    jos, hers = [
        await _told(db, told, reporter=reporter)
        for told, reporter in ((reported(**{"2c": "Amelia Hart's letter was on top."}), REPORTER), (of_dpo, DPO))
    ]
    return Ashdown(db, jos, hers)


async def _told(db: Database, told: Told, *, reporter: int) -> int:
    emails = {REPORTER: "jo", DPO: "dpo", HEAD: "head", SOMEBODY: "kit"}
    async with db.write() as session:
        found = {n: await people.by_email(session, f"{name}@ashdown.example") for n, name in emails.items()}
        ids = {n: person.id for n, person in found.items() if person is not None}
        jo, as_reporter = found[REPORTER], found[reporter]
        assert jo is not None
        assert as_reporter is not None
        entries = [case_file.entry(event) for event in told.events]
        entries = [
            cases.Entry(e.kind, e.at, as_reporter.id if e.kind == Happened.OPENED else ids[e.actor or DPO], e.data)
            for e in entries
        ]
        school = jo.memberships[0].school_id
        number, _ = await cases.open_case(
            session,
            kind=CaseKind.BREACH,
            school_id=school,
            reporter_id=as_reporter.id,
            born_of=f"chat/{reporter}",
            status="pre_alert",
            due_at=None,
            events=entries,
        )
        breach = await case_file.held(session, number)
        await case_file.settle(session, breach, now=told.now)
        for person in (await table_of(session, breach, now=told.now)).seats:
            addressee = await people.by_id(session, person)
            assert addressee is not None
            await outbox.post(
                session,
                key=f"breach/{number}/card/{person}",
                addressee=addressee.aad_object_id,
                card=None,
                text="A report.",
                summary="Ask DPO has a report for you",
                now=told.now,
                subject=f"breach/{number}",
            )
    assert status_of(breach) == status_of(of(number, school, told.events))
    return number
