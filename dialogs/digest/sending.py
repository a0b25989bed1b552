"""The week's digests, sent once: to each head, to each DPO for all their schools, a word to governors (domain 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.digest import withheld_card
from dialogs.conversation import Json
from dialogs.desk import Desk
from dialogs.digest.comparing import before
from dialogs.digest.drawing import drawn, drawn_together
from dialogs.digest.gathering import gather
from dialogs.digest.readers import Readers, readers_of
from dialogs.letters import post
from policy.clocks.local_time import london
from policy.digest.digest import digest_of
from policy.digest.occasion import Occasion
from policy.digest.trust import school_line
from policy.digest.week import SchoolWeek
from storage import digests, imports, schools
from storage.database import Database
from storage.handovers import as_of
from storage.people import Person
from storage.schools import School

_AT_ONCE: Final = 25  # schools a transaction: SQLite has one writer, and turns wait for it


@dataclass(frozen=True, slots=True)
class _Round:
    """Everything that one week's digests are drawn from.

    `history` is what was counted in the weeks before, by (school, person) and week.
    """

    week: date  # its Monday
    on: date
    weeks: Mapping[int, SchoolWeek]
    staff: Mapping[int, Readers]
    history: Mapping[tuple[int, int], Mapping[date, Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class _Letter:
    """A digest for somebody, once a key."""

    key: str
    to: Person
    card: Json


@dataclass(slots=True)
class _Bundle:
    """What goes out with some schools, in one transaction."""

    school_ids: list[int]
    letters: list[_Letter] = field(default_factory=list)
    counted: dict[tuple[int, int], Mapping[str, int]] = field(default_factory=dict)


async def send(db: Database, desk: Desk, *, now: datetime) -> int:
    """Send what is due; return for how many schools. Costs a look at the calendar on most days, else one statement.

    A school whose digest cannot be made holds up no other: it is raised once the rest are sent.
    """
    sent = 0
    for occasion in _occasions(desk, now):
        async with db.read() as session:
            waiting = await digests.not_sent(session, occasion.week)
            known = await imports.known_by(session, occasion.at) if waiting else ()  # who came later waits for the next
        due = [number for number, code in waiting if code in known and _rules_due(desk, code, now) == occasion]
        if due:
            sent += await _send(db, desk, occasion, frozenset(due), now=now)
    return sent


def _occasions(desk: Desk, now: datetime) -> list[Occasion]:
    """Return what may be due for some school: schools can have days and hours of their own."""
    hours = {rules.digest_at for rules in (desk.rules, *desk.rules_by_school.values())}
    due = {found for found in (at.due(now) for at in hours) if found is not None}
    return sorted(due, key=lambda one: one.at)


def _rules_due(desk: Desk, code: str, now: datetime) -> Occasion | None:
    return desk.rules_by_school.get(code, desk.rules).digest_at.due(now)


async def _send(db: Database, desk: Desk, occasion: Occasion, due: frozenset[int], *, now: datetime) -> int:
    async with db.read() as session:
        as_of(session, now)
        every = await schools.schools(session)
        staff = await readers_of(session, [school.id for school in every])
        wanted = [school for school in every if school.id in due or _shares_a_dpo(school, due, staff)]
        gathered = await gather(session, desk, wanted, staff=staff, now=now)
        history = await before(session, wanted, staff=staff, week=occasion.week)
    one = _Round(occasion.week, london(now).date(), gathered.weeks, staff, history)
    whole, sent = [school for school in wanted if school.id in one.weeks], 0
    bundles = [_bundle(one, some) for some in _in_lots([school for school in whole if school.id in due])]
    for bundle in bundles[:1]:  # a DPO's card is of all their schools, and goes out with the first of them
        _add_dpos(one, bundle, whole)
    for bundle in bundles:
        async with db.write() as session:
            sent += await _post(session, bundle, week=one.week, now=now)
    if gathered.broken:
        raise gathered.broken[0]
    return sent


async def _post(session: AsyncSession, bundle: _Bundle, *, week: date, now: datetime) -> int:
    """Post what nobody has posted: the letters of schools that another replica claimed are there under their keys."""
    claimed = await digests.claim(session, bundle.school_ids, week=week, now=now)
    if not claimed:
        return 0
    for letter in bundle.letters:
        await post(session, key=letter.key, to=letter.to, card=letter.card, about="news", now=now)
    await digests.keep(session, bundle.counted, week=week, now=now)
    return len(claimed)


def _bundle(one: _Round, some: Sequence[School]) -> _Bundle:
    bundle = _Bundle([school.id for school in some])
    for school in some:
        facts, readers = one.weeks[school.id], one.staff[school.id]
        for head in readers.heads:
            history = one.history.get((school.id, head.id), {})
            digest = digest_of(facts, reader=head.id, monday=one.week, history=history)
            key = f"digest/{one.week}/{school.id}/{head.id}"
            bundle.letters.append(_Letter(key, head, drawn(digest, on=one.on)))
            bundle.counted[school.id, head.id] = {what.value: count for what, count in digest.counts.items()}
        apart = [case for case in facts.withheld(readers.head_ids) if case.is_open]
        for governor in readers.governors:
            cases = sum(governor.id not in case.concerned for case in apart)
            if cases:
                key = f"digest/{one.week}/{school.id}/apart/{governor.id}"
                bundle.letters.append(_Letter(key, governor, withheld_card(school=school.name, cases=cases)))
    return bundle


def _add_dpos(one: _Round, bundle: _Bundle, whole: Sequence[School]) -> None:
    """Add a letter for each DPO, about all their schools: the key makes it one, whichever schools it came with."""
    theirs: dict[int, list[School]] = {}
    dpos: dict[int, Person] = {}
    for school in whole:
        for dpo in one.staff[school.id].dpos:
            dpos[dpo.id] = dpo
            theirs.setdefault(dpo.id, []).append(school)
    for number, dpo in dpos.items():
        lines = [
            school_line(one.weeks[school.id], reader=number, heads=one.staff[school.id].head_ids)
            for school in theirs[number]
        ]
        card = drawn_together(lines, on=one.on)
        bundle.letters.append(_Letter(f"digest/{one.week}/schools/{number}", dpo, card))


def _shares_a_dpo(school: School, due: frozenset[int], staff: Mapping[int, Readers]) -> bool:
    """Whether a DPO of a school that is due serves this one as well: their card is of all their schools."""
    dpos = {dpo.id for number in due for dpo in staff[number].dpos}
    return any(dpo.id in dpos for dpo in staff[school.id].dpos)


def _in_lots(due: Sequence[School]) -> Iterator[Sequence[School]]:
    for start in range(0, len(due), _AT_ONCE):
        yield due[start : start + _AT_ONCE]
