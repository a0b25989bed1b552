"""A trust whose staff come from Entra's groups, and what the database then says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.clock import wall_clock
from bot.graph.client import Graph
from bot.graph.planning import Plan
from bot.graph.staff import Outcome, Sync
from bot.graph.wanted import Directory
from policy.directory import GroupRule
from policy.roles import Role
from storage import directory_seats
from storage.database import Database
from storage.people import MembershipRow, PersonRow
from storage.schools import SchoolRow
from tests.bot.graph.entra import Entra

Held = dict[tuple[str, str], frozenset[Role]]
DPOS, STAFF, LEADS = (f"00000000-0000-4000-9000-{number:0>12}" for number in (1, 2, 3))
RULES = (
    GroupRule(DPOS, "LRK", frozenset({Role.DPO})),
    GroupRule(STAFF, "LRK", frozenset({Role.STAFF})),
    GroupRule(LEADS, "LRK", frozenset({Role.DSL, Role.STAFF})),
)
DIRECTORY = Directory(RULES, every=timedelta(hours=4))


async def held(db: Database, *schools: str) -> Held:
    async with db.read() as session:
        return await directory_seats.held(session, schools or ("LRK",))


async def everybody(db: Database) -> dict[str, tuple[str, str]]:
    async with db.read() as session:
        found = await session.execute(select(PersonRow.aad_object_id, PersonRow.email, PersonRow.display_name))
    return {one: (email, name) for one, email, name in found}


async def seat(db: Database, one: str, roles: str, *, school: str = "LRK", email: str = "") -> None:
    """Put somebody on record, as an import of a file would."""
    async with db.write() as session:
        there = await session.scalar(select(SchoolRow.id).where(SchoolRow.code == school))
        if there is None:
            there = await session.scalar(insert(SchoolRow).values(code=school, name=school).returning(SchoolRow.id))
        person = await session.scalar(select(PersonRow.id).where(PersonRow.aad_object_id == one))
        if person is None:
            values = {"aad_object_id": one, "email": email or f"{one}@lark.example", "display_name": "On Record"}
            person = await session.scalar(insert(PersonRow).values(values).returning(PersonRow.id))
        session.add(MembershipRow(person_id=person, school_id=there, roles=roles))


def a_school(entra: Entra) -> dict[str, str]:
    """Make a DPO, a DSL and four teachers, in three groups, one of them within another."""
    who = {name: entra.user(number) for number, name in enumerate(("dpo", "dsl", "t1", "t2", "t3", "t4"), start=1)}
    inner = entra.group(9, who["t3"], who["t4"])
    entra.group(1, who["dpo"])
    entra.group(2, who["t1"], who["t2"], inner, who["dpo"])
    entra.group(3, who["dsl"])
    return who


async def agree(_: Plan) -> bool:
    return True


async def decline(_: Plan) -> bool:
    return False


def syncing(db: Database, graph: Graph, **over: Any) -> Sync:  # noqa: ANN401  any field of it
    usual = Sync(db, graph, DIRECTORY, wall_clock, "administrator", agree=agree)
    return replace(usual, **over)


async def sync(db: Database, graph: Graph, **over: Any) -> Outcome:  # noqa: ANN401  any field of it
    return await syncing(db, graph, **over).run()


def starting(moment: datetime) -> tuple[Callable[[], datetime], Callable[[timedelta], None]]:
    """Make a clock that stands, and what puts it on."""
    now = [moment]

    def put_on(by: timedelta) -> None:
        now[0] += by

    return lambda: now[0], put_on
