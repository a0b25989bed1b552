"""Both are told once that it was arranged, begins and is over; and every open case's cards find their new readers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import escalating
from dialogs.cards.handover import Arranged, handover_news_card
from dialogs.desk import Desk
from dialogs.handing_over.words import line
from dialogs.letters import post
from policy.quiet_hours import QuietHours
from storage import audit, cases, handovers, people, schools
from storage.database import Database
from storage.handovers import Handover, as_of

_ACTS: Final = "Alerts, reminders and cards come to both of you, and either can act. Cases note who acted for whom."
_ASKS: Final = "If you can't, end it below, and tell them."


async def agreed(session: AsyncSession, lent: Sequence[Handover], *, now: datetime) -> None:
    """Tell the deputy what they were asked to do; the lender has it in their answer."""
    await _tell(
        session, lent, "agreed", "You are asked to stand in", (_ACTS, _ASKS), only=lent[0].deputy_id, now=now, at=None
    )


async def begun(session: AsyncSession, lent: Sequence[Handover], *, now: datetime) -> None:
    """Tell both that it lasts from now, and bring the open cases to the deputy."""
    for one in lent:
        await handovers.said(session, one.id, now=now, end=False)
    await _tell(session, lent, "begun", "It begins", (_ACTS,), now=now, at=None)
    await _show_again(session, lent, now=now)


async def over(session: AsyncSession, lent: Sequence[Handover], *, now: datetime, at: datetime) -> None:
    """Take the cases' cards back, and tell both, at `at`, that it is over."""
    for one in lent:
        await handovers.said(session, one.id, now=now, end=True)
    await _tell(session, lent, "over", "It is over", (), now=now, at=at)
    await _show_again(session, lent, now=now)


async def mind(db: Database, desk: Desk, *, now: datetime) -> int:
    """Say what began and ended since somebody looked, once, whichever replica is first; return how many."""
    async with db.read() as session:
        waiting = await handovers.unsaid(session, now=now)
    done = 0
    for one in waiting:
        if one.ends_at > now and _quiet(desk).wait(one.begins_at) > now:  # nobody is woken at midnight to begin
            continue
        async with db.write() as session:
            as_of(session, now)
            done += await _say(session, desk, one.id, now=now)
    return done


async def _say(session: AsyncSession, desk: Desk, number: int, *, now: datetime) -> bool:
    lent = await handovers.arrangement(session, number, hold=True)
    waiting = [one for one in lent if one.end_said_at is None]
    if not waiting:
        return False
    if waiting[0].ends_at <= now:
        await over(session, waiting, now=now, at=_quiet(desk).wait(now))
        what = "handover.over"
    elif waiting[0].begins_at <= now and waiting[0].begin_said_at is None:
        await begun(session, waiting, now=now)
        what = "handover.begun"
    else:
        return False
    for one in waiting:
        await audit.record(session, "bot", what, f"handover/{one.id}", now=now, school_id=one.school_id)
    return True


async def _tell(
    session: AsyncSession,
    lent: Sequence[Handover],
    key: str,
    title: str,
    more: Sequence[str],
    *,
    now: datetime,
    at: datetime | None,
    only: int | None = None,
) -> None:
    one = lent[0]
    both = {person.id: person for person in await people.with_ids(session, {one.giver_id, one.deputy_id})}
    names = {number: person.display_name for number, person in both.items()}
    known = {school.id: school.name for school in await schools.schools(session)}
    for number, person in both.items():
        if only not in {None, number}:
            continue
        other = one.deputy_id if number == one.giver_id else one.giver_id
        ends = Arranged(one.id, "", "" if key == "over" else f"End it with {names.get(other, 'them')}")
        sentence = line(lent, names=names, schools=known, you=number)
        card = handover_news_card(title=title, lines=(sentence, *more), arranged=(ends,))
        name = f"handover/{one.id}/{key}/{number}"
        await post(session, key=name, to=person, card=card, about="news", now=now, not_before=at)


async def _show_again(session: AsyncSession, lent: Sequence[Handover], *, now: datetime) -> None:
    """Have the sweep look at the cases of these schools, open or closed meanwhile: whoever has a seat has the card."""
    for school_id in dict.fromkeys(one.school_id for one in lent):
        await cases.look_again(session, school_id, now=now, closed_since=lent[0].begins_at)
    for one in lent:
        await escalating.show_again(session, one.school_id, one.role, now=now)


def _quiet(desk: Desk) -> QuietHours:
    return desk.rules.quiet_hours
