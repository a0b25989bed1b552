"""`askdpo import policy`, as an administrator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.importing import DOCUMENTS
from policy import clauses
from tests.policy.documents.invented import POLICY

STAFF = "aad_object_id,email,display_name,school,roles\n0000-01,t@larkfield.example,Tess Archer,LRK,staff\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with one school and its policy."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASKDPO_DATABASE_URL", raising=False)
    (tmp_path / "staff.csv").write_text(STAFF)
    (tmp_path / "policy.md").write_text(POLICY, "utf-8")
    assert askdpo("import", "staff", "staff.csv").exit_code == 0
    return tmp_path


def askdpo(*words: str) -> Result:
    return CliRunner().invoke(main, words, catch_exceptions=False)


def test_it_says_what_it_found_and_where(folder: Path) -> None:
    done = askdpo("import", "policy", "policy.md", "--as-document", "data-protection")
    assert done.exit_code == 0
    assert "sar-procedure: 6 numbered clauses, from Appendix 2 (Subject Access Requests)." in done.stdout
    assert "  Please check: 1.3 is not there: 1.4" in done.stdout
    assert "data-protection: version 1, 16 clauses." in done.stdout
    again = askdpo("import", "policy", "policy.md", "--as-document", "data-protection")
    assert "data-protection: nothing changed since version 1." in again.stdout
    assert askdpo("db", "check").exit_code == 0


def test_a_dry_run_says_that_it_was_one(folder: Path) -> None:
    words = ("import", "policy", "policy.md", "--as-document", "data-protection")
    assert askdpo(*words, "--dry-run").stdout.endswith("This was a dry run: nothing was written.\n")
    assert "data-protection: version 1, 16 clauses." in askdpo(*words).stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("policy", "policy.md"), 2, "Say --as-document with one of photography"),
        (("policy", "policy.md", "--as-document", "menus"), 2, "'menus' is not one of"),
        (("policy", "policy.md", "--as-document", "photography"), 1, "says that it is data-protection"),
        (("policy", "staff.csv", "--as-document", "photography"), 1, "Nothing was written."),
        (("policy", "gone.pdf", "--as-document", "photography"), 1, "There is no file gone.pdf."),
        (("staff", "staff.csv", "--school", "LRK"), 2, "are for `askdpo import policy` only"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = askdpo("import", *words)
    assert done.exit_code == code
    assert says in " ".join(done.stderr.split())


def test_the_documents_are_those_of_the_register() -> None:
    assert set(DOCUMENTS) == set(clauses.DOCUMENTS.values())
