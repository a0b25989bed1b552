"""What the administrator decided: the environment and the school's TOML file, read once into one frozen value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from bot.graph.wanted import VARIABLES as OF_GRAPH
from bot.graph.wanted import GraphWanted, read_wanted
from bot.limits import read_limit
from bot.registration import PROOFS, USUAL, AppType, Credentials, read_credentials
from bot.retention_settings import KEYS as OF_RETENTION
from bot.retention_settings import gathered
from bot.school_names import names_in
from bot.telemetry import otel_variables
from policy.called import Called
from policy.digest.occasion import DigestAt
from policy.packs import Age12, EducationBasis, FamilyFilming, Pack, PersonalDevice, PublishedCopies, SchoolRules
from policy.quiet_hours import QuietHours

__all__ = [
    "LOOPBACK",
    "AppType",
    "Credentials",
    "LogStyle",
    "Settings",
    "SettingsError",
    "read_rules",
    "read_school_names",
    "read_settings",
]

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
PREFIX: Final = "ASKDPO_"

T = TypeVar("T")


class SettingsError(ValueError):
    """A setting that is wrong; the message names it and says what to do."""


class LogStyle(StrEnum):
    """`ASKDPO_LOG`: lines for machines or for people."""

    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a start needs to know (contract 2)."""

    database_url: str = field(default="sqlite+aiosqlite:///askdpo.db", repr=False)  # it may hold a password
    host: str | None = None  # None: loopback with --local, every address otherwise
    port: int = 3978
    rules: SchoolRules = field(default_factory=SchoolRules)
    school_names: Mapping[str, Called] = field(default_factory=dict)  # by code
    credentials: Credentials | None = None
    graph: GraphWanted = field(default_factory=GraphWanted)
    log: LogStyle | None = None  # None: for people at a terminal, JSON everywhere else
    telemetry: Mapping[str, str] = field(default_factory=dict)  # OpenTelemetry's own variables
    messages_a_minute: int | None = None  # of one person; 0: as many as they like; None: see bot/limits.py

    def bind_address(self, *, local: bool) -> str:
        """Where to listen. Local mode takes activities without a token, so it must not be reachable from outside.

        Raises SettingsError where it would be.
        """
        if not local:
            return self.host or "0.0.0.0"  # noqa: S104  a server in a container is reached from outside; tokens guard it
        if self.host is not None and self.host not in LOOPBACK:
            raise SettingsError(
                f"ASKDPO_HOST is {self.host}, but --local listens on this machine only. "
                "Take ASKDPO_HOST away, or set it to 127.0.0.1."
            )
        return self.host or "127.0.0.1"

    def credentials_needed(self) -> Credentials:
        """Give the credentials. Raises SettingsError, a sentence for whoever starts the bot without any."""
        if self.credentials is None:
            raise SettingsError(
                "There are no bot credentials. Set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId, "
                "or start with --local to try the bot on this machine."
            )
        return self.credentials


def read_settings(environment: Mapping[str, str] | None = None, *, dotenv: Path | None = None) -> Settings:
    """Read the settings of this process: a `.env` file in the working directory, and over it the environment itself.

    Raises SettingsError with a sentence that names what is wrong.
    """
    if environment is None:
        environment = _environment(dotenv or Path(".env"))
    values = {name: value.strip() for name, value in environment.items() if value.strip()}
    for name in values:
        if name.startswith(PREFIX) and name not in _VARIABLES:
            raise SettingsError(f"{name} is not a setting.{_nearest(name, _VARIABLES)}")
    config = values.get("ASKDPO_CONFIG")
    return Settings(
        database_url=_database_url(values.get("ASKDPO_DATABASE_URL", Settings().database_url)),
        host=values.get("ASKDPO_HOST"),
        port=_port(values.get("ASKDPO_PORT", "3978")),
        rules=read_rules(Path(config)) if config else SchoolRules(),
        school_names=read_school_names(Path(config)) if config else {},
        credentials=_or_sentence(read_credentials, values),
        graph=_or_sentence(read_wanted, values),
        log=_log(values.get("ASKDPO_LOG")),
        telemetry=_or_sentence(otel_variables, values),
        messages_a_minute=_or_sentence(read_limit, values),
    )


