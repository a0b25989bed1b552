"""Who may post to us: Teams with a good token, for our bot, from our tenant; or, in local mode, this machine.

The token is checked by the SDK. What the SDK leaves out (platform 2.2, 2.3) is added here: it accepts tokens without
an end, other tenants and other channels, asks for keys while the loop stands still, and answers 500 to a bad token.
"""

import asyncio
import time
from collections import deque
from datetime import datetime, timedelta
from typing import Any, Final

import aiohttp
import jwt
from aiohttp import web
from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    ChannelValidation,
    ClaimsIdentity,
    JwtTokenExtractor,
)
from botframework.connector.auth.jwt_token_extractor import _OpenIdMetadata

from bot.connector import is_loopback
from bot.settings import Credentials

TEAMS: Final = "msteams"
ISSUER: Final = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
_REFRESHES: Final = 5  # for unknown keys, in any minute: rotation is seen at once, a flood asks Microsoft nothing more


class KeysUnavailableError(Exception):
    """The keys that sign Teams' tokens cannot be fetched now."""


class Keys(_OpenIdMetadata):
    """The signing keys: fetched without blocking, kept over an outage, fetched anew when they are rotated."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        super().__init__(url)  # type: ignore[no-untyped-call]  # the SDK's
        self._http = http
        self._turn = asyncio.Lock()
        self._parsed: dict[str, Any] = {}
        self._failed = False  # the last time we asked
        self._asked: deque[float] = deque(maxlen=_REFRESHES)

    async def get(self, key_id: str) -> Any:  # noqa: ANN401  the SDK's private type
        """Find a key by its id, looking again where it is new to us.

        Raises PermissionError for a key that Microsoft does not publish, KeysUnavailableError where we could not ask.
        """
        if self.last_updated < datetime.now() - timedelta(days=1):  # noqa: DTZ005  the SDK's own field is naive
            await self._look_again(key_id)
        if key_id not in self._parsed and self._may_ask():
            await self._look_again(key_id, because_unknown=True)
        if key_id not in self._parsed:
            if self._failed:
                raise KeysUnavailableError
            raise PermissionError("unknown signing key")
        return self._parsed[key_id]

    async def _look_again(self, key_id: str, *, because_unknown: bool = False) -> None:
        async with self._turn:
            if because_unknown and key_id in self._parsed:  # somebody else was first
                return
            try:
                await self._refresh()
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as failed:
                self._failed = True
                if not self._parsed:
                    raise KeysUnavailableError from failed
            else:
                self._failed = False

    async def _refresh(self) -> None:
        self._asked.append(time.monotonic())
        place = await self._fetch(self.url)
        self.keys = (await self._fetch(place["jwks_uri"]))["keys"]
        self._parsed = {
            key["kid"]: self._find(key["kid"]) for key in self.keys if key.get("kty") == "RSA" and "kid" in key
        }
        self.last_updated = datetime.now()  # noqa: DTZ005  see get

    async def _fetch(self, url: str) -> Any:  # noqa: ANN401  JSON crosses here
        async with self._http.get(url) as answer:
            answer.raise_for_status()
            return await answer.json(content_type=None)

    def _may_ask(self) -> bool:
        return len(self._asked) < _REFRESHES or time.monotonic() - self._asked[0] > 60  # noqa: PLR2004  a minute


class TeamsGuard(ConfigurationBotFrameworkAuthentication):
    """Production: a token from the Bot Framework for our app, an activity from Teams and from our tenant."""

    def __init__(self, credentials: Credentials, http: aiohttp.ClientSession) -> None:
        super().__init__(_Configuration(credentials))
        self._tenant = credentials.tenant.lower()
        address = (
            ChannelValidation.open_id_metadata_endpoint
            or AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
        )
        JwtTokenExtractor.metadataCache[address] = Keys(address, http)  # the SDK's only way to be given keys

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Let it pass, or raise PermissionError (401), HTTPForbidden or HTTPServiceUnavailable."""
        _refuse_early(auth_header)
        try:
            result = await super().authenticate_request(activity, auth_header)
        except (PermissionError, web.HTTPException):
            raise
        except KeysUnavailableError as failed:
            raise web.HTTPServiceUnavailable(text="The signing keys cannot be fetched.") from failed
        except Exception as failed:  # the SDK raises bare Exception for a bad endorsement or algorithm
            raise PermissionError(type(failed).__name__) from failed
        claims = result.claims_identity.claims
        if "exp" not in claims or claims.get("iss") != ISSUER or claims.get("serviceurl") != activity.service_url:
            raise PermissionError("incomplete")
        if activity.channel_id != TEAMS or tenants(activity) != {self._tenant}:
            raise web.HTTPForbidden(text="This bot serves one tenant, in Teams.")
        return result


class LocalGuard(ConfigurationBotFrameworkAuthentication):
    """Local mode: no token, any tenant, but only Teams-shaped activities that are answered on this machine."""

    def __init__(self) -> None:
        super().__init__(_Configuration(None))

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:  # noqa: ARG002  the SDK's signature
        """Let it pass, or raise HTTPForbidden."""
        if activity.channel_id != TEAMS or not is_loopback(activity.service_url):
            raise web.HTTPForbidden(text="Local mode takes Teams activities with a loopback serviceUrl only.")
        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity({}, True, AuthenticationConstants.ANONYMOUS_AUTH_TYPE)  # noqa: FBT003  the SDK's signature
        return result


def tenants(activity: Activity) -> set[str]:
    """Every tenant that the activity names, in its conversation and in its channel data; it should be one."""
    data = activity.channel_data or {}
    channel = data.get("tenant")
    named = (activity.conversation.tenant_id, channel.get("id") if isinstance(channel, dict) else None)
    return {name.lower() for name in named if isinstance(name, str)}


def _refuse_early(auth_header: str) -> None:
    """Refuse what is not a Bot Framework token at all, before the SDK takes it for an emulator's (platform 2.1)."""
    scheme, _, token = auth_header.partition(" ")
    if scheme != "Bearer" or not token:
        raise PermissionError("no token")
    try:
        header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as broken:
        raise PermissionError("not a token") from broken
    if claims.get("iss") != ISSUER or "exp" not in claims or not isinstance(header.get("kid"), str):
        raise PermissionError("not a Bot Framework token")


class _Configuration:
    """What the SDK wants to read; the password is not needed to check what comes in."""

    def __init__(self, credentials: Credentials | None) -> None:
        self.APP_TYPE = "MultiTenant"  # the one type that may be without a password; the tenant is checked above
        self.APP_ID = credentials.app_id if credentials else ""
        self.APP_PASSWORD = ""
