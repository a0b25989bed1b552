"""`askdpo sync`: shown first, written when agreed to, and readable by machines."""

import asyncio
import csv
import io
import json
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, TCPConnector
from click.testing import CliRunner, Result

from bot.cli.sync import command
from bot.credentials import Tokens, asking_entra
from bot.graph.client import Graph
from bot.registration import Credentials
from policy.roles import Role
from storage.database import Database
from tests.bot.conftest import APP, TENANT
from tests.bot.graph.conftest import Rewriting
from tests.bot.graph.entra import CATALOGUE, SECRET, Pair
from tests.bot.graph.school import DPOS, LEADS, STAFF, a_school, held
from tests.bot.graph.threads import Served, serve

GROUPS = "".join(
    f'[[group]]\nid = "{group}"\nschool = "LRK"\nroles = {json.dumps(roles)}\n'
    for group, roles in ((DPOS, ["dpo"]), (STAFF, ["staff"]), (LEADS, ["dsl", "staff"]))
)
Run = Callable[..., Result]


@pytest.fixture
def here(ca: Pair) -> Iterator[Served]:
    yield from serve(ca)


@pytest.fixture
def run(here: Served, ca: Pair, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    groups = tmp_path / "groups.toml"
    groups.write_text(GROUPS)
    environment = {
        "ASKDPO_DATABASE_URL": sqlite_url,
        "ASKDPO_DIRECTORY": str(groups),
        "ASKDPO_TEAMS_APP_ID": CATALOGUE,
        "MicrosoftAppId": APP,
        "MicrosoftAppPassword": SECRET,
        "MicrosoftAppTenantId": TENANT,
    }

    @asynccontextmanager
    async def open_graph(credentials: Credentials) -> AsyncIterator[Graph]:
        wire = Rewriting(here.entra.url, ca.pem)
        async with ClientSession(connector=TCPConnector(ssl=ca.client())) as http:
            ask = asking_entra(credentials, resource="https://graph.microsoft.com", http_client=wire)
            yield Graph(http, Tokens(ask), base=here.entra.graph, patience=1.0)
        wire.close()

    monkeypatch.setattr("bot.graph.opening.open_graph", open_graph)

    def invoke(*words: str, typed: str = "", **over: str) -> Result:
        env = {name: None for name in os.environ if name.startswith(("ASKDPO_", "Microsoft"))}
        return CliRunner().invoke(command, words, input=typed, env={**env, **environment, **over})

    return invoke


def rows_in(url: str) -> dict[tuple[str, str], frozenset[Role]]:
    async def look() -> dict[tuple[str, str], frozenset[Role]]:
        db = Database.connect(url)
        found = await held(db)
        await db.dispose()
        return found

    return asyncio.run(look())


def test_a_dry_run_shows_everybody_and_writes_nothing(run: Run, here: Served, sqlite_url: str) -> None:
    a_school(here.entra)
    here.entra.groups[STAFF].add(here.entra.user(50, userType="Guest"))
    done = run("staff", "--dry-run")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "New school: LRK",
        "LRK:",
        "  + Person 1 <p1@lark.example>: dpo, staff",
        "  + Person 2 <p2@lark.example>: dsl, staff",
        "  + Person 3 <p3@lark.example>: staff",
        "  + Person 4 <p4@lark.example>: staff",
        "  + Person 5 <p5@lark.example>: staff",
        "  + Person 6 <p6@lark.example>: staff",
        "Left out: 1 guest accounts.",
    ]
    assert done.stderr == "This was a dry run: nothing was written.\n"
    assert rows_in(sqlite_url) == {}


def test_without_a_yes_nothing_is_written_in_a_pipe(run: Run, here: Served, sqlite_url: str) -> None:
    a_school(here.entra)
    done = run("staff")
    assert (done.exit_code, rows_in(sqlite_url)) == (1, {})
    assert "Say --yes to write it.\nNothing was written.\n" in done.stderr


def test_with_a_yes_it_is_written_and_the_next_run_changes_nothing(run: Run, here: Served, sqlite_url: str) -> None:
    who = a_school(here.entra)
    assert run("staff", "--yes").stdout.endswith("Written.\n")
    assert len(rows_in(sqlite_url)) == 6
    assert run("staff", "--yes").stdout == "Everything is as the groups say.\nNothing changed.\n"
    here.entra.groups[STAFF] -= {who["t1"], who["dpo"]}
    done = run("staff", "--yes")
    assert done.stdout.splitlines()[:3] == [
        "LRK:",
        "  ~ Person 1 <p1@lark.example>: dpo, staff becomes dpo",
        "  - Person 3 <p3@lark.example>: no longer staff",
    ]


