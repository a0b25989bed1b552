"""When something is due: the day first, then how it was worked out."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, bullets, card, heading, said, small
from dialogs.cards.photo_answer import clause_line
from dialogs.conversation import Json


def deadline_card(lines: Sequence[str], *, citations: tuple[tuple[str, str], ...]) -> Json:
    """Show the answer and the sum, which can be read aloud."""
    first, *steps = lines
    return card(
        heading("When it is due"),
        said(bold(first)),
        *bullets(steps),
        *(small(clause_line(citations)) if citations else []),
    )
