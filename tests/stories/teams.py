"""A Teams of this machine: remembers what it was given and shows it, message by message, as people would see it."""

import json
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from aiohttp import web

Json = dict[str, Any]
DROPPED = 599  # a refusal with this status is none: the line goes dead


@dataclass(slots=True)
class Call:
    """One call to the connector. `letter` is the stable id of what the bot sends, the same at every try."""

    method: str
    path: str
    letter: str
    at: float


@dataclass(slots=True)
class Message:
    """What stands in a chat, with everything that ever stood in its place, the latest last."""

    id: str
    chat: str
    letter: str
    answers: str  # the activity that it is a reply to
    at: float
    bodies: list[Json]
    posted: int = 1  # how often: a second time is a repeat, known by the letter's stable id

    @property
    def card(self) -> Json | None:
        attached = self.bodies[-1].get("attachments")
        return attached[0]["content"] if attached else None

    @property
    def everything(self) -> str:
        return json.dumps(self.bodies, ensure_ascii=False)


Answer = Callable[[Call], Awaitable[web.Response | None]]


async def _well(_: Call) -> web.Response | None:
    return None


@dataclass
class Teams:
    """`before` a call is taken it may be refused; `after` it was taken its answer may get lost."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    letters: dict[str, Message] = field(default_factory=dict)
    chats_opened: list[str] = field(default_factory=list)
    before: Answer = _well
    after: Answer = _well
    _known: dict[str, Message] = field(default_factory=dict)  # replies as well, by the same kind of id
    _ids: Iterator[int] = field(default_factory=lambda: count(1))
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/v3/{rest:.*}", self._called)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def chat(self, name: str) -> list[Message]:
        """What somebody sees, oldest first; a repeat stands where it first stood."""
        return [each for number, each in self.messages.items() if each.chat == name and each.id == number]

    def answer_to(self, activity: str) -> Message | None:
        return next((each for each in reversed(self.messages.values()) if each.answers == activity), None)

    async def _called(self, request: web.Request) -> web.Response:
        body = await request.json()
        where = request.match_info["rest"].split("/")  # conversations, a chat, activities, a message
        call = Call(request.method, request.path, body.get("channelData", {}).get("clientActivityID", ""), _now())
        self.calls.append(call)
        if (refused := await self.before(call)) is not None:
            if refused.status == DROPPED and request.transport is not None:
                request.transport.abort()
            return refused
        match request.method, where:
            case "POST", ["conversations"]:
                chat = f"a:{body['members'][0]['id']}"
                self.chats_opened.append(chat)
                answer = {"id": chat}
            case "POST", ["conversations", chat, "activities", *reply_to]:
                answer = {"id": self._shown(chat, call, body, "".join(reply_to))}
            case "PUT", ["conversations", chat, "activities", message] if message in self.messages:
                assert self.messages[message].chat == chat
                self.messages[message].bodies.append(body)
                answer = {"id": message}
            case _:
                return web.json_response({"error": {"code": "NotFound"}}, status=404)
        return await self.after(call) or web.json_response(answer, status=201)

    def _shown(self, chat: str, call: Call, body: Json, answers: str) -> str:
        number = f"1:{next(self._ids)}"
        if body.get("type") != "message":
            return number
        known = self._known.get(call.letter) if call.letter else None
        if known is not None and call.letter and not answers:
            self.letters[call.letter] = known  # what was said as a reply comes by the courier as well
        if known is not None:
            known.posted += 1
            known.bodies.append(body)
            self.messages[number] = known  # under either id it is the same to whoever sees it
            return number
        self.messages[number] = Message(number, chat, "" if answers else call.letter, answers, call.at, [body])
        if call.letter:
            self._known[call.letter] = self.messages[number]
        if call.letter and not answers:
            self.letters[call.letter] = self.messages[number]
        return number


def _now() -> float:
    return time.monotonic()
