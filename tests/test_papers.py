"""What a DPO is told on paper is what the code does: tables, deletions, log lines, settings, tests and commands."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import click
import pytest

from bot import logbook, school_file, settings
from bot.cli import main
from bot.exports.offered import EXPORTS
from policy.packs import SchoolRules
from policy.retention import RULES, Kind, Periods, Why, said
from storage.forgetting.run import SHELVES
from storage.tables import METADATA, MODULES

ROOT: Final = Path(__file__).parents[1]
DOCS: Final = ROOT / "docs"
PACKAGES: Final = ("policy", "storage", "dialogs", "bot", "manifest")
PAPERS: Final = tuple(
    DOCS / f"{name}.md"
    for name in (
        "install",
        "dpia",
        "privacy-staff",
        "privacy-pupils",
        "threat-model",
        "retention",
        "logging",
        "operating",
    )
)


def words(path: Path) -> str:
    return path.read_text("utf-8")


def rows(text: str, columns: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of every table that has so many columns, headings left out."""
    for line in text.splitlines():
        cells = tuple(cell.strip() for cell in line.strip().strip("|").split(" | "))
        if line.startswith("| ") and len(cells) == columns:
            yield cells


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), words(path)


# --- retention


def kept(text: str) -> dict[str, dict[str, str]]:
    """Give {table: {column: what it holds}} of the paper, and each table's "For", "About" and "Kept" among them."""
    found: dict[str, dict[str, str]] = {}
    table: dict[str, str] = {}
    for line in text.splitlines():
        if heading := re.fullmatch(r"### `(\w+)`", line):
            table = found[heading[1]] = {}
        elif said := re.fullmatch(r"(For|About|Kept): (.+)", line.strip()):
            table[said[1]] = said[2]
        elif column := re.fullmatch(r"\| `(\w+)` \| (.+) \|", line):
            table[column[1]] = column[2]
    return found


RETENTION: Final = words(DOCS / "retention.md")
KEPT: Final = kept(RETENTION)


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_every_column_is_on_the_retention_list_with_its_purpose_and_its_end(table: str) -> None:
    columns = [column.name for column in METADATA.tables[table].columns]

    assert list(KEPT.get(table, {})) == ["For", "About", "Kept", *columns], f"docs/retention.md, `{table}`"


def test_no_table_is_on_the_retention_list_that_does_not_exist() -> None:
    assert set(KEPT) <= set(METADATA.tables)


@pytest.mark.parametrize("table", sorted(METADATA.tables))
def test_a_table_that_points_at_people_is_said_to_be_about_them(table: str) -> None:
    targets = {key.column.table.name for key in METADATA.tables[table].foreign_keys}

    assert targets.isdisjoint({"people"}) or "staff" in KEPT[table]["About"]
    assert targets.isdisjoint({"pupils"}) or "pupils" in KEPT[table]["About"]


