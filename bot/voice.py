"""Says the replies of a turn, each once, and puts cards in the place of those that were pressed."""

from functools import partial

from botbuilder.core import TurnContext
from botbuilder.schema import Activity

from bot.answers import message_of
from bot.clock import Clock, wall_clock
from bot.connector import SendError
from bot.delivered import Delivered
from bot.logbook import Log, turn_mark
from bot.postman import reply_key, stable_id_of_reply
from dialogs.conversation import Reply, Scope, Turn
from storage import outbox
from storage.database import Database
from storage.deliveries import Delivery
from storage.engines.absence import ride_out

log = Log(__name__)


class Voice:
    """One for the process."""

    def __init__(self, db: Database, delivered: Delivered, clock: Clock = wall_clock) -> None:
        self._db = db
        self._delivered = delivered
        self._clock = clock  # the wall's: deliveries are kept for a while, whatever the school's clock says

    async def say(self, context: TurnContext, turn: Turn, replies: tuple[Reply, ...]) -> None:
        """Say what was not yet said: a turn that Teams delivers again has its answer already."""
        already = {}
        if any(reply.again for reply in replies):
            already = await ride_out(partial(self._delivered.already, turn.conversation, turn.activity))
        for place, reply in enumerate(replies):
            if place in already:
                continue
            message = await self._tell(context, turn, place, reply)
            if message is not None:
                await self._delivered.note(Delivery(turn.conversation, turn.activity, place, message, at=self._clock()))

    async def replace(self, context: TurnContext, reply: Reply) -> str | None:
        """Put a card where the pressed one is, in everybody's view and after a reload; None where that failed.

        The client says which message was pressed; it is believed only if we sent that message (platform 1.3).
        """
        incoming = context.activity
        pressed: str = incoming.reply_to_id or ""
        if reply.card is None or not await self._delivered.is_ours(incoming.conversation.id, pressed):
            return None
        card = message_of(incoming, reply)
        card.id, card.reply_to_id = pressed, ""
        try:
            await context.adapter.update_activity(context, card)
        except SendError as failed:
            log.warning("card not updated", status=failed.status or 0, why=str(failed))
            return None
        return pressed

    async def _tell(self, context: TurnContext, turn: Turn, place: int, reply: Reply) -> str | None:
        if reply.replace and (message := await self.replace(context, reply)):
            return message
        try:
            said = message_of(context.activity, reply)
            known = {"clientActivityID": stable_id_of_reply(_key(turn, place))}
            said.channel_data = {**(said.channel_data or {}), **known}
            return await _send(context, said)
        except SendError as failed:
            mark = turn_mark(turn.conversation, turn.activity)
            log.warning("reply not sent", turn=mark, place=place, status=failed.status or 0, why=str(failed))
            if not failed.passing or turn.scope is not Scope.PERSONAL:
                return None
        await ride_out(partial(self._write_letter, turn, place, reply))
        return ""  # it counts as said: the courier says it

    async def _write_letter(self, turn: Turn, place: int, reply: Reply) -> None:
        """Teams is away or overrun: the answer goes by the courier, as soon as it may (contract 5)."""
        async with self._db.write() as session:
            await outbox.post(
                session,
                key=_key(turn, place),
                addressee=turn.asker,
                card=reply.card,
                text=reply.text,
                summary=reply.summary,
                now=turn.now,
            )


def _key(turn: Turn, place: int) -> str:
    return reply_key(turn.conversation, turn.activity, place)


async def _send(context: TurnContext, message: Activity) -> str:
    # Not through the context: it would copy the card, deeply, every time.
    (sent,) = await context.adapter.send_activities(context, [message])
    return sent.id or ""
