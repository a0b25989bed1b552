"""`askdpo ask` and `askdpo evaluate` as an administrator types them, over the small invented school."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from tests.dialogs.conftest import MONDAY, SCHOOL

TEACHER = "t.reed@hartfield.example"
NOW = "2026-11-23T09:00"


@pytest.fixture
def hartfield_file(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASKDPO_DATABASE_URL", sqlite_url)
    asyncio.run(_import(sqlite_url))
    return Path(sqlite_url.removeprefix("sqlite:///"))


async def _import(url: str) -> None:
    db = Database.connect(url)
    for kind in ("staff", "pupils", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    async with db.read() as session:
        dsl = await people.by_email(session, "s.bird@hartfield.example")
    await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=MONDAY)
    await db.dispose()


def run(*words: str, said: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=said)


def test_one_question_gets_one_answer_in_words(hartfield_file: Path) -> None:
    told = run("ask", "--as", TEACHER, "--now", NOW, "can I photograph Amelia for the website?")
    assert told.exit_code == 0, told.output
    assert told.output.startswith("Yes\nPhotos of Amelia Hart (4B)")


def test_the_contracts_object_has_exactly_its_keys(hartfield_file: Path) -> None:
    told = json.loads(run("ask", "--as", TEACHER, "--now", NOW, "--json", "Tom Bell website photo").output)
    assert set(told) == {
        *("text", "intent", "shape", "decision", "pupils", "leave_out", "conditions", "citations", "choices"),
        *("routed_to", "confidence"),
    }
    assert (told["shape"], told["decision"], told["leave_out"]) == ("R", "no", ["Tom Bell"])


def test_lines_are_answered_in_order_and_none_leans_on_another(hartfield_file: Path) -> None:
    lines = "Amelia Hart website photo\n\nand video?\nSam Smith website photo\n2C\n"
    told = [json.loads(line) for line in run("ask", "--as", TEACHER, "--now", NOW, "-", said=lines).output.splitlines()]
    assert [answer["decision"] for answer in told] == ["yes", None, None, None, None]


def test_a_question_is_noted_and_nothing_waits_or_is_sent(hartfield_file: Path) -> None:
    run("ask", "--as", TEACHER, "--now", NOW, "conference slide with a photo of Amelia Hart")
    run("ask", "--as", TEACHER, "--now", NOW, "can I photograph Amelia Hart?")
    with sqlite3.connect(hartfield_file) as db:
        counts = [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("questions", "pending")]  # noqa: S608  our own table names
        letters = db.execute("SELECT count(*) FROM letters").fetchone()[0]
    db.close()
    assert (counts, letters) == ([2, 0], 0)


def test_somebody_unknown_is_refused(hartfield_file: Path) -> None:
    told = json.loads(run("ask", "--as", "who@else.example", "--json", "Amelia Hart website photo").output)
    assert told["shape"] == "refused"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ask", "--as", TEACHER], "What is the question?"),
        (["ask", "question"], "Missing option '--as'"),
        (["ask", "--as", TEACHER, "--now", "soon", "q"], "'soon' is not a time"),
        (["evaluate", "nothing.jsonl"], "does not exist"),
    ],
)
def test_bad_use_is_a_sentence_and_exit_2(hartfield_file: Path, words: list[str], sentence: str) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert sentence in told.output


def test_without_a_database_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDPO_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    told = run("ask", "--as", TEACHER, "question")
    assert told.exit_code == 1
    assert "askdpo db upgrade" in told.output


def test_a_database_that_does_not_open_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDPO_DATABASE_URL", f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}")
    told = run("ask", "--as", TEACHER, "question")
    assert told.exit_code == 1
    assert "Is ASKDPO_DATABASE_URL right?" in told.output


def test_evaluating_nothing_is_no_success(hartfield_file: Path, tmp_path: Path) -> None:
    assert run("evaluate", _file(tmp_path, {"thresholds": {}})).exit_code == 2


def _file(folder: Path, *lines: dict[str, object]) -> str:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return str(path)


RIGHT = {"as": TEACHER, "text": "Amelia Hart website photo", "expect": {"shape": "G"}}
WRONG = {"as": TEACHER, "text": "Tom Bell website photo", "expect": {"shape": "G"}}
UNSAFE = {"as": TEACHER, "text": "Amelia Hart website photo", "expect": {}, "never_yes": True}


@pytest.mark.parametrize(
    ("lines", "options", "code"),
    [
        ([RIGHT], [], 0),
        ([RIGHT, WRONG], [], 0),
        ([RIGHT, WRONG], ["--accuracy", "0.9"], 1),
        ([{"thresholds": {"accuracy": 0.9}}, RIGHT, WRONG], [], 1),
        ([{"thresholds": {"accuracy": 0.9}}, RIGHT, WRONG], ["--accuracy", "0.5"], 0),
        ([UNSAFE], [], 1),
        ([UNSAFE], ["--unsafe-yes", "1"], 0),
    ],
)
def test_evaluate_fails_under_its_thresholds(
    hartfield_file: Path, tmp_path: Path, lines: list[dict[str, object]], options: list[str], code: int
) -> None:
    told = run("evaluate", _file(tmp_path, *lines), "--now", NOW, *options)
    assert told.exit_code == code, told.output
    assert "right," in told.output


def test_evaluate_names_a_line_it_cannot_use(hartfield_file: Path, tmp_path: Path) -> None:
    told = run("evaluate", _file(tmp_path, {"text": "no asker"}))
    assert told.exit_code == 2
    assert "questions.jsonl:1" in told.output
