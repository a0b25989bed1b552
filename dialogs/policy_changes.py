"""What a new version of a school's policy puts in question: the answers that cite what changed, for the DPO to read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.policy_changed import CitedAnswer, policy_changed_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in
from dialogs.said import who_and_when
from dialogs.thought import instead, reply
from policy.documents.school_text import name_of, stands_under
from policy.library import library
from policy.roles import Role
from storage import audit, people, policy_flags, published, schools
from storage.handovers import as_of
from storage.people import Person
from storage.policies import Change
from storage.policy_flags import PolicyFlag

_LINE: Final = (Role.DPO, Role.HEADTEACHER, Role.DATA_LEAD)  # as every question for the DPO goes (C29)
_OWN: Final = "own-"  # an answer that the school published, and its number


async def tell(session: AsyncSession, changes: Sequence[Change], now: datetime) -> tuple[str, ...]:
    """Keep the answers in question and write each DPO one letter, in the import's transaction; say so in a line."""
    as_of(session, now)
    flagged: set[int] = set()
    answers: set[str] = set()
    for change in changes:
        cited = {} if change.is_first else await _in_question(session, change)
        if cited:
            flagged.add(change.school.id)
            answers |= cited.keys()
            await policy_flags.flag(
                session,
                school_id=change.school.id,
                import_id=change.import_id,
                document=change.document,
                answers=cited,
                now=now,
            )
    if not flagged:
        return ()
    addressees: dict[int, tuple[Person, set[int]]] = {}
    for school_id in sorted(flagged):
        for person in (await _in_line(session, school_id))[1]:
            addressees.setdefault(person.id, (person, set()))[1].add(school_id)
    imported = changes[0].import_id
    for person, theirs in addressees.values():
        card = await _card(session, imported, theirs)
        await post(session, key=f"policy/{imported}/{person.id}", to=person, card=card, about="review", now=now)
    told = f"{len(addressees)} told" if addressees else "nobody to tell: no DPO, headteacher or data lead was imported"
    return (f"Answers that cite what changed: {len(answers)} ({told}).",)


async def looked_at(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Note, once, that whoever holds the post has looked; it changes no answer."""
    imported = number_in(pressed, "imported")
    found = await policy_flags.of_import(session, imported, await _theirs(session, known))
    if not found:
        return None
    at = {flag.school_id for flag in found}
    if await policy_flags.looked_at(session, imported, at, by=known.person.id, now=turn.now):
        for school_id in sorted(at):
            await audit.record(
                session,
                f"person/{known.person.id}",
                "policy.looked_at",
                f"import/{imported}",
                now=turn.now,
                school_id=school_id,
            )
    return instead(reply(await _card(session, imported, at)))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see looked_at
    """Show what an import put in question."""
    imported, theirs = number_in(pressed, "imported"), await _theirs(session, known)
    found = await policy_flags.of_import(session, imported, theirs)
    return reply(await _card(session, imported, theirs)) if found else None


async def waiting(session: AsyncSession, known: Known) -> tuple[tuple[int, int], ...]:
    """Return the imports of which answers wait to be looked at by this person, each with how many."""
    return await policy_flags.waiting(session, await _theirs(session, known))


async def _theirs(session: AsyncSession, known: Known) -> set[int]:
    return {school.id for school in known.schools if await _holds(session, known.person, school.id)}


async def _in_line(session: AsyncSession, school_id: int) -> tuple[Role, tuple[Person, ...]]:
    for role in _LINE:
        holders = await people.holding(session, school_id, role)
        if holders:
            return role, holders
    return _LINE[0], ()


async def _holds(session: AsyncSession, person: Person, school_id: int) -> bool:
    role, _ = await _in_line(session, school_id)
    return bool({role, Role.DPO} & person.roles_at(school_id))


async def _in_question(session: AsyncSession, change: Change) -> dict[str, tuple[str, ...]]:
    """Return the answers that cite what changed, each with the clauses that it cites and that did."""
    touched = (*change.differences.touched, *change.differences.added)
    cites = {
        answer.slug: [*answer.clauses, *(cited for variant in answer.variants for cited in variant.clauses)]
        for answer in library().answers
    }
    found: dict[str, tuple[str, ...]] = {}
    for answer, clauses in cites.items():
        numbers = dict.fromkeys(cited.clause for cited in clauses if cited.document == change.document)
        found[answer] = tuple(number for number in numbers if _is_touched(number, touched))
    for own in await published.standing(session, change.school.id):
        if own.document == change.document and _is_touched(own.clause, touched):
            found[f"{_OWN}{own.number}"] = (own.clause,)
    return {answer: numbers for answer, numbers in found.items() if numbers}


def _is_touched(cited: str, touched: Sequence[str]) -> bool:
    return any(stands_under(number, cited) for number in touched)


async def _card(session: AsyncSession, imported: int, school_ids: set[int]) -> Json:
    found = await policy_flags.of_import(session, imported, school_ids)
    names = [each.name for each in await schools.schools(session) if each.id in {flag.school_id for flag in found}]
    seen = next((flag for flag in found if flag.seen_at is not None), None)
    listed = {(flag.document, flag.answer): flag for flag in found}  # the same at every school of a trust
    return policy_changed_card(
        imported=imported,
        schools=", ".join(names),
        answers=[
            CitedAnswer(await _title(session, flag), name_of(flag.document), flag.clauses) for flag in listed.values()
        ],
        seen=await who_and_when(session, seen.seen_by, seen.seen_at) if seen else "",
    )


async def _title(session: AsyncSession, flag: PolicyFlag) -> str:
    if flag.answer.startswith(_OWN):
        own = await published.by_number(session, int(flag.answer.removeprefix(_OWN)))
        return own.asks[0] if own else flag.answer
    answer = library().answer(flag.answer)
    return answer.title if answer else flag.answer
