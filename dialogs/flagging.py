"""From the menu on any Teams message to a case: seen by whoever chose it alone, answered in their own chat."""

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import reporting
from dialogs.cards.flag import flag_card
from dialogs.conversation import Flagged, Json, Purpose, Reply, Turn
from dialogs.incident import reporting as incidents
from dialogs.known import Known
from dialogs.letters import post
from dialogs.request import taking
from dialogs.thought import reply
from policy.incident.kinds import IncidentKind
from policy.understanding.illegal_content import is_illegal
from policy.understanding.request_kinds import guessed
from policy.understanding.telling import tale_of

_EMPTY = "That message has no words that I could pass on. Please tell me in our own chat what happened."
_TOLD = (
    "Stop here and show it to nobody. The head and the safeguarding lead know; I have written to you in our own chat."
)
_DONE = "Thank you. The DPO knows; I have written to you in our own chat."


async def take(session: AsyncSession, who: Known, flagged: Flagged, turn: Turn) -> Reply:
    """Ask once more, or begin."""
    text = " ".join(flagged.text.split())
    if not text:
        return Reply(text=_EMPTY)
    # Whatever is typed next where the message was is no answer of theirs; and it opens one case wherever it was.
    own_chat = replace(turn, conversation="", activity=f"{turn.conversation}/{turn.activity}")
    if is_illegal(tale_of(text)):  # told at once, and not a word of it is kept (domain 5)
        card = await incidents.begin(
            session, who, own_chat, school=who.schools[0], kind=IncidentKind.ILLEGAL, text=text
        )
        await _to_own_chat(session, who, card, turn)
        return Reply(text=_TOLD)
    if not flagged.confirmed:
        return reply(flag_card(message=text, asks=flagged.purpose is Purpose.REQUEST))
    await _to_own_chat(session, who, await _begin(session, who, flagged.purpose, own_chat, text), turn)
    return Reply(text=_DONE)


async def _to_own_chat(session: AsyncSession, who: Known, card: Json, turn: Turn) -> None:
    key = f"flagged/{turn.conversation}/{turn.activity}"
    await post(session, key=key, to=who.person, card=card, about="report", now=turn.now)


async def _begin(session: AsyncSession, who: Known, purpose: Purpose, turn: Turn, text: str) -> Json:
    school = who.schools[0]
    match purpose:
        case Purpose.BREACH:
            return await reporting.open_new(session, who, turn, school=school, text=text)
        case Purpose.REQUEST:
            return await taking.open_new(session, who, turn, school=school, text=text, kind=guessed(text))
