"""Activities of nearly the right shape, and a running bot to post them to: for the test, and for the bench's hour."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seed_of
from hypothesis import strategies as st

from bot.app import create_app
from bot.clock import wall_clock
from bot.settings import Settings
from dialogs.root import VERBS
from tests.security.forging import targets

_SELDOM: Final = 7  # of the numbers drawn: not 0, which hypothesis likes
FINE: Final = frozenset({200, 201, 202, 400, 401, 403, 413, 501})  # what an activity may be answered
PEOPLE: Final = tuple(f"00000000-0000-4000-8000-{number:012d}" for number in (1, 6, 9, 20, 26, 99))
NAMES: Final = (
    *("adaptiveCard/action", "composeExtension/fetchTask", "composeExtension/submitAction", "message/submitAction"),
    *("adaptiveCard/action", "composeExtension/query", "task/fetch", "task/submit", "signin/verifyState", "unknown"),
)
PARTS: Final = ("type", "from", "conversation", "recipient", "text", "name", "entities", "membersAdded", "id", "action")
PHASES: Final = (Phase.generate,)  # what fails is shown as it came: a server that has state shrinks nothing


class _EnoughError(Exception):
    """The seconds are over."""


words = st.one_of(
    st.text(max_size=30),
    st.sampled_from(("cancel", "status", "my cases", "resume", "Amelia Hart website?", "\0", "\ud7ff", "a" * 9_000)),
    st.sampled_from(("<at>Ask DPO</at> hi", "&nbsp;", "' OR 1=1 --", "{{7*7}}", "\u202eevil", "breach" * 900)),
)
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words)
anything = st.recursive(
    scalars,
    lambda inside: st.one_of(st.lists(inside, max_size=4), st.dictionaries(words, inside, max_size=4)),
    max_leaves=12,
)


def mostly(usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any] = anything) -> st.SearchStrategy[Any]:
    """What is right most of the time, for a wrong shape is only seen far inside if all around it is right."""
    return st.integers(1, 12).flatmap(lambda drawn: other if drawn == _SELDOM else usual)  # `one_of` weighs otherwise


ids = mostly(st.sampled_from(("29:1", "1:1", "m7")), words)


def things(path: Path) -> st.SearchStrategy[Any]:
    """Card data: the numbers of real things, with anything under any key."""
    real = st.sampled_from([dict(target.data) for target in targets(path)] + [{}])
    keys = st.sampled_from(
        ("case", "draft", "rev", "step", "page", "answer", "note", "pupil0", "lines", "days", "text")
    )
    return st.builds(lambda one, other: one | other, real, st.dictionaries(keys, anything, max_size=3))


def values(path: Path) -> st.SearchStrategy[Any]:
    """What invokes carry, of the right shape or of nearly that."""
    verbs = mostly(st.sampled_from(tuple(map(str, VERBS))))
    data = mostly(things(path))
    action = st.fixed_dictionaries(
        {}, optional={"type": mostly(st.just("Action.Execute")), "verb": verbs, "data": data}
    )
    body = st.fixed_dictionaries({}, optional={"content": anything, "contentType": anything})
    return st.one_of(
        anything,
        st.fixed_dictionaries({}, optional={"action": mostly(action), "trigger": anything}),
        st.fixed_dictionaries(
            {"commandId": mostly(st.sampled_from(("reportBreach", "logRequest")))},
            optional={
                "messagePayload": mostly(st.fixed_dictionaries({}, optional={"body": mostly(body)})),
                "data": mostly(st.fixed_dictionaries({}, optional={"text": anything})),
            },
        ),
        st.fixed_dictionaries(
            {"actionName": mostly(st.just("feedback"))},
            optional={
                "actionValue": mostly(
                    st.fixed_dictionaries(
                        {}, optional={"reaction": mostly(st.sampled_from(("like", "dislike"))), "feedback": anything}
                    )
                )
            },
        ),
        st.builds(lambda verb, more: {**more, "verb": verb}, verbs, things(path)),
        st.fixed_dictionaries(
            {"commandId": mostly(st.just("searchAnswers"))},
            optional={
                "parameters": mostly(
                    st.lists(
                        st.fixed_dictionaries({"name": mostly(st.just("words")), "value": mostly(words)}), max_size=2
                    )
                ),
                "queryOptions": mostly(st.fixed_dictionaries({}, optional={"skip": anything, "count": anything})),
            },
        ),
    )


def activities(path: Path, url: str) -> st.SearchStrategy[Any]:
    """Activities of the right types with anything in them; one in ten with anything anywhere."""
    whole = st.fixed_dictionaries(_always(url), optional=_sometimes(path))
    broken = st.builds(lambda one, part, other: one | {part: other}, whole, st.sampled_from(PARTS), anything)
    return mostly(whole, broken)


def bodies(path: Path, url: str) -> st.SearchStrategy[bytes]:
    """Activities as bytes; one in ten cut short, or with a few bytes that are not theirs."""
    whole = activities(path, url).map(lambda activity: json.dumps(activity).encode("utf-8", "surrogatepass"))
    cut = st.builds(lambda body, at: body[: at % (len(body) + 1)], whole, st.integers(0, 10**6))
    spoilt = st.builds(
        lambda body, at, other: body[: at % len(body)] + other + body[at % len(body) + len(other) :],
        whole,
        st.integers(0, 10**6),
        st.binary(min_size=1, max_size=4),
    )
    return mostly(whole, st.one_of(cut, spoilt, st.binary(max_size=200)))


def _always(url: str) -> dict[str, st.SearchStrategy[Any]]:
    kinds = ("message", "invoke", "invoke", "conversationUpdate", "installationUpdate", "messageReaction", "typing")
    chats = mostly(st.sampled_from(("a:1", "a:2", "19:x@thread.v2")), words.filter(bool))
    who = {"aadObjectId": mostly(st.sampled_from(PEOPLE), words)}
    where = {
        "conversationType": mostly(st.sampled_from(("personal", "groupChat", "channel")), words),
        "isGroup": st.booleans(),
        "tenantId": words,
    }
    return {
        "type": st.sampled_from(kinds),
        "serviceUrl": st.just(url),
        "channelId": st.just("msteams"),
        "from": st.fixed_dictionaries({"id": ids}, optional=who),
        "conversation": st.fixed_dictionaries({"id": chats}, optional=where),
        "recipient": st.just({"id": "28:bot", "name": "Ask DPO"}),
    }


def _sometimes(path: Path) -> dict[str, st.SearchStrategy[Any]]:
    person = st.fixed_dictionaries({"id": ids})
    mention = st.fixed_dictionaries({"type": st.just("mention")}, optional={"mentioned": person, "text": words})
    return {
        "id": mostly(st.integers(0, 10**9).map(str), words),
        "text": words,
        "name": mostly(st.sampled_from(NAMES), words),
        "value": values(path),
        "entities": st.lists(mention, max_size=3),
        "attachments": st.lists(st.fixed_dictionaries({}, optional={"contentType": words}), max_size=3),
        "membersAdded": st.lists(mostly(st.just({"id": "28:bot"}), person), max_size=2),
        "action": mostly(st.sampled_from(("add", "remove", "remove-upgrade")), words),
        "replyToId": ids,
        "channelData": st.dictionaries(words, anything, max_size=3),
        "timestamp": anything,
        "locale": anything,
    }


@dataclass(frozen=True, slots=True)
class Served:
    """A running bot with the prepared school, on a loop of its own, for hypothesis calls no coroutines."""

    loop: asyncio.AbstractEventLoop
    http: ClientSession
    url: str
    connector: str

    def post(self, body: bytes) -> tuple[int, bytes]:
        return self.loop.run_until_complete(self._post(body))

    async def _post(self, body: bytes) -> tuple[int, bytes]:
        sent = {"Content-Type": "application/json"}
        async with self.http.post(f"{self.url}/api/messages", data=body, headers=sent) as answer:
            return answer.status, await answer.read()


async def _connector(_: web.Request) -> web.Response:
    return web.json_response({"id": "1:1"}, status=201)


@contextmanager
def serving(school_file: Path) -> Iterator[Served]:
    """Run a bot before that school, in this process."""

    async def start() -> tuple[str, Callable[[], Awaitable[None]]]:
        chosen = Settings(database_url=f"sqlite:///{school_file}", credentials=None)
        bot = TestServer(create_app(chosen, local=True, clock=wall_clock))
        await bot.start_server()
        return str(bot.make_url("")).rstrip("/"), bot.close

    with connected(start) as served:
        yield served


@contextmanager
def connected(start: Callable[[], Awaitable[tuple[str, Callable[[], Awaitable[None]]]]]) -> Iterator[Served]:
    """Start a bot, which gives its address and how to stop it, beside a connector that takes everything."""
    loop = asyncio.new_event_loop()

    async def begin() -> tuple[Served, Callable[[], Awaitable[None]]]:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", _connector)
        connector = TestServer(app)
        await connector.start_server()
        address, stop = await start()
        http = ClientSession()

        async def end() -> None:
            await http.close()
            await stop()
            await connector.close()

        return Served(loop, http, address, str(connector.make_url("")).rstrip("/")), end

    served, end = loop.run_until_complete(begin())
    try:
        yield served
    finally:
        loop.run_until_complete(end())
        loop.close()


def fuzz(served: Served, path: Path, *, seconds: float, each: Callable[[bytes, int, bytes], None], seed: int) -> None:
    """Post for so long; `each` gets the body, the status and what was said, and may raise."""
    until = time.monotonic() + seconds

    @seed_of(seed)
    @settings(max_examples=10**7, deadline=None, database=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(bodies(path, served.connector))
    def post(body: bytes) -> None:
        if time.monotonic() > until:
            raise _EnoughError
        status, said = served.post(body)
        each(body, status, said)

    with suppress(_EnoughError):
        post()
