"""`[schools.CODE] name`: what people read in place of a code."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.school_file import read_rules
from bot.school_names import keep_names, name_schools
from bot.settings import SettingsError, read_settings
from policy.called import Called
from policy.packs import SchoolRules
from storage import school_names, schools
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file

STAFF = Path(__file__).parents[1] / "dialogs" / "school" / "staff.csv"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def written(folder: Path, text: str) -> Path:
    file = folder / "school.toml"
    file.write_text(text, "utf-8")
    return file


def test_names_are_read_by_code_and_change_no_rule(tmp_path: Path) -> None:
    file = written(tmp_path, '[schools.HFD]\nname = " Hartfield Primary "\n\n[schools."O T"]\nname = "Ysgol y Dŵr"\n')
    settings = read_settings({"ASKDPO_CONFIG": str(file)})
    assert settings.school_names == {"HFD": Called("Hartfield Primary"), "O T": Called("Ysgol y Dŵr")}
    assert settings.rules == read_rules(file) == SchoolRules()


@pytest.mark.parametrize(
    "wrong",
    [
        "schools = 3",
        "[schools]\nHFD = 'Hartfield'",
        "[schools.HFD]\nname = 7",
        "[schools.HFD]\nname = ' '",
        "[schools.HFD]\nnam = 'H'",
        "[schools.HFD]\ncontroller = 'Ash Trust'",
        "[schools.HFD]\nname = 'H'\ncontroller = 7",
    ],
)
def test_a_wrong_one_is_a_sentence(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(SettingsError, match=r"schools is not as it should be\. Write \[schools\.CODE\]"):
        read_settings({"ASKDPO_CONFIG": str(written(tmp_path, wrong))})


async def called(db: Database) -> dict[str, str]:
    async with db.read() as session:
        return {school.code: school.name for school in await schools.schools(session)}


async def test_a_school_bears_its_name_whatever_the_letters_of_its_code_and_keeps_it_through_imports(
    db: Database,
) -> None:
    await import_file(db, Kind.STAFF, STAFF, now=NOW)
    assert await called(db) == {"HFD": "HFD", "OTH": "OTH"}
    await name_schools(db, {"hfd": Called("Hartfield Primary"), "NONE": Called("Nowhere")})
    assert await called(db) == {"HFD": "Hartfield Primary", "OTH": "OTH"}
    await import_file(db, Kind.STAFF, STAFF, now=NOW)
    await name_schools(db, {})
    assert (await called(db))["HFD"] == "Hartfield Primary"
    await name_schools(db, {"HFD": Called("Hartfield Academy")})
    assert (await called(db))["HFD"] == "Hartfield Academy"


async def test_a_running_bot_names_a_school_that_it_finds(db: Database) -> None:
    await import_file(db, Kind.STAFF, STAFF, now=NOW)
    going_on = asyncio.create_task(keep_names(db, {"OTH": Called("Otherfield")}))
    try:
        async with asyncio.timeout(10):
            while (await called(db))["OTH"] != "Otherfield":  # noqa: ASYNC110  the database tells nobody
                await asyncio.sleep(0.01)
    finally:
        going_on.cancel()


async def test_naming_waits_for_the_first_migration(tmp_path: Path) -> None:
    empty = Database.connect(f"sqlite:///{tmp_path}/empty.db")
    await name_schools(empty, {"HFD": Called("Hartfield Primary")})
    assert not await empty.is_current()
    await empty.dispose()


async def test_a_trust_is_the_controller_of_all_its_academies(db: Database, tmp_path: Path) -> None:
    trust = 'controller = "Ash Learning Trust"\ncontroller_number = "ZA000000"\n'
    file = written(tmp_path, f'[schools.HFD]\nname = "Hartfield"\n{trust}\n[schools.OTH]\nname = "Otherfield"\n{trust}')
    await import_file(db, Kind.STAFF, STAFF, now=NOW)
    async with db.read() as session:
        hartfield, otherfield = (school.id for school in await schools.schools(session))
        assert await school_names.of_one_controller(session, hartfield) == (hartfield,)
    await name_schools(db, read_settings({"ASKDPO_CONFIG": str(file)}).school_names)
    async with db.read() as session:
        assert await school_names.of_one_controller(session, hartfield) == (hartfield, otherfield)
        assert (await school_names.called(session, otherfield)).controller_number == "ZA000000"
