"""`askdpo import`, `askdpo export` and `askdpo db`, as an administrator types them."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

STAFF = """aad_object_id,email,display_name,school,roles
0000-01,teacher@larkfield.example,Tess Archer,LRK,staff
0000-02,dsl@larkfield.example,Dora Sloane,LRK,dsl
"""
PUPILS = """upn,forename,surname,dob,year,class,school,joined_on,left_on
A1,Amelia,Hart,2018-03-04,4,4B,LRK,2022-09-02,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without any setting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASKDPO_DATABASE_URL", raising=False)
    (tmp_path / "staff.csv").write_text(STAFF)
    (tmp_path / "pupils.csv").write_text(PUPILS)
    (tmp_path / "restrictions.csv").write_text("upn,state,level,court_order,review_on\nA1,set,3,no,\n")
    return tmp_path


def askdpo(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_an_empty_database_is_migrated_first_and_what_changed_is_told(folder: Path) -> None:
    done = askdpo("import", "staff", "staff.csv")
    assert (done.exit_code, done.stdout) == (
        0,
        "New school: LRK.\n2 people given roles at a school.\n2 people new.\n",
    )
    assert askdpo("db", "check").stdout.startswith("The database is sound")


def test_a_bad_file_ends_with_one(folder: Path) -> None:
    (folder / "pupils.csv").write_text(PUPILS.replace("2018-03-04", "long ago"))
    done = askdpo("import", "pupils", "pupils.csv")
    assert done.exit_code == 1
    assert done.stderr == (
        "pupils.csv:2 date_of_birth: “long ago” is not a date; write 2026-09-10 or 10/09/2026.\nNothing was written.\n"
    )


def test_a_dry_run_says_that_it_was_one(folder: Path) -> None:
    assert askdpo("import", "pupils", "pupils.csv", "--dry-run").stdout.endswith(
        "This was a dry run: nothing was written.\n"
    )
    assert "1 pupil new." in askdpo("import", "pupils", "pupils.csv").stdout


@pytest.mark.parametrize(
    ("email", "exit_code", "sentence"),
    [
        (None, 1, "Only a designated safeguarding lead"),
        ("teacher@larkfield.example", 1, "Only a designated safeguarding lead"),
        ("nobody@larkfield.example", 1, "Nobody here has the address nobody@larkfield.example."),
        ("DSL@larkfield.example", 0, "1 restriction new."),
    ],
)
def test_restrictions_need_to_know_who_you_are(folder: Path, email: str | None, exit_code: int, sentence: str) -> None:
    askdpo("import", "staff", "staff.csv")
    askdpo("import", "pupils", "pupils.csv")
    done = askdpo("import", "restrictions", "restrictions.csv", *(["--as", email] if email else []))
    assert done.exit_code == exit_code
    assert sentence in done.output


def test_the_restricted_list_is_written_and_noted(folder: Path) -> None:
    askdpo("import", "staff", "staff.csv")
    askdpo("import", "pupils", "pupils.csv")
    done = askdpo("export", "restricted-list", "--school", "lrk", "--as", "dsl@larkfield.example", "--out", "list.csv")
    assert done.exit_code == 0
    told = list(csv.DictReader((folder / "list.csv").read_text("utf-8").splitlines()))
    assert [row["name"] for row in told] == ["every pupil", "Amelia Hart"]
    assert list(told[0])[:4] == ["number", "status", "school", "opened_at"]
    assert _audited(folder)[-1] == "restricted_list.exported"
    assert askdpo("db", "check").exit_code == 0


@pytest.mark.parametrize(
    ("school", "email"),
    [
        ("LRK", "teacher@larkfield.example"),
        ("LRK", "nobody@larkfield.example"),
        ("FAR", "dsl@larkfield.example"),
    ],
)
def test_whoever_may_not_have_the_list_gets_one_sentence_and_an_audit_line(
    folder: Path, school: str, email: str
) -> None:
    askdpo("import", "staff", "staff.csv")
    askdpo("import", "pupils", "pupils.csv")
    done = askdpo("export", "restricted-list", "--school", school, "--as", email)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "Error: This export is not open to you. If you need it, ask the school's data lead or the DPO.\n"
    )
    assert _audited(folder)[-1] == "restricted_list.refused"


