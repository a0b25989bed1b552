"""The one client towards Teams: pooled, asynchronous, each send given up after five seconds."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from ipaddress import ip_address
from random import random
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.credentials import NoTokenError, Tokens
from bot.logbook import Fields
from bot.telemetry import Instrument, telemetry
from bot.wire import read_id

if TYPE_CHECKING:
    from tenacity import RetryCallState

GIVEN_UP: Final = 5.0  # seconds for one send (contract 5)
REPLY_PATIENCE: Final = 9.0  # seconds for all tries of a reply: Teams delivers a turn again after 15 (platform 4)
_PASSING: Final = frozenset({408, 412, 429, 500, 502, 503, 504})  # platform 4; 408 and 500 are as much nobody's fault
_UNAUTHORIZED: Final = 401
_DAY: Final = 86_400.0  # seconds: whoever asks us to wait longer made a mistake
_OK: Final = range(200, 300)
_JSON: Final = {"Content-Type": "application/json"}


class SendError(Exception):
    """Teams did not take it. `status` is None where no answer came at all; `retry_after` is in seconds."""

    def __init__(self, status: int | None, *, retry_after: float | None = None, cause: str = "") -> None:
        super().__init__(cause or f"status {status}")
        self.status = status
        self.retry_after = retry_after

    @property
    def passing(self) -> bool:
        """May another try help? No answer counts: it may have arrived, but a lost answer is worse than a second one."""
        return self.status is None or self.status in _PASSING


class Connector:
    """Sends, updates and opens chats. Without tokens (local mode) it talks to this machine only."""

    def __init__(self, http: aiohttp.ClientSession, tokens: Tokens | None) -> None:
        self._http = http
        self._tokens = tokens

    async def send(self, service_url: str, conversation: str, body: bytes, *, reply_to: str | None = None) -> str:
        """Post a message; gives the id that Teams gave it."""
        return await self._call("POST", service_url, _activities(conversation, reply_to), body)

    async def update(self, service_url: str, conversation: str, message: str, body: bytes) -> str:
        """Put a message in the place of one sent before."""
        return await self._call("PUT", service_url, _activities(conversation, message), body)

    async def open_chat(self, service_url: str, body: bytes) -> str:
        """Open (or find) the chat that the parameters describe; gives its conversation id."""
        return await self._call("POST", service_url, "/v3/conversations", body)

    async def _call(self, method: str, service_url: str, path: str, body: bytes) -> str:
        try:
            return await self._attempt(method, service_url, path, body)
        except SendError as refused:
            if refused.status != _UNAUTHORIZED or self._tokens is None:
                raise
            self._tokens.forget()  # revoked or rotated: one more try with a new one
            return await self._attempt(method, service_url, path, body)

    async def _attempt(self, method: str, service_url: str, path: str, body: bytes) -> str:
        url = URL(service_url.rstrip("/") + path, encoded=True)
        headers = await self._headers(service_url)
        with telemetry.timed(Instrument.SENDS, kind=method.lower()) as told:
            return await self._exchange(method, url, body, headers, told)

    async def _exchange(self, method: str, url: URL, body: bytes, headers: dict[str, str], told: Fields) -> str:
        try:
            async with self._http.request(method, url, data=body, headers=headers, allow_redirects=False) as answer:
                told["status"] = answer.status
                if answer.status in _OK:
                    told["outcome"] = "taken"
                    return read_id(await answer.read())
                raise SendError(answer.status, retry_after=seconds(answer.headers.get("Retry-After")))
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise SendError(None, cause=type(failed).__name__) from failed

    async def _headers(self, service_url: str) -> dict[str, str]:
        if self._tokens is None:
            if not is_loopback(service_url):
                raise SendError(403, cause="local mode sends to this machine only")
            return _JSON
        try:
            return {**_JSON, "Authorization": f"Bearer {await self._tokens.token()}"}
        except NoTokenError as failed:
            raise SendError(None, cause=f"no token: {failed}") from failed


async def patiently(send: Callable[[], Awaitable[str]], *, patience: float = REPLY_PATIENCE) -> str:
    """Try for a while, as Retry-After says or backing off, as long as a further try may help."""
    try:
        return await send()
    except SendError as failed:
        if not failed.passing:
            raise
        return await _again(send, failed, patience)


def backoff(tries: int, *, longest: float) -> float:
    """Seconds until the next try after so many: within 2 s (contract 5), then half as long again, with jitter."""
    return min(longest, 1.5 ** min(tries - 1, 32)) * (0.5 + random() / 2)  # noqa: S311  jitter, not a secret


def new_session() -> aiohttp.ClientSession:
    """Open the pooled client session; whoever opens it closes it."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=256, keepalive_timeout=75),
        timeout=aiohttp.ClientTimeout(total=GIVEN_UP),
        cookie_jar=aiohttp.DummyCookieJar(),
    )


@lru_cache(maxsize=256)
def is_loopback(address: str) -> bool:
    """Is this an http address of this very machine? Read by the same parser that sends."""
    try:
        url = URL(address)
        host = url.host or ""
        return url.scheme in {"http", "https"} and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _activities(conversation: str, message: str | None) -> str:
    path = f"/v3/conversations/{quote(conversation, safe='')}/activities"
    return f"{path}/{quote(message, safe='')}" if message else path


async def _again(send: Callable[[], Awaitable[str]], first: SendError, patience: float) -> str:
    from tenacity import AsyncRetrying, retry_if_exception, stop_before_delay  # noqa: PLC0415  most sends never need it

    failures = [first]

    async def next_try() -> str:
        if failures:  # the try that brought us here counts, and is not made again
            raise failures.pop()
        return await send()

    tries = AsyncRetrying(
        retry=retry_if_exception(_may_pass), wait=_wait, stop=stop_before_delay(patience), reraise=True
    )
    return await tries(next_try)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, SendError) and error.passing


def _wait(state: "RetryCallState") -> float:
    failed = state.outcome.exception() if state.outcome is not None else None
    asked = failed.retry_after if isinstance(failed, SendError) else None
    return asked if asked is not None else backoff(state.attempt_number, longest=4.0)


def seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds; it may also be a date."""
    if not retry_after:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after), _DAY)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
