"""Is the process alive, and can it do its work? For the platform that watches over it."""

from typing import Final

from aiohttp import web

from bot.logbook import Log
from storage.database import Database

READY: Final = web.AppKey("ready", Database)

log = Log(__name__)


async def healthz(_: web.Request) -> web.Response:
    """Alive; no I/O, so that a slow database does not get the process killed."""
    return web.json_response({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """Ready: the database answers and is migrated; 503 otherwise."""
    try:
        current = await request.app[READY].is_current()
    except Exception as failed:  # noqa: BLE001  drivers raise their own, OSError and timeouts: whichever, it is not ready
        log.warning("database not reachable", error=failed)
        return _not_ready("the database cannot be reached")
    return web.json_response({"status": "ready"}) if current else _not_ready("run `askdpo db upgrade` first")


def _not_ready(reason: str) -> web.Response:
    return web.json_response({"status": "not ready", "reason": reason}, status=503)
