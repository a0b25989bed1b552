"""A second pair of eyes on what the DPO keeps for everybody, where a school wants it (`answers.second_approval`).

Another DPO of the school approves, a deputy who stands in too; where there is none, the headteacher. They say yes or
not yet; the words stay the DPO's (domain 8).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.publishing import approval_card, approved_news_card, declined_news_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, words_in
from dialogs.said import who_and_when
from dialogs.thought import instead, reply
from policy.clocks.answering_time import ask_after
from policy.clocks.working_days import Division
from policy.roles import May, Role, may
from storage import audit, people, proposals, published, schools
from storage.people import Person
from storage.proposals import Proposal, ProposalState

_LINE: Final = (Role.DPO, Role.HEADTEACHER)
_WHY: Final = "Please write in a few words what is missing, then press again."
_DECIDED: Final = "It was decided already."
_GONE: Final = "Nothing was changed: whoever wrote it is no longer the DPO there."
_STILL: Final = "This answer still waits for you."
_LONGEST: Final = 2000
_CHASES: Final = 3


async def ask(session: AsyncSession, waiting: Sequence[Proposal], writer: Person, turn: Turn) -> str:
    """Write to whoever approves each school's, one card a person; return for whom it waits, in a sentence."""
    asked: dict[int, tuple[Person, list[Proposal]]] = {}
    alone: list[Proposal] = []
    for one in waiting:
        _, holders = await in_line(session, one.school_id, _LINE, but=writer)
        for person in holders:
            asked.setdefault(person.id, (person, []))[1].append(one)
        alone += [] if holders else [one]
    for person, theirs in asked.values():
        card = await _card(session, theirs)
        key = f"answer/{theirs[0].lot}/ask/{person.id}"
        await post(session, key=key, to=person, card=card, about="review", now=turn.now)
    names = ", ".join(person.display_name for person, _ in asked.values())
    told = [f"It waits at {await _names(session, waiting)} for {names}."] if names else []
    if alone:
        where = await _names(session, alone)
        told.append(f"Nobody can approve it at {where}: there is no other DPO and no headteacher yet.")
    return " ".join(told)


