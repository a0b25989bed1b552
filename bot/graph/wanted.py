"""What of Microsoft Graph a school switched on, read from its settings; a wrong one is a sentence (contract 2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from policy.directory import MOST_LEAVERS_PERCENT, GroupRule
from policy.roles import Role

VARIABLES: Final = ("ASKDPO_DIRECTORY", "ASKDPO_TEAMS_APP_ID", "ASKDPO_MAILBOX")
_GROUP_KEYS: Final = frozenset({"id", "school", "roles"})
_SYNC_KEYS: Final = frozenset({"every_hours", "most_leavers_percent"})
_LONGEST_CODE: Final = 32


@dataclass(frozen=True, slots=True)
class Directory:
    """Which groups of Entra give which roles, and how often that is looked up."""

    rules: tuple[GroupRule, ...]
    every: timedelta | None = None  # None: by hand only
    most_leavers_percent: int = MOST_LEAVERS_PERCENT

    @property
    def schools(self) -> frozenset[str]:
        """The schools whose people come from Entra, and from nowhere else."""
        return frozenset(rule.school for rule in self.rules)

    @property
    def fingerprint(self) -> str:
        """Change when any rule does: what was read under other rules is read anew."""
        lines = sorted(f"{rule.group} {rule.school} {';'.join(sorted(rule.roles))}" for rule in self.rules)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class GraphWanted:
    """Each part is on where it is set."""

    directory: Directory | None = None
    teams_app: str | None = None  # the app's id in the organisation's catalogue: installs it for people
    mailbox: str | None = field(default=None)  # letters that Teams cannot deliver are announced from it

    @property
    def anything(self) -> bool:
        """Whether Graph is used at all."""
        return any((self.directory, self.teams_app, self.mailbox))


def read_wanted(values: Mapping[str, str]) -> GraphWanted:
    """Read the variables of this part. Raises ValueError with a sentence."""
    path, app, mailbox = (values.get(name) for name in VARIABLES)
    if app is not None and not is_guid(app):
        raise ValueError(
            "ASKDPO_TEAMS_APP_ID is no GUID. It is the app's id in your catalogue, not the one in its manifest: "
            "docs/install.md says where to find it."
        )
    if mailbox is not None and (mailbox.count("@") != 1 or " " in mailbox or mailbox[0] == "@" or mailbox[-1] == "@"):
        raise ValueError("ASKDPO_MAILBOX is not an e-mail address. Give the one mailbox that letters are sent from.")
    return GraphWanted(
        directory=None if path is None else read_directory(Path(path)),
        teams_app=None if app is None else app.lower(),
        mailbox=None if mailbox is None else mailbox.lower(),
    )


def read_directory(path: Path) -> Directory:
    """Read which group gives what. Raises ValueError with a sentence that names what is wrong."""
    import tomllib  # noqa: PLC0415  only a school with groups needs it

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as broken:
        raise ValueError(f"ASKDPO_DIRECTORY is {path}, which cannot be read: {type(broken).__name__}.") from broken
    except tomllib.TOMLDecodeError as broken:
        raise ValueError(f"ASKDPO_DIRECTORY is {path}, which is not TOML: {broken}.") from broken
    if unknown := sorted(table.keys() - {"group", "sync"}):
        raise ValueError(f"{path}: {unknown[0]} is not a setting. There are [[group]] and [sync].")
    groups = table.get("group", [])
    if not isinstance(groups, list) or not groups:
        raise ValueError(f"{path}: there is no [[group]]. Without one, nobody would have a role.")
    rules = tuple(_rule(path, number, group) for number, group in enumerate(groups, start=1))
    _no_two_spellings(path, rules)
    return Directory(rules, *_sync(path, table.get("sync", {})))


def is_guid(text: str) -> bool:
    """Say whether this is an id as Entra writes them."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _rule(path: Path, number: int, group: Any) -> GroupRule:  # noqa: ANN401  whatever TOML holds
    here = f"{path}: [[group]] number {number}"
    if not isinstance(group, dict) or group.keys() != _GROUP_KEYS:
        raise ValueError(f"{here} must have id, school and roles, and nothing else.")
    if not isinstance(group["id"], str) or not is_guid(group["id"].strip()):
        raise ValueError(f"{here}: id must be the group's object id, a GUID.")
    school, roles = group["school"], group["roles"]
    if not isinstance(school, str) or not 0 < len(school.strip()) <= _LONGEST_CODE:
        raise ValueError(f"{here}: school must be the code of a school.")
    if not isinstance(roles, list) or not roles:
        raise ValueError(f"{here}: roles must be a list with at least one role.")
    if unknown := [role for role in roles if role not in list(Role)]:
        raise ValueError(f"{here}: {unknown[0]!r} is not a role. The roles are: {', '.join(Role)}.")
    return GroupRule(group["id"].strip().lower(), school.strip(), frozenset(Role(role) for role in roles))


def _no_two_spellings(path: Path, rules: tuple[GroupRule, ...]) -> None:
    spelt: dict[str, str] = {}
    for rule in rules:
        first = spelt.setdefault(rule.school.casefold(), rule.school)
        if first != rule.school:
            raise ValueError(f"{path}: the school {first} is also written {rule.school}. Write it one way.")


def _sync(path: Path, table: Any) -> tuple[timedelta | None, int]:  # noqa: ANN401  whatever TOML holds
    if not isinstance(table, dict) or table.keys() - _SYNC_KEYS:
        raise ValueError(f"{path}: [sync] may have every_hours and most_leavers_percent, and nothing else.")
    every, percent = table.get("every_hours"), table.get("most_leavers_percent", MOST_LEAVERS_PERCENT)
    if every is not None and (not _is_number(every) or not 0.25 <= every <= 168):  # noqa: PLR2004  a quarter of an hour to a week
        raise ValueError(f"{path}: every_hours must be a number from 0.25 to 168, or left out.")
    if not isinstance(percent, int) or isinstance(percent, bool) or not 0 <= percent <= 100:  # noqa: PLR2004  per cent
        raise ValueError(f"{path}: most_leavers_percent must be a whole number from 0 to 100.")
    return None if every is None else timedelta(hours=every), percent


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
