"""The one client towards Microsoft Graph: patient with reading, careful with writing, and loyal to one host."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from msgspec import DecodeError, json
from yarl import URL

from bot.connector import backoff, seconds
from bot.credentials import NoTokenError, Tokens
from bot.logbook import Log

GRAPH: Final = "https://graph.microsoft.com/v1.0"
RESOURCE: Final = "https://graph.microsoft.com"
PATIENCE: Final = 120.0  # seconds that one page may take with all its tries; a Retry-After beyond it is not waited for
_ONE_TRY: Final = 30.0  # seconds for one answer, its body included
_TIMEOUT: Final = aiohttp.ClientTimeout(total=_ONE_TRY)
_MOST_BYTES: Final = 16 * 1024 * 1024  # of one answer: 999 accounts take a twentieth of it
_MOST_PAGES: Final = 1_000  # nobody has a million members; a chain of links in a ring ends here
_PASSING: Final = frozenset({408, 429, 500, 502, 503, 504})
_CODE: Final = re.compile(r"[A-Za-z0-9_.]{1,60}")
_UNAUTHORIZED: Final = 401
_FAILED: Final = 400  # and above

log = Log(__name__)


class GraphError(Exception):
    """Graph did not do it. `status` is None where no answer came; `code` is its error code, never its message.

    `sent` says whether the request can have reached Graph at all: one that cannot may be made again.
    """

    def __init__(
        self, status: int | None, code: str = "", *, retry_after: float | None = None, sent: bool = True
    ) -> None:
        super().__init__(" ".join(filter(None, (f"status {status}" if status else "", code))) or "no answer")
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Answer:
    """What Graph answered: status and body; an empty body is an empty object."""

    status: int
    body: Mapping[str, Any]


class Graph:
    """Reads are tried for a while, as Retry-After says; a write is made once, for Graph knows no repeats."""

    def __init__(
        self, http: aiohttp.ClientSession, tokens: Tokens, *, base: str = GRAPH, patience: float = PATIENCE
    ) -> None:
        self._http = http
        self.tokens = tokens
        self._base = base.rstrip("/")
        self._patience = patience

    async def pages(self, path: str, *, eventual: bool = False) -> AsyncIterator[Mapping[str, Any]]:
        """Give every page of a collection, or of a delta: following its links, which may not leave our Graph.

        Raises GraphError.
        """
        link: str | None = path
        for _ in range(_MOST_PAGES):
            if link is None:
                return
            page = await self.get(link, eventual=eventual)
            yield page
            following = page.get("@odata.nextLink")
            link = None if following is None else str(following)
        raise GraphError(None, "TooManyPages")

    async def get(self, path: str, *, eventual: bool = False) -> Mapping[str, Any]:
        """Read: a path below our Graph, or a link that it gave. Raises GraphError when patience is over."""
        headers = {"ConsistencyLevel": "eventual"} if eventual else {}
        loop = asyncio.get_running_loop()
        tries, ends = 0, loop.time() + self._patience
        while True:
            tries += 1
            try:
                return (await self._authorised("GET", path, headers, None)).body
            except GraphError as failed:
                wait = backoff(tries, longest=15.0) if failed.retry_after is None else failed.retry_after
                passing = failed.status in _PASSING or (failed.status is None and not failed.code)
                if not passing or loop.time() + wait > ends:
                    raise
                log.info("graph to be asked again", status=failed.status or 0, seconds=wait, tries=tries)
                await asyncio.sleep(wait)

    async def post(self, path: str, body: object) -> Answer:
        """Write, once: what came of it is for the caller to judge. Raises GraphError."""
        return await self._authorised("POST", path, {"Content-Type": "application/json"}, json.encode(body))

    async def _authorised(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        try:
            return await self._attempt(method, path, headers, body)
        except GraphError as refused:
            if refused.status != _UNAUTHORIZED:
                raise
            self.tokens.forget()  # revoked: one more try with a new one. A 401 did nothing, whatever the method
            return await self._attempt(method, path, headers, body)

    async def _attempt(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        url = self._ours(path)  # before anything is sent: the token must not leave our Graph
        try:
            token = await self.tokens.token()
        except NoTokenError as none:
            raise GraphError(None, f"NoToken.{_code(str(none))}", sent=False) from none
        sent = {**headers, "Authorization": f"Bearer {token}", "Accept": "application/json"}
        try:
            async with self._http.request(
                method, url, data=body, headers=sent, allow_redirects=False, timeout=_TIMEOUT
            ) as answer:
                return await _read(answer)
        except aiohttp.ClientConnectorError as failed:
            raise GraphError(None, sent=False) from failed
        except (aiohttp.ClientError, TimeoutError, OSError) as failed:
            raise GraphError(None) from failed

    def _ours(self, path: str) -> URL:
        url = URL(path if "://" in path else self._base + path, encoded="://" in path)
        base = URL(self._base)
        if url.origin() != base.origin() or not url.path.startswith(f"{base.path}/") or url.user is not None:
            raise GraphError(None, "ForeignLink", sent=False)
        return url


async def _read(answer: aiohttp.ClientResponse) -> Answer:
    raw = b""
    async for chunk in answer.content.iter_chunked(1 << 16):
        raw += chunk
        if len(raw) > _MOST_BYTES:
            raise GraphError(None, "TooLong")
    body = _object(raw)
    if answer.status >= _FAILED:
        error = (body or {}).get("error")
        code = _code(error.get("code") if isinstance(error, dict) else None)
        raise GraphError(answer.status, code, retry_after=seconds(answer.headers.get("Retry-After")))
    if not 200 <= answer.status < 300 or body is None:  # noqa: PLR2004  a redirect is nothing to follow with a token
        raise GraphError(None, "Malformed")
    return Answer(answer.status, body)


def _object(raw: bytes) -> Mapping[str, Any] | None:
    """Read a JSON object; None where it is none."""
    if not raw.strip():
        return {}
    try:
        read = json.decode(raw)
    except (DecodeError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _code(told: object) -> str:
    """Take an error code if it looks like one: a message could quote anything."""
    return told if isinstance(told, str) and _CODE.fullmatch(told) else ""
