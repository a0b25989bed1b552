"""Several people report at once: nothing is lost, and nobody sees a word of anybody else's (issue 3)."""

from pathlib import Path

from tests.stories.crowd import reports_at_once

PEOPLE = 12  # tests/bench/reporters.py has 100


async def test_people_who_report_at_once_each_get_their_own_form(tmp_path: Path, database_url: str) -> None:
    result = await reports_at_once(database_url, tmp_path, people=PEOPLE)
    assert result["wrong"] == []
    assert (result["cases"], result["letters_left"]) == (PEOPLE, 0)
    assert result["letters"] >= 2 * PEOPLE
