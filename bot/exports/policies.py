"""A school's own policy documents, version by version, with what each import found odd in them."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.who import iso
from bot.exports.writing import Format, written
from policy.roles import Role
from storage import findings
from storage.findings import Finding, FindingKind, Told

HEADING: Final = (
    *("number", "status", "school", "opened_at", "document", "version", "file", "review_stated", "review_on"),
    *("kind", "finding"),
)
_MAY: Final = frozenset({Role.DPO, Role.HEADTEACHER})  # domain 7.3: the policy register is the head's
_NOTHING: Final = Finding(FindingKind.CHECK, "")


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the versions, the newest of each document first; a row a finding."""
    if asked.roles.isdisjoint(_MAY):
        return NotTheirs()
    body = rows(await findings.at_schools(session, [asked.school.id]), school=asked.school.code)
    return Taken(written(HEADING, body, Format(asked.form)), {"findings": len(body)})


def rows(told: Iterable[Told], *, school: str) -> list[Sequence[object]]:
    """Return the rows under HEADING; `number` counts them."""
    every = ((one, each) for one in told for each in one.findings or (_NOTHING,))
    return [
        (
            number,
            "in force" if one.in_force else "replaced",
            school,
            iso(one.imported_at),
            one.document,
            one.version,
            one.file_name,
            one.review_said,
            "" if one.review_on is None else one.review_on.isoformat(),
            each.kind.value if each.sentence else "",
            each.sentence,
        )
        for number, (one, each) in enumerate(every, 1)
    ]
