"""A rule put into a chat from the search box: everybody there may read it, so it has no buttons and names nobody."""

from dataclasses import dataclass

from dialogs.cards.elements import bold, card, heading, run, said, small
from dialogs.cards.inert import PASSAGE
from dialogs.cards.photo_answer import clause_line
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """Everything that the card shows."""

    asks: str  # the question that it answers
    words: str  # paragraphs set apart by an empty line
    citations: tuple[tuple[str, str], ...]  # (document, clause), names as in contract 3
    by: str  # whose answer it is: "From Ask DPO, for Larkrise Primary."


def shared_answer_card(answer: SharedAnswer) -> Json:
    """Show a rule to a chat."""
    return card(
        heading("The rule"),
        said(bold(answer.asks), spacing="Small"),
        *(said(run(part, limit=PASSAGE)) for part in answer.words.split("\n\n")),
        *(small(clause_line(answer.citations)) if answer.citations else []),
        *small(answer.by),
    )
