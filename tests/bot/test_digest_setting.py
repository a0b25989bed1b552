"""`digest.at`: a day of the week and a time, or a sentence that says how to write them."""

from datetime import time
from pathlib import Path

import pytest

from bot.school_file import read_rules
from bot.settings import SettingsError
from policy.digest.occasion import DigestAt


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("Mon 07:30", DigestAt()),
        ("friday 16:00", DigestAt(4, time(16))),
        ("Tues 08:15", DigestAt(1, time(8, 15))),
        ("sun 09:30", DigestAt(6, time(9, 30))),
    ],
)
def test_a_day_and_a_time_are_read(tmp_path: Path, written: str, at: DigestAt) -> None:
    (tmp_path / "school.toml").write_text(f'[digest]\nat = "{written}"\n')
    assert read_rules(tmp_path / "school.toml").digest_at == at


@pytest.mark.parametrize("written", ['"07:30"', '"Mon"', '"Mon 25:00"', '"someday 07:30"', "7", '"mo 07:30"'])
def test_anything_else_is_a_sentence(tmp_path: Path, written: str) -> None:
    (tmp_path / "school.toml").write_text(f"[digest]\nat = {written}\n")
    with pytest.raises(SettingsError, match=r"digest\.at is .*Mon 07:30"):
        read_rules(tmp_path / "school.toml")
