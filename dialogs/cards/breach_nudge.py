"""A reminder about a case, with the way to it."""

from collections.abc import Sequence

from dialogs.cards.elements import card, execute, heading, run, said
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def breach_nudge_card(*, case: int, words: Sequence[str], theirs: str = "") -> Json:
    """Remind somebody at the table, with `theirs` in the words of who wrote them; their card opens with a press."""
    return card(
        heading(f"Case {case}"),
        *(said(line) for line in words),
        *([said(run(theirs, limit=PASSAGE))] if theirs else []),
        actions=(execute("Show the case", Verb.BREACH_SHOW, case=case),),
    )


def breach_chaser_card(*, case: int, words: Sequence[str]) -> Json:
    """Remind the reporter, kindly, that a few answers are missing."""
    return card(
        heading("Your report is safe"),
        *(said(line) for line in words),
        actions=(execute("Continue", Verb.BREACH_FORM, case=case),),
    )
