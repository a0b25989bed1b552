"""From the menu on any Teams message to a report: seen by whoever chose it alone, answered in their own chat."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import reporting
from dialogs.cards.flag import flag_card
from dialogs.conversation import Flagged, Reply, Turn
from dialogs.known import Known
from dialogs.letters import post
from dialogs.thought import reply

_EMPTY = "That message has no words that I could pass on. Please tell me in our own chat what happened."
_DONE = "Thank you. The DPO knows; I have written to you in our own chat."


async def take(session: AsyncSession, who: Known, flagged: Flagged, turn: Turn) -> Reply:
    """Ask once more, or begin."""
    text = " ".join(flagged.text.split())
    if not text:
        return Reply(text=_EMPTY)
    if not flagged.confirmed:
        return reply(flag_card(message=text))
    own_chat = replace(turn, conversation="")  # whatever is typed next where the message was is no answer of theirs
    card = await reporting.open_new(session, who, own_chat, school=who.schools[0], text=text)
    key = f"flagged/{turn.conversation}/{turn.activity}"
    await post(session, key=key, to=who.person, card=card, about="report", now=turn.now)
    return Reply(text=_DONE)
