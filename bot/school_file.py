"""The school's own file, TOML: its switches and what its schools are called. A key it does not name stays strict."""

from collections.abc import Callable, Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from bot.retention_settings import KEYS as OF_RETENTION
from bot.retention_settings import gathered
from bot.school_names import names_in
from bot.setting_errors import SettingsError, nearest
from policy.called import Called
from policy.digest.occasion import DigestAt
from policy.packs import (
    Age12,
    ConsentCycle,
    EducationBasis,
    FamilyFilming,
    Pack,
    PersonalDevice,
    PublishedCopies,
    SchoolRules,
)
from policy.quiet_hours import QuietHours


def read_rules(path: Path) -> SchoolRules:
    """Read the switches from the TOML file of a school; every key it does not name keeps its strict default.

    Raises SettingsError with a sentence.
    """
    chosen: dict[str, Any] = {}
    for key, value in flat({key: value for key, value in _table(path).items() if key != _NAMES}):
        if key not in KEYS:
            raise SettingsError(f"{path}: {key} is not a setting.{nearest(key, KEYS)}")
        name, read = KEYS[key]
        try:
            chosen[name] = read(value)
        except ValueError as wrong:
            raise SettingsError(f"{path}: {key} is {value!r}. {wrong}") from wrong
    rules = SchoolRules(**gathered(chosen))
    if rules.cycle_in_force is not rules.consent_cycle:
        raise SettingsError(f"{path}: consent.cycle is {rules.consent_cycle.value!r}. {_YEARLY}")  # C7
    return rules


def read_school_names(path: Path) -> Mapping[str, Called]:
    """Read what the file calls the schools, by code: `[schools.CODE]` and its `name`. Raises SettingsError."""
    try:
        return names_in(_table(path).get(_NAMES, {}))
    except ValueError as wrong:
        raise SettingsError(f"{path}: {_NAMES} is not as it should be. {wrong}") from wrong


def _table(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415  only a school with a settings file needs it

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as broken:
        raise SettingsError(f"ASKDPO_CONFIG is {path}, which cannot be read: {type(broken).__name__}.") from broken
    except tomllib.TOMLDecodeError as broken:
        raise SettingsError(f"ASKDPO_CONFIG is {path}, which is not TOML: {broken}.") from broken


def flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """`{"images": {"personal_device": x}}` as `images.personal_device`, the way the papers name it."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += flat(value, f"{before}{key}.") if isinstance(value, dict) else [(f"{before}{key}", value)]
    return found


def _one_of(choices: type[StrEnum]) -> Callable[[Any], StrEnum]:
    def read(value: object) -> StrEnum:
        if not isinstance(value, str) or value not in list(choices):
            raise ValueError(f"It must be one of: {', '.join(choices)}.")
        return choices(value)

    return read


def _packs(value: object) -> frozenset[Pack]:
    if not isinstance(value, list) or not value or not all(name in list(Pack) for name in value):
        raise ValueError(f"It must be a list with at least one of: {', '.join(Pack)}.")
    return frozenset(Pack(name) for name in value)


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("It must be true or false, without quotation marks.")  # noqa: TRY004  a wrong setting is one error
    return value


def _days(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("It must be a whole number of days, at least 1.")
    return value


def _quiet(value: object) -> QuietHours:
    """Read "19:00-07:00", with " and weekends" where Saturdays and Sundays are quiet, or "never"."""
    written = str(value).strip().lower()
    if written == "never":
        return QuietHours(time(), time())
    hours, _, rest = written.partition(" and ")
    start, _, end = hours.partition("-")
    try:
        quiet = QuietHours(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()), rest == "weekends")
    except ValueError as wrong:
        raise ValueError(_QUIET) from wrong
    if rest not in {"", "weekends"}:
        raise ValueError(_QUIET)
    return quiet


def _digest_at(value: object) -> DigestAt:
    """Read "Mon 07:30": a day of the week and a time, London's."""
    day, _, oclock = str(value).strip().lower().partition(" ")
    try:
        return DigestAt(_WEEKDAYS[day.removesuffix("day")], time.fromisoformat(oclock.strip()).replace(tzinfo=None))
    except (KeyError, ValueError) as wrong:
        raise ValueError('Write it as "Mon 07:30": a day of the week and a time.') from wrong


_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(("mon", "tue tues", "wed wednes", "thu thurs", "fri", "sat satur", "sun"))
    for name in names.split()
}
_NAMES: Final = "schools"
_YEARLY: Final = "PHOTO is among the packs, and its clause 4.9 ends every form with the school year."
_QUIET: Final = 'Write it as "19:00-07:00", "19:00-07:00 and weekends" or "never".'

# The key in the school's file -> the field of SchoolRules, and how it is read (clauses.md 8)
KEYS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "packs": ("packs", _packs),
    "images.personal_device": ("personal_device", _one_of(PersonalDevice)),
    "consent.age12": ("age12", _one_of(Age12)),
    "consent.cycle": ("consent_cycle", _one_of(ConsentCycle)),
    "education.basis": ("education_basis", _one_of(EducationBasis)),
    "events.family_filming": ("family_filming", _one_of(FamilyFilming)),
    "withdrawal.published": ("published_copies", _one_of(PublishedCopies)),
    "quiet.hours": ("quiet_hours", _quiet),
    "digest.at": ("digest_at", _digest_at),
    "answers.second_approval": ("second_approval", _switch),
    "list.stale_after_days": ("list_stale_after_days", _days),
    **OF_RETENTION,
}
