"""Is the process alive, and can it do its work? For the platform that watches over it."""

from typing import Final

from aiohttp import web

from bot.logbook import Log
from bot.pulse import Pulse
from storage.database import Database

READY: Final = web.AppKey("ready", Database)
PULSE: Final = web.AppKey("pulse", Pulse)

log = Log(__name__)


async def healthz(_: web.Request) -> web.Response:
    """Alive; no I/O, so that a slow database does not get the process killed."""
    return web.json_response({"status": "alive"})


async def readyz(request: web.Request) -> web.Response:
    """Ready: the database answers and is migrated, and the work beside the turns comes round; 503 otherwise.

    Entra, Graph and Teams are not asked: while they are away, taking this replica out of service helps nobody.
    """
    try:
        current = await request.app[READY].is_current()
    except Exception as failed:  # noqa: BLE001  drivers raise their own, OSError and timeouts: whichever, it is not ready
        log.warning("database not reachable", error=failed)
        return _not_ready("the database cannot be reached")
    if not current:
        return _not_ready("run `askdpo db upgrade` first")
    if late := request.app[PULSE].late():
        for work in late:
            log.warning("work has not come round", work=work, seconds=request.app[PULSE].ages()[work])
        return _not_ready(f"the {' and the '.join(late)} did not come round in time: restart this replica")
    return web.json_response({"status": "ready"})


def _not_ready(reason: str) -> web.Response:
    return web.json_response({"status": "not ready", "reason": reason}, status=503)
