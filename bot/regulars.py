"""Who writes, as far as the log and the limits need it: our number of them and their schools, asked once in a while."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storage import people
from storage.database import Database

_KNOWN_FOR: Final = 600.0  # seconds
_UNKNOWN_FOR: Final = 30.0  # somebody may be on the next list
_MOST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Regular:
    """Somebody on a school's list."""

    number: int
    schools: str  # their codes, "HFD;OAK"


class Regulars:
    """One for the process. What it says decides nothing but pace and log lines: rights are looked up in every turn."""

    def __init__(self, db: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._clock = clock
        self._seen: dict[str, tuple[float, Regular | None]] = {}

    async def of(self, person: str) -> Regular | None:
        """Give who that is; None for whoever is on no list."""
        now = self._clock()
        until, kept = self._seen.get(person, (0.0, None))
        if now < until:
            return kept
        async with self._db.read() as session:
            found = await people.by_aad(session, person) if person else None
        regular = None
        if found is not None and found.memberships:
            codes = dict.fromkeys(own.school_code for own in found.memberships)
            regular = Regular(found.id, ";".join(codes))
        if len(self._seen) >= _MOST:
            self._seen.clear()
        self._seen[person] = (now + (_KNOWN_FOR if regular is not None else _UNKNOWN_FOR), regular)
        return regular
