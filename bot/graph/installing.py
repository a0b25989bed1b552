"""Installs the app for people who never opened it, so that alerts reach them too (platform 6)."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.graph.client import Graph, GraphError

NEEDED: Final = "TeamsAppInstallation.ReadWriteSelfForUser.All"
IN_A_HURRY: Final = 4.0  # seconds: whoever waits for an alert is not to wait for Graph; the next in line is told
_CONFLICT: Final = 409
_FORBIDDEN: Final = frozenset({401, 403})
_NOT_FOUND: Final = 404


class State(StrEnum):
    """What became of an installation."""

    INSTALLED = "installed"
    WAS_THERE = "was there already"
    NOT_INSTALLED = "not installed"


@dataclass(frozen=True, slots=True)
class Installation:
    """What became of one, in one sentence where it failed; `later` says whether trying again may help."""

    state: State
    words: str = ""
    later: bool = False

    @property
    def is_there(self) -> bool:
        """Whether this person has the app now."""
        return self.state is not State.NOT_INSTALLED


class Installer:
    """Installs one app, known by its id in the organisation's catalogue."""

    def __init__(self, graph: Graph, teams_app: str, *, catalogue: str = "https://graph.microsoft.com/v1.0") -> None:
        self._graph = graph
        self._bind = f"{catalogue}/appCatalogs/teamsApps/{teams_app}"

    async def install(self, person: str) -> Installation:
        """Install it for whoever has this object id; that they have it already is fine."""
        try:
            await self._graph.post(f"/users/{person}/teamwork/installedApps", {"teamsApp@odata.bind": self._bind})
        except GraphError as failed:
            return _judged(failed)
        return Installation(State.INSTALLED)

    async def install_now(self, person: str) -> bool:
        """Install it while an alert waits: soon, or not at all."""
        try:
            async with asyncio.timeout(IN_A_HURRY):
                return (await self.install(person)).is_there
        except TimeoutError:
            return False


def _judged(failed: GraphError) -> Installation:
    if failed.status == _CONFLICT:
        return Installation(State.WAS_THERE)
    if failed.status in _FORBIDDEN:
        words = (
            f"Graph does not let the bot install its app ({failed}). Grant it {NEEDED}, as an application permission "
            "with admin consent, and allow the app for this person in the Teams admin center."
        )
    elif failed.status == _NOT_FOUND:
        words = (
            f"Graph knows no such person, or no such app ({failed}). Check ASKDPO_TEAMS_APP_ID, and that the person "
            "has a licence for Teams."
        )
    else:
        words = f"Graph did not answer well ({failed}). Try again later; whoever has the app already is left alone."
    later = failed.status not in {*_FORBIDDEN, _NOT_FOUND, 400}
    return Installation(State.NOT_INSTALLED, words, later)
