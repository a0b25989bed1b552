"""Another clock's word: read from a server's answer, and where it is against ours, nothing is deleted."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botframework.connector.auth import ChannelValidation

from bot import housekeeping
from bot.connector import new_session
from bot.witness import ahead
from dialogs.desk import Desk
from storage.database import Database
from tests.bot.test_housekeeping import NIGHT, is_there, ran, school

__all__ = ["school"]  # the fixture
TRUE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SAID = "Mon, 23 Nov 2026 03:00:00 GMT"


@pytest.fixture
async def headers(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[dict[str, str]]:
    """What the server that lists Teams' keys puts on its answers."""
    told: dict[str, str] = {}

    async def answers(_: web.Request) -> web.Response:
        return web.Response(status=405, headers=told)

    app = web.Application()
    app.router.add_route("*", "/keys", answers)
    async with TestServer(app) as server:
        monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", str(server.make_url("/keys")))
        yield told


async def asked(machine: datetime) -> timedelta | None:
    async with new_session() as http:
        return await ahead(http, machine=lambda: machine)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ({"Date": SAID}, 3),
        ({"Date": SAID, "Age": "86400"}, 2),
        ({"Date": SAID, "Age": "soon"}, 3),
        ({"Date": SAID, "Age": "9" * 30}, 3),
        ({"Date": "Mon, 23 Nov 2026 03:00:00 -0000"}, 3),
    ],
)
async def test_it_is_read_from_the_answers_date(headers: dict[str, str], told: dict[str, str], days: int) -> None:
    headers |= told
    assert await asked(TRUE + timedelta(days=3)) == timedelta(days=days)


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Nov 2026 03:00:00 GMT"])
async def test_what_is_no_date_says_nothing(headers: dict[str, str], date: str) -> None:
    headers["Date"] = date
    assert await asked(TRUE) is None


async def test_where_nobody_answers_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", "http://127.0.0.1:9/keys")
    assert await asked(TRUE) is None


@pytest.mark.parametrize(
    ("apart", "stays"),
    [
        (timedelta(days=10), True),
        (timedelta(days=-10), True),
        (timedelta(hours=2), True),
        (timedelta(minutes=50), False),
        (None, False),
    ],
)
async def test_nothing_is_deleted_by_a_clock_that_another_contradicts(
    school: Database, caplog: pytest.LogCaptureFixture, apart: timedelta | None, *, stays: bool
) -> None:
    """Ten days ahead, which no gap between two nights would show."""
    for days in (2, 1):
        await ran(school, NIGHT - timedelta(days=days))

    async def witness() -> timedelta | None:
        return apart

    await housekeeping.once(school, Desk(), lambda: NIGHT, witness=witness)
    assert await is_there(school) is stays
    assert ("this machine's clock is not Microsoft's" in caplog.text) is stays
    if stays:
        with pytest.raises(housekeeping.WrongClockError, match="not Microsoft's"):
            await housekeeping.by_hand(school, Desk(), now=NIGHT, witness=witness)
        assert await is_there(school)
