"""`preview digest`: the digest to come as it would be now, for those who get it; nothing is sent or kept."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.refused import refused_card
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.digest.drawing import drawn, drawn_together
from dialogs.digest.gathering import gather, gather_lines
from dialogs.digest.readers import readers_of
from dialogs.known import Known
from policy.clocks.local_time import london
from policy.digest.digest import digest_of
from policy.digest.occasion import WEEK
from policy.digest.trust import school_line
from storage import digests


async def card_of(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Json:
    """Draw it: a head's own school, or a line each for whoever has several or is their DPO."""
    person, now = known.person, turn.now
    staff = await readers_of(session, [school.id for school in known.schools])
    headed = [school for school in known.schools if person in staff[school.id].heads]
    served = [school for school in known.schools if school in headed or person in staff[school.id].dpos]
    if not served:
        return refused_card()
    is_whole = len(served) == 1 and bool(headed)
    gathered = await (gather(session, desk, served, now=now) if is_whole else gather_lines(session, served, now=now))
    if gathered.broken:
        raise gathered.broken[0]
    weeks, on = gathered.weeks, london(now).date()
    if is_whole:
        school = headed[0]
        week = desk.rules_at(school).digest_at.next(now).week - WEEK
        before = (await digests.counted(session, [school.id], week)).get((school.id, person.id))
        return drawn(digest_of(weeks[school.id], reader=person.id, before=before), on=on, is_preview=True)
    lines = [
        school_line(
            weeks[school.id],
            reader=person.id,
            heads=staff[school.id].head_ids if person in staff[school.id].dpos else (),
        )
        for school in served
    ]
    return drawn_together(lines, on=on, is_preview=True)
