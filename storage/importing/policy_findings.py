"""What an import found odd in a document, as sentences: told to whoever imports, and kept with the version."""

from collections.abc import Iterator, Sequence

from policy.clauses import registered
from policy.documents.school_text import stands_under
from policy.documents.sorting import PolicyDocument
from storage.findings import Finding, FindingKind


def findings_of(found: PolicyDocument, unread: Sequence[str]) -> tuple[Finding, ...]:
    """Return everything about one document; `unread` is of the whole file."""
    return (
        Finding(FindingKind.REVIEW, review_line(found)),
        *(Finding(FindingKind.CHECK, note) for note in found.notes),
        *(Finding(FindingKind.ABSENT, sentence) for sentence in absent(found)),
        *(Finding(FindingKind.UNREAD, sentence) for sentence in unread),
    )


def review_line(found: PolicyDocument) -> str:
    """Say when the document wants to be reviewed."""
    dates = ", ".join(f"{each.said} ({each.place})" for each in found.review)
    ruling = f" The earliest, {found.review[0].said}, rules." if len(found.review) > 1 else ""
    return f"Review date stated: {dates}.{ruling}" if dates else "It states no date for its next review."


def absent(found: PolicyDocument) -> Iterator[str]:
    """Name the clauses that answers may cite and that the document does not have, in one sentence."""
    there = [clause.number for clause in found.clauses]
    cited = [clause.number for clause in registered() if clause.document == found.document]
    missing = [number for number in cited if not any(stands_under(own, number) for own in there)]
    if missing:
        yield f"answers may cite {', '.join(missing)}, which it does not have."
