"""To the DPO: a school's policy has a new version, and these answers cite what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, bullets, card, execute, heading, said, small, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST_LISTED: Final = 15


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """An answer of the library's, and what it cites of what changed."""

    title: str
    document: str  # "photography policy"
    clauses: tuple[str, ...]


def policy_changed_card(*, imported: int, schools: str, answers: Sequence[CitedAnswer], seen: str = "") -> Json:
    """Ask for a look; `imported` is the import's number, `seen` who looked and when, in place of the button."""
    listed = [f"“{one.title}” cites {one.document} {', '.join(one.clauses)}" for one in answers[:_MOST_LISTED]]
    more = len(answers) - len(listed)
    body = (
        heading("A new version of a policy"),
        said("Imported for", bold(schools)),
        text("These answers cite clauses that it changed or took away. Please read whether they still hold."),
        *bullets(listed),
        *small(*([f"And {more} more."] if more else []), "The answers stay as they are until the library is changed."),
    )
    if seen:
        return card(*body, said(bold("Looked at:"), seen))
    return card(*body, actions=(execute("Looked at", Verb.POLICY_LOOKED_AT, imported=imported),))
