"""The cards of a school's own policy documents, with invented words."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.clause import Quote, clause_card, gone_card
from dialogs.cards.policy_answer import PolicyCard, policy_answer_card
from dialogs.cards.policy_changed import CitedAnswer, policy_changed_card
from dialogs.cards.policy_findings import FoundIn, no_findings_card, policy_findings_card
from dialogs.cards.publishing import (
    approval_card,
    approved_news_card,
    declined_news_card,
    published_card,
    retired_card,
    waits_card,
)
from dialogs.cards.search import Result, nothing_found_card, search_card, search_help_card
from dialogs.cards.shared_answer import SharedAnswer, shared_answer_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

SHORT: Final = Quote(
    "photography policy",
    "7.3",
    (("7.3", "", "Teachers leave their own phones in the staff room."),),
)
LONG: Final = Quote(
    "online-safety policy",
    "4.3",
    (
        ("4.3", "Pictures and film", "Larkrise takes pictures with care.\nThe office keeps the forms."),
        ("4.3(a)", "", "Ask the office before the day. " * 20),
        ("4.3(b)", "", "Look at the list on the day."),
    ),
)
ANSWERS: Final = (
    CitedAnswer("can I use my own phone?", "photography policy", ("7.3", "8.3")),
    CitedAnswer("who keeps the forms?", "photography policy", ("4.6",)),
)

FOUND: Final = (
    Result("Case 12, a suspected breach at Larkrise Primary: being contained.", "", Verb.BREACH_SHOW, {"case": 12}),
    Result(
        "Question 7, answered:", "May the register go to the science club?", Verb.ESCALATION_SHOW, {"escalation": 7}
    ),
    Result("Yours: Case 9, a request for data, reported Mon 23 Nov 2026 at 09:00: answered."),
    Result("Your DPO's answer:", "May we lend the register?", Verb.ANSWER_SHOW, {"answer": 3}),
    Result("The rule:", "can I use my own phone?", Verb.ANSWER_SHOW, {"answer": "photo-own-phone", "school": "LRK"}),
)

FINDINGS: Final = (
    FoundIn(
        document="photography policy",
        schools="Larkrise Primary, Hill View Primary",
        version="version 2, photography.docx, Mon 23 Nov 2026 at 10:04",
        overdue=True,
        findings=(
            "Review date stated: spring 2020 (page 9).",
            *(f"7.{n} (page 3) points to 9.{n}, which is not in this document." for n in range(1, 10)),
        ),
    ),
    FoundIn("breach procedure", "Larkrise Primary", "version 1, data.pdf, Mon 23 Nov 2026 at 10:04", False, ()),  # noqa: FBT003  a gallery's
)
APPROVAL: Final[Json] = {
    "proposal": 8,
    "asks": ("May we lend our register?", "Are we allowed to lend our register?"),
    "answer": "Yes: it holds no personal data.",
    "citation": ("data-protection", "13.1"),
    "schools": "Larkrise Primary, Hill View Primary",
    "by": "Petra Owen",
}

POLICY_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "clause": lambda: clause_card((SHORT, LONG)),
    "clause_gone": gone_card,
    "policy_answer_with_own_words": lambda: policy_answer_card(
        PolicyCard(
            words="No. Staff phones stay out of pictures of pupils.",
            citations=(("photography", "7.3"), ("data-protection", "13.3.6")),
            question="5f38",
            overdue="The school's photography policy was due for review in spring 2020; ask the DPO if in doubt.",
            quotable=(("photography", "7.3"),),
        )
    ),
    "policy_answer_with_others": lambda: policy_answer_card(
        PolicyCard(
            words="Yes. A pupil's own words count from the age at which they understand them.",
            citations=(("sar-procedure", "6.1"),),
            question="5f39",
            ask_the_dpo=True,
            beside=(
                ("access-parent-young", "a parent asks for a young child's file", ("sar-procedure", "6.5")),
                ("access-from-which-age", "from which birthday do pupils decide?", ("data-protection", "6.12")),
            ),
        )
    ),
    "policy_findings": lambda: policy_findings_card(FINDINGS, in_question=4),
    "policy_findings_many": lambda: policy_findings_card(FINDINGS * 20, in_question=0),
    "policy_findings_refused": no_findings_card,
    "policy_findings_none": lambda: policy_findings_card((), in_question=0),
    "answer_published": lambda: published_card(
        title="May we lend our register?", version=2, number=4, schools="Larkrise Primary"
    ),
    "answer_published_in_part": lambda: published_card(
        title="May we lend our register?",
        version=1,
        number=4,
        schools="Larkrise Primary",
        waits="It waits at Hill View Primary for Hetty Moss.",
    ),
    "answer_waits": lambda: waits_card(
        title="May we lend our register?", waits="It waits at Larkrise Primary for Hetty Moss."
    ),
    "answer_to_approve": lambda: approval_card(**APPROVAL),
    "answer_to_approve_why": lambda: approval_card(**APPROVAL, note="Please write in a few words what is missing."),
    "answer_decided": lambda: approval_card(**APPROVAL, decided="approved by Hetty Moss, Mon 23 Nov 2026 at 10:04"),
    "answer_approved_news": lambda: approved_news_card(
        title="May we lend our register?", schools="Larkrise Primary", decided="Hetty Moss, Mon 23 Nov 2026 at 10:04"
    ),
    "answer_declined_news": lambda: declined_news_card(
        title="May we lend our register?",
        schools="Larkrise Primary",
        decided="Hetty Moss, Mon 23 Nov 2026 at 10:04",
        note="It should say which register.",
    ),
    "answer_retired": lambda: retired_card(title="May we lend our register?"),
    "search": lambda: search_card("register", FOUND, more=7),
    "search_one_more": lambda: search_card("register", FOUND, more=1),
    "search_last_page": lambda: search_card("register", FOUND[:2], page=1),
    "search_nothing": lambda: nothing_found_card("pterodactyl"),
    "search_or_report": lambda: search_card("lost register", FOUND[:2], happened=True),
    "search_or_report_nothing": lambda: nothing_found_card("lost memory stick", happened=True),
    "search_help": search_help_card,
    "shared_answer": lambda: shared_answer_card(
        SharedAnswer(
            "can I use my own phone?",
            "No. Staff phones stay out of pictures of pupils.\n\nBorrow a school camera from the office.",
            (("photography", "7.3"),),
            "From Ask DPO, for Larkrise Primary.",
        )
    ),
    "policy_changed": lambda: policy_changed_card(imported=31, schools="Larkrise Primary", answers=ANSWERS),
    "policy_changed_seen": lambda: policy_changed_card(
        imported=31, schools="Larkrise Primary", answers=ANSWERS * 10, seen="Gwen Pascoe, Mon 23 Nov 2026 at 10:04"
    ),
}
