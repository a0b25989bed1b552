"""What the administrator decided: the environment, and with it the school's file, read once into one frozen value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

from bot.graph.wanted import VARIABLES as OF_GRAPH
from bot.graph.wanted import GraphWanted, read_wanted
from bot.limits import read_limit
from bot.registration import PROOFS, USUAL, AppType, Credentials, read_credentials
from bot.school_file import read_rules, read_school_names
from bot.setting_errors import SettingsError, nearest
from bot.telemetry import otel_variables
from policy.called import Called
from policy.packs import SchoolRules

__all__ = [
    "LOOPBACK",
    "AppType",
    "Credentials",
    "LogStyle",
    "Settings",
    "SettingsError",
    "read_settings",
]

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
PREFIX: Final = "ASKDPO_"

T = TypeVar("T")


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
            raise SettingsError(f"{name} is not a setting.{nearest(name, _VARIABLES)}")
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
