"""How documents name people, moments and outcomes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from policy.clocks.local_time import london, long_time

Names: TypeAlias = Mapping[int, str]  # people's display names, by their ids


def name(names: Names, person: int | None) -> str:
    """Name a person; the bot's own doing has a name too."""
    return "Ask DPO" if person is None else names.get(person, "somebody who left")


def when(at: datetime | None) -> str:
    """Say an instant in London's time, as people read it; nothing for none."""
    return "" if at is None else long_time(at)


def iso(at: datetime | None) -> str:
    """Write an instant in London's time with its offset, as spreadsheets and machines read it; nothing for none."""
    return "" if at is None else london(at).isoformat(timespec="seconds")


def yes_no(claim: object) -> str:
    """Write a claim."""
    return "yes" if claim else "no"
