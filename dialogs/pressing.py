"""Buttons that carry a question on: which pupil, what for, which school. A stale one changes nothing and says so."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import asking, missing, writing
from dialogs.asking import SCHOOL
from dialogs.cards.help import help_card
from dialogs.cards.missing import moved_on_card
from dialogs.cards.which_pupil import NONE_OF_THESE
from dialogs.cards.which_use import SOMETHING_ELSE
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import LONDON, Desk
from dialogs.known import Known
from dialogs.missing import PHOTO
from dialogs.pressed import number_in, words_in
from dialogs.thought import Asked, Thought, instead, reply
from policy.images import Use
from policy.names import Roll
from policy.understanding.heard import Heard, narrow
from policy.understanding.who import Nobody, Unsure
from storage import pending
from storage.pending import Pending

_MOST_ASKS: Final = 8  # as many as one card asks at once


async def pupil_chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply:
    """Take the pupils that were chosen, of those that were offered, and answer or ask on."""
    waiting = await _waiting(session, known, pressed, turn)
    if waiting is None:
        return reply(moved_on_card())
    asked = await _asked(desk, session, known, waiting, turn)
    if any(words_in(pressed, f"pupil{n}") == NONE_OF_THESE for n in range(_MOST_ASKS)):
        again = asked.understood(replace(asked.heard, who=Nobody()))
        return await _go_on(session, missing.whom_then(again), known, turn)
    settled = _settle(asked.heard, asked.roll, pressed)
    if settled == asked.heard or not await pending.answered(session, waiting.id, waiting.revision):
        return reply(moved_on_card())
    return await _go_on(session, await asking.answer(session, asked.understood(settled)), known, turn)


async def use_chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply:
    """Take the use that was chosen and answer."""
    waiting = await _waiting(session, known, pressed, turn)
    if waiting is None:
        return reply(moved_on_card())
    asked = await _asked(desk, session, known, waiting, turn)
    use = words_in(pressed, "use")
    if use == SOMETHING_ELSE:
        return await _go_on(session, missing.something_else(asked), known, turn)
    if use not in set(Use) or not await pending.answered(session, waiting.id, waiting.revision):
        return reply(moved_on_card())
    asked = asked.understood(replace(asked.heard, uses=frozenset({Use(use)})))
    return await _go_on(session, await asking.answer(session, asked), known, turn)


async def school_chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply:
    """Ask the same question again at the school that was chosen, if it is one of the asker's."""
    waiting = await _waiting(session, known, pressed, turn, kind=SCHOOL)
    school = next((school for school in known.schools if school.code == words_in(pressed, "school")), None)
    if waiting is None or school is None or not await pending.answered(session, waiting.id, waiting.revision):
        return reply(moved_on_card())
    alone = replace(known, pending=None)
    asked = await asking.at(desk, session, alone, school, str(waiting.payload["text"]), now=turn.now)
    return await _go_on(session, await asking.answer(session, asked), known, turn)


async def help_shown(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply:  # noqa: ARG001  every verb's handler has this shape
    """Show what can be asked."""
    return reply(help_card())


async def _waiting(
    session: AsyncSession, known: Known, pressed: Pressed, turn: Turn, *, kind: str = PHOTO
) -> Pending | None:
    """Return the question that the card belongs to, if it still waits, for this person, in this conversation."""
    waiting = await pending.find(session, words_in(pressed, "pending"))
    if waiting is None or not waiting.open or waiting.kind != kind or waiting.expires_at <= turn.now:
        return None
    if waiting.person_id != known.person.id or waiting.conversation != turn.conversation:
        return None  # somebody else's question: to them it does not exist
    if kind == PHOTO and not known.is_at(waiting.school_id):
        return None
    return waiting if waiting.revision == number_in(pressed, "rev") else None


async def _asked(desk: Desk, session: AsyncSession, known: Known, waiting: Pending, turn: Turn) -> Asked:
    school = next(school for school in known.schools if school.id == waiting.school_id)  # `_waiting` saw it there
    roll = await desk.rolls.of(session, school)
    heard = asking.as_of(Heard.from_json(waiting.payload["heard"], roll), _today(turn))
    lists = await desk.lists(session, school)
    return Asked(desk.asker(known.person, school), heard, str(waiting.payload["text"]), roll, lists, turn.now)


def _settle(heard: Heard, roll: Roll, pressed: Pressed) -> Heard:
    """Narrow by every choice made. From the last ask to the first, so that the numbers on the card stay true."""
    if not isinstance(heard.who, Unsure):
        return heard
    offered = [n for n, ask in enumerate(heard.who.asks) if ask.candidates]  # the card numbers those with choices
    for shown, ask in reversed(list(enumerate(offered))):
        chosen = number_in(pressed, f"pupil{shown}")
        if chosen:
            heard = narrow(heard, roll, chosen=chosen, ask=ask)
    return heard


async def _go_on(session: AsyncSession, thought: Thought, known: Known, turn: Turn) -> Reply:
    return instead(await writing.write(session, thought, known, turn))


def _today(turn: Turn) -> date:
    return turn.now.astimezone(LONDON).date()
