"""`askdpo export`, as somebody types it."""

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.exports.offered import EXPORTS
from bot.exports.taking import REFUSED_CASE

STAFF = """aad_object_id,email,display_name,school,roles
0-1,jo@ashdown.example,Jo Bellweather,ASH,staff
0-2,dpo@ashdown.example,Gwen Pascoe,ASH,dpo
"""
WHO = ("--school", "ASH", "--as", "dpo@ashdown.example")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with a school of two."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASKDPO_DATABASE_URL", raising=False)
    (tmp_path / "staff.csv").write_text(STAFF)
    assert askdpo("import", "staff", "staff.csv").exit_code == 0
    return tmp_path


def askdpo(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("form-a",), "Which case? Write its number: askdpo export form-a 17"),
        (("breaches", "17"), "breaches is of the whole school: it takes no number."),
        (("breaches", "--format", "docx"), "breaches comes as csv or xlsx, not as docx."),
        (("form-a", "17", "--format", "csv"), "form-a comes as docx or json, not as csv."),
        (("form-a", "17", "--version", "2"), "form-a has no versions."),
        (("held-about",), "About whom? Write --person EMAIL or --pupil UPN, one of them."),
        (("held-about", "--person", "jo@ashdown.example", "--pupil", "A1"), "About whom?"),
        (("audit", "--pupil", "A1"), "audit is not about one person: it takes neither --person nor --pupil."),
        (("breaches", "--week", "2026-11-09"), "breaches is as things stand now: it takes no week."),
        (("digest", "--week", "9 November"), "does not match the format '%Y-%m-%d'"),
        (("digest", "--format", "xlsx"), "digest comes as docx or pdf or json, not as xlsx."),
        (("evidence", "0"), "0 is not in the range x>=1"),
        (("secrets",), "'secrets' is not one of"),
    ],
)
def test_what_cannot_be_asked_for_is_said(words: tuple[str, ...], sentence: str) -> None:
    done = askdpo("export", *words, *WHO)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_a_paper_bears_the_schools_name_and_a_register_its_code(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "school.toml").write_text('[schools.ash]\nname = "Ashdown Primary"\n')
    monkeypatch.setenv("ASKDPO_CONFIG", "school.toml")
    paper = json.loads(askdpo("export", "digest", *WHO, "--format", "json").stdout)
    assert (paper["school"], paper["name"]) == ("ASH", "Ashdown Primary")
    week = json.loads(askdpo("export", "digest", *WHO, "--format", "json", "--week", "2026-11-12").stdout)
    assert week["date"] == "2026-11-09"
    assert "ASH" in askdpo("export", "audit", *WHO).stdout
    assert "Ashdown" not in askdpo("export", "audit", *WHO).stdout


def test_an_empty_register_is_its_heading(folder: Path) -> None:
    done = askdpo("export", "breaches", *WHO)
    assert done.exit_code == 0
    assert done.stdout.startswith("number,status,school,opened_at,aware_at,")
    assert done.stdout.count("\n") == 1


def test_a_case_that_is_not_there_is_one_sentence_on_standard_error(folder: Path) -> None:
    done = askdpo("export", "evidence", "17", *WHO, "--out", "case.zip")
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"Error: {REFUSED_CASE}\n")
    assert not (folder / "case.zip").exists()


@pytest.mark.parametrize("before", [None, 0o644])
def test_nobody_else_on_the_machine_reads_the_file(folder: Path, before: int | None) -> None:
    out = folder / "audit.csv"
    if before is not None:
        out.write_text("of yesterday")
        out.chmod(before)
    done = askdpo("export", "audit", *WHO, "--out", "audit.csv")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text("utf-8").startswith("number,status,school,opened_at,actor,")
    assert done.stderr == "Written to audit.csv. For staff only: please do not pass it on.\n"


def test_what_the_bot_holds_about_somebody_is_one_command(folder: Path) -> None:
    about = ("export", "held-about", *WHO, "--person", "jo@ashdown.example")
    assert '"about": "Jo Bellweather"' in askdpo(*about, "--format", "json").stdout
    done = askdpo(*about, "--out", "jo.docx")
    assert done.stderr.endswith("Written to jo.docx. Please read it over before you hand it out.\n")
    assert (folder / "jo.docx").read_bytes().startswith(b"PK")


def test_a_file_that_cannot_be_written_is_a_sentence(folder: Path) -> None:
    done = askdpo("export", "breaches", *WHO, "--out", "no/such/folder.csv")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: no/such/folder.csv cannot be written: No such file or directory.\n",
    )


def test_the_help_knows_every_export() -> None:
    told = " ".join(askdpo("export", "--help").stdout.split())
    for what, export in EXPORTS.items():
        assert f"{what}{' NUMBER' if export.of_case else ''}: {export.about}" in told
