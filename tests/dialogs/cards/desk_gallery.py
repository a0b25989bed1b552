"""The cards of the desk: handing over, the calendar and what is asked of somebody, with invented people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from dialogs.cards.agenda import agenda_card, no_agenda_card
from dialogs.cards.handover import (
    Arranged,
    handover_card,
    handover_done_card,
    handover_ended_card,
    handover_news_card,
    no_post_card,
)
from dialogs.cards.my_cases import MyCase, inbox_card
from dialogs.cards.my_tasks import MyTask, my_tasks_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.agenda import Entry, Opens, by_week

POST: Final = "data protection officer at Hartfield"
LINE: Final = f"Dora Lane stands in for you as {POST}, from Mon 21 Dec 2026 to Mon 4 Jan 2027."
ARRANGED: Final = (Arranged(3, LINE, "End it with Dora Lane"),)
MONDAY: Final = date(2026, 11, 23)
AGENDA: Final = (
    Entry(
        "a",
        date(2026, 11, 20),
        "Case 12, request for data: the last day",
        "Hartfield",
        None,
        Opens.REQUEST,
        12,
        is_late=True,
    ),
    Entry(
        "b",
        date(2026, 11, 26),
        "Case 17, breach: the 72 hours end",
        "Hartfield",
        datetime(2026, 11, 26, 9, tzinfo=UTC),
        Opens.BREACH,
        17,
    ),
    Entry("c", date(2026, 12, 1), "Photo event, plan 4: the day itself", "Hartfield", None, Opens.PLAN, 4),
    Entry("d", date(2026, 12, 18), "Last day of school", "Hartfield"),
)
FULL: Final = tuple(
    Entry(
        str(n),
        MONDAY + timedelta(days=n % 30),
        f"Case {n}, request for data: the day to answer by (in the school holidays; who is on duty?)",
        "Hartfield",
        None,
        Opens.REQUEST,
        n,
    )
    for n in range(120)
)

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
    "agenda": lambda: agenda_card(by_week(AGENDA), codes=["HFD"], email="p.owen@hartfield.example"),
    "agenda_full": lambda: agenda_card(by_week(FULL), codes=["HFD", "OTH"], email="p.owen@hartfield.example"),
    "agenda_empty": lambda: agenda_card([], codes=["HFD"], email="p.owen@hartfield.example"),
    "no_agenda": no_agenda_card,
    "my_tasks": lambda: my_tasks_card(
        [
            MyTask("Report a breach: begun Mon 23 Nov 2026 at 09:02, not sent yet.", "Continue", Verb.FORM_RESUME),
            MyTask("Case 12, task 1: due Sat 28 Nov 2026.", "Task 1 of case 12", Verb.REQUEST_TASK, (("case", 12),)),
            MyTask("A review waits."),
            *(MyTask(f"Case {n}, task 1: something to do now.", f"Task {n}", Verb.TASK_SHOW) for n in range(20, 40)),
        ]
    ),
    "my_tasks_few": lambda: my_tasks_card(
        [MyTask("Case 12, task 1: lock it.", "Task 1 of case 12", Verb.TASK_SHOW, (("case", 12), ("task", 1)))]
    ),
    "inbox": lambda: inbox_card(
        [MyCase(17, "Hartfield: acknowledged. 20.5 hours left.")],
        [
            MyTask("A question waits for an answer.", "Show question 4", Verb.ESCALATION_SHOW, (("escalation", 4),)),
            MyTask("An answer is to be looked at again.", "Show review 5", Verb.WAITING_SHOW, (("waits", "review/5"),)),
        ],
    ),
    "inbox_full": lambda: inbox_card(
        [MyCase(n, "Hartfield: acknowledged. 20.5 hours left.") for n in range(100, 180)],
        [MyTask(f"Case {n}, task 1: do it.", f"Task {n}", Verb.TASK_SHOW, (("case", n),)) for n in range(20, 90)],
    ),
    "inbox_empty": lambda: inbox_card([], []),
    "my_tasks_none": lambda: my_tasks_card([]),
    "handover_ended": lambda: handover_ended_card(line=LINE),
}
