"""Nothing dangles: what one file promises, another keeps. Each net is first shown to catch what it is for."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import click
import pytest

from bot import school_file, settings
from bot.cli import main
from dialogs.cards.verbs import Verb
from dialogs.commands import COMMANDS
from dialogs.root import VERBS
from dialogs.searching.finding import is_search
from manifest.package import commands, template
from policy.clauses import UnknownClauseError, clause, from_code
from policy.names import Roll
from policy.understanding.heard import Intent
from policy.understanding.read import read

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("policy", "storage", "dialogs", "bot", "manifest")
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README: Final = ROOT / "README.md"
DECISIONS: Final = ROOT / "docs" / "decisions.md"
GOLDEN: Final = ROOT / "tests" / "dialogs" / "cards" / "golden"
LINES_AT_MOST: Final = 300


def sources(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


def places(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- clauses


CODE: Final = re.compile(r"\b(?:PHOTO|ONLINE|DP|SAR|BREACH|CCTV)-[0-9A-Z][\w.-]*\w")


def unknown_clauses(source: str) -> list[str]:
    """Codes in comments and strings, and written-out `Citation("photography", "7.8")`, that the register lacks."""
    wrong: list[str] = []
    for code in CODE.findall(source):
        try:
            from_code(code)
        except UnknownClauseError as unknown:
            wrong.append(f"{code}: {unknown}")
    for call in calls(source, "Citation"):
        match call.args:
            case [ast.Constant(str(document)), ast.Constant(str(number))]:
                try:
                    clause(document, number)
                except UnknownClauseError as unknown:
                    wrong.append(str(unknown))
            case _:
                pass  # a name for the document: the rules' own tests follow it
    return wrong


def calls(source: str, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
            if called == name:
                yield node


@pytest.mark.parametrize("source", ["x = 1  # PHOTO-7.99", "y = 2  # FOTO\nz = 'DP-99.1'", "Citation('cctv', '1')"])
def test_a_clause_that_does_not_exist_would_be_noticed(source: str) -> None:
    assert unknown_clauses(source)


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=places)
def test_every_clause_cited_is_in_the_register(path: Path) -> None:
    assert unknown_clauses(path.read_text("utf-8")) == []


# --- buttons


def verbs(card: object) -> Iterator[str]:
    match card:
        case dict():
            if "verb" in card:
                yield str(card["verb"])
            for value in card.values():
                yield from verbs(value)
        case list():
            for value in card:
                yield from verbs(value)
        case _:
            pass


def golden_verbs() -> set[str]:
    return {verb for path in GOLDEN.glob("*.json") for verb in verbs(json.loads(path.read_text("utf-8")))}


def test_every_button_on_a_card_is_answered() -> None:
    assert golden_verbs()
    assert golden_verbs() <= {str(verb) for verb in VERBS}


def test_every_verb_is_answered_and_stands_on_a_card() -> None:
    assert set(VERBS) == set(Verb)
    assert {str(verb) for verb in Verb} == golden_verbs()


def cards_made() -> set[str]:
    return {
        node.name
        for path in sources("dialogs/cards")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.endswith("_card")
    }


def test_every_card_has_a_golden_file() -> None:
    made = cards_made()
    galleries = [path.read_text("utf-8") for path in (ROOT / "tests/dialogs/cards").glob("*gallery.py")]
    shown = {node.id for text in galleries for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    assert made
    assert made - shown == set()
    kept = {path.stem for path in GOLDEN.glob("*.json")}
    assert kept == set(import_module("tests.dialogs.cards.gallery").CARDS)


def test_every_card_is_shown_to_somebody() -> None:
    made = cards_made()
    speak = (path for path in sources("dialogs", "bot") if "cards" not in path.parts)
    shown = {
        name.name
        for path in speak
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    assert made
    assert made - shown == set()


# --- commands


def command_paths(command: click.Command = main, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that can be run, as typed after `askdpo`."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            found = command.get_command(click.Context(command), name)
            assert found is not None
            yield from command_paths(found, (*path, name))
    else:
        yield " ".join(path), command


NAMES: Final = sorted(import_module("bot.cli").COMMANDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_commands_help_has_an_example(name: str) -> None:
    top = main.get_command(click.Context(main), name)
    assert top is not None
    for path, command in command_paths(top, (name,)):
        with click.Context(command, info_name=path) as context:
            assert f"Example: askdpo {path}" in " ".join(command.get_help(context).split())


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_in_the_readme(name: str) -> None:
    assert re.search(rf"`askdpo {name}\b", README.read_text("utf-8")), f"`askdpo {name}` is not in README.md"


@pytest.mark.parametrize("name", [*settings._VARIABLES, *settings._BOT, *school_file.KEYS])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README.read_text("utf-8"), f"`{name}` is not in README.md"


def test_no_setting_in_the_readme_is_one_of_yesterday() -> None:
    told = set(re.findall(r"\bASKDPO_[A-Z_]*[A-Z]\b", README.read_text("utf-8")))
    assert told <= set(settings._VARIABLES)


@pytest.mark.parametrize(
    "line",
    [
        "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e . && .venv/bin/askdpo demo",
        (
            "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[test]' "
            "&& .venv/bin/pytest -q -n auto --dist loadfile"
        ),
    ],
)
def test_the_readmes_two_commands_are_a_line_each(line: str) -> None:
    assert line in README.read_text("utf-8").splitlines()


# --- the Teams app


@pytest.mark.parametrize(("title", "says"), sorted(set(commands(template()))))
def test_every_command_that_teams_offers_is_understood(title: str, says: str) -> None:
    heard = read(says, today=date(2026, 11, 23), roll=Roll.of(()))
    assert says in COMMANDS or is_search(says) or heard.intent is not Intent.UNKNOWN, title


def test_an_unknown_command_would_be_noticed() -> None:
    assert read("frobnicate", today=date(2026, 11, 23), roll=Roll.of(())).intent is Intent.UNKNOWN


# --- papers


def bare(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]


DEPENDENCIES: Final = sorted(
    bare(each)
    for each in (*PROJECT["dependencies"], *(one for many in PROJECT["optional-dependencies"].values() for one in many))
)


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_every_dependency_has_its_reason(name: str) -> None:
    told = re.compile(rf"^\| [^|]*(?<![\w-]){re.escape(name)}(?![\w-])[^|]*\| \S", re.MULTILINE)  # the first column
    assert told.search(DECISIONS.read_text("utf-8")), f"{name} has no line in docs/decisions.md"


@pytest.mark.parametrize("name", DEPENDENCIES)
def test_every_dependency_has_a_tested_version(name: str) -> None:
    pinned = {
        bare(line).lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    assert name.lower().replace("_", "-") in pinned


def test_the_constraints_are_versions_and_nothing_else() -> None:
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.+!-]+", line), line


def test_the_changelog_knows_this_version() -> None:
    assert re.search(
        rf"^## {re.escape(PROJECT['version'])}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )


# --- the code


@pytest.mark.parametrize("path", sources(*PACKAGES), ids=places)
def test_no_file_holds_two_ideas(path: Path) -> None:
    if path.parent.name == "versions":
        return  # a migration is history: it may be long, and is never edited
    assert len(path.read_text("utf-8").splitlines()) <= LINES_AT_MOST


CLOCKS: Final = {
    "now",
    "utcnow",
    "today",
    "time",
    "time_ns",
    "localtime",
    "gmtime",
}  # monotonic measures a wait, not a day
CLOCK_OWNERS: Final = {"datetime", "date", "time", "dt"}


def clock_reads(source: str) -> list[str]:
    """Calls that ask what time it is."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value).rpartition(".")[2] in CLOCK_OWNERS
    ]


