"""The first words after an online-safety report: what to do now, before any question (domain 5)."""

from collections.abc import Sequence

from dialogs.cards.elements import bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def illegal_first_card(*, case: int, do: Sequence[str], do_not: Sequence[str], told: str, files: bool = False) -> Json:
    """Show the do and the don't, first of all. `told` names by post who knows; `files`: something was attached."""
    sent = [text("I have not opened or kept what you sent. Please send nothing else.")] if files else []
    return card(
        heading("Stop. Cover the screen now"),
        text("Do"),
        *bullets(do),
        text("Don't"),
        *bullets(do_not),
        *sent,
        said(f"{told} This is case {case}. I have kept none of your words.", spacing="Medium"),
        actions=(execute("Continue", Verb.INCIDENT_FORM, case=case),),
    )


def incident_first_card(*, case: int, steps: Sequence[str], told: str, breach_too: bool) -> Json:
    """Thank the reporter and say what to do now. `breach_too`: personal data may be out as well."""
    return card(
        heading("Thank you for telling me"),
        *bullets(steps),
        said(f"{told} This is case {case}. I keep the place, the time and who was told, not your words."),
        actions=(
            execute("Continue", Verb.INCIDENT_FORM, case=case),
            execute("It may be illegal to hold", Verb.INCIDENT_ILLEGAL, case=case),
            *([execute("It may be a breach", Verb.INCIDENT_BREACH, case=case)] if breach_too else []),
        ),
    )


def incident_sent_card(*, case: int, illegal: bool) -> Json:
    """Confirm that the answers are with whoever has the case."""
    keep = (
        "Please keep it to yourself, and write nothing about it anywhere else."
        if illegal
        else "Please write it up on CPOMS, if nobody has yet."
    )
    return card(
        heading("Thank you, that is all I need"),
        said(f"Case {case}. Whoever has it can see what you told me."),
        text(f"{keep} I'll tell you how it goes on; type status to see where it is."),
    )


def incident_no_words_card() -> Json:
    """Ask whoever goes on describing what may be illegal to stop; nothing of it was kept."""
    return card(
        heading("Please don't describe it"),
        text(
            "That protects you too. I have kept none of it. Please speak to the head or the DSL, in person or by phone."
        ),
        text("Is it about something else? Then ask me without a word about what you found."),
    )


def incident_left_card(*, case: int) -> Json:
    """Say that leaving the questions does not take the report back."""
    return card(
        heading("The questions are closed, the case is not"),
        said(f"Case {case} is with the people who have to know. What you filled in is kept."),
        actions=(execute("Continue", Verb.INCIDENT_FORM, case=case),),
    )
