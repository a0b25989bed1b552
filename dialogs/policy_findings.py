"""`policy findings`: what the imports found odd in the policies in force, for the DPO and whoever heads the school."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.policy_findings import FoundIn, no_findings_card, policy_findings_card
from dialogs.conversation import Json, Turn
from dialogs.known import Known
from dialogs.said import moment
from dialogs.thought import local_day
from policy.documents.school_text import name_of
from policy.roles import Role
from storage import findings, policy_flags
from storage.findings import Told

COMMAND: Final = "policy findings"
_MAY: Final = frozenset({Role.DPO, Role.HEADTEACHER})


async def card_of(session: AsyncSession, known: Known, turn: Turn) -> Json:
    """List them, a document that several schools share once."""
    theirs = {school.id: school.name for school in known.schools if known.person.roles_at(school.id) & _MAY}
    if not theirs:
        return no_findings_card()
    told = [one for one in await findings.at_schools(session, theirs) if one.in_force]
    in_question: set[str] = set()
    for school in theirs:
        in_question |= await policy_flags.open_at(session, school)
    return policy_findings_card(_together(told, theirs, today=local_day(turn.now)), in_question=len(in_question))


def _together(told: Iterable[Told], names: dict[int, str], *, today: date) -> list[FoundIn]:
    """Put schools together that have the same version of the same file: a trust's policy is read once."""
    same: dict[tuple[object, ...], list[Told]] = {}
    for one in told:
        same.setdefault((one.document, one.version, one.file_name, one.findings), []).append(one)
    return [
        FoundIn(
            document=name_of(ones[0].document),
            schools=", ".join(names[one.school_id] for one in ones),
            version=f"version {ones[0].version}, {ones[0].file_name}, {moment(ones[0].imported_at)}",
            overdue=ones[0].review_on is not None and ones[0].review_on < today,
            findings=tuple(each.sentence for each in ones[0].findings),
        )
        for ones in same.values()
    ]
