"""The cards of a request for data, with invented people."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.case_parts import Section
from dialogs.cards.flag import flag_card
from dialogs.cards.request_case import RequestCard, request_card, request_overview_card, request_passed_card
from dialogs.cards.request_first import (
    request_first_card,
    request_left_card,
    request_still_open_card,
    request_taken_card,
)
from dialogs.cards.request_news import (
    footage_card,
    request_letter_card,
    request_news_card,
    request_step_done_card,
)
from dialogs.cards.request_nudge import request_nudge_card, request_snoozed_card
from dialogs.cards.request_task import (
    request_keep_card,
    request_kept_card,
    request_task_card,
    request_task_done_card,
)
from dialogs.conversation import Json

KEEP: Final = "Please delete and change nothing that could belong to this."
REQUEST: Final = RequestCard(
    case=23,
    kind="To see or have a copy of what is held",
    clock="Answer by Wed 23 Dec 2026: 30 days left on Mon 23 Nov 2026.",
    facts=(
        ("Status", "being worked on"),
        ("Who asks", "Ivo Hart. A parent or carer, about their child."),
        ("About", "Amelia Hart"),
        ("Received", "Mon 23 Nov 2026"),
        ("Hold", "on: the bot deletes nothing about them, since Mon 23 Nov 2026 at 09:00"),
    ),
    words="He asked for everything that we hold about Amelia.",
    missing=("1 open task", "sending the answer"),
    sections=(
        Section("How the date is worked out", (("", "The request came on Mon 23 Nov 2026."),)),
        Section("Older dates", (("no day, then Wed 23 Dec 2026", "proof of identity was seen on Wed 25 Nov 2026."),)),
    ),
    steps=(("Ask somebody to search", "task_set"), ("Letter: we have your request", "letter-acknowledge")),
)

REQUEST_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "request_first": lambda: request_first_card(
        case=23,
        headline="Thank you for passing this on.",
        steps=("Tell them that the DPO will write to them.", "Please don't answer it yourself."),
        told="The DPO has it.",
    ),
    "request_still_open": lambda: request_still_open_card(case=23),
    "request_taken": lambda: request_taken_card(case=23),
    "request_taken_in_the_holidays": lambda: request_taken_card(
        case=23, notes=("Mon 28 Dec 2026 is in the school holidays. Who is on duty?",)
    ),
    "request_left": lambda: request_left_card(case=23),
    "request": lambda: request_card(REQUEST),
    "request_refused_step": lambda: request_card(
        RequestCard(case=23, kind=REQUEST.kind, clock="No clock runs.", facts=(), words="…", note="It is closed.")
    ),
    "request_overview": lambda: request_overview_card(
        case=23,
        kind=REQUEST.kind,
        clock=REQUEST.clock,
        lines=(("Who asks", "a parent"), ("Received", "Mon 23 Nov 2026")),
        note="Nobody has accepted this yet.",
    ),
    "request_passed": lambda: request_passed_card(case=23),
    "request_news": lambda: request_news_card(case=23, news="It has been answered."),
    "request_step_done": lambda: request_step_done_card(case=23, what="Accept it as a request", letter="acknowledge"),
    "request_letter": lambda: request_letter_card(
        case=23, title="We have your request (our number 23)", paragraphs=("Dear Ivo Hart,", "Thank you for asking.")
    ),
    "request_footage": lambda: footage_card(case=24, asked_by="the police", keep="Please save what was recorded."),
    "request_task": lambda: request_task_card(
        case=23,
        task=1,
        kind="Search files and e-mail",
        what="Everything about Amelia Hart since September",
        by="Petra Owen",
        due="Mon 30 Nov 2026",
        keep=KEEP,
        searches=True,
    ),
    "request_task_other": lambda: request_task_card(
        case=23,
        task=2,
        kind="Something else",
        what="Find out who had the file",
        by="Petra Owen",
        due="Mon 30 Nov 2026",
        keep=KEEP,
        searches=False,
        note="A reminder, please.",
    ),
    "request_task_done": lambda: request_task_done_card(
        case=23, what="Everything since September", note="The blue one"
    ),
    "request_keep": lambda: request_keep_card(case=23, by="Petra Owen", words=("Some of it may be with you.", KEEP)),
    "request_kept": lambda: request_kept_card(case=23),
    "request_nudge": lambda: request_nudge_card(
        case=23, words=("The answer is due by Wed 23 Dec 2026, in 3 days.",), settles="extension", snoozes="due"
    ),
    "request_nudge_to_the_head": lambda: request_nudge_card(case=23, words=("The answer is due today.",)),
    "request_nudge_task": lambda: request_nudge_card(
        case=23, words=("Your task no. 1 is due.",), snoozes="task:1", shows=False, tasks=(1,), keeps=True
    ),
    "request_snoozed": lambda: request_snoozed_card(case=23, words=("I'll remind you again on Tue 24 Nov 2026.",)),
    "flag_request": lambda: flag_card(message="Could you send me all you have on Amelia?", asks=True),
}