def deletions(source: str) -> Iterator[str]:
    """Yield what the calls of `delete(…)` in a module are given: the names of row classes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "delete":
            yield from re.findall(r"\b\w+Row\b|\btable\b", ast.unparse(node.args[0]))


def deleting_modules() -> set[str]:
    return {path.removesuffix(".py").replace("/", ".") for path, source in sources() if list(deletions(source))}


def said_to_delete(text: str) -> set[str]:
    return set(re.findall(r"`(storage(?:\.\w+)+\.\w+)`", text))


def is_called(function: str) -> bool:
    """Whether some other module uses it, as `module.name(` or by importing the name."""
    home, _, name = function.rpartition(".")
    short = home.rpartition(".")[2]
    use = re.compile(rf"\b{short}\.{name}\(|from {re.escape(home)} import [^\n]*\b{name}\b")
    return any(use.search(source) for path, source in sources() if path != home.replace(".", "/") + ".py")


def test_a_deletion_would_be_noticed() -> None:
    assert set(deletions("x = delete(TurnRow).where(a)\ny = delete(HoldRow.__table__)")) == {"TurnRow", "HoldRow"}


def test_every_module_that_deletes_rows_is_on_the_retention_list() -> None:
    told = {function.rpartition(".")[0] for function in said_to_delete(RETENTION)}

    assert deleting_modules() - told == set()


@pytest.mark.parametrize("function", sorted(said_to_delete(RETENTION)))
def test_what_is_said_to_delete_exists(function: str) -> None:
    module, _, name = function.rpartition(".")

    assert callable(getattr(import_module(module), name))


def test_what_is_said_to_be_deleted_is_and_what_is_said_to_wait_does() -> None:
    """A deletion nobody runs is no retention, and one that somebody runs is told of at its table."""
    done = said_to_delete("\n".join(table["Kept"] for table in KEPT.values()))
    idle = said_to_delete(RETENTION) - done

    assert {function for function in done if not is_called(function)} == set()
    assert {function for function in idle if is_called(function)} == set()


def test_the_days_on_the_retention_list_are_those_of_the_code() -> None:
    from bot.housekeeping import EVERY, MISSED, NIGHT, REMEMBERED  # noqa: PLC0415  what one test is about
    from policy.nights import GAP, JUMP  # noqa: PLC0415  see above

    assert EVERY == 3600
    assert f"{REMEMBERED.days} days" in words(DOCS / "privacy-staff.md")
    assert (NIGHT, MISSED.total_seconds(), GAP.days, JUMP.days) == (range(1, 5), 36 * 3600, 14, 45), (
        "docs/retention.md says when it runs"
    )


def test_every_period_on_the_retention_list_is_the_one_of_the_code() -> None:
    told = [cells for cells in rows(RETENTION, 4) if cells[0] != "what"]

    assert told == [
        (
            kind.value,
            said(kind, Periods()),
            f"`retention.{rule.months}`" if rule.months else "none",
            rule.basis,
        )
        for kind, rule in RULES.items()
    ]


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_that_goes_by_age_is_told_of_at_its_tables(kind: Kind) -> None:
    shelf = SHELVES[kind]
    named = f"`{type(shelf).__module__}.{type(shelf).__name__}`"
    told = [table["Kept"] for table in KEPT.values() if named in table["Kept"]]

    assert told
    assert any(said(kind, Periods()) in kept for kept in told)


@pytest.mark.parametrize("name", ["dpia", "privacy-staff", "privacy-pupils"])
def test_the_periods_that_people_are_told_of_are_those_of_the_code(name: str) -> None:
    told = set(re.findall(r"(\d+)\s+(days|months|years)", words(DOCS / f"{name}.md").partition("ico.org")[0]))
    proposed = {("30", "days"), (str(Periods().cases_years), "years")} | {
        (str(getattr(Periods(), f"{each}_months")), "months")
        for each in ("questions", "register", "letters", "leavers", "staff")
    }

    assert {each for each in told if each[1] != "days" or each[0] == "30"} <= proposed
    assert ("12", "months") in told


@pytest.mark.parametrize("why", Why)
def test_every_reason_to_keep_something_longer_is_explained(why: Why) -> None:
    assert why.value in {cells[0] for cells in rows(RETENTION, 2)}


def test_nothing_of_the_database_is_outside_the_list_of_modules() -> None:
    rows_in = {path for path, source in sources() if re.search(r"^class \w+\(Base\):", source, re.MULTILINE)}

    assert rows_in <= {f"storage/{module}.py" for module in MODULES}


# --- log lines


def lines_logged(path: str, source: str) -> Iterator[tuple[str, str, str, str]]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="log"), attr="info" | "warning" | "failure" as level),
                args=[ast.Constant(value=str(line))],
                keywords=fields,
            ):
                yield f"`{path}`", level, line, ", ".join(_told(each) for each in fields)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logger"), attr=level), args=[first, *_]):
                yield f"`{path}`", level, f"a line that is put together: {ast.unparse(first)}", ""
            case _:
                pass


def _told(field: ast.keyword) -> str:
    value = ast.unparse(field.value)
    return f"`{value}`" if field.arg is None else f"{field.arg} `{value}`"


def test_a_log_line_would_be_noticed() -> None:
    (found,) = lines_logged("bot/x.py", "log.warning('said', turn=mark, why=turn.text)")
    (odd,) = lines_logged("bot/x.py", "logger.info('%s said', name)")

    assert found == ("`bot/x.py`", "warning", "said", "turn `mark`, why `turn.text`")
    assert odd[2] == "a line that is put together: '%s said'"


def test_every_log_line_is_in_the_paper_with_what_it_is_filled_in_with() -> None:
    said = set(rows(words(DOCS / "logging.md"), 4)) - {("from", "level", "event", "fields")}

    assert said == {line for path, source in sources() for line in lines_logged(path, source)}


def test_nothing_but_the_logbook_hands_words_to_the_log() -> None:
    """One door: a module that asked `logging` for a logger of its own could write anything."""
    askers = {path for path, source in sources() if re.search(r"\bgetLogger\(", source)}

    assert askers == {"bot/logbook.py", "bot/log_stream.py", "storage/importing/policy_pdf.py"}


def test_every_field_that_a_log_line_may_hold_is_in_the_paper() -> None:
    said = {cells[0].strip("`") for cells in rows(words(DOCS / "logging.md"), 2)} - {"field"}

    assert said == set(logbook.Fields.__annotations__) == set(logbook._GATES)


# --- exports


def test_every_export_is_in_the_impact_assessment() -> None:
    """Whoever answers a request about the bot's own data must know each way to get at it."""
    rights = words(DOCS / "dpia.md").partition("\n## 6.")[2].partition("\n## 7.")[0]

    assert {cells[0].strip("`") for cells in rows(rights, 2)} - {"export"} == set(EXPORTS)


