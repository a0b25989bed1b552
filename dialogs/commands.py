"""Words that are commands wherever a conversation is; everything else is understood (policy/understanding)."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import at_the_desk, giving_way, policy_findings
from dialogs.at_the_desk import Command
from dialogs.cards.form import no_form_card
from dialogs.cards.missing import cancelled_card, nothing_open_card
from dialogs.conversation import Reply, Turn
from dialogs.desk import Desk
from dialogs.digest import previewing
from dialogs.filling import talking
from dialogs.known import Known
from dialogs.searching import finding
from dialogs.thought import reply
from storage import pending


def command_in(text: str, who: Known) -> Command | None:
    """Return the command that a message is; None for what is to be understood, or for the form in hand."""
    in_hand = who.form is not None and who.form.in_hand
    if giving_way.gives_way(text, in_hand=in_hand):
        return None
    if finding.is_search(text) or (finding.is_number(text) and not in_hand):  # else it may be a form's answer
        return finding.command
    if text.strip().lower().startswith(f"{previewing.COMMAND} "):  # and which week
        return _preview_digest
    return COMMANDS.get(text.strip().lower()) or at_the_desk.typed(text)


async def _cancel(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:
    """Leave what is open: the form in hand, else the question that waits, else the form touched last."""
    if who.pending is not None and not (who.form and who.form.in_hand):
        await pending.answered(session, who.pending.id, who.pending.revision)
        return await talking.beside(session, who, reply(cancelled_card()), now=turn.now, always=True)
    return await talking.leave(desk, session, who, turn) or reply(nothing_open_card())


async def _resume(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:
    return await talking.resume(desk, session, who, turn) or reply(no_form_card())


async def _preview_digest(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:
    return await talking.beside(session, who, reply(await previewing.card_of(desk, session, who, turn)), now=turn.now)


async def _policy_findings(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  see _status
    return await talking.beside(session, who, reply(await policy_findings.card_of(session, who, turn)), now=turn.now)


COMMANDS: Final[Mapping[str, Command]] = {
    **at_the_desk.AT_THE_DESK,
    "cancel": _cancel,
    policy_findings.COMMAND: _policy_findings,
    "preview digest": _preview_digest,
    "resume": _resume,
}
