"""The bot's own token towards Teams: asked for off the event loop, kept until it is nearly over."""

import asyncio
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from bot.logbook import Log
from bot.settings import AppType, Credentials

SCOPE: Final = "https://api.botframework.com/.default"
RESOURCE: Final = "https://api.botframework.com"
_EARLY: Final = 300.0  # seconds before its end at which a token is renewed
_LONGEST_CODE: Final = 60
_PATIENCE: Final = 5.0  # seconds for each of Entra's answers

Ask = Callable[[], Mapping[str, Any]]  # asks Entra, blocking; gives msal's answer

log = Log(__name__)


class NoTokenError(Exception):
    """Entra gave no token; the message is its error code and nothing secret."""


class Tokens:
    """One token for the process. Stock 4.17 asks Entra on the event loop in every turn (platform 0.4)."""

    def __init__(self, ask: Ask, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._clock = clock
        self._token = ""
        self._ends = 0.0
        self._turn = asyncio.Lock()

    async def token(self) -> str:
        """Give a token that is good for minutes; while Entra is away, the old one for as long as it lasts."""
        if self._clock() < self._ends - _EARLY:
            return self._token
        async with self._turn:
            if self._clock() < self._ends - _EARLY:  # somebody else was first
                return self._token
            return await self._renewed()

    def forget(self) -> None:
        """Drop the token: Teams would not have it."""
        self._ends = 0.0

    async def _renewed(self) -> str:
        try:
            answer = await asyncio.to_thread(self._ask)
        except Exception as failed:  # noqa: BLE001  msal and requests raise whatever their transport raises
            answer = {"error": type(failed).__name__}
        if "access_token" not in answer:
            if self._clock() < self._ends:
                log.warning("no new token: the old one is still good", why=_code(answer))
                return self._token
            raise NoTokenError(_code(answer))
        self._token = str(answer["access_token"])
        self._ends = self._clock() + float(answer.get("expires_in", 0))
        log.info("token renewed", seconds=float(answer.get("expires_in", 0)))
        return self._token


def _code(answer: Mapping[str, Any]) -> str:
    """Give Entra's error code; whatever else may stand in its place is not repeated."""
    code = answer.get("error")
    return code if isinstance(code, str) and code.isidentifier() and len(code) <= _LONGEST_CODE else "unknown"


def asking_entra(credentials: Credentials, *, http_client: Any = None) -> Ask:  # noqa: ANN401  msal's transport has no type
    """Ask as the registration says: with its secret, or as the machine's managed identity. Built at first use."""
    app: Any = None

    def ask() -> Mapping[str, Any]:
        nonlocal app
        if app is None:  # building it asks Entra where things are
            app = _application(credentials, http_client)
        if credentials.app_type is AppType.MANAGED_IDENTITY:
            answer: Mapping[str, Any] = app.acquire_token_for_client(resource=RESOURCE)
        else:
            answer = app.acquire_token_for_client(scopes=[SCOPE])
        return answer

    return ask


def _application(credentials: Credentials, http_client: Any) -> Any:  # noqa: ANN401  see asking_entra
    msal: Any = import_module("msal")  # 0.1 s that a start without credentials need not spend

    if credentials.app_type is AppType.MANAGED_IDENTITY:
        import requests  # noqa: PLC0415  msal's managed identity wants a session to be handed in

        return msal.ManagedIdentityClient(
            msal.UserAssignedManagedIdentity(client_id=credentials.app_id),
            http_client=http_client or requests.Session(),
        )
    return msal.ConfidentialClientApplication(
        credentials.app_id,
        authority=f"https://login.microsoftonline.com/{credentials.tenant}",
        client_credential=credentials.password,
        **({"http_client": http_client} if http_client is not None else {"timeout": _PATIENCE}),
    )
