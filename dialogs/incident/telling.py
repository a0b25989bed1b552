"""An incident's cards: sent once, and from then on updated in place wherever they went."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.as_text import as_text
from dialogs.cards.incident_case import incident_case_card, incident_passed_card
from dialogs.cards.incident_news import incident_news_card, incident_nudge_card
from dialogs.conversation import Json
from dialogs.incident.at_table import Table, table_of
from dialogs.incident.showing import shown
from dialogs.incident.words import NEWS
from dialogs.letters import post
from policy.incident.case import Incident
from policy.incident.status import status_of
from storage import outbox, people

_KIND: Final = "incident"


async def tell(session: AsyncSession, incident: Incident, *, now: datetime, note: str = "") -> Table:
    """Send the case's card to whoever has a seat and no card yet, and bring all the others up to date."""
    at_table = await table_of(session, incident)
    about = subject(incident.number)
    have = [letter.key for letter in await outbox.of_subject(session, about)]  # the order in which they are revised
    for key in have:
        person = _owner(key, incident.number)
        if person is not None:
            card = card_for(incident, at_table, person, note=note)
            await outbox.revise(session, key, card=card, text=as_text(card), now=now)
    for person in at_table.seats:
        key = card_key(incident.number, person)
        if key not in have:
            card = card_for(incident, at_table, person, note=note)
            await post(session, key=key, to=at_table.known[person], card=card, about="report", now=now, subject=about)
    return at_table


async def changed(session: AsyncSession, before: Incident, incident: Incident, *, now: datetime) -> Table:
    """Tell everybody who has it, and the reporter where the change is news to them."""
    at_table = await tell(session, incident, now=now)
    status = status_of(incident)
    if status is not status_of(before) and status in NEWS:
        reporter = await people.by_id(session, incident.reporter)
        if reporter is not None:
            card, case = incident_news_card(case=incident.number, news=NEWS[status]), subject(incident.number)
            key = f"{case}/news/{incident.events}"
            await post(session, key=key, to=reporter, card=card, about="news", now=now, subject=case)
    return at_table


async def remind(
    session: AsyncSession, incident: Incident, at_table: Table, *, key: str, words: str, now: datetime
) -> None:
    """Write to everybody who has the case, once a key: a card that only changes in place rings no bell."""
    case, card = subject(incident.number), incident_nudge_card(case=incident.number, words=words)
    for person in at_table.seats:
        to = at_table.known[person]
        await post(session, key=f"{case}/{key}/{person}", to=to, card=card, about="report", now=now, subject=case)


def card_for(incident: Incident, at_table: Table, person: int, *, note: str = "") -> Json:
    """Draw the case for one person; for somebody without a seat (any more), that it is with others."""
    if person not in at_table.seats:
        return incident_passed_card(case=incident.number)
    return draw(incident, at_table, person, note=note)


def draw(incident: Incident, at_table: Table, person: int, *, note: str = "") -> Json:
    """Draw the case for somebody who may see it; the buttons are there for whoever has it."""
    return incident_case_card(shown(incident, at_table, person=person, note=note))


def subject(number: int) -> str:
    """Say what the letters and drafts of a case are about."""
    return f"{_KIND}/{number}"


def number_of(subject: str) -> int | None:
    """Return the case of a subject ("incident/17", "incident/17/cpoms"); None for a subject of another kind."""
    kind, _, rest = subject.partition("/")
    number = rest.partition("/")[0]
    return int(number) if kind == _KIND and number.isdecimal() else None


def card_key(number: int, person: int) -> str:
    """Give the key of one person's card of a case."""
    return f"{subject(number)}/card/{person}"


def _owner(key: str, number: int) -> int | None:
    before = f"{subject(number)}/card/"
    return int(key.removeprefix(before)) if key.startswith(before) else None