def read_rules(path: Path) -> SchoolRules:
    """Read the switches from the TOML file of a school; every key it does not name keeps its strict default.

    Raises SettingsError with a sentence.
    """
    chosen: dict[str, Any] = {}
    for key, value in _flat({key: value for key, value in _table(path).items() if key != _NAMES}):
        if key not in _KEYS:
            raise SettingsError(f"{path}: {key} is not a setting.{_nearest(key, _KEYS)}")
        name, read = _KEYS[key]
        try:
            chosen[name] = read(value)
        except ValueError as wrong:
            raise SettingsError(f"{path}: {key} is {value!r}. {wrong}") from wrong
    return SchoolRules(**gathered(chosen))


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


def _environment(dotenv: Path) -> dict[str, str]:
    import os  # noqa: PLC0415  the environment is read here and nowhere else

    kept: dict[str, str | None] = {}
    if dotenv.is_file():
        from dotenv import dotenv_values  # noqa: PLC0415  only where there is such a file

        kept = dict(dotenv_values(dotenv))
    return {name: value for name, value in kept.items() if value is not None} | dict(os.environ)


def _database_url(value: str) -> str:
    scheme = urlsplit(value).scheme
    if scheme.partition("+")[0] not in {"sqlite", "postgresql"}:
        raise SettingsError(
            "ASKDPO_DATABASE_URL must start with sqlite+aiosqlite:// or postgresql+asyncpg://, "
            f"and starts with {scheme or 'no scheme'}."
        )
    return value


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 0 <= int(value) <= 65535:  # noqa: PLR2004  the last port
        raise SettingsError(f"ASKDPO_PORT is {value!r}. It must be a number from 0 to 65535 (0 takes any free port).")
    return int(value)


def _log(value: str | None) -> LogStyle | None:
    if value is not None and value not in list(LogStyle):
        raise SettingsError(f"ASKDPO_LOG is {value!r}. It must be one of: {', '.join(LogStyle)}.")
    return None if value is None else LogStyle(value)


def _or_sentence(read: Callable[[Mapping[str, str]], T], values: Mapping[str, str]) -> T:
    try:
        return read(values)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from wrong


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """`{"images": {"personal_device": x}}` as `images.personal_device`, the way the papers name it."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += _flat(value, f"{before}{key}.") if isinstance(value, dict) else [(f"{before}{key}", value)]
    return found


def _nearest(name: str, known: Mapping[str, Any] | Sequence[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only on the way to an error

    near = get_close_matches(name, list(known), n=1, cutoff=0.4)
    return f' Did you mean "{near[0]}"?' if near else f" The settings are: {', '.join(known)}."


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
_QUIET: Final = 'Write it as "19:00-07:00", "19:00-07:00 and weekends" or "never".'
_VARIABLES: Final = (
    "ASKDPO_DATABASE_URL",
    "ASKDPO_PORT",
    "ASKDPO_HOST",
    "ASKDPO_CONFIG",
    "ASKDPO_LOG",
    "ASKDPO_MESSAGES_PER_MINUTE",
    *OF_GRAPH,
    *PROOFS,
)
_BOT: Final = USUAL

# The key in the school's file -> the field of SchoolRules, and how it is read (clauses.md 8)
_KEYS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "packs": ("packs", _packs),
    "images.personal_device": ("personal_device", _one_of(PersonalDevice)),
    "consent.age12": ("age12", _one_of(Age12)),
    "education.basis": ("education_basis", _one_of(EducationBasis)),
    "events.family_filming": ("family_filming", _one_of(FamilyFilming)),
    "withdrawal.published": ("published_copies", _one_of(PublishedCopies)),
    "quiet.hours": ("quiet_hours", _quiet),
    "digest.at": ("digest_at", _digest_at),
    "answers.second_approval": ("second_approval", _switch),
    "list.stale_after_days": ("list_stale_after_days", _days),
    **OF_RETENTION,
}
