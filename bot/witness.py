"""A second clock, for what nobody brings back: the date on what Microsoft answers (docs/retention.md)."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, TypeAlias

import aiohttp
from botframework.connector.auth import AuthenticationConstants, ChannelValidation

from bot.clock import Clock, wall_clock

APART: Final = timedelta(hours=1)  # caches and slow answers are minutes; what deletion minds is days
_LONGEST: Final = 8  # digits of an age that is meant
Witness: TypeAlias = Callable[[], Awaitable[timedelta | None]]  # how far this machine's clock is ahead, if anybody says


async def ahead(http: aiohttp.ClientSession, *, machine: Clock = wall_clock) -> timedelta | None:
    """Ask where Teams' signing keys are listed, which a bot must reach anyway; None where nothing is said."""
    address = (
        ChannelValidation.open_id_metadata_endpoint or AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
    )
    try:
        async with http.head(address, allow_redirects=True) as answer:
            told = _told(answer.headers.get("Date", ""), answer.headers.get("Age", ""))
    except (aiohttp.ClientError, TimeoutError):
        return None
    return None if told is None else machine() - told


def _told(date: str, age: str) -> datetime | None:
    """Read an answer's date; a cache on the way says for how many seconds it has had it."""
    since = int(age) if age.isascii() and age.isdecimal() and len(age) <= _LONGEST else 0
    try:
        told = parsedate_to_datetime(date)
        return (told if told.tzinfo else told.replace(tzinfo=UTC)) + timedelta(seconds=since)
    except (ValueError, OverflowError):  # no date, or one beyond the last
        return None
