"""`hand over`: the form, filled in with what was said, and the press that lends; nothing is lent by typing alone."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.handover import (
    Arranged,
    handover_card,
    handover_done_card,
    handover_ended_card,
    no_post_card,
)
from dialogs.conversation import Json, Pressed, Reply, Said, Turn
from dialogs.desk import Desk
from dialogs.handing_over import saying
from dialogs.handing_over.lending import Seat, called, colleagues, lendable, own_posts
from dialogs.handing_over.words import line, posts_in_words
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, local_day, reply
from policy.handing_over import period, unfit_dates
from policy.understanding.handovers import HandoverSaid, handover_said
from storage import audit, handovers, people, schools
from storage.handovers import Handover

_NOTHING: Final = HandoverSaid("", None, None)
_TWICE: Final = "That seat is lent for some of those days already. Please end that first."


async def begin(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Reply:  # noqa: ARG001  every command has this shape
    """Show the form, with the person and the days that were typed."""
    today = local_day(turn.now)
    said = handover_said(turn.event.text, today) if isinstance(turn.event, Said) else None
    return reply(await _form(session, known, said or _NOTHING, turn))


async def give(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Lend every seat in which that colleague may stand in, for those days."""
    posts = own_posts(known)
    to = (await colleagues(session, known, posts)).get(number_in(pressed, "to"))
    if to is None:  # not on the list: forged, or no longer somebody who may
        return None
    said = HandoverSaid("", _day(pressed, "first"), _day(pressed, "last"))
    wrong = unfit_dates(said.first, said.last, today=local_day(turn.now))
    if wrong or said.first is None or said.last is None:
        return instead(reply(await _form(session, known, said, turn, chosen=to.id, note=wrong or "")))
    await people.hold(session, known.person.id)  # two presses at once, on two replicas: the second sees the first's
    lent, (begins, ends) = lendable(posts, to), period(said.first, said.last, now=turn.now)
    if await _is_lent(session, known.person.id, lent, begins=begins, ends=ends, now=turn.now):
        return instead(reply(await _form(session, known, said, turn, chosen=to.id, note=_TWICE)))
    numbers = [
        await handovers.lend(
            session,
            school_id=seat.school.id,
            role=seat.role,
            giver_id=known.person.id,
            deputy_id=to.id,
            begins_at=begins,
            ends_at=ends,
            now=turn.now,
        )
        for seat in lent
    ]
    arranged = await handovers.arrangement(session, numbers[0])
    await _note(session, arranged, "handover.agreed", known, turn)
    await saying.agreed(session, arranged, now=turn.now)
    if begins <= turn.now:
        await saying.begun(session, arranged, now=turn.now)
    kept = [seat for seat in posts if seat not in lent]
    left = f"You alone stay {posts_in_words([(one.role, one.school.name) for one in kept])}." if kept else ""
    sentence, end = await _in_words(session, arranged, known.person.id)
    return instead(reply(handover_done_card(line=sentence, left=left, arranged=(end,))))


async def end(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see give
    """End an arrangement now, by either of the two; once over, it says so again and does nothing."""
    held = await handovers.arrangement(session, number_in(pressed, "handover"), hold=True)
    if not held or known.person.id not in {held[0].giver_id, held[0].deputy_id}:
        return None
    sentence, _ = await _in_words(session, held, known.person.id)
    if any(one.ends_at > turn.now for one in held):
        every = await handovers.overlapping(session, held, now=turn.now)  # one press ends it, however often it was lent
        for one in every:
            await handovers.end(session, one.id, by=known.person.id, now=turn.now)
            await handovers.said(session, one.id, now=turn.now, end=True)
        await _note(session, every, "handover.ended", known, turn)
        await saying.over(session, held, now=turn.now, at=turn.now)
    return instead(reply(handover_ended_card(line=sentence)))


async def _form(
    session: AsyncSession, known: Known, said: HandoverSaid, turn: Turn, *, chosen: int = 0, note: str = ""
) -> Json:
    posts = own_posts(known)
    arranged = await _arranged(session, known, turn)
    if not posts and not arranged:
        return no_post_card()
    found = await colleagues(session, known, posts)
    named = called(found.values(), said.to) if said.to else None
    if said.to and named is None:
        note = f"I know nobody called {said.to} who may stand in for you. Please choose from the list."
    dates = said.first is not None and said.last is not None
    wrong = unfit_dates(said.first, said.last, today=local_day(turn.now)) if dates else None
    return handover_card(
        people=[(one.display_name, str(one.id)) for one in found.values()],
        chosen=str(chosen or (named.id if named else "")),
        first=said.first,
        last=said.last,
        posts=posts_in_words([(one.role, one.school.name) for one in posts]) if posts else "a deputy for now",
        arranged=arranged,
        note=note or wrong or "",
    )


async def _arranged(session: AsyncSession, known: Known, turn: Turn) -> tuple[Arranged, ...]:
    """Return what is lent to or by somebody, and not over: one line an arrangement."""
    groups: dict[tuple[int, int, object], list[Handover]] = {}
    for one in await handovers.ahead(session, known.person.id, now=turn.now):
        groups.setdefault((one.giver_id, one.deputy_id, one.agreed_at), []).append(one)
    found = []
    for group in groups.values():
        sentence, ends = await _in_words(session, group, known.person.id)
        found.append(Arranged(ends.number, sentence, ends.ends))
    return tuple(found)


async def _in_words(session: AsyncSession, lent: Sequence[Handover], you: int) -> tuple[str, Arranged]:
    names = await people.named(session, {lent[0].giver_id, lent[0].deputy_id})
    known = {school.id: school.name for school in await schools.schools(session)}
    sentence = line(lent, names=names, schools=known, you=you)
    other = lent[0].deputy_id if lent[0].giver_id == you else lent[0].giver_id
    return sentence, Arranged(lent[0].id, sentence, f"End it with {names.get(other, 'them')}")


async def _is_lent(
    session: AsyncSession, person: int, seats: Sequence[Seat], *, begins: datetime, ends: datetime, now: datetime
) -> bool:
    wanted = {(seat.role, seat.school.id) for seat in seats}
    return any(
        (one.role, one.school_id) in wanted and one.giver_id == person and one.begins_at < ends and begins < one.ends_at
        for one in await handovers.ahead(session, person, now=now)
    )


async def _note(session: AsyncSession, lent: Sequence[Handover], what: str, known: Known, turn: Turn) -> None:
    """Write a line for each school into the audit log: who lends what to whom, by numbers."""
    for one in lent:
        details = {"role": one.role.value, "from": one.giver_id, "to": one.deputy_id}
        days = {"begins": one.begins_at.isoformat(), "ends": one.ends_at.isoformat()}
        actor, subject = f"person/{known.person.id}", f"handover/{one.id}"
        await audit.record(session, actor, what, subject, details | days, now=turn.now, school_id=one.school_id)


def _day(pressed: Pressed, key: str) -> date | None:
    try:
        return date.fromisoformat(words_in(pressed, key))
    except ValueError:
        return None
