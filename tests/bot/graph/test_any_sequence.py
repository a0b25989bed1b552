"""Whatever happens in whatever order: no school loses its last DPO, and no role stays that no group gives."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiohttp import ClientSession, TCPConnector
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.credentials import Tokens, asking_entra
from bot.graph.client import Graph
from bot.graph.staff import Done, Outcome, Unchanged
from bot.registration import Credentials
from policy.roles import Role
from storage import audit
from storage.database import Database
from tests.bot.graph.conftest import Rewriting
from tests.bot.graph.entra import Entra, Fault, Pair, answers, hangs_up, says, well
from tests.bot.graph.school import DPOS, LEADS, RULES, STAFF, Held, held, seat, sync
from tests.bot.graph.threads import Served, serve

PEOPLE = range(1, 8)
ILL: dict[str, Fault] = {
    "403": answers(403),
    "404": answers(404),
    "429": answers(429, Retry_After="99"),
    "500": answers(500, Retry_After="99"),
    "hangs up": hangs_up(),
    "half": says(b'{"value": [{"id": '),
    "elsewhere": says(b'{"value": [], "@odata.nextLink": "https://elsewhere.example/v1.0/x"}'),
    "empty": says(b'{"value": {}}'),
}


@dataclass(frozen=True)
class Regroup:
    group: str
    members: frozenset[int]


@dataclass(frozen=True)
class Change:
    person: int
    over: tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class ByHand:
    person: int
    role: str


@dataclass(frozen=True)
class Sync:
    ill: tuple[str, ...] = ()
    well_first: int = 0
    allow_removals: bool = False
    only_news: bool = False


MEMBERS = st.frozensets(st.sampled_from(PEOPLE), max_size=6)
STEPS = st.one_of(
    st.builds(Regroup, st.sampled_from([DPOS, STAFF, LEADS]), MEMBERS),
    st.builds(
        Change,
        st.sampled_from(PEOPLE),
        st.sampled_from(
            [(("userType", "Guest"),), (("accountEnabled", False),), (("accountEnabled", True), ("userType", "Member"))]
        ),
    ),
    st.builds(ByHand, st.sampled_from(PEOPLE), st.sampled_from(["dpo", "headteacher", "staff"])),
    st.builds(
        Sync,
        st.lists(st.sampled_from(sorted(ILL)), max_size=2).map(tuple),
        st.integers(0, 4),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Sync, allow_removals=st.booleans(), only_news=st.booleans()),
)


@pytest.fixture(scope="module")
def here(ca: Pair) -> Iterator[Served]:
    yield from serve(ca)


def number(one: int) -> str:
    return f"00000000-0000-4000-8000-{one:0>12}"


def begin_again(entra: Entra) -> None:
    for each in (entra.users, entra.groups, entra.faults, entra.changed, entra.asked):
        each.clear()
    for one in PEOPLE:
        entra.user(one)
    for group in (1, 2, 3):
        entra.group(group)


def given_by_groups(entra: Entra) -> Held:
    seats: Held = {}
    for rule in RULES:
        for one in entra.groups[rule.group]:
            told = entra.users[one]
            if told["userType"] == "Member" and told["accountEnabled"]:
                seats[one, "LRK"] = seats.get((one, "LRK"), frozenset()) | rule.roles
    return seats


async def play(entra: Entra, db: Database, graph: Graph, steps: list[object]) -> None:
    for step in steps:
        before = await held(db)
        match step:
            case Regroup(group, members):
                entra.groups[group] = {number(one) for one in members}
                entra.changed.append(("groups", group))
            case Change(person, over):
                entra.change(number(person), **dict(over))
            case ByHand(person, role):
                if (number(person), "LRK") not in before:
                    await give(db, number(person), role)
            case Sync(ill, well_first, allow_removals, only_news):
                entra.faults[:] = [*[well] * well_first, *(ILL[name] for name in ill)]
                outcome = await sync(db, graph, allow_removals=allow_removals, only_news=only_news)
                entra.faults.clear()
                judge(entra, before, await held(db), outcome)


async def give(db: Database, one: str, role: str) -> None:
    async with db.write() as session:
        from sqlalchemy import delete, select  # noqa: PLC0415  for one step

        from storage.people import MembershipRow, PersonRow  # noqa: PLC0415  for one step

        theirs = select(PersonRow.id).where(PersonRow.aad_object_id == one).scalar_subquery()
        await session.execute(delete(MembershipRow).where(MembershipRow.person_id == theirs))
    await seat(db, one, role)


def judge(entra: Entra, before: Held, after: Held, outcome: Outcome) -> None:
    has = {Role.DPO in roles for roles in after.values()}
    assert True in has or not any(Role.DPO in roles for roles in before.values()), "the last DPO is gone"
    if isinstance(outcome, Done | Unchanged):
        assert after == given_by_groups(entra)
    else:
        assert after == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=3, max_size=9))
def test_any_sequence_of_syncs_and_failures_keeps_what_must_hold(
    here: Served, ca: Pair, migrated_file: Path, credentials: Credentials, steps: list[object]
) -> None:
    async def go(folder: str) -> None:
        file = shutil.copy(migrated_file, Path(folder) / "a.db")
        db, wire = Database.connect(f"sqlite:///{file}"), Rewriting(here.entra.url, ca.pem)
        async with ClientSession(connector=TCPConnector(ssl=ca.client())) as http:
            ask = asking_entra(credentials, resource="https://graph.microsoft.com", http_client=wire)
            graph = Graph(http, Tokens(ask), base=here.entra.graph, patience=0.05)
            await play(here.entra, db, graph, [*steps, Sync(allow_removals=True)])
        async with db.read() as session:
            assert await audit.verify(session) is None
        wire.close()
        await db.dispose()
        await asyncio.sleep(0.02)  # TLS says goodbye

    begin_again(here.entra)
    with TemporaryDirectory() as folder:
        asyncio.run(go(folder))
