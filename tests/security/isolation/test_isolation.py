"""Whatever anybody sees, by whatever way, is of a school at which their role lets them see it (domain 8)."""

import asyncio
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.exports.offered import EXPORTS
from bot.exports.taking import ExportError, take
from dialogs.commands import COMMANDS
from dialogs.conversation import Pressed, Reply
from dialogs.root import VERBS
from policy.roles import Role
from storage.database import Database
from storage.people import roles_text
from tests.dialogs.conftest import MONDAY, Chat
from tests.security.forging import _BESIDE as BESIDE
from tests.security.isolation.two_trusts import PROBE, SCHOOLS, WORDS, Planted, build

# Domain 8, column by column, written down apart from the code: whose eyes what stands in a case of that kind is for.
MAY_SEE: Final[Mapping[str, frozenset[Role]]] = {
    "breach": frozenset({Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER}),
    "request": frozenset({Role.DPO}),
    "incident": frozenset({Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL, Role.ONLINE_SAFETY_CHAMPION}),
    "question": frozenset({Role.DPO}),
    "policy": frozenset(Role),
    "pupil": frozenset(Role) - {Role.SITE_MANAGER, Role.CEO, Role.GOVERNOR, Role.WEB_EDITOR},
}
TYPED: Final = (
    *COMMANDS,
    *(
        "my tasks",
        "my reports",
        "hand over",
        "restricted list",
        "restricted list 4B website",
        "who can't be shown online",
    ),
    *("search scores", "search salary", "search twins", "search cameras", "search case 1", "search wren"),
    *(
        "who can't be shown online",
        "where do cameras sleep?",
        "photo of Wren on the website",
        "website photo of 4B",
        "status of case 1",
        "help",
    ),
)
NUMBERED: Final = ("case", "escalation", "review", "request", "plan", "withdrawal", "imported", "answer", "handover")
Doing = tuple[str, Any]  # "says" and words, "presses" and (verb, number), "exports" and (what, school, number)

says = st.sampled_from(TYPED).map(lambda words: ("says", words))
presses = st.tuples(st.sampled_from(sorted(VERBS)), st.integers(1, 16)).map(lambda press: ("presses", press))
exports = st.tuples(st.sampled_from(sorted(EXPORTS)), st.sampled_from(SCHOOLS), st.integers(1, 16)).map(
    lambda export: ("exports", export)
)
a_role = st.sampled_from(sorted(Role))
holdings = st.fixed_dictionaries({code: st.frozensets(a_role, max_size=2) for code in SCHOOLS})
doings = st.lists(st.one_of(says, presses, exports), min_size=6, max_size=12)
EVERYTHING: Final[list[Doing]] = [
    *(("says", words) for words in TYPED),
    *(("exports", (what, code, number)) for what in EXPORTS for code in SCHOOLS for number in (1, 2, 5)),
    *(("presses", (verb, number)) for verb in sorted(VERBS) if verb.endswith(".show") for number in range(1, 13)),
    *(("presses", ("clause.show", number)) for number in range(13, 40)),  # the probe's own questions come late
]