def test_a_refusal_says_why_and_fails(run: Run, here: Served, sqlite_url: str) -> None:
    a_school(here.entra)
    run("staff", "--yes")
    before = rows_in(sqlite_url)
    here.entra.groups[DPOS].clear()
    for words in (("staff", "--dry-run"), ("staff", "--yes", "--allow-removals")):
        done = run(*words)
        assert done.exit_code == 1
        assert "Refused: LRK would have no DPO." in done.stderr
    assert rows_in(sqlite_url) == before


def test_machines_get_one_object(run: Run, here: Served) -> None:
    a_school(here.entra)
    told = json.loads(run("staff", "--dry-run", "--format", "json").stdout)
    assert told["changes"][0] == {
        "change": "joins",
        "school": "LRK",
        "object_id": "00000000-0000-4000-8000-000000000001",
        "email": "p1@lark.example",
        "display_name": "Person 1",
        "before": "",
        "after": "dpo;staff",
    }
    assert told["new_schools"] == ["LRK"]
    assert told["refusals"] == []


def test_a_spreadsheet_takes_no_name_for_a_formula(run: Run, here: Served) -> None:
    who = a_school(here.entra)
    here.entra.change(who["t1"], displayName='=HYPERLINK("https://elsewhere.example")')
    told = list(csv.DictReader(io.StringIO(run("staff", "--dry-run", "--format", "csv").stdout)))
    assert len(told) == 6
    assert told[2]["display_name"].startswith("'=")


def test_a_name_cannot_steer_the_terminal(run: Run, here: Served) -> None:
    who = a_school(here.entra)
    here.entra.change(who["t1"], displayName="Tess\x1b[2J\nDPO")
    done = run("staff", "--dry-run")
    assert "Tess[2JDPO" in done.stdout
    assert "\x1b" not in done.output


def test_what_graph_refuses_is_a_sentence(run: Run, here: Served) -> None:
    a_school(here.entra)
    here.entra.granted = frozenset()
    done = run("staff", "--yes")
    assert done.exit_code == 1
    assert "Grant it GroupMember.Read.All and User.Read.All" in done.stderr
    assert done.stderr.endswith("Nothing was written.\n")


def test_a_wrong_secret_is_a_sentence_without_it(run: Run, here: Served) -> None:
    a_school(here.entra)
    done = run("staff", "--yes", MicrosoftAppPassword="wrong-secret")
    assert done.exit_code == 1
    assert "invalid_client" in done.stderr
    assert "wrong-secret" not in done.output


@pytest.mark.parametrize(
    ("words", "over", "sentence"),
    [
        (("staff",), {"ASKDPO_DIRECTORY": ""}, "ASKDPO_DIRECTORY is not set"),
        (("install",), {"ASKDPO_TEAMS_APP_ID": ""}, "ASKDPO_TEAMS_APP_ID is not set"),
        (("staff", "--dry-run", "--yes"), {}, "contradict each other"),
    ],
)
def test_what_is_not_set_up_is_a_sentence(
    run: Run, words: tuple[str, ...], over: dict[str, str], sentence: str
) -> None:
    done = run(*words, **over)
    assert done.exit_code != 0
    assert sentence in done.stderr


def test_without_credentials_there_is_a_sentence(run: Run) -> None:
    done = run("staff", MicrosoftAppId="", MicrosoftAppPassword="", MicrosoftAppTenantId="")
    assert done.exit_code != 0
    assert "There are no bot credentials" in str(done.exception) + done.output


def test_installing_shows_who_first(run: Run, here: Served, sqlite_url: str) -> None:
    a_school(here.entra)
    run("staff", "--yes")
    done = run("install", "--dry-run")
    assert done.stdout.splitlines()[0] == "Person 1 <p1@lark.example>"
    assert done.stderr == "6 without a chat. This was a dry run: nothing was installed.\n"
    assert here.entra.installed == set()


def test_whoever_cannot_be_given_the_app_is_named_with_a_sentence(run: Run, here: Served) -> None:
    a_school(here.entra)
    run("staff", "--yes")
    here.entra.granted = frozenset({"GroupMember.Read.All", "User.Read.All"})
    done = run("install")
    assert done.exit_code == 1
    assert done.stdout == "0 of 6 can be reached now.\n"
    assert "Person 1 <p1@lark.example>: Graph does not let the bot install its app" in done.stderr
