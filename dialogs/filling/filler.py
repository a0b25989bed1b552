"""Opens forms, shows them and answers their buttons. Every press is checked against the draft's own row."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import moves
from dialogs.filling.guides import guide_of
from dialogs.filling.moves import InHand
from dialogs.filling.pages import card_of
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, reply
from policy.forms import Value
from storage import drafts
from storage.drafts import Draft


async def begin(
    session: AsyncSession,
    *,
    guide: str,
    person_id: int,
    school_id: int,
    subject: str,
    context: Mapping[str, Any],
    answers: Mapping[str, Value],
    conversation: str,
    now: datetime,
) -> Json:
    """Open a form and return its card, which must be the last thing said in that conversation.

    A form that is open already about that subject goes on where it is, with its own answers.
    """
    draft = await drafts.open_draft(
        session,
        person_id=person_id,
        school_id=school_id,
        form=guide,
        subject=subject,
        context=context,
        answers=answers,
        now=now,
    )
    await drafts.hold(session, draft.id, conversation=conversation, now=now)
    return card_of(guide_of(guide).form(draft.context), draft)


async def show(session: AsyncSession, draft: Draft, known: Known, turn: Turn) -> Reply:  # noqa: ARG001  whoever shows a form has looked whose it is
    """Show the page that an open draft is on; what is typed next in this conversation is for it."""
    await drafts.hold(session, draft.id, conversation=turn.conversation, now=turn.now)
    return reply(card_of(guide_of(draft.form).form(draft.context), draft))


async def forward(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Keep what is on the page and go on; what is wrong is shown again beside its field."""
    hand = await _pressed(desk, session, known, pressed, turn)
    if hand is None:
        return None
    return instead(await (moves.go_on(hand, _raw(pressed)) if _is_fresh(hand, pressed) else moves.as_it_is(hand)))


async def back(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Go a page back, with whatever is right of what the client sent."""
    hand = await _pressed(desk, session, known, pressed, turn)
    if hand is None:
        return None
    return instead(await (moves.go_back(hand, _raw(pressed)) if _is_fresh(hand, pressed) else moves.as_it_is(hand)))


async def edit(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Go from the review to the page that somebody wants to change."""
    hand, page = await _pressed(desk, session, known, pressed, turn), _page_in(pressed)
    if hand is None:
        return None
    if page is None or not _is_fresh(hand, pressed):
        return instead(await moves.as_it_is(hand))
    return instead(await moves.go_to(hand, page))


async def send(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Send the form, once."""
    hand = await _pressed(desk, session, known, pressed, turn)
    if hand is None:
        return None
    told = await (moves.send(hand, _raw(pressed)) if _is_fresh(hand, pressed) else moves.as_it_is(hand))
    return None if told is None else instead(told)


async def cancel(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Put the form away; whatever it belongs to stays. An old card's button does the same."""
    hand = await _pressed(desk, session, known, pressed, turn)
    return None if hand is None else instead(await moves.leave(hand))


async def resume(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Show a form below everything else again: the button stands under other answers, which stay."""
    hand = await _pressed(desk, session, known, pressed, turn)
    return None if hand is None else await moves.take_up(hand)


async def _pressed(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> InHand | None:
    return await moves.held(desk, session, known, turn, words_in(pressed, "draft"))


def _is_fresh(hand: InHand, pressed: Pressed) -> bool:
    """Whether the card that was pressed shows what the row holds; a second press of the same one does not."""
    return hand.draft.open and hand.draft.revision == number_in(pressed, "rev")


def _page_in(pressed: Pressed) -> int | None:
    said = pressed.data.get("page")
    if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < 4:  # noqa: PLR2004  a list sends words
        said = int(said)
    return said if isinstance(said, int) and not isinstance(said, bool) and said >= 0 else None


def _raw(pressed: Pressed) -> dict[str, str]:
    """Take what a client sent for words; what is neither words nor a number is nothing."""
    sent = {name: value for name, value in pressed.data.items() if isinstance(value, str | int | float)}
    return {name: str(value) for name, value in sent.items() if not isinstance(value, bool)}
