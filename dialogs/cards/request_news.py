"""What follows a step: it is noted, whoever took the request hears of it, a letter is there to be copied."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, card, execute, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def request_news_card(*, case: int, news: str) -> Json:
    """Tell of one change, in our own fixed words."""
    return card(heading(f"News of request {case}"), said(news))


def request_step_done_card(*, case: int, what: str, letter: str = "") -> Json:
    """Confirm a step of the desk; `letter` is the value of the letter that goes with it, if any."""
    buttons = [execute("Draft the letter", Verb.REQUEST_LETTER, case=case, letter=letter)] if letter else []
    return card(
        heading(f"Request {case}: noted"),
        said(f"{what}: kept with your name and the time. The request's card is up to date."),
        actions=(*buttons, execute("Show the request", Verb.REQUEST_SHOW, case=case)),
    )


def request_letter_card(*, case: int, title: str, paragraphs: Sequence[str]) -> Json:
    """Show a letter to copy; the bot writes to nobody outside school."""
    return card(
        heading(f"Request {case}: a letter to copy"),
        said(bold(title)),
        *(said(run(paragraph, limit=2 * PASSAGE)) for paragraph in paragraphs),  # our words around theirs
        text("I send nothing outside school: please send it yourself, then record that you did.", spacing="Small"),
        actions=(execute("Show the request", Verb.REQUEST_SHOW, case=case),),
    )


def footage_card(*, case: int, asked_by: str, keep: str) -> Json:
    """Tell whoever looks after the cameras, or authorises releases, that footage was asked for: no names."""
    return card(
        heading(f"Footage was asked for: request {case}"),
        said(bold("Who asks:"), asked_by),
        said(keep),
        text("Hand nothing over and show nobody anything until the DPO says so."),  # CCTV-7.3
    )
