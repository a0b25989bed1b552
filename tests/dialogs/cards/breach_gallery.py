"""The cards of a breach, with invented people."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.breach_case import BreachCard, breach_case_card, case_passed_card
from dialogs.cards.breach_first import (
    case_left_card,
    first_minute_card,
    form_a_sent_card,
    near_miss_card,
    still_open_card,
)
from dialogs.cards.breach_news import (
    answer_sent_card,
    breach_news_card,
    breach_step_done_card,
    dpo_asks_card,
    task_card,
    task_done_card,
    unreached_card,
)
from dialogs.cards.breach_nudge import breach_chaser_card, breach_nudge_card
from dialogs.cards.case_parts import Section
from dialogs.cards.deadline import deadline_card
from dialogs.cards.flag import flag_card
from dialogs.cards.my_cases import MyCase, my_cases_card
from dialogs.cards.no_files import no_files_card
from dialogs.conversation import Json

WORDS: Final = "I have just sent Year 4's reading scores to the wrong parent"
STEPS: Final = ("Recall the message if you still can.", "Keep it quiet outside school.")
CASE: Final = BreachCard(
    case=17,
    status="acknowledged",
    facts=(
        ("Reported by", "Tessa Reed, Mon 23 Nov 2026 at 09:02"),
        ("First known", "Mon 23 Nov 2026 at 09:00"),
        ("School", "Hartfield"),
        ("Acknowledged", "Petra Owen, Mon 23 Nov 2026 at 09:12"),
    ),
    words=WORDS,
    clock="71.8 hours left to tell the ICO, until Thu 26 Nov 2026 at 09:00.",
    counted="Counted on Mon 23 Nov 2026 at 09:12.",
    missing=("Form A", "all five criteria"),
    sections=(Section("Form A", (("What happened?", "An e-mail went to the wrong address."),)),),
    steps=(("Ask the reporter something", "asked"), ("Weigh the five criteria", "analysed")),
)

BREACH_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "breach_first_minute": lambda: first_minute_card(
        case=17, steps=STEPS, told="The DPO and the headteacher have been told.", near_miss=False
    ),
    "breach_first_minute_near_miss": lambda: first_minute_card(
        case=18, steps=STEPS, told="The DPO has been told.", near_miss=True
    ),
    "breach_near_miss": lambda: near_miss_card(case=18, words="I nearly sent it to the whole list"),
    "breach_still_open": lambda: still_open_card(case=17, draft="b7"),
    "breach_form_a_sent": lambda: form_a_sent_card(case=17, near_miss=False),
    "breach_near_miss_sent": lambda: form_a_sent_card(case=18, near_miss=True),
    "breach_case_left": lambda: case_left_card(case=17),
    "breach_case": lambda: breach_case_card(CASE),
    "breach_case_alert": lambda: breach_case_card(
        BreachCard(
            case=17,
            status="just told, Form A not begun",
            facts=CASE.facts[:3],
            words=WORDS,
            clock=CASE.clock,
            counted=CASE.counted,
            can_acknowledge=True,
            steps=(("It was not a breach", "withdrawn"),),
            note="Form A has come in.",
        )
    ),
    "breach_case_passed": lambda: case_passed_card(case=17),
    "breach_nudge": lambda: breach_nudge_card(case=17, words=("A decision on the regulator is needed.",)),
    "breach_answered": lambda: breach_nudge_card(
        case=17, words=("The reporter has answered your question:",), theirs="A pupil's in 4B."
    ),
    "breach_chaser": lambda: breach_chaser_card(case=17, words=("Your report is saved and half done.",)),
    "breach_news": lambda: breach_news_card(case=17, news="It is being looked into."),
    "breach_dpo_asks": lambda: dpo_asks_card(case=17, question="Which address was it?", by="Petra Owen"),
    "breach_answer_sent": lambda: answer_sent_card(case=17, answer="A parent's, from 4B."),
    "breach_task": lambda: task_card(case=17, task=1, what="Lock the tablet from afar", by="Petra Owen"),
    "breach_task_done": lambda: task_done_card(case=17, what="Lock the tablet from afar", note="Locked at ten."),
    "breach_step_done": lambda: breach_step_done_card(case=17, what="Weigh the five criteria"),
    "unreached": lambda: unreached_card(who="Hetty Moss", what="A message of mine"),
    "unreached_mailed": lambda: unreached_card(who="Hetty Moss", what="A message of mine", mailed=True),
    "flag": lambda: flag_card(message="Has anyone seen my marking bag? It was in the staff room."),
    "my_cases": lambda: my_cases_card(
        [MyCase(17, "Hartfield: acknowledged. 20.5 hours left."), MyCase(18, "Hartfield: just told. 71.0 hours left.")]
    ),
    "my_cases_none": lambda: my_cases_card([]),
    "no_files": no_files_card,
    "deadline": lambda: deadline_card(
        ("The 72 hours end on Thu 26 Nov 2026 at 09:00.", "Nights and weekends count."),
        citations=(("breach-procedure", "4.6"),),
    ),
}
