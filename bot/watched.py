"""A turn as whoever runs the bot sees it: its pace, its line in the log, its span. What is in it stays unseen.

A limit must lose nothing that somebody reports. So a person who sends too much is slowed down first; then they are told
that a message was not read; and what tells of a breach, a danger or a request is taken even then.
"""

import asyncio
import time
from contextlib import suppress
from typing import Final

from botbuilder.core import Bot, TurnContext
from botbuilder.core.invoke_response import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes
from sqlalchemy.exc import SQLAlchemyError

from bot.answers import answer_of, message_of, other_invoke, task_of
from bot.connector import SendError
from bot.errors import Fate, fate
from bot.events import EXECUTE, FLAG, FLAG_CONFIRMED
from bot.limits import Limits
from bot.logbook import Fields, Log, turn_mark
from bot.regulars import Regular, Regulars
from bot.searching import QUERY, sorry
from bot.telemetry import Instrument, telemetry
from dialogs.conversation import Reply

TOO_MUCH: Final = (
    "I'm still on your last messages, so please send again in a minute whatever has no answer. "
    "If something has gone wrong with somebody's data, tell me now, in a plain sentence such as "
    '"I lost my laptop": that gets through.'
)
TOO_MUCH_PRESSED: Final = "I'm still on your last messages. Please press it again in a minute."
_TOLD_EVERY: Final = 10.0  # seconds: answers to a flood must not be one; what comes between has none, as the words say
_MOST: Final = 10_000
_SOMEBODY: Final = Regular(0, "")  # while the database is away, nobody is a stranger
_KINDS: Final = {
    EXECUTE: "button",
    FLAG: "flag",
    FLAG_CONFIRMED: "flag",
    QUERY: "search",
    "message/submitAction": "thumb",
}

log = Log(__name__)


class WatchedBot(Bot):
    """Stands before the bot and lets a turn through in its time."""

    def __init__(self, bot: Bot, *, regulars: Regulars, limits: Limits) -> None:
        self._bot = bot
        self._regulars = regulars
        self._limits = limits
        self._told: dict[str, float] = {}

    async def on_turn(self, context: TurnContext) -> None:
        """Answer one activity, or say that it was too much."""
        incoming = context.activity
        began = time.perf_counter()
        mark = turn_mark(incoming.conversation.id, incoming.id or "")
        told: Fields = {"turn": mark, **what_came(incoming)}
        with telemetry.timed(Instrument.TURNS, **told) as seen:
            who = await self._who(incoming)
            if who is not None and who is not _SOMEBODY:
                told |= {"person": who.number, "school": who.schools}
            told["outcome"] = await self._taken(context, who, mark)
            seen.update(told)
        told["ms"] = (time.perf_counter() - began) * 1000
        log.info("turn taken", **told)

    async def _taken(self, context: TurnContext, who: Regular | None, mark: str) -> str:
        """Take the turn in its time; say in a word what became of it."""
        incoming = context.activity
        wait = self._limits.wait(_key(incoming), stranger=who is None)
        if wait is None and not _gets_through(incoming, who):
            await self._turn_away(context, who)
            return "turned away"
        if wait:
            await asyncio.sleep(wait)
        note = Fate(mark)
        fate.set(note)
        await self._bot.on_turn(context)
        return "failed" if note.broke else "slowed" if wait else "answered"

    async def _who(self, incoming: Activity) -> Regular | None:
        with suppress(SQLAlchemyError, OSError):
            return await self._regulars.of((incoming.from_property.aad_object_id or "").lower())
        return _SOMEBODY

    async def _turn_away(self, context: TurnContext, who: Regular | None) -> None:
        """Say that it was not read. Strangers' messages are answered by nothing: they have been told who they are."""
        incoming, key = context.activity, _key(context.activity)
        if incoming.type == ActivityTypes.invoke:
            kept = Activity(type=ActivityTypes.invoke_response, value=_instead(incoming.name))
            await context.adapter.send_activities(context, [kept])
        elif incoming.type == ActivityTypes.message and who is not None and self._may_tell(key):
            with suppress(SendError):
                await context.adapter.send_activities(context, [message_of(incoming, Reply(TOO_MUCH))])

    def _may_tell(self, key: str) -> bool:
        now = time.monotonic()
        if now - self._told.get(key, -_TOLD_EVERY) < _TOLD_EVERY:
            return False
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told[key] = now
        return True


def what_came(incoming: Activity) -> Fields:
    """Say what kind of thing came, and which button of ours it was."""
    value = incoming.value if isinstance(incoming.value, dict) else {}
    if incoming.type == ActivityTypes.message:
        return {"kind": "button", "verb": str(value["verb"])} if "verb" in value else {"kind": "message"}
    if incoming.type == ActivityTypes.invoke:
        kind, action = _KINDS.get(incoming.name or "", "other"), value.get("action")
        if kind == "button" and isinstance(action, dict):
            return {"kind": kind, "verb": str(action.get("verb"))}
        return {"kind": kind}
    return {"kind": "event"}


def _gets_through(incoming: Activity, who: Regular | None) -> bool:
    """Whether it must be taken however much came before: nothing that is heard as a report may be lost."""
    if who is None:
        return False
    if incoming.type == ActivityTypes.message:
        from policy.understanding.must_not_be_lost import must_not_be_lost  # noqa: PLC0415  seldom needed

        pressed = isinstance(incoming.value, dict) and "verb" in incoming.value
        return not pressed and must_not_be_lost(incoming.text or "")
    # Flagging once is enough for what may be illegal, so it is taken before it is confirmed (domain 5).
    return incoming.type != ActivityTypes.invoke or incoming.name in {FLAG, FLAG_CONFIRMED}


def _instead(name: str | None) -> InvokeResponse:
    line = Reply(TOO_MUCH_PRESSED)
    match name:
        case "adaptiveCard/action":
            return answer_of(line, said=False)
        case "composeExtension/fetchTask" | "composeExtension/submitAction":
            return task_of(line)
        case "composeExtension/query":
            return sorry(line.text)
        case _:
            return other_invoke(name)


def _key(incoming: Activity) -> str:
    """Whose bucket it is; searching, which asks at every letter typed, has its own."""
    who = (incoming.from_property.aad_object_id or "").lower() or incoming.conversation.id
    return f"search/{who}" if incoming.name == QUERY else who
