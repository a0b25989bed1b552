"""A request's cards: the DPO's, updated in place wherever it went; and news to whoever took it in (domain 8)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_case import request_card, request_overview_card, request_passed_card
from dialogs.cards.request_news import request_news_card
from dialogs.cards.request_nudge import request_nudge_card
from dialogs.casework.living import keep_current
from dialogs.casework.subjects import number_in, subject_of
from dialogs.casework.tables import Table
from dialogs.conversation import Json, Turn
from dialogs.letters import post
from dialogs.request import clock_words
from dialogs.request.at_table import decides, sees_dates, table_of
from dialogs.request.showing import overview, shown
from dialogs.request.words import NEWS
from policy.breach.seats import Seat
from policy.request.case import Request
from policy.request.kinds import KIND_LABELS
from policy.request.status import status_of
from storage import people

_KIND = "request"


async def tell(session: AsyncSession, request: Request, *, now: datetime, note: str = "") -> Table:
    """Send the request's card to whoever acts as its DPO and has none yet, and bring all the others up to date.

    Who was brought in for a silent DPO gets the dates; whoever leads the school is reminded of them when it matters.
    """
    at_table = await table_of(session, request)
    readers = [person for person, seats in at_table.seats.items() if Seat.DPO in seats]
    await keep_current(
        session,
        subject=subject(request.number),
        readers={person: at_table.known[person] for person in readers},
        card=lambda person: card_for(request, at_table, person, now=now, note=note),
        about="report",
        now=now,
    )
    return at_table


async def changed(session: AsyncSession, before: Request, request: Request, *, now: datetime, note: str = "") -> Table:
    """Tell everybody at the table, and whoever took it in where the change is news to them."""
    at_table = await tell(session, request, now=now, note=note)
    status = status_of(request)
    if status is not status_of(before) and status in NEWS and _is_news(before, request):
        taker = await people.by_id(session, request.taken_by)
        if taker is not None:
            card, case = request_news_card(case=request.number, news=NEWS[status]), subject(request.number)
            key = f"{case}/news/{request.events}"
            await post(session, key=key, to=taker, card=card, about="news", now=now, subject=case)
    return at_table


async def news_to_dpo(session: AsyncSession, request: Request, news: str, *, turn: Turn) -> None:
    """Tell whoever sits in the DPO's seat that something came in; their card shows it already."""
    at_table, case = await table_of(session, request), subject(request.number)
    for person in at_table.sitting(Seat.DPO):
        card = request_nudge_card(case=request.number, words=(news,))
        key = f"{case}/news/{request.events}/{person.id}"
        await post(session, key=key, to=person, card=card, about="news", now=turn.now, subject=case)


def card_for(request: Request, at_table: Table, person: int, *, now: datetime, note: str = "") -> Json:
    """Draw the request for one person: all of it for its DPO, the dates for the head, for others that it moved on."""
    if decides(at_table, person):
        return request_card(shown(request, at_table, person=person, now=now, note=note))
    if sees_dates(at_table, person):
        return request_overview_card(
            case=request.number,
            kind=KIND_LABELS[request.kind],
            clock=clock_words.headline(request, division=at_table.staff.division, now=now),
            lines=overview(request, at_table),
        )
    return request_passed_card(case=request.number)


def subject(number: int) -> str:
    """Say what the letters and drafts of a request are about."""
    return subject_of(_KIND, number)


def number_of(subject: str) -> int | None:
    """Return the request of a subject; None for a subject of another kind."""
    return number_in(_KIND, subject)


def _is_news(before: Request, request: Request) -> bool:
    """Whether whoever took it has not heard it: "the DPO sees to it" is said once, when it is accepted."""
    return request.accepted_at is None or before.accepted_at is None or not request.is_running
