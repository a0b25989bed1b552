"""`preview digest`: the digest to come as it would be now, or that of any week, for those who get it.

Nothing is sent or kept. A week gone by is read as it was when its digest went out: what came later is not in it.
Who has a part in a case is read as it is today: a case that has come to concern a reader is in no week of theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.digest import no_digest_card, which_week_card
from dialogs.conversation import Json, Said, Turn
from dialogs.desk import Desk
from dialogs.digest.comparing import before
from dialogs.digest.drawing import Showing, drawn, drawn_together
from dialogs.digest.gathering import gather, gather_lines
from dialogs.digest.readers import Readers, readers_of
from dialogs.known import Known
from policy.clocks.local_time import london
from policy.digest.digest import digest_of
from policy.digest.named_week import HOW, day_named
from policy.digest.occasion import DigestAt
from policy.digest.trust import school_line
from storage.people import Person
from storage.schools import School

COMMAND: Final = "preview digest"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The week that is looked at: its Monday, the moment as of which it is read, and what that is called."""

    monday: date
    moment: datetime
    showing: Showing


async def card_of(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Json:
    """Draw it: a head's own school, or a line each for whoever has several or is their DPO."""
    person = known.person
    staff = await readers_of(session, [school.id for school in known.schools])
    served = [s for s in known.schools if person in staff[s.id].heads or person in staff[s.id].dpos]
    if not served:
        return no_digest_card()
    wanted = _wanted(desk.rules_at(served[0]).digest_at, turn)
    if wanted is None:
        return which_week_card(HOW)
    if len(served) == 1 and person in staff[served[0].id].heads:
        return await _whole(desk, session, served[0], wanted, person=person, staff=staff)
    gathered = await gather_lines(session, served, staff=staff, now=wanted.moment)
    if gathered.broken:
        raise gathered.broken[0]
    lines = [
        school_line(
            gathered.weeks[school.id],
            reader=person.id,
            heads=staff[school.id].head_ids if person in staff[school.id].dpos else None,
        )
        for school in served
    ]
    return drawn_together(lines, on=london(wanted.moment).date(), showing=wanted.showing)


async def _whole(
    desk: Desk, session: AsyncSession, school: School, wanted: _Wanted, *, person: Person, staff: dict[int, Readers]
) -> Json:
    gathered = await gather(session, desk, [school], staff=staff, now=wanted.moment)
    if gathered.broken:
        raise gathered.broken[0]
    history = await before(session, [school], staff=staff, week=wanted.monday)
    digest = digest_of(
        gathered.weeks[school.id],
        reader=person.id,
        monday=wanted.monday,
        history=history.get((school.id, person.id), {}),
    )
    return drawn(digest, on=london(wanted.moment).date(), showing=wanted.showing)


def _wanted(at: DigestAt, turn: Turn) -> _Wanted | None:
    """Read which week is meant; None where the words name none."""
    said = turn.event.text.strip()[len(COMMAND) :].strip() if isinstance(turn.event, Said) else ""
    if not said:
        return _Wanted(at.next(turn.now).week, turn.now, Showing.SO_FAR)
    day = day_named(said, london(turn.now).date())
    if day is None:
        return None
    occasion = at.of_week(day)
    showing = Showing.GONE_BY if occasion.at <= turn.now else Showing.SO_FAR
    return _Wanted(occasion.week, occasion.at, showing)
