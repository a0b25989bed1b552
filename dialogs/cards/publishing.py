"""The DPO's answer on its way to everybody: kept, or waiting for a second pair of eyes, approved or not yet."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, bullets, card, execute, facts, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.photo_answer import clause_line
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def published_card(*, title: str, version: int, number: int, schools: str, waits: str = "") -> Json:
    """Confirm that an answer is kept for everybody at these schools; `waits` says where it is not yet."""
    return card(
        heading("Kept for everybody at the school"),
        said(bold(title), f"(version {version}). From now on I answer it so, with your name on it."),
        *facts(("At", schools)),
        *([said(waits)] if waits else []),
        actions=(execute("Take it back", Verb.ANSWER_RETIRE, answer=number),),
    )


def retired_card(*, title: str) -> Json:
    """Confirm that an answer is taken back."""
    return card(heading("Taken back"), said(bold(title), "is no longer given. What was said before stays on record."))


def waits_card(*, title: str, waits: str) -> Json:
    """Say that nothing is given yet, and for whom it waits."""
    return card(
        heading("Waiting for a second pair of eyes"),
        said(bold(title), spacing="Small"),
        said(waits),
        text("Until then I give no answer of yours to this question. You hear from me when it is decided."),
    )


def approval_card(
    *,
    proposal: int,
    asks: Sequence[str],
    answer: str,
    citation: tuple[str, str] | None,
    schools: str,
    by: str,
    decided: str = "",
    note: str = "",
) -> Json:
    """Show an answer to whoever approves it. `by` and `decided` are people and instants in words."""
    body = (
        heading("May I give this answer?"),
        *([said(bold(note), spacing="Small")] if note else []),
        *facts(("Written by", by), ("For everybody at", schools)),
        said(bold("Asked as:")),
        *bullets(asks),
        said(bold("The answer:")),
        said(run(answer, limit=PASSAGE), spacing="Small"),
        *([said(bold("Clause:"), clause_line([citation]))] if citation else []),
    )
    if decided:
        return card(*body, said(bold("Decided:"), decided))
    return card(
        *body,
        text("Your yes makes it everybody's answer there. The words stay the DPO's: you change nothing in them."),
        {
            "type": "Input.Text",
            "id": "note",
            "label": "If not yet: why?",
            "isMultiline": True,
            "maxLength": PASSAGE,
            "placeholder": "It goes to whoever wrote the answer",
        },
        actions=(
            execute("Yes, give it", Verb.ANSWER_APPROVE, proposal=proposal),
            execute("Not yet", Verb.ANSWER_DECLINE, proposal=proposal),
        ),
    )


def approved_news_card(*, title: str, schools: str, decided: str) -> Json:
    """Tell the writer that it is given from now on."""
    return card(
        heading("Your answer was approved"),
        said(bold(title), spacing="Small"),
        *facts(("Given at", schools), ("Approved", decided)),
    )


def declined_news_card(*, title: str, schools: str, decided: str, note: str) -> Json:
    """Tell the writer why it is not given yet, and what they can do."""
    return card(
        heading("Your answer is not approved yet"),
        said(bold(title), spacing="Small"),
        *facts(("Not given at", schools), ("Said by", decided)),
        said(bold("Why:"), run(note, limit=PASSAGE)),
        text("Open the question again and press “Keep it for everybody” to send it in other words."),
    )
