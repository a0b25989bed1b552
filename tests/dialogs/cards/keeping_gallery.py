"""The card on which the DPO decides what becomes of old cases, with invented numbers."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.doubted_clock import clock_settled_card, doubted_clock_card
from dialogs.cards.letting_go import OldCase, letting_go_card
from dialogs.conversation import Json

CASES: Final = (
    OldCase(12, "Breach 12", "Tue 1 Dec 2020", "its period ends on Tue 1 Dec 2026."),
    OldCase(17, "Request 17", "Wed 2 Dec 2020", "kept until Tue 23 Nov 2027; you will be asked again then."),
    OldCase(20, "Photo event 20", "Wed 2 Dec 2020", "to be deleted on Wed 2 Dec 2026."),
    OldCase(21, "Incident 21", "", "it was opened again, so it stays."),
)

KEEPING_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "clock_settled": clock_settled_card,
    "doubted_clock": lambda: doubted_clock_card(day="2037-02-09", today="Mon 9 Feb 2037", last="Mon 23 Nov 2026"),
    "letting_go": lambda: letting_go_card(lot="1-12-2026-11-23", school="Hartfield", years=6, cases=CASES),
    "letting_go_one": lambda: letting_go_card(lot="1-12-2026-11-23", school="Hartfield", years=1, cases=CASES[:1]),
    "letting_go_done": lambda: letting_go_card(lot="1-12-2026-11-23", school="Hartfield", years=6, cases=()),
}