def test_a_list_from_no_database_says_what_to_do(folder: Path) -> None:
    done = askdpo("export", "restricted-list", "--school", "LRK", "--as", "dsl@larkfield.example")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: The database is empty or of another version. Run: askdpo db upgrade\n",
    )


def test_check_fails_with_sentences(folder: Path) -> None:
    done = askdpo("db", "check")
    assert (done.exit_code, done.stderr) == (1, "There is no database at askdpo.db. Run: askdpo db upgrade\n")


def test_a_backup_is_made_once(folder: Path) -> None:
    askdpo("db", "upgrade")
    assert askdpo("db", "backup", "copy.db").stdout == "The database was copied to copy.db.\n"
    again = askdpo("db", "backup", "copy.db")
    assert (again.exit_code, again.stderr) == (
        1,
        "Error: copy.db is there already: a backup never overwrites one. Choose another name.\n",
    )


def test_a_database_that_does_not_answer_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDPO_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    done = askdpo("import", "staff", "staff.csv")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: The database does not answer: ")


def _audited(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "askdpo.db")) as connection:
        return [row[0] for row in connection.execute("SELECT action FROM audit ORDER BY number")]


def test_a_copy_is_put_back_by_command(folder: Path) -> None:
    askdpo("import", "staff", "staff.csv")
    assert askdpo("db", "backup", "copy.db").exit_code == 0
    refused = askdpo("db", "restore", "copy.db")
    assert refused.exit_code == 1
    assert "a restore overwrites nothing" in refused.stderr
    for each in folder.glob("askdpo.db*"):
        each.rename(folder / f"old-{each.name}")
    done = askdpo("db", "restore", "copy.db")
    assert done.exit_code == 0
    assert "copy.db is sound and was put back." in done.stdout
    assert "The next case will be number 1001." in done.stdout
    assert done.stdout.endswith("Now run: askdpo doctor\n")
    assert askdpo("db", "check").exit_code == 0
    told = askdpo("db", "restored")
    assert (told.exit_code, "sees to its numbers itself" in told.stderr) == (1, True)


def test_retention_counts_first_and_then_deletes(folder: Path) -> None:
    left = "A2,Tom,Bell,2014-03-04,6,6B,LRK,2020-09-02,2021-07-20\n"
    left += "A3,Ivo,Lund,2019-03-04,1,1B,LRK,2024-09-02,\n"  # on SQLite whoever came last is not deleted
    (folder / "pupils.csv").write_text(PUPILS + left)
    askdpo("import", "staff", "staff.csv")
    askdpo("import", "pupils", "pupils.csv")
    counted = json.loads(askdpo("retention", "--dry-run", "--json").stdout)
    assert {each["kind"]: each["gone"] for each in counted["kinds"] if each["gone"]} == {"pupils who left": 1}
    assert counted["dry_run"] is True
    told = askdpo("retention").stdout
    assert "1 deleted, the oldest from 2021-07-20 (12 months after the last day at school)" in told
    assert "Bell" not in told
    again = json.loads(askdpo("retention", "--json").stdout)
    assert sum(each["gone"] for each in again["kinds"]) == 0
    early = json.loads(askdpo("retention", "--dry-run", "--json", "--now", "2021-08-01T12:00").stdout)
    assert sum(each["gone"] for each in early["kinds"]) == 0


def test_after_a_long_gap_retention_wants_the_day_from_whoever_runs_it(folder: Path) -> None:
    left = "A2,Tom,Bell,2014-03-04,6,6B,LRK,2020-09-02,2021-07-20\n"
    left += "A3,Ivo,Lund,2019-03-04,1,1B,LRK,2024-09-02,\n"
    (folder / "pupils.csv").write_text(PUPILS + left)
    askdpo("import", "staff", "staff.csv")
    askdpo("import", "pupils", "pupils.csv")
    day = (datetime.now(UTC) + timedelta(days=60)).date()
    later = ("--now", f"{day}T12:00")
    refused = askdpo("retention", *later)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Nothing was deleted" in refused.stderr
    assert "askdpo retention --today YYYY-MM-DD" in refused.stderr
    assert "1 would go" in askdpo("retention", "--dry-run", *later).stdout
    assert askdpo("retention", "--today", f"{day + timedelta(days=1)}", *later).exit_code == 1
    assert askdpo("retention", "--today", "soon", *later).exit_code == 2
    assert "1 deleted" in askdpo("retention", "--today", f"{day}", *later).stdout
