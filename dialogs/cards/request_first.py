"""The first minute after somebody asked for their data: what to say to them, what to leave alone, and who knows."""

from collections.abc import Sequence

from dialogs.cards.elements import bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def request_first_card(*, case: int, headline: str, steps: Sequence[str], told: str) -> Json:
    """Say what to tell them and what to leave alone. `told` names by post who knows already."""
    return card(
        heading(headline),
        said(f"{told} This is request {case}.", spacing="Small"),
        *bullets(steps),
        text("Then I have a few short questions, less than a minute's worth.", spacing="Small"),
        actions=(execute("Continue", Verb.REQUEST_FORM, case=case),),
    )


def request_still_open_card(*, case: int) -> Json:
    """Say that further words were added to the request that is open already."""
    return card(
        heading(f"I've added that to request {case}"),
        text("It goes to the DPO with the rest. Did somebody else ask, or for something else? Then say so."),
        actions=(
            execute("Continue", Verb.REQUEST_FORM, case=case),
            execute("It is another request", Verb.REQUEST_ANOTHER, case=case),
        ),
    )


def request_taken_card(*, case: int, notes: Sequence[str] = ()) -> Json:
    """Confirm that the request is written down. `notes` as fixed words, such as that its day is in the holidays."""
    return card(
        heading("Thank you, that is everything"),
        said(f"The DPO has request {case} and answers it. Please leave that to them, and delete nothing."),
        *(said(note) for note in notes),
        text("I'll tell you what becomes of it; type status to see where it is."),
    )


def request_left_card(*, case: int) -> Json:
    """Say that leaving the form does not take the request back."""
    return card(
        heading("The questions are closed, the request is not"),
        said(f"The DPO has request {case}, counted from the day it came, and may come back to you."),
        actions=(execute("Continue", Verb.REQUEST_FORM, case=case),),
    )
