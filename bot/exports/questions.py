"""The questions of one school as a register: what was asked and answered, never why, and pupils only as numbers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.who import Names, iso, name
from bot.exports.writing import Format, written
from policy.roles import May, may
from storage import people, questions
from storage.questions import Question

HEADING: Final = (
    *("number", "status", "school", "opened_at", "asker", "text", "intent", "shape", "decision", "conditions"),
    "pupils",
)
_STATUSES: Final[Mapping[str, str]] = {
    "clarify": "asked back",
    "flow": "started",
    "unknown": "unanswered",
    "refused": "refused",
}


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the school's questions, oldest first."""
    if not may(asked.roles, May.EXPORT_QUESTIONS):
        return NotTheirs()
    noted = await questions.of_school(session, asked.school.id)
    names: dict[int, str] = {}
    for person in sorted({question.person_id for _, question in noted}):
        known = await people.by_id(session, person)
        if known is not None:
            names[person] = known.display_name
    body = rows(noted, school=asked.school.code, names=names)
    return Taken(written(HEADING, body, Format(asked.form)), {"questions": len(body)})


def rows(noted: Iterable[tuple[int, Question]], *, school: str, names: Names) -> list[Sequence[object]]:
    """Return the rows under HEADING, for numbered questions.

    Pupils are numbered anew in each file, as they first come up: two files cannot be laid side by side.
    """
    seen: dict[int, str] = {}
    return [
        (
            number,
            _STATUSES.get(question.shape, "answered"),
            school,
            iso(question.asked_at),
            name(names, question.person_id),
            question.text,
            question.intent,
            question.shape,
            question.decision or "",
            "; ".join(question.conditions),
            "; ".join(seen.setdefault(pupil, f"pupil {len(seen) + 1}") for pupil in question.pupil_ids),
        )
        for number, question in noted
    ]
