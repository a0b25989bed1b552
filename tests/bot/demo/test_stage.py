"""The demo's folder: made once, found again, made anew when it no longer fits, and never at anybody's cost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.stage import StageError, set_stage
from bot.demo.trust import trust
from storage import people, pupils, schools
from storage.database import Database

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def silently(_words: str) -> None:
    pass


async def test_the_trust_arrives_by_the_road_of_a_schools_own_files(tmp_path: Path) -> None:
    stage = await set_stage(tmp_path / "demo", now=NOW, doing=silently)
    db = Database.connect(stage.database_url)
    try:
        async with db.read() as session:
            there = [await schools.by_code(session, code) for code in ("OSB", "QHP")]
            rolls = [await pupils.roll(session, school.id) for school in there if school]
            head = await people.by_email(session, "h.ashdown-pike@osierbank.example")
    finally:
        await db.dispose()
    assert sum(map(len, rolls)) == len(trust(NOW.date())["pupils"])
    assert head is not None


async def test_a_second_start_finds_the_trust_as_it_was_left(tmp_path: Path) -> None:
    assert (await set_stage(tmp_path / "demo", now=NOW, doing=silently)).made_now
    again = await set_stage(tmp_path / "demo", now=NOW + timedelta(days=20), doing=silently)
    assert not again.made_now


@pytest.mark.parametrize("later", [timedelta(days=29), timedelta(days=-1), timedelta(days=300)])
async def test_a_trust_of_another_time_is_made_anew(tmp_path: Path, later: timedelta) -> None:
    await set_stage(tmp_path / "demo", now=NOW, doing=silently)
    said: list[str] = []
    assert (await set_stage(tmp_path / "demo", now=NOW + later, doing=said.append)).made_now
    assert "Mon 23 Nov 2026" in said[0]


@pytest.mark.parametrize("mark", ["", "{}", '{"edition": 1, "made_on": "2026-11-23", "finished": false}'])
async def test_a_trust_left_half_made_is_made_anew(tmp_path: Path, mark: str) -> None:
    await set_stage(tmp_path / "demo", now=NOW, doing=silently)
    (tmp_path / "demo" / "demo.json").write_text(mark, "utf-8")
    assert (await set_stage(tmp_path / "demo", now=NOW, doing=silently)).made_now
    assert not (await set_stage(tmp_path / "demo", now=NOW, doing=silently)).made_now


async def test_a_folder_of_somebody_elses_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.db").write_text("precious", "utf-8")
    with pytest.raises(StageError, match="a folder of its own"):
        await set_stage(tmp_path, now=NOW, doing=silently)
    assert (tmp_path / "demo.db").read_text("utf-8") == "precious"
