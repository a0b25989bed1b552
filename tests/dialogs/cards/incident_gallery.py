"""The cards of an online-safety incident, with invented people."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.cards.incident_case import IncidentCard, incident_case_card, incident_passed_card
from dialogs.cards.incident_first import (
    illegal_first_card,
    incident_another_card,
    incident_first_card,
    incident_left_card,
    incident_no_words_card,
    incident_sent_card,
)
from dialogs.cards.incident_news import incident_news_card, incident_nudge_card, incident_step_done_card
from dialogs.conversation import Json
from policy.incident.first_steps import DO, DO_NOT, first_steps
from policy.incident.kinds import IncidentKind

CASE: Final = IncidentCard(
    case=12,
    kind="Something that may be illegal to hold",
    facts=(
        ("Status", "told, and nobody is on it yet"),
        ("School", "Larkrise Primary"),
        ("Reported by", "Rosa Quill, Mon 23 Nov 2026 at 10:04"),
        ("Where", "Room 12"),
        ("Who was told", "The headteacher"),
        ("Who has it", "Hetty Moss, Saul Bird"),
    ),
    urgent="Don't look at it, and let nobody else.",
    can_take=True,
)

INCIDENT_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "incident_illegal": lambda: illegal_first_card(
        case=12, do=DO, do_not=DO_NOT, told="The head and the DSL, or whoever stands in, have a message from me."
    ),
    "incident_illegal_files": lambda: illegal_first_card(
        case=12, do=DO, do_not=DO_NOT, told="The head, or whoever stands in, has a message from me.", files=True
    ),
    "incident_first": lambda: incident_first_card(
        case=13,
        steps=first_steps(IncidentKind.EXPOSURE),
        told="The online-safety champion, or whoever stands in, has a message from me.",
        breach_too=False,
    ),
    "incident_first_phishing": lambda: incident_first_card(
        case=14,
        steps=first_steps(IncidentKind.SPAM),
        told="The online-safety champion and IT, or whoever stands in, have a message from me.",
        breach_too=True,
    ),
    "incident_sent": lambda: incident_sent_card(case=13, illegal=False),
    "incident_sent_illegal": lambda: incident_sent_card(case=12, illegal=True),
    "incident_no_words": lambda: incident_no_words_card(about="41"),
    "incident_another": lambda: incident_another_card(about="f:1234"),
    "incident_left": lambda: incident_left_card(case=12),
    "incident_case": lambda: incident_case_card(CASE),
    "incident_case_in_hand": lambda: incident_case_card(
        replace(
            CASE,
            can_take=False,
            missing=("the CPOMS reference",),
            steps=(("Record the CPOMS reference", "cpoms"), ("Record who outside school was told", "external")),
            note="Nobody is on this yet, so more people have it now.",
        )
    ),
    "incident_passed": lambda: incident_passed_card(case=12),
    "incident_news": lambda: incident_news_card(case=12, news="It is closed. Thank you again for telling me."),
    "incident_nudge": lambda: incident_nudge_card(case=12, words="Nobody is on this yet, and it cannot wait."),
    "incident_step_done": lambda: incident_step_done_card(case=12, what="Record the CPOMS reference"),
}
