"""The last resort: whatever went wrong in a turn ends here, as a number for the log and a kind sentence."""

import re
import secrets
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, TypeVar

from aiohttp import web

from bot.logbook import Log, turn_mark
from bot.telemetry import Instrument, telemetry
from dialogs.cards.as_text import as_text
from dialogs.cards.error import error_card
from dialogs.conversation import Reply

_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"  # nothing to mistake for another, and no words
_NUMBER: Final = re.compile(r"\d+")

T = TypeVar("T")


@dataclass(slots=True)
class Fate:
    """What became of a turn, for whoever watches it from outside: its mark in the log, and whether it broke."""

    mark: str
    broke: bool = False


fate: Final[ContextVar[Fate]] = ContextVar("fate")  # set around a turn by bot/watched.py

log = Log(__name__)


async def or_apology(work: Awaitable[T], *, activity: str, apologise: Callable[[Reply], Awaitable[T]]) -> T:
    """Do the work of a turn; where it breaks, log the place without what anybody wrote, and apologise instead."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001  the one place that catches everything
        reference, note = new_reference(), fate.get(Fate(turn_mark("", activity)))
        note.broke = True
        log.failure("turn failed", turn=note.mark, reference=reference, error=error)
        telemetry.count(Instrument.FAILURES, work="turn")
        return await apologise(apology(reference))


async def or_500(work: Awaitable[web.Response]) -> web.Response:
    """Answer a request; where even an apology was not possible, with a number and no error page."""
    try:
        return await work
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001  see or_apology
        reference = new_reference()
        log.failure("request failed", reference=reference, error=error)
        telemetry.count(Instrument.FAILURES, work="request")
        return web.Response(status=500, text=f"Something went wrong. Reference: {reference}")


async def survive(work: Awaitable[None], what: str) -> None:
    """Do work that nobody waits for; where it breaks, log the place and let the rest go on."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  see or_apology
        log.failure("work failed", work=what, error=error)
        telemetry.count(Instrument.FAILURES, work=_NUMBER.sub("", what).strip())


def apology(reference: str) -> Reply:
    """Say what a person reads when we failed."""
    card = error_card(reference=reference)
    return Reply(text=as_text(card), card=card)


def new_reference() -> str:
    """Draw a number to quote, such as `K7QF-3MXD`."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
