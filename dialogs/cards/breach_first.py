"""The first minute after somebody suspects a breach: what to do now, before any question."""

from collections.abc import Sequence

from dialogs.cards.elements import bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def first_minute_card(*, case: int, steps: Sequence[str], told: str, near_miss: bool) -> Json:
    """Thank the reporter and say what to do now. `told` names by post who knows already ("The DPO and the head…")."""
    thanks = "Thank you. A near miss is worth telling." if near_miss else "Thank you for telling me."
    return card(
        heading(thanks),
        said(f"{told} This is case {case}.", spacing="Small"),
        text("Right now, please:" if steps else "There is nothing you need to do this minute."),
        *bullets(steps),
        text("Then I have a few short questions. You can stop at any time; nothing gets lost.", spacing="Small"),
        actions=(
            execute("Continue", Verb.BREACH_FORM, case=case),
            execute("It was a near miss", Verb.BREACH_NEAR_MISS, case=case),
        ),
    )


def near_miss_card(*, case: int, words: str) -> Json:
    """Ask for the second of two taps: nothing got out, and this is the whole report."""
    return card(
        heading("Nothing got out and nothing is lost?"),
        said("Then I send what you told me as it is:", words),
        actions=(
            execute("Send report", Verb.BREACH_NEAR_MISS_SEND, case=case),
            execute("Continue with the questions", Verb.BREACH_FORM, case=case),
        ),
    )


def still_open_card(*, case: int, draft: str) -> Json:
    """Say that further words were added to the report that is open already; `draft` is its form."""
    return card(
        heading(f"I've added that to case {case}"),
        text("It goes to the DPO with the rest. Is it about something else? Then say so."),
        actions=(
            execute("Continue", Verb.BREACH_FORM, case=case, draft=draft),
            execute("It is something else", Verb.BREACH_ANOTHER, case=case),
        ),
    )


def form_a_sent_card(*, case: int, near_miss: bool) -> Json:
    """Confirm that Form A is signed and on its way."""
    return card(
        heading("Form A sent"),
        said(f"Case {case}. The DPO has everything you told me. Thank you."),
        text(
            "I'll tell you what happens with it. Type status to see where it is."
            if near_miss
            else "Please keep this to yourself, leave the press and other outsiders to the DPO, and delete nothing. "
            "I'll tell you what happens next; type status to see where it is."
        ),
    )


def case_left_card(*, case: int) -> Json:
    """Say that leaving the form does not take the report back."""
    return card(
        heading("The questions are closed, the case is not"),
        said(f"The DPO has case {case} and may come back to you. What you filled in is kept."),
        actions=(execute("Continue", Verb.BREACH_FORM, case=case),),
    )