def naive_datetimes(source: str) -> list[str]:
    """Calls that make a datetime without saying where."""
    naive: list[str] = []
    for name, place_of_zone in (("datetime", 7), ("now", 0), ("fromtimestamp", 1)):
        for call in calls(source, name):
            owner = ast.unparse(call.func.value).rpartition(".")[2] if isinstance(call.func, ast.Attribute) else ""
            ours = owner in {"datetime", "dt"} or (name == "datetime" and isinstance(call.func, ast.Name))
            zoned = len(call.args) > place_of_zone or any(each.arg in {"tz", "tzinfo", None} for each in call.keywords)
            if ours and not zoned:
                naive.append(ast.unparse(call))
    return naive + [ast.unparse(call) for name in ("utcnow", "utcfromtimestamp") for call in calls(source, name)]


@pytest.mark.parametrize("source", ["datetime.now(UTC)", "date.today()", "datetime.date.today()", "time.time()"])
def test_a_look_at_the_clock_would_be_noticed(source: str) -> None:
    assert clock_reads(source)


@pytest.mark.parametrize(
    "source", ["datetime(2026, 1, 1)", "datetime.now()", "datetime.fromtimestamp(0)", "dt.datetime.utcnow()"]
)
def test_a_naive_datetime_would_be_noticed(source: str) -> None:
    assert naive_datetimes(source)


@pytest.mark.parametrize("path", sources("policy", "storage", "dialogs"), ids=places)
def test_time_is_an_argument(path: Path) -> None:
    assert clock_reads(path.read_text("utf-8")) == []


SDKS_OWN: Final = {"bot/guard.py"}  # a field of the SDK that is naive there


@pytest.mark.parametrize("path", [path for path in sources(*PACKAGES) if places(path) not in SDKS_OWN], ids=places)
def test_every_datetime_says_where_it_is(path: Path) -> None:
    assert naive_datetimes(path.read_text("utf-8")) == []
