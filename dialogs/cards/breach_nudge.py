"""A reminder about a case, with the way to it."""

from collections.abc import Sequence

from dialogs.cards.elements import card, execute, heading, said
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def breach_nudge_card(*, case: int, words: Sequence[str]) -> Json:
    """Remind somebody at the table; their card of the case opens with a press."""
    return card(
        heading(f"Case {case}"),
        *(said(line) for line in words),
        actions=(execute("Show the case", Verb.BREACH_SHOW, case=case),),
    )


def breach_chaser_card(*, case: int, words: Sequence[str]) -> Json:
    """Remind the reporter, kindly, that a few answers are missing."""
    return card(
        heading("Your report is safe"),
        *(said(line) for line in words),
        actions=(execute("Continue", Verb.BREACH_FORM, case=case),),
    )
