"""The last resort: whatever went wrong in a turn ends here, as a number for the log and a kind sentence."""

import logging
import secrets
import traceback
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from aiohttp import web

from dialogs.cards.as_text import as_text
from dialogs.cards.error import error_card
from dialogs.conversation import Reply

_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"  # nothing to mistake for another, and no words

T = TypeVar("T")

logger = logging.getLogger(__name__)


async def or_apology(work: Awaitable[T], *, activity: str, apologise: Callable[[Reply], Awaitable[T]]) -> T:
    """Do the work of a turn; where it breaks, log the place without what anybody wrote, and apologise instead."""
    try:
        return await work
    except Exception as error:  # noqa: BLE001  the one place that catches everything
        reference = new_reference()
        logger.error("turn %s failed, reference %s: %s", activity, reference, where(error))  # noqa: TRY400  the message of an exception may quote what people wrote
        return await apologise(apology(reference))


async def or_500(work: Awaitable[web.Response]) -> web.Response:
    """Answer a request; where even an apology was not possible, with a number and no error page."""
    try:
        return await work
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001  see or_apology
        reference = new_reference()
        logger.error("request failed, reference %s: %s", reference, where(error))  # noqa: TRY400  see or_apology
        return web.Response(status=500, text=f"Something went wrong. Reference: {reference}")


async def survive(work: Awaitable[None], what: str) -> None:
    """Do work that nobody waits for; where it breaks, log the place and let the rest go on."""
    try:
        await work
    except Exception as error:  # noqa: BLE001  see or_apology
        logger.error("%s failed: %s", what, where(error))  # noqa: TRY400  see or_apology


def apology(reference: str) -> Reply:
    """Say what a person reads when we failed."""
    card = error_card(reference=reference)
    return Reply(text=as_text(card), card=card)


def new_reference() -> str:
    """Draw a number to quote, such as `K7QF-3MXD`."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def where(error: BaseException) -> str:
    """Tell the kind of error, and the way to it: file, line, function. Never its message, which may hold names."""
    frames = traceback.extract_tb(error.__traceback__)
    way = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    cause = error.__cause__
    return f"{type(error).__name__}{f' from {type(cause).__name__}' if cause else ''} at {way}"
