"""The cards of withdrawals, changed circumstances and event plans, with invented people."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.cards.event_plan import PlanCard, plan_card, plan_first_card, plan_list_changed_card
from dialogs.cards.refresh import (
    NewFormCard,
    RefreshCard,
    new_form_card,
    no_longer_yours_card,
    refresh_card,
    refresh_first_card,
    refresh_noted_card,
)
from dialogs.cards.withdrawal import (
    AfterCard,
    WithdrawalCard,
    withdrawal_after_card,
    withdrawal_card,
    withdrawal_first_card,
    withdrawal_noted_card,
)
from dialogs.conversation import Json
from policy.planning.check import Check
from policy.planning.plan import Step

FACTS: Final = (
    ("Pupil", "Kit Marlow, 3A"),
    ("School", "Larkrise Primary"),
    ("No longer", "photos on social media and video on social media"),
    ("Received", "Mon 23 Nov 2026: A letter or note"),
    ("From", "a parent or carer, Jo Marlow"),
    ("Reported", "Rosa Quill, Mon 23 Nov 2026 at 09:00"),
)
REPORTED: Final = (
    ("Pupil", "Kit Marlow, 3A"),
    ("School", "Larkrise Primary"),
    ("Heard on", "Fri 20 Nov 2026"),
    ("Reported", "Rosa Quill, Mon 23 Nov 2026 at 09:00"),
)

PLAN: Final = PlanCard(
    plan=21,
    revision=1,
    facts=(
        ("Event", "Carol service"),
        ("State", "awaiting the school's check"),
        ("Day", "Tue 8 Dec 2026"),
        ("Classes", "3A, 4B"),
    ),
    checks=(
        Check("photos for the school website", ("Kit Marlow, 3A", "Zoë O'Brien, 4B")),
        Check("video for the school website"),
        Check("photos for the local press", ("Kit Marlow, 3A",), nobody=True),
        Check("photos for a live stream or video call", stop="No: a live stream needs the headteacher's permission."),
        Check("photos for brochures and printed newsletters", tuple(f"Pupil {n}, 3A" for n in range(61))),
    ),
    as_of="Mon 23 Nov 2026 at 09:00",
)

PICTURE_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "plan_first": lambda: plan_first_card(draft="d5f4"),
    "plan": lambda: plan_card(replace(PLAN, steps=(Step.APPROVE, Step.ASK_CHANGE))),
    "plan_of_its_owner": lambda: plan_card(
        replace(
            PLAN,
            note="The school's check asks for a change.",
            change="Please leave the hall doors closed.",
            steps=(Step.OFF,),
            can_edit=True,
        )
    ),
    "plan_without_names": lambda: plan_card(
        replace(PLAN, checks=(), steps=(Step.DONE, Step.DOWNLOADED, Step.CLEARED, Step.OFF))
    ),
    "plan_list_changed": lambda: plan_list_changed_card(plan=21, title="Carol service", on="Tue 8 Dec 2026"),
    "withdrawal_first": lambda: withdrawal_first_card(draft="d5f3"),
    "withdrawal_first_without_form": withdrawal_first_card,
    "withdrawal_noted": lambda: withdrawal_noted_card(
        number=3, pupil="Kit Marlow, 3A", uses="photos on social media", erasure=False, recorded=False
    ),
    "withdrawal_noted_with_erasure": lambda: withdrawal_noted_card(
        number=3, pupil="Kit Marlow, 3A", uses="everything on the form", erasure=True, recorded=True
    ),
    "withdrawal": lambda: withdrawal_card(WithdrawalCard(3, FACTS, can_record=True, can_refuse=True, can_refresh=True)),
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
            can_refresh=True,
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
    "refresh_first": lambda: refresh_first_card(draft="d5f5"),
    "refresh_first_without_form": refresh_first_card,
    "refresh_noted": lambda: refresh_noted_card(pupil="Kit Marlow, 3A", recorded=False),
    "refresh_noted_on_record": lambda: refresh_noted_card(pupil="Kit Marlow, 3A", recorded=True),
    "refresh": lambda: refresh_card(RefreshCard(3, REPORTED, can_settle=True)),
    "refresh_recorded": lambda: refresh_card(
        RefreshCard(3, REPORTED, note="Recorded: Gwen Pascoe, Mon 23 Nov 2026 at 10:04")
    ),
    "new_form": lambda: new_form_card(
        NewFormCard(3, "Kit Marlow, 3A", "Fri 20 Nov 2026", todo=("Send the new list to all staff.",))
    ),
    "new_form_for_the_office": lambda: new_form_card(NewFormCard(3, "Kit Marlow, 3A", "Fri 20 Nov 2026")),
    "new_form_asked": lambda: new_form_card(
        NewFormCard(
            3,
            "Kit Marlow, 3A",
            "Fri 20 Nov 2026",
            can_ask=False,
            note="Family asked: Gwen Pascoe, Mon 23 Nov 2026 at 10:04",
        )
    ),
    "no_longer_yours": no_longer_yours_card,
}
