"""What the imports found odd in the policies that are in force: for the DPO, who has them put right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, bullets, card, fits, heading, said, small, text
from dialogs.conversation import Json

_MOST_DOCUMENTS: Final = 12
_MOST_EACH: Final = 8


@dataclass(frozen=True, slots=True)
class FoundIn:
    """One version in force. `findings` are sentences that may quote the policy."""

    document: str  # "photography policy"
    schools: str
    version: str  # "version 2, photography.docx, Mon 23 Nov 2026 at 10:04"
    overdue: bool
    findings: tuple[str, ...]


def policy_findings_card(found: Sequence[FoundIn], *, in_question: int) -> Json:
    """List the documents with their findings; `in_question` answers cite clauses that changed."""
    if not found:
        return card(
            heading("No policy was imported yet"),
            text("Until it is, answers cite the clauses that I came with. An administrator imports it in a minute."),
        )
    whole = _listed(found, in_question, most=_MOST_EACH)
    return whole if fits(whole) else _listed(found, in_question, most=1)


def no_findings_card() -> Json:
    """Say whose the list is, whom to tell, and what everybody has."""
    return card(
        heading("The list is the DPO's and the headteacher's"),
        text("It says what looked odd in the policies when they were brought in, for those who have them put right."),
        text("If a rule looks wrong to you, please tell your DPO. What a rule says you can ask me at any time."),
    )


def _listed(found: Sequence[FoundIn], in_question: int, *, most: int) -> Json:
    body = [heading("What I found in your policies")]
    if in_question:
        body.append(said(f"Answers that cite clauses which changed, and that nobody has looked at yet: {in_question}."))
    for one in found[:_MOST_DOCUMENTS]:
        late = " Its review is overdue." if one.overdue else ""
        body.append(said(bold(f"{one.schools}, {one.document}:"), f"{one.version}.{late}"))
        body += bullets(one.findings[:most])
        if len(one.findings) > most:
            body += small(f"And {len(one.findings) - most} more.")
    more = len(found) - _MOST_DOCUMENTS
    last = (f"And {more} more documents.",) if more > 0 else ()
    return card(*body, *small(*last, "All of it, earlier versions too: askdpo export policies."))
