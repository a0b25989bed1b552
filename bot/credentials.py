"""The bot's own token towards Teams: asked for off the event loop, kept until it is nearly over."""

import asyncio
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from bot.logbook import Log
from bot.settings import AppType, Credentials

RESOURCE: Final = "https://api.botframework.com"
EXCHANGE: Final = "api://AzureADTokenExchange"  # the audience of what a managed identity vouches with
LOGIN: Final = "https://login.microsoftonline.com"
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


def asking_entra(credentials: Credentials, *, resource: str = RESOURCE, http_client: Any = None) -> Ask:  # noqa: ANN401  msal's transport has no type
    """Ask as the registration says: by secret, certificate or managed identity. Built at first use, kept in memory.

    Each call asks anew: `Tokens` keeps what it got, and asks only when that is nearly over or was refused.
    """
    app: Any = None

    def ask() -> Mapping[str, Any]:
        nonlocal app
        if credentials.app_type is AppType.MANAGED_IDENTITY:
            return _of_machine(credentials.app_id, resource, http_client)
        if app is None:  # building it asks Entra where things are
            app = _application(credentials, http_client)
        answer: Mapping[str, Any] = app.acquire_token_for_client(scopes=[f"{resource}/.default"])
        return answer

    return ask


def _of_machine(identity: str, resource: str, http_client: Any) -> Mapping[str, Any]:  # noqa: ANN401  see asking_entra
    """Ask the machine for a token of its user-assigned managed identity."""
    import requests  # noqa: PLC0415  msal's managed identity wants a session to be handed in

    msal: Any = import_module("msal")  # 0.1 s that a start without credentials need not spend
    http = http_client or requests.Session()
    client = msal.ManagedIdentityClient(msal.UserAssignedManagedIdentity(client_id=identity), http_client=http)
    answer: Mapping[str, Any] = client.acquire_token_for_client(resource=resource)
    return answer


def _application(credentials: Credentials, http_client: Any) -> Any:  # noqa: ANN401  see asking_entra
    msal: Any = import_module("msal")  # see _of_machine

    class Forgetful(msal.TokenCache):  # type: ignore[misc]  # msal has no types
        """Keeps nothing: else msal gives a token that was refused again and again, until its end."""

        def add(self, event: object, now: object = None) -> None:
            """Keep nothing."""

    return msal.ConfidentialClientApplication(
        credentials.app_id,
        authority=f"{LOGIN}/{credentials.tenant}",
        client_credential=_proof(credentials, http_client),
        token_cache=Forgetful(),
        **({"http_client": http_client} if http_client is not None else {"timeout": _PATIENCE}),
    )


def _proof(credentials: Credentials, http_client: Any) -> object:  # noqa: ANN401  see asking_entra
    """Give what proves who we are, as msal wants it: a certificate is read anew by each process only."""
    if credentials.certificate is not None:
        pem = credentials.certificate.read_text("ascii")
        return {"private_key": pem, "public_certificate": pem}
    if credentials.vouched_by:

        def assertion() -> str:
            """Ask the machine to vouch: a federated credential of the registration trusts its identity."""
            answer = _of_machine(credentials.vouched_by, EXCHANGE, http_client)
            if "access_token" not in answer:
                raise NoTokenError(str(answer.get("error", "unknown")))
            return str(answer["access_token"])

        return {"client_assertion": assertion}
    return credentials.password
