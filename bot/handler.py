"""Receives and defers: from what Teams sent to a turn of a dialog, and its replies to the voice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final, Protocol
from uuid import uuid4

from botbuilder.core import Bot, TurnContext
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from bot.answers import STRANGER, answer_of, malformed, message_of, other_invoke, task_of, typing_of
from bot.chats import Chats
from bot.clock import Clock
from bot.connector import SendError
from bot.errors import or_apology
from bot.events import EXECUTE, FLAG, FLAG_CONFIRMED, Left, event_of, scope_of
from bot.once import Once
from bot.searching import QUERY, results_of, sorry, sought_of
from bot.voice import Voice
from dialogs.conversation import Arrived, Flagged, Hit, Pressed, Rated, Reply, Said, Scope, Sought, Turn
from storage.engines.absence import ride_out

SLOW: Final = 0.6  # seconds after which a person sees that we are at it


class Talk(Protocol):
    """What answers a turn: `dialogs.root.Dialogs`. It does a turn's effect once, and gives the same replies again."""

    async def take(self, turn: Turn) -> tuple[Reply, ...]:
        """Answer one turn."""

    async def search(self, sought: Sought) -> tuple[Hit, ...]:
        """Return what to show under the search box for the words so far."""


class AskDpoBot(Bot):
    """The bot as the SDK knows one; it holds nothing that would be missed after a restart."""

    def __init__(self, dialogs: Talk, *, voice: Voice, chats: Chats, clock: Clock) -> None:
        self._dialogs = dialogs
        self._voice = voice
        self._chats = chats
        self._clock = clock
        self._once = Once[InvokeResponse | None]()

    async def on_turn(self, context: TurnContext) -> None:
        """Answer one activity, once, whatever happens."""
        incoming = context.activity
        activity = incoming.id or uuid4().hex  # what has no number of its own cannot come twice

        async def work() -> InvokeResponse | None:
            return await or_apology(self._answer(context, activity), activity=activity, apologise=apologise)

        async def apologise(reply: Reply) -> InvokeResponse | None:
            if incoming.type == ActivityTypes.invoke:
                if incoming.name == QUERY:
                    return sorry(reply.text)
                return task_of(reply) if incoming.name in {FLAG, FLAG_CONFIRMED} else answer_of(reply, said=False)
            with suppress(SendError):
                await context.adapter.send_activities(context, [message_of(incoming, reply)])
            return None

        answer = await self._once.run((incoming.conversation.id, activity), work)
        if answer is not None:
            kept = Activity(type=ActivityTypes.invoke_response, value=answer)
            await context.adapter.send_activities(context, [kept])

    async def _answer(self, context: TurnContext, activity: str) -> InvokeResponse | None:
        incoming = context.activity
        event, person = event_of(incoming), (incoming.from_property.aad_object_id or "").lower()
        if incoming.type == ActivityTypes.invoke and incoming.name == QUERY:
            sought = sought_of(incoming, asker=person, now=self._clock())
            return results_of(() if sought is None else await self._dialogs.search(sought))
        match event:
            case None:
                return _unasked(incoming)
            case Left():
                await self._chats.forget(person)
                return None
            case Said() | Pressed() | Flagged() | Rated() | Arrived():
                turn = Turn(
                    conversation=incoming.conversation.id,
                    activity=activity,
                    asker=person,
                    scope=scope_of(incoming),
                    event=event,
                    now=self._clock(),
                )
        replies = await ride_out(partial(self._replies, context, turn))
        return await self._respond(context, turn, replies)

    async def _replies(self, context: TurnContext, turn: Turn) -> tuple[Reply, ...]:
        if not turn.asker:
            return (STRANGER,)
        if turn.scope is Scope.PERSONAL and not isinstance(turn.event, Flagged):  # that may be a chat of two people
            await self._chats.keep(context.activity, turn.asker)
        if isinstance(turn.event, Arrived) and not await self._chats.first_arrival(turn.asker):
            return ()
        async with _typing_when_slow(context):
            return await self._dialogs.take(turn)

    async def _respond(self, context: TurnContext, turn: Turn, replies: tuple[Reply, ...]) -> InvokeResponse | None:
        if context.activity.type != ActivityTypes.invoke:
            if replies:
                await self._voice.say(context, turn, replies)
            return None
        if isinstance(turn.event, Rated):  # Teams thanks by itself
            return InvokeResponse(status=200, body={})
        if isinstance(turn.event, Flagged):  # seen by whoever chose it alone, wherever the message is
            return task_of(next(iter(replies), None))
        shown = next((reply for reply in replies if reply.replace or reply.card is None), None)
        said = tuple(reply for reply in replies if reply is not shown)
        if shown is not None:
            await self._voice.replace(context, shown)
        if said:
            await self._voice.say(context, turn, said)
        return answer_of(shown, said=bool(said))


def _unasked(incoming: Activity) -> InvokeResponse | None:
    if incoming.type != ActivityTypes.invoke:
        return None
    return malformed() if incoming.name == EXECUTE else other_invoke(incoming.name)


@asynccontextmanager
async def _typing_when_slow(context: TurnContext) -> AsyncIterator[None]:
    """Show dots where an answer takes long; a pressed button shows that by itself."""
    if context.activity.type != ActivityTypes.message:
        yield
        return
    dots: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(SLOW, lambda: dots.append(asyncio.create_task(_show_dots(context))))
    try:
        yield
    finally:
        timer.cancel()
        for task in dots:  # late dots would follow the answer
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _show_dots(context: TurnContext) -> None:
    with suppress(SendError):
        await context.adapter.send_activities(context, [typing_of(context.activity)])