@pytest.fixture(scope="module")
def trusts(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The four schools, made once; each example has a copy."""
    folder = tmp_path_factory.mktemp("trusts")
    shutil.copy(migrated_file, folder / "trusts.db")

    async def made() -> None:
        db = Database.connect(f"sqlite:///{folder / 'trusts.db'}")
        await build(db, folder)
        await db.dispose()

    asyncio.run(made())
    with closing(sqlite3.connect(folder / "trusts.db")) as rows:
        rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "trusts.db"


def hold(path: Path, held: Mapping[str, frozenset[Role]]) -> None:
    """Give the probe these roles and no other; the empty ones are of somebody who left that school."""
    with closing(sqlite3.connect(path)) as rows, rows:
        for code, roles in held.items():
            rows.execute(
                "UPDATE memberships SET roles = ? WHERE person_id = (SELECT id FROM people WHERE email = ?)"
                " AND school_id = (SELECT id FROM schools WHERE code = ?)",
                (roles_text(roles), PROBE, code),
            )


async def seen(path: Path, doing: list[Doing]) -> str:
    """Everything that the probe gets to read by doing that."""
    db, read = Database.connect(f"sqlite:///{path}"), []
    chat = Chat(db, PROBE)
    for way, what in doing:
        if way == "exports":
            read.append(await _exported(db, *what))
            continue
        number = 0 if way == "says" else what[1]
        data = BESIDE | dict.fromkeys(NUMBERED, number) | {"question": str(number), "draft": str(number)}
        data |= {"entry": f"breach/{number}", "words": "scores"}
        told = await (chat.says(what) if way == "says" else chat.does(Pressed(what[0], data)))
        read.append(_text_of(told))
    await db.dispose()
    return "\n".join(read).lower()


def _text_of(told: Reply) -> str:
    return f"{told.text}\n{told.summary}\n{json.dumps(told.card, ensure_ascii=False)}"


async def _exported(db: Database, what: str, school: str, number: int) -> str:
    export = EXPORTS[what]
    asked: dict[str, Any] = {"number": number} if export.of_case else {}
    asked |= {"person": "one.ash@trusts.example"} if export.of_somebody else {}
    form = next((one for one in ("csv", "json", "txt", "ics") if one in export.formats), export.formats[0])
    try:
        done = await take(db, what, school=school, email=PROBE, form=form, now=MONDAY, **asked)
    except ExportError as refused:
        return str(refused)
    if not zipfile.is_zipfile(io.BytesIO(done.content)):
        return done.content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(done.content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def forbidden(held: Mapping[str, frozenset[Role]]) -> list[Planted]:
    """Everything that somebody with these roles must never read."""
    return [one for one in WORDS if held[one.school].isdisjoint(MAY_SEE[one.kind])]


def check(trusts: Path, tmp_path: Path, held: Mapping[str, frozenset[Role]], doing: list[Doing]) -> str:
    path = tmp_path / "copy.db"
    for leftover in tmp_path.glob("copy.db*"):
        leftover.unlink()
    shutil.copy(trusts, path)
    hold(path, held)
    read = asyncio.run(seen(path, doing))
    assert [one for one in forbidden(held) if one.word in read] == []
    return read


NOWHERE: Final = dict.fromkeys(SCHOOLS, frozenset[Role]())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=holdings, doing=doings)
@example(held=NOWHERE, doing=EVERYTHING[:40])
@example(held=NOWHERE | {"ASH": frozenset({Role.DPO})}, doing=EVERYTHING)
@example(held=NOWHERE | {"BIR": frozenset({Role.HEADTEACHER}), "DOG": frozenset({Role.STAFF})}, doing=EVERYTHING)
@example(held=NOWHERE | {"CED": frozenset({Role.DSL}), "ASH": frozenset({Role.ACADEMY_LEADER})}, doing=EVERYTHING)
@example(held=NOWHERE | {"DOG": frozenset({Role.GOVERNOR}), "BIR": frozenset({Role.DATA_LEAD})}, doing=EVERYTHING)
def test_nobody_reads_what_is_not_theirs_at_any_school(
    trusts: Path, tmp_path: Path, held: dict[str, frozenset[Role]], doing: list[Doing]
) -> None:
    check(trusts, tmp_path, held, doing)


@pytest.mark.parametrize("kind", ["breach", "request", "question", "policy", "pupil"])
def test_what_is_looked_for_is_there_to_be_seen(trusts: Path, tmp_path: Path, kind: str) -> None:
    """The test above can fail: whoever may see a thing at both schools of a trust does see it, there and only there."""
    held = NOWHERE | {"CED": frozenset({Role.DPO}), "DOG": frozenset({Role.DPO})}

    read = check(trusts, tmp_path, held, EVERYTHING)

    shown = {one.school for one in WORDS if one.kind == kind and one.word in read}
    assert shown <= {"CED", "DOG"}
    assert len(shown) == (1 if kind == "policy" else 2)  # a question of rules is answered by one of the schools


def test_every_way_in_is_tried() -> None:
    assert {verb for _, (verb, *_) in [one for one in EVERYTHING if one[0] == "presses"]} <= set(VERBS)
    assert {what for way, what in EVERYTHING if way == "says"} >= set(COMMANDS)
    assert {what[0] for way, what in EVERYTHING if way == "exports"} == set(EXPORTS)
