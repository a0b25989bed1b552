"""The bot's own token: asked for seldom, never on the loop, kept over an outage."""

import asyncio
import json
import time
from typing import Any

import pytest

from bot.credentials import NoTokenError, Tokens, asking_entra
from bot.settings import AppType, Credentials


class Entra:
    """Gives a new token each time it is asked, slowly where told to."""

    def __init__(self, *, lasts: int = 3600, takes: float = 0.0) -> None:
        self.asked = 0
        self.lasts = lasts
        self.takes = takes
        self.broken = False

    def __call__(self) -> dict[str, Any]:
        self.asked += 1
        time.sleep(self.takes)
        if self.broken:
            raise ConnectionError
        return {"access_token": f"token-{self.asked}", "expires_in": self.lasts}


async def test_one_token_serves_everybody_until_it_is_nearly_over() -> None:
    now = [0.0]
    entra = Entra()
    tokens = Tokens(entra, clock=lambda: now[0])
    given = await asyncio.gather(*(tokens.token() for _ in range(10)))
    assert (set(given), entra.asked) == ({"token-1"}, 1)
    now[0] = 3600 - 301
    assert await tokens.token() == "token-1"
    now[0] = 3600 - 299
    assert await tokens.token() == "token-2"


async def test_a_slow_entra_does_not_hold_up_the_loop() -> None:
    tokens = Tokens(Entra(takes=0.3))
    asking = asyncio.create_task(tokens.token())
    longest, last = 0.0, time.monotonic()
    while not asking.done():
        await asyncio.sleep(0.005)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 0.2


async def test_while_entra_is_away_the_old_token_is_used_to_its_end() -> None:
    now = [0.0]
    entra = Entra()
    tokens = Tokens(entra, clock=lambda: now[0])
    await tokens.token()
    entra.broken = True
    now[0] = 3500
    assert await tokens.token() == "token-1"
    now[0] = 3601
    with pytest.raises(NoTokenError, match="ConnectionError"):
        await tokens.token()


async def test_a_forgotten_token_is_asked_for_again() -> None:
    entra = Entra()
    tokens = Tokens(entra)
    await tokens.token()
    tokens.forget()
    assert await tokens.token() == "token-2"


class Answer:
    """What msal wants of a transport's answer."""

    status_code = 200

    def __init__(self, body: dict[str, Any]) -> None:
        self.text = json.dumps(body)
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        pass


class Wire:
    """A transport for msal that knows Entra's two answers."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []

    def get(self, url: str, **_: object) -> Answer:
        base = url.partition("/v2.0")[0]
        return Answer({"token_endpoint": f"{base}/t", "authorization_endpoint": f"{base}/a", "issuer": f"{base}/v2.0"})

    def post(self, _: str, *, data: dict[str, Any], **__: object) -> Answer:
        self.posted.append(data)
        return Answer({"access_token": "from-entra", "expires_in": 3600, "token_type": "Bearer"})

    def close(self) -> None:
        pass


async def test_a_secret_is_exchanged_for_the_bot_frameworks_scope() -> None:
    wire = Wire()
    tokens = Tokens(
        asking_entra(Credentials("app", "tenant", AppType.SINGLE_TENANT, password="s3cret"), http_client=wire)
    )
    assert await tokens.token() == "from-entra"
    (asked,) = wire.posted
    assert (asked["client_id"], asked["scope"]) == ("app", "https://api.botframework.com/.default")
