"""A case's cards: sent once, and from then on updated in place wherever they went (domain 8)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.at_table import table_of
from dialogs.breach.showing import shown
from dialogs.breach.words import NEWS
from dialogs.cards.breach_case import breach_case_card, case_passed_card
from dialogs.cards.breach_news import breach_news_card
from dialogs.cards.breach_nudge import breach_nudge_card
from dialogs.casework.living import keep_current
from dialogs.casework.subjects import number_in, subject_of
from dialogs.casework.tables import Table
from dialogs.conversation import Json, Turn
from dialogs.letters import post
from policy.breach.case import Breach
from policy.breach.seats import Seat
from policy.breach.status import status_of
from storage import people


async def tell(session: AsyncSession, breach: Breach, *, now: datetime, note: str = "") -> Table:
    """Send the case's card to whoever has a seat and has none yet, and bring all the others up to date."""
    at_table = await table_of(session, breach, now=now)
    await keep_current(
        session,
        subject=subject(breach.number),
        readers={person: at_table.known[person] for person in at_table.seats},
        card=lambda person: card_for(breach, at_table, person, now=now, note=note),
        about="report",
        now=now,
    )
    return at_table


async def changed(session: AsyncSession, before: Breach, breach: Breach, *, now: datetime, note: str = "") -> Table:
    """Tell everybody at the table, and the reporter where the change is news to them."""
    at_table = await tell(session, breach, now=now, note=note)
    status = status_of(breach)
    if status is not status_of(before) and status in NEWS:
        card = breach_news_card(case=breach.number, news=NEWS[status])
        await tell_reporter(session, breach, card, key=f"news/{breach.events}", now=now)
    return at_table


async def tell_reporter(
    session: AsyncSession, breach: Breach, card: Json, *, key: str, now: datetime, about: str = "news"
) -> None:
    """Send the reporter something about their case, once a key."""
    reporter = await people.by_id(session, breach.reporter)
    if reporter is not None:
        case = subject(breach.number)
        await post(session, key=f"{case}/{key}", to=reporter, card=card, about=about, now=now, subject=case)


async def news_to_dpo(session: AsyncSession, breach: Breach, news: str, *, turn: Turn, theirs: str = "") -> None:
    """Tell whoever sits in the DPO's seat what came in, in the words of who sent it; their card shows it already."""
    at_table = await table_of(session, breach, now=turn.now)
    case = subject(breach.number)
    for person in at_table.sitting(Seat.DPO):
        card = breach_nudge_card(case=breach.number, words=(news,), theirs=theirs)
        key = f"{case}/news/{breach.events}/{person.id}"
        await post(session, key=key, to=person, card=card, about="news", now=turn.now, subject=case)


def card_for(breach: Breach, at_table: Table, person: int, *, now: datetime, note: str = "") -> Json:
    """Draw the case for one person; for somebody without a seat (any more), that it is with others."""
    if person not in at_table.seats:
        return case_passed_card(case=breach.number)
    return breach_case_card(shown(breach, at_table, person=person, now=now, note=note))


def subject(number: int) -> str:
    """Say what the letters and drafts of a case are about."""
    return subject_of("breach", number)


def number_of(subject: str) -> int | None:
    """Return the case of a subject; None for a subject of another kind."""
    return number_in("breach", subject)
