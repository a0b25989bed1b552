"""The letters that fit a request as it stands, each a Word file to read, change and send: the bot writes to nobody."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.document import Document, Words, as_docx
from bot.exports.packing import packed
from dialogs.request import case_file, drafting
from dialogs.request.at_table import decides, table_of
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.letter_words import Sender
from policy.request.letters import drafted, letters_for

NOT_NOW: Final = "Letters are drafted once a request is accepted and while it is open. Accept or reopen it first."


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the letters of one request, for whoever acts as its DPO and nobody else (domain 8)."""
    request = await case_file.read(session, asked.number or 0)
    if request is None or request.school_id != asked.school.id:
        return NotTheirs()
    at_table = await table_of(session, request)
    if not decides(at_table, asked.who.id):
        return NotTheirs()
    if request.accepted_at is None or not request.is_open:  # as in the chat
        return NothingYet(NOT_NOW)
    inside = members(request, drafting.sender_of(at_table), division=at_table.staff.division, made_at=asked.now)
    return Taken(packed(inside), {"letters": len(inside)})


def members(request: Request, sender: Sender, *, division: Division, made_at: datetime) -> dict[str, bytes]:
    """Return the files by name, the likely letters first: the same case at the same moment gives the same bytes."""
    return dict(_files(request, sender, division, made_at))


def _files(request: Request, sender: Sender, division: Division, made_at: datetime) -> Iterator[tuple[str, bytes]]:
    footer = f"{sender.school}, our number {request.number}. A draft: please read it before it goes."
    for place, letter in enumerate(letters_for(request), start=1):
        draft = drafted(letter, request, sender=sender, division=division)
        paragraphs = tuple(Words(paragraph) for paragraph in draft.paragraphs)
        name = f"{place}-{letter.value.replace('_', '-')}.docx"
        yield name, as_docx(Document(draft.about, paragraphs, footer, made_at))