async def approve(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Let it be given at every school where it waits for this person."""
    theirs = await _theirs(session, known, number_in(pressed, "proposal"))
    if theirs is None:
        return None
    given = []
    for one in theirs:
        writer = await people.by_id(session, one.proposed_by)
        if writer is None or not may(writer.roles_at(one.school_id), May.ANSWER_ESCALATIONS):
            continue
        if await proposals.decide(session, one.number, ProposalState.APPROVED, by=known.person.id, now=turn.now):
            await _publish(session, one, turn)
            await _note(session, known, "answer.approved", one, turn)
            given.append(one)
    if given:
        await _tell_writer(session, given, turn)
    note = "" if given else _DECIDED if not _waiting(theirs) else _GONE
    return instead(reply(await _card(session, theirs, note=note)))


async def decline(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see approve
    """Send it back to its writer with the reason; nothing is given."""
    theirs = await _theirs(session, known, number_in(pressed, "proposal"))
    if theirs is None:
        return None
    why = words_in(pressed, "note").strip()[:_LONGEST]
    if not why and _waiting(theirs):
        return instead(reply(await _card(session, theirs, note=_WHY)))
    sent_back = []
    for one in theirs:
        if await proposals.decide(
            session, one.number, ProposalState.DECLINED, by=known.person.id, now=turn.now, note=why
        ):
            await _note(session, known, "answer.declined", one, turn)
            sent_back.append(one)
    if sent_back:
        await _tell_writer(session, sent_back, turn)
    return instead(reply(await _card(session, theirs, note="" if sent_back else _DECIDED)))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see approve
    """Show what waits as it stands."""
    theirs = await _theirs(session, known, number_in(pressed, "proposal"))
    return None if theirs is None else reply(await _card(session, theirs))


async def waiting(session: AsyncSession, known: Known) -> tuple[Proposal, ...]:
    """Return what waits for this person, one of each that were sent at once."""
    found: dict[str, Proposal] = {}
    for one in await proposals.waiting(session, [school.id for school in known.schools]):
        if one.lot not in found and await _theirs(session, known, one.number) is not None:
            found[one.lot] = one
    return tuple(found.values())


async def mind(session: AsyncSession, now: datetime) -> bool:
    """Bring the answer that waits longest before whoever approves it now; False where none is due."""
    one = await proposals.claim_due(session, now=now)
    if one is None:
        return False
    writer, school = await people.by_id(session, one.proposed_by), await schools.by_id(session, one.school_id)
    last = one.chased + 1 >= _CHASES or writer is None or school is None
    if writer is not None:
        _, holders = await in_line(session, one.school_id, _LINE, but=writer)
        for person in holders:  # one letter for all the schools that it waits at for them
            card = await _card(session, [one], note=_STILL)
            key = f"answer/{one.lot}/reminder/{one.chased}/{person.id}"
            await post(session, key=key, to=person, card=card, about="reminder", now=now)
    again = None if last or school is None else ask_after(now, division=Division(school.division))
    await proposals.chase(session, one.number, again_at=again)
    return True


async def _theirs(session: AsyncSession, known: Known, number: int) -> tuple[Proposal, ...] | None:
    """Return what was sent at once and is this person's to decide; None where nothing is: a card proves nothing."""
    one = await proposals.by_number(session, number)
    if one is None or one.proposed_by == known.person.id:
        return None
    writer = await people.by_id(session, one.proposed_by)
    if writer is None:
        return None
    theirs = []
    for each in await proposals.of_lot(session, one.lot):
        _, holders = await in_line(session, each.school_id, _LINE, but=writer)
        if known.person.id in {person.id for person in holders}:
            theirs.append(each)
    return tuple(theirs) if one in theirs else None


async def _publish(session: AsyncSession, one: Proposal, turn: Turn) -> None:
    await published.publish(
        session,
        school_id=one.school_id,
        review=one.review,
        asks=one.asks,
        text=one.text,
        cites=(one.document, one.clause),
        by=one.proposed_by,
        now=turn.now,
        lot=one.lot,
    )


async def _tell_writer(session: AsyncSession, decided: Sequence[Proposal], turn: Turn) -> None:
    """Tell them once a decision, with the schools that it is for."""
    now = [each for one in decided if (each := await proposals.by_number(session, one.number)) is not None]
    first = now[0]
    writer = await people.by_id(session, first.proposed_by)
    if writer is None:
        return
    where = await _names(session, now)
    by = await who_and_when(session, first.decided_by, first.decided_at)
    if first.state is ProposalState.APPROVED:
        card = approved_news_card(title=first.asks[0], schools=where, decided=by)
    else:
        card = declined_news_card(title=first.asks[0], schools=where, decided=by, note=first.note)
    key = f"answer/{first.lot}/{first.state.value}/{turn.activity}"
    await post(session, key=key, to=writer, card=card, about="news", now=turn.now)


async def _card(session: AsyncSession, theirs: Sequence[Proposal], *, note: str = "") -> Json:
    now = [each for one in theirs if (each := await proposals.by_number(session, one.number)) is not None]
    first = next((one for one in now if one.state is ProposalState.WAITING), now[0])
    writer = await people.by_id(session, first.proposed_by)
    decided = await who_and_when(session, first.decided_by, first.decided_at)
    return approval_card(
        proposal=first.number,
        asks=first.asks,
        answer=first.text,
        citation=(first.document, first.clause) if first.document else None,
        schools=await _names(session, now),
        by="somebody who left" if writer is None else writer.display_name,
        decided=f"{_STATES[first.state]} {decided}" if first.state is not ProposalState.WAITING else "",
        note=note,
    )


_STATES: Final = {
    ProposalState.APPROVED: "approved by",
    ProposalState.DECLINED: "not yet, by",
    ProposalState.SUPERSEDED: "taken back by",
}


def _waiting(theirs: Sequence[Proposal]) -> bool:
    return any(one.state is ProposalState.WAITING for one in theirs)


async def _names(session: AsyncSession, which: Sequence[Proposal]) -> str:
    ids = {one.school_id for one in which}
    return ", ".join(each.name for each in await schools.schools(session) if each.id in ids)


async def _note(session: AsyncSession, known: Known, what: str, one: Proposal, turn: Turn) -> None:
    await audit.record(
        session,
        f"person/{known.person.id}",
        what,
        f"proposal/{one.number}",
        now=turn.now,
        school_id=one.school_id,
    )
