"""What is heard of an incident afterwards: news for the reporter, reminders, and what was noted."""

from dialogs.cards.elements import card, execute, heading, said
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def incident_news_card(*, case: int, news: str) -> Json:
    """Tell the reporter of one change, in our own fixed words."""
    return card(heading(f"News of case {case}"), said(news))


def incident_nudge_card(*, case: int, words: str) -> Json:
    """Remind somebody who has the case; their card of it opens with a press."""
    return card(
        heading(f"Case {case}"), said(words), actions=(execute("Show the case", Verb.INCIDENT_SHOW, case=case),)
    )


def incident_step_done_card(*, case: int, what: str) -> Json:
    """Confirm a step."""
    return card(
        heading(f"Case {case}: noted"),
        said(f"{what}: kept with your name and the time. The case's card is up to date."),
        actions=(execute("Show the case", Verb.INCIDENT_SHOW, case=case),),
    )
