"""The first words after an online-safety report: what to do now, before any question (domain 5)."""

from collections.abc import Sequence
from typing import Final

from dialogs.cards.elements import bullets, card, choose, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.incident.kinds import TITLES
from policy.roles import Role

_POSTS: Final = (
    ("The headteacher", Role.HEADTEACHER.value),
    ("The DSL", Role.DSL.value),
    ("The deputy DSL", Role.DEPUTY_DSL.value),
    ("The online-safety champion", Role.ONLINE_SAFETY_CHAMPION.value),
    ("The computing coordinator", Role.COMPUTING_COORDINATOR.value),
)
_REPORT: Final = "Report it without words"
_ANOTHER: Final = "Another incident"


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


def incident_no_words_card(*, about: str) -> Json:
    """Ask whoever goes on describing what may be illegal to stop; nothing of it was kept.

    What they told may be another incident: it is reported by a press. `about` tells one such press from the next.
    """
    return card(
        heading("Please don't describe it"),
        text(
            "That protects you too. I have kept none of it. Please speak to the head or the DSL, in person or by phone."
        ),
        *_another(),
        text("Is it a question? Then ask it without a word about what you found."),
        actions=(execute(_REPORT, Verb.INCIDENT_ANOTHER, about=about),),
    )


def incident_another_card(*, about: str) -> Json:
    """Ask what another incident is about, without a word of the reporter's; `about` as above."""
    return card(
        heading("Another incident"),
        *_another(),
        actions=(execute(_REPORT, Verb.INCIDENT_ANOTHER, about=about),),
    )


def with_another(form: Json, *, about: str) -> Json:
    """Add to a form that refused a description the way to report another incident; what is on the page stays there."""
    alone = {"associatedInputs": "none"}
    return {**form, "actions": [*form["actions"], execute(_ANOTHER, Verb.INCIDENT_ANOTHER, about=about) | alone]}


def _another() -> list[Json]:
    kinds = [(title, kind.value) for kind, title in TITLES.items()]
    return [
        text("Has something else happened? Choose what, and I tell the right people without any of your words."),
        choose("kind", "What has happened?", kinds, otherwise="Please choose what has happened."),
        choose("part", "Is it about one of these? They are not told", _POSTS, otherwise="Choose one, or none.")
        | {"isRequired": False},
    ]


def incident_left_card(*, case: int) -> Json:
    """Say that leaving the questions does not take the report back."""
    return card(
        heading("The questions are closed, the case is not"),
        said(f"Case {case} is with the people who have to know. What you filled in is kept."),
        actions=(execute("Continue", Verb.INCIDENT_FORM, case=case),),
    )
