"""The doctor finds what is amiss and says what to do; what is well gets a line too."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from bot.cli.doctor import command
from bot.clock import wall_clock
from bot.credentials import Ask
from bot.doctor import AskFor, Finding, examine
from bot.settings import Credentials
from storage import audit
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file

GUID = "0f0e1d2c-3b4a-4958-8776-95a4b3c2d1e0"
BOT = {"MicrosoftAppId": GUID, "MicrosoftAppPassword": "hush-hush", "MicrosoftAppTenantId": GUID}
HEAD = "aad_object_id,email,display_name,school,roles\n"
DPO = "0-1,dpo@larkfield.example,Piers Dunmore,LRK,dpo\n"
DSL = "0-2,dsl@larkfield.example,Dora Sloane,LRK,dsl;staff\n"
HEADTEACHER = "0-3,head@larkfield.example,Hilda Marsh,LRK,headteacher\n"
EVERYBODY = HEAD + DPO + DSL + HEADTEACHER


def entra(answer: Mapping[str, Any]) -> AskFor:
    """An Entra that always answers the same."""

    def ask_for(_: Credentials) -> Ask:
        return lambda: answer

    return ask_for


GIVES = entra({"access_token": "token", "expires_in": 3600})


def an_app_that_is_down(_: Credentials) -> Ask:
    def ask() -> Mapping[str, Any]:
        raise ConnectionError

    return ask


async def staffed(url: str, tmp_path: Path, staff: str) -> Database:
    db = Database.connect(url)
    path = tmp_path / "staff.csv"
    path.write_text(staff, "utf-8")
    await import_file(db, Kind.STAFF, path, by=None, now=wall_clock(), dry_run=False)
    return db


async def findings(
    environment: Mapping[str, str], *, local: bool = True, now: datetime | None = None, ask_for: AskFor = GIVES
) -> dict[str, Finding]:
    found = [
        each async for each in examine(local=local, now=now or wall_clock(), environment=environment, ask_for=ask_for)
    ]
    assert len({each.subject for each in found}) == len(found)
    return {each.subject: each for each in found}


async def test_a_school_that_is_ready_is_well_from_head_to_toe(database_url: str, tmp_path: Path) -> None:
    db = await staffed(database_url, tmp_path, EVERYBODY)
    await db.dispose()
    found = await findings({"ASKDPO_DATABASE_URL": database_url, **BOT}, local=False)
    assert {subject: each for subject, each in found.items() if not each.well} == {}
    assert list(found) == [
        "settings",
        "credentials",
        "database",
        "migrations",
        "audit log",
        "roles",
        "clock",
        "retention",
        "backup",
        "graph",
        "manifest",
        "time zone",
    ]


@pytest.mark.parametrize(
    ("staff", "words"),
    [
        (HEAD + DSL + HEADTEACHER, "LRK has no DPO."),
        (HEAD + DPO + HEADTEACHER, "LRK has no DSL."),
        (HEAD + DPO + DSL, "LRK has no headteacher."),
        (HEAD + DSL, "LRK has no DPO and no headteacher."),
    ],
)
async def test_a_post_that_nobody_holds_is_named(sqlite_url: str, tmp_path: Path, staff: str, words: str) -> None:
    db = await staffed(sqlite_url, tmp_path, staff)
    await db.dispose()
    roles = (await findings({"ASKDPO_DATABASE_URL": sqlite_url}))["roles"]
    assert not roles.well
    assert roles.words.startswith(words)


async def test_a_database_without_a_school_is_told_to_import_one(sqlite_url: str) -> None:
    assert "askdpo import staff" in (await findings({"ASKDPO_DATABASE_URL": sqlite_url}))["roles"].words


async def test_a_missing_file_is_reported_and_not_made(tmp_path: Path) -> None:
    found = await findings({"ASKDPO_DATABASE_URL": f"sqlite:///{tmp_path}/none.db"})
    assert not found["database"].well
    assert "askdpo db upgrade" in found["database"].words
    assert not (tmp_path / "none.db").exists()


async def test_a_file_that_was_never_migrated_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    found = await findings({"ASKDPO_DATABASE_URL": f"sqlite:///{tmp_path}/empty.db"})
    assert (found["database"].well, found["migrations"].well, "roles" in found) == (True, False, False)


async def test_a_database_that_is_away_is_a_sentence() -> None:
    found = await findings({"ASKDPO_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})
    assert not found["database"].well
    assert "ASKDPO_DATABASE_URL" in found["database"].words


async def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "note.db").write_text("not a database, but long enough to be read as one " * 40)
    assert not (await findings({"ASKDPO_DATABASE_URL": f"sqlite:///{tmp_path}/note.db"}))["database"].well


async def test_an_audit_log_that_was_meddled_with_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    db = await staffed(sqlite_url, tmp_path, EVERYBODY)
    async with db.write() as session:
        await audit.record(session, "person/1", "export.made", "questions", now=wall_clock())
        await session.execute(text("UPDATE audit SET actor = 'person/2' WHERE number = 1"))
    await db.dispose()
    assert not (await findings({"ASKDPO_DATABASE_URL": sqlite_url}))["audit log"].well


@pytest.mark.parametrize(
    ("off", "words"),
    [
        (timedelta(days=-9000), "before this version was made"),
        (timedelta(minutes=-12), "12 minutes apart"),
        (timedelta(hours=3), "180 minutes apart"),
    ],
)
async def test_a_wrong_clock_is_noticed(database_url: str, off: timedelta, words: str) -> None:
    found = await findings({"ASKDPO_DATABASE_URL": database_url}, now=wall_clock() + off)
    assert not found["clock"].well
    assert words in found["clock"].words


async def test_a_log_from_the_future_gives_the_clock_away(sqlite_url: str) -> None:
    db = Database.connect(sqlite_url)
    async with db.write() as session:
        await audit.record(session, "person/1", "export.made", "questions", now=datetime(2098, 1, 1, tzinfo=UTC))
    await db.dispose()
    assert "2098-01-01" in (await findings({"ASKDPO_DATABASE_URL": sqlite_url}))["clock"].words


@pytest.mark.parametrize(
    ("changed", "ask_for", "words"),
    [
        ({"MicrosoftAppId": "our bot"}, GIVES, "MicrosoftAppId is no GUID"),
        ({"MicrosoftAppTenantId": "our school"}, GIVES, "MicrosoftAppTenantId is no GUID"),
        ({}, entra({"error": "invalid_client"}), "Make a new secret"),
        ({}, entra({"error": "unauthorized_client"}), "does not know MicrosoftAppId"),
        ({}, entra({"error": "temporarily_unavailable"}), "temporarily_unavailable"),
        ({}, an_app_that_is_down, "Entra cannot be reached"),
    ],
)
async def test_credentials_are_tried(sqlite_url: str, changed: dict[str, str], ask_for: AskFor, words: str) -> None:
    found = await findings({"ASKDPO_DATABASE_URL": sqlite_url, **BOT, **changed}, local=False, ask_for=ask_for)
    assert not found["credentials"].well
    assert words in found["credentials"].words
    assert "hush-hush" not in "".join(each.words for each in found.values())


async def test_credentials_are_asked_for_unless_the_bot_is_local(sqlite_url: str) -> None:
    environment = {"ASKDPO_DATABASE_URL": sqlite_url}
    assert not (await findings(environment, local=False))["credentials"].well
    assert (await findings(environment, local=True))["credentials"].well


async def test_a_wrong_setting_does_not_hide_the_rest() -> None:
    found = await findings({"ASKDPO_PROT": "1"})
    assert not found["settings"].well
    assert found["manifest"].well
    assert found["time zone"].well


async def test_a_host_that_local_refuses_is_told(sqlite_url: str) -> None:
    assert not (await findings({"ASKDPO_DATABASE_URL": sqlite_url, "ASKDPO_HOST": "10.0.0.1"}))["settings"].well


def test_the_command_prints_a_line_each_and_fails_where_one_does(migrated_file: Path, tmp_path: Path) -> None:
    file = shutil.copy(migrated_file, tmp_path / "askdpo.db")
    done = CliRunner().invoke(command, ["--local"], env={"ASKDPO_DATABASE_URL": f"sqlite:///{file}"})
    assert done.exit_code == 1, done.output
    assert [line[:4] for line in done.output.splitlines()] == ["ok  "] * 5 + ["FAIL"] + ["ok  "] * 6
