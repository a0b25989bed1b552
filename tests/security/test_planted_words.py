"""Words that people planted in their reports are found where they belong, and nowhere else."""

import io
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from bot.exports.offered import EXPORTS
from bot.exports.taking import ExportError, take
from dialogs.letters import _PREVIEWS
from storage.database import Database
from storage.tables import METADATA
from tests.dialogs.conftest import MONDAY
from tests.security.conftest import Prepared
from tests.security.prepared_school import EVERY_ROLE, OUTSIDERS, PLANTED, REPORTERS

# A form and its case keep what was filled in, a letter and an answer of ours what was shown of it.
_CASE: Final = {"case_events", "drafts", "letter_contents", "turns"}
TABLES: Final[Mapping[str, set[str]]] = {
    "breach": {*_CASE, "questions"},
    "form_a": _CASE,
    "answer": _CASE,
    "task": _CASE,
    "request": {*_CASE, "questions"},
    "scope": _CASE,
    "withdrawal": {"drafts", "letter_contents", "withdrawals", "turns"},
    "plan": _CASE,
    "incident": set(),  # domain 5: what happened stands in CPOMS
    "question": {"letter_contents", "questions"},
    "published": {"drafts", "letter_contents", "published_answers", "reviews", "turns"},
    "proposed": {"answer_proposals"},
    "draft": {"drafts", "turns"},
    "illegal": set(),
}
_TABLE: Final = {"dpo", "headteacher", "academy_leader"}  # a breach's
READERS: Final[Mapping[str, set[str]]] = {
    "breach": _TABLE,
    "form_a": _TABLE,
    "answer": _TABLE,
    "task": {*_TABLE, "sbm"},
    "request": {"dpo"},  # the head sees the dates of a request, not what is in it (domain 8)
    "scope": {"dpo", "sbm"},
    "withdrawal": {"office", "data_lead"},
    "plan": {"data_lead", "dsl", "deputy_dsl"},
    "incident": set(),
    "question": {"dpo"},
    "published": {"dpo", "r.oak"},
    "proposed": set(),
    "draft": set(),
    "illegal": set(),
}
EXPORTED: Final[Mapping[str, set[str]]] = {
    "breach": _TABLE,
    "form_a": _TABLE,
    "answer": {"dpo"},
    "task": {"dpo"},
    "request": {"dpo"},
    "scope": {"dpo"},
    "question": {"dpo"},
    "published": {"dpo"},
}
_FORMS: Final = {"docx": "json", "zip": "zip", "xlsx": "csv"}


def planted_in(text: str) -> set[str]:
    text = text.casefold()
    return {name for name, word in PLANTED.items() if word in text}


def test_each_word_is_in_the_tables_where_it_belongs_and_in_no_other(school_file: Path) -> None:
    found: dict[str, set[str]] = {name: set() for name in PLANTED}
    with closing(sqlite3.connect(school_file)) as rows:
        for table in METADATA.sorted_tables:
            for row in rows.execute(f"SELECT * FROM {table.name}"):  # noqa: S608  our own names only
                for name in planted_in("\n".join(map(str, row))):
                    found[name].add(table.name)
    assert {name: where - TABLES[name] for name, where in found.items() if where - TABLES[name]} == {}
    assert {name for name, where in found.items() if not where} == {name for name, where in TABLES.items() if not where}


def test_no_word_and_no_name_is_logged_at_any_level(prepared: Prepared) -> None:
    assert planted_in(prepared.logged) == set()
    assert [name for name in ("Tom Bell", "Ned Dove", "Wren Ashby", "Reporter Reed") if name in prepared.logged] == []


def test_a_letter_brings_a_word_only_to_whoever_may_have_it(school_file: Path) -> None:
    found: dict[str, set[str]] = {name: set() for name in PLANTED}
    with closing(sqlite3.connect(school_file)) as rows:
        for email, text, card in rows.execute(_LETTERS):
            for name in planted_in(f"{text} {card}"):
                found[name].add(email.partition("@")[0])
    assert found == READERS


def test_the_preview_of_a_letter_is_one_of_the_fixed_lines(school_file: Path) -> None:
    with closing(sqlite3.connect(school_file)) as rows:
        said = {summary for (summary,) in rows.execute("SELECT summary FROM letters")}
        kept = [words for (words,) in rows.execute("SELECT reply FROM turns")]
    assert said
    assert said <= set(_PREVIEWS.values())
    assert kept
    assert all('"summary": "Ask DPO' in words or '"summary":"Ask DPO' in words for words in kept if words)


@pytest.mark.parametrize("what", sorted(EXPORTS))
async def test_an_export_gives_a_word_only_to_whoever_may_have_it(
    what: str, school: Database, school_file: Path
) -> None:
    export, found = EXPORTS[what], defaultdict[str, set[str]](set)
    form = next(_FORMS.get(one, one) for one in export.formats if _FORMS.get(one, one) in export.formats)
    with closing(sqlite3.connect(school_file)) as rows:
        numbers = [number for (number,) in rows.execute("SELECT id FROM cases")] if export.of_case else [None]
    taken_by = set()
    for who in (*(role.value for role in EVERY_ROLE), *REPORTERS, *OUTSIDERS):
        for number in numbers:
            email = f"{who}@hartfield.example"
            try:
                file = await take(school, what, school="HFD", email=email, form=form, now=MONDAY, number=number)
            except ExportError:
                continue
            taken_by.add(who)
            for name in planted_in(read(file.content)):
                found[name].add(who)
    nobodys = {*REPORTERS, *OUTSIDERS, "staff", "governor", "web_editor", "site_manager", "ceo"}
    assert taken_by & nobodys == ({"governor"} if what == "digest" else set())  # counts are theirs (domain 8)
    assert {
        name: who - EXPORTED.get(name, set()) for name, who in found.items() if who - EXPORTED.get(name, set())
    } == {}


def read(content: bytes) -> str:
    """Every text of a file, whatever it is packed in."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(read(packed.read(name)) for name in packed.namelist())


_LETTERS: Final = (
    "SELECT email, letter_contents.text, letter_contents.card "
    "FROM letters JOIN letter_contents ON letter_id = letters.id "
    "JOIN people ON aad_object_id = addressee"
)
