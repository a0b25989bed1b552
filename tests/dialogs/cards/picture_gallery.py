"""The cards of withdrawals and event plans, with invented people."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.withdrawal import (
    AfterCard,
    WithdrawalCard,
    withdrawal_after_card,
    withdrawal_card,
    withdrawal_first_card,
    withdrawal_noted_card,
)
from dialogs.conversation import Json

FACTS: Final = (
    ("Pupil", "Kit Marlow, 3A"),
    ("School", "Larkrise Primary"),
    ("No longer", "photos on social media and video on social media"),
    ("Received", "Mon 23 Nov 2026: A letter or note"),
    ("From", "a parent or carer, Jo Marlow"),
    ("Reported", "Rosa Quill, Mon 23 Nov 2026 at 09:00"),
)

PICTURE_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "withdrawal_first": lambda: withdrawal_first_card(draft="d5f3"),
    "withdrawal_first_without_form": withdrawal_first_card,
    "withdrawal_noted": lambda: withdrawal_noted_card(
        number=3, pupil="Kit Marlow, 3A", uses="photos on social media", erasure=False, recorded=False
    ),
    "withdrawal_noted_with_erasure": lambda: withdrawal_noted_card(
        number=3, pupil="Kit Marlow, 3A", uses="everything on the form", erasure=True, recorded=True
    ),
    "withdrawal": lambda: withdrawal_card(WithdrawalCard(3, FACTS, can_record=True, can_refuse=True)),
    "withdrawal_recorded": lambda: withdrawal_card(
        WithdrawalCard(3, FACTS, note="Recorded: Gwen Pascoe, Mon 23 Nov 2026 at 10:04")
    ),
    "withdrawal_after": lambda: withdrawal_after_card(
        AfterCard(
            3,
            FACTS,
            todo=("Send the new list to all staff.", "Take the stored pictures off the drive."),
            done=("Recorded: Gwen Pascoe, Mon 23 Nov 2026 at 10:04",),
            can_remove=True,
        )
    ),
    "withdrawal_after_dpo": lambda: withdrawal_after_card(
        AfterCard(
            3,
            FACTS,
            allowed=("photos for the school website, Fri 2 Oct 2026",),
            done=("Recorded: Gwen Pascoe, Mon 23 Nov 2026 at 10:04",),
            can_decide=True,
        )
    ),
}
