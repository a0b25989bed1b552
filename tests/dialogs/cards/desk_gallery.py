"""The cards of the desk: handing over, the calendar and what is asked of somebody, with invented people."""

from collections.abc import Callable
from datetime import date
from typing import Final

from dialogs.cards.handover import (
    Arranged,
    handover_card,
    handover_done_card,
    handover_ended_card,
    handover_news_card,
    no_post_card,
)
from dialogs.conversation import Json

POST: Final = "data protection officer at Hartfield"
LINE: Final = f"Dora Lane stands in for you as {POST}, from Mon 21 Dec 2026 to Mon 4 Jan 2027."
ARRANGED: Final = (Arranged(3, LINE, "End it with Dora Lane"),)

DESK_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "handover": lambda: handover_card(
        people=[("Dora Lane", "2"), ("Otto Finch", "6")],
        chosen="2",
        first=date(2026, 12, 21),
        last=date(2027, 1, 4),
        posts=POST,
        arranged=ARRANGED,
        note="The last day comes before the first.",
    ),
    "handover_to_nobody": lambda: handover_card(people=[], posts=POST),
    "handover_no_post": no_post_card,
    "handover_done": lambda: handover_done_card(
        line=LINE, left="You alone stay headteacher at Hartfield.", arranged=ARRANGED
    ),
    "handover_news": lambda: handover_news_card(title="It begins", lines=(LINE, "Either can act."), arranged=ARRANGED),
    "handover_ended": lambda: handover_ended_card(line=LINE),
}