# --- settings


EVERY_SETTING: Final = (*settings._VARIABLES, *settings._BOT, *school_file.KEYS)


@pytest.mark.parametrize("name", EVERY_SETTING)
def test_every_setting_is_in_the_installation_guide_with_whether_it_is_secret(name: str) -> None:
    said = {cells[0]: cells for cells in rows(words(DOCS / "install.md"), 3)}

    assert f"`{name}`" in said
    assert said[f"`{name}`"][2] in {"yes", "no", "holds the password"}


@pytest.mark.parametrize(
    "path", [ROOT / "Dockerfile", *sorted((ROOT / "infra").iterdir()), *PAPERS], ids=lambda path: path.name
)
def test_no_file_for_installing_sets_what_the_bot_does_not_read(path: Path) -> None:
    named = set(re.findall(r"\bASKDPO_[A-Z_]+\b|\bMicrosoftApp(?:Id|Password|Type|TenantId)\w*", words(path)))

    assert named <= set(EVERY_SETTING)


def test_the_schools_file_that_comes_along_shows_every_key_at_its_default(tmp_path: Path) -> None:
    lines = words(ROOT / "infra" / "school.toml").splitlines()
    shown = "\n".join(re.sub(r"^# (?=\[?[\w.]+(?:\]$| = ))", "", line) for line in lines)
    file = tmp_path / "school.toml"
    file.write_text(shown, "utf-8")

    assert school_file.read_rules(file) == SchoolRules()
    assert {key for key, _ in school_file.flat(tomllib.loads(shown))} == set(school_file.KEYS)


# --- commands, tests and files that are named


def commands_in(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.startswith("askdpo ")]


def unknown(command: list[str]) -> str | None:
    """Walk a written command through the real ones; say what of it does not exist."""
    here: click.Command = main
    with click.Context(main) as context:
        for word in command[1:]:
            if isinstance(here, click.Group):
                inner = here.get_command(context, word)
                if inner is None:
                    return word
                here = inner
            elif word.startswith("--") and not any(word in option.opts for option in here.params):
                return word
    return None


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    assert unknown(["askdpo", "forget"]) == "forget"
    assert unknown(["askdpo", "db", "upgrade", "--now"]) == "--now"
    assert unknown(["askdpo", "db", "upgrade"]) is None


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_command_in_a_paper_exists(path: Path) -> None:
    assert [unknown(command) for command in commands_in(words(path))] == [None] * len(commands_in(words(path)))


def test_the_installation_guide_has_commands_to_check() -> None:
    assert len(commands_in(words(DOCS / "install.md"))) > 5


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_file_and_test_that_a_paper_names_exists(path: Path) -> None:
    for named in re.findall(r"`((?:tests|bot|storage|dialogs|policy|infra|docs|manifest)/[\w./-]*)", words(path)):
        assert (ROOT / named).exists(), named
    for file, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", words(path)):
        assert f"def {test}(" in words(ROOT / file), test
    for link in re.findall(r"\]\(([^)#:]+)\)", words(path)):
        assert (path.parent / link).exists(), link


def test_every_threat_names_a_test_that_proves_what_stops_it_or_says_that_none_does() -> None:
    threats = [cells for cells in rows(words(DOCS / "threat-model.md"), 4) if cells[0] != "who and how"]

    assert len(threats) > 15
    assert [cells[0] for cells in threats if "::" not in cells[3] and "no test" not in cells[3]] == []
