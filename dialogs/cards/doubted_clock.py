"""To the DPO: so long after the last night the clock may be wrong, and nothing goes until they say that it is right."""

from dialogs.cards.elements import card, execute, facts, heading, small, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def doubted_clock_card(*, day: str, today: str, last: str) -> Json:
    """Ask. `day` is today as 2026-11-23, `today` and `last` are days in words."""
    return card(
        heading(_HEADING),
        text("What has been kept for long enough is deleted at night, by its age. I have not looked for a long while."),
        *facts(("My clock says today is", today), ("I last looked on", last)),
        text(
            "A clock that runs ahead would delete too early. So nothing goes until you tell me that the date is right."
        ),
        *small("If it is wrong, press nothing. Please ask whoever looks after the server to put its clock right."),
        actions=[execute("The date is right", Verb.RETENTION_CLOCK, day=day)],
    )


def clock_settled_card() -> Json:
    """Say that nobody needs to do anything about it any more."""
    return card(
        heading(_HEADING),
        text("That is settled. Old things are deleted again at night, from the night after next at the latest."),
    )


_HEADING = "Is my clock right?"
