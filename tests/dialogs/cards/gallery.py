"""One of every card, with invented people: what the golden files, the schema and the screenshots are made of."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.cards.error import error_card
from dialogs.cards.escalation import (
    dpo_answers_card,
    escalation_card,
    name_nobody_card,
    unanswered_card,
)
from dialogs.cards.form import FormPage, form_closed_card, form_left_card, form_page_card, no_form_card
from dialogs.cards.form_review import FilledForm, FilledPage, form_review_card
from dialogs.cards.help import help_card
from dialogs.cards.missing import (
    alike_card,
    cancelled_card,
    moved_on_card,
    nothing_open_card,
    which_class_card,
    which_day_card,
    which_school_card,
    who_card,
)
from dialogs.cards.passed_on import looked_at_card, passed_on_card
from dialogs.cards.permission import asked_the_head_card, decided_card, permission_card
from dialogs.cards.photo_answer import PhotoCard, photo_answer_card
from dialogs.cards.pointers import pointer_card, too_long_card
from dialogs.cards.policy_answer import PolicyCard, policy_answer_card, policy_choice_card, with_rule_below
from dialogs.cards.private_please import private_please_card
from dialogs.cards.refused import probing_card, refused_card
from dialogs.cards.review import review_card
from dialogs.cards.sent_to_dpo import dpo_has_read_card, sent_to_dpo_card
from dialogs.cards.status import status_card
from dialogs.cards.unknown import send_to_dpo_card, thanked_card, unknown_card
from dialogs.cards.welcome import welcome_card
from dialogs.cards.which_pupil import PupilAsk, PupilChoice, which_pupil_card
from dialogs.cards.which_use import what_else_card, which_use_card
from dialogs.conversation import Json
from policy.filled import IN_THE_FUTURE, WHICH_DAY, Problem
from policy.forms import Choice, Field, Kind, unknown
from tests.dialogs.cards.breach_gallery import BREACH_CARDS
from tests.dialogs.cards.desk_gallery import DESK_CARDS
from tests.dialogs.cards.digest_gallery import DIGEST_CARDS
from tests.dialogs.cards.incident_gallery import INCIDENT_CARDS
from tests.dialogs.cards.keeping_gallery import KEEPING_CARDS
from tests.dialogs.cards.picture_gallery import PICTURE_CARDS
from tests.dialogs.cards.policy_gallery import POLICY_CARDS
from tests.dialogs.cards.request_gallery import REQUEST_CARDS

HARTS: Final = (
    PupilChoice(id=17, name="Amelia Hart", class_name="4B", year="4"),
    PupilChoice(id=203, name="Amelia Hartley", class_name="2C", year="2"),
    PupilChoice(id=88, name="Amélie Harte", class_name="RA", year="Reception"),
)
CONDITIONS: Final = (
    "No name goes with the picture.",
    "Only on the school website; nothing else is covered.",
    "Check today's list again just before you start.",
    "Use a school camera. Another school device is fine if you move the files and clear it the same day.",
    "Choose an angle or a group that does not single anyone out.",
)
MORE: Final = (
    "Everyone is properly dressed and nobody is upset.",
    "Caption it with a general label.",
    "This holds until the school year ends or the family changes its mind.",
    "Keep the files in the dated folder, staff only, without names on them.",
)
SINGLE: Final = PhotoCard(
    shape="G",
    headline="Yes, a photo of Amelia Hart (4B) for the school website, Mon 23 Nov 2026.",
    question="5f2c",
    citations=(("photography", "4.1"), ("photography", "5.5"), ("online-safety", "4.3")),
    conditions=CONDITIONS,
    more=MORE,
)
GROUP: Final = PhotoCard(
    shape="G",
    headline="Yes, photos of 25 of the 28 pupils, all but those named below, for the school website, Mon 23 Nov 2026.",
    question="5f2d",
    citations=(("photography", "4.14"), ("photography", "5.5")),
    conditions=CONDITIONS,
    more=MORE,
    leave_out=("Ben Okafor", "Cerys Llewellyn-Price", "Zoë O'Brien"),
    notes=("The list is 41 days old.",),
)
NEUTRAL: Final = PhotoCard(
    shape="R",
    headline="No. Please don't photograph, film or publish this pupil for the school website (photos), "
    "Mon 23 Nov 2026. I can't give reasons.",
    question="5f2e",
    alternative="Need it reviewed? Press Request review and the school will look at it.",
    citations=(("photography", "4.1"),),
)

UMBRELLA: Final = (
    Field("what", "What happened?", Kind.LONG, hint="A sentence or two"),
    Field("since", "Since when?", Kind.WHEN, past=True, hint="A rough time is fine."),
    Field(
        "colour", "Which colour?", Kind.CHOICE, choices=(Choice("red", "Red"), Choice("blue", "Blue")), unknown_ok=True
    ),
)
WHO_KNOWS: Final = (
    Field("count", "How many people know?", Kind.NUMBER, greatest=500, unknown_ok=True),
    Field("found", "When will it be found?", Kind.DATE, unknown_ok=True, expected_by=True),
    Field(
        "also", "Which others?", Kind.SEVERAL, choices=(Choice("red", "Red"), Choice("blue", "Blue")), required=False
    ),
    Field("name", "Whose is it?", Kind.TEXT, most=80, required=False),
)
FORM_PAGE: Final = FormPage(
    draft="d1",
    revision=1,
    title="A lost umbrella",
    page="What and when",
    place=(1, 2),
    fields=UMBRELLA,
    answers={},
)
FILLED: Final = FilledForm(
    title="A lost umbrella",
    pages=(
        FilledPage(
            0, "What and when", (("What happened?", "It stayed on the bus."), ("Which colour?", "Not known yet"))
        ),
        FilledPage(1, "Who knows", (("Whose is it?", ""),)),
    ),
    send="Send report",
    draft="d1",
    revision=4,
)

CARDS: Final[dict[str, Callable[[], Json]]] = {
    "photo_answer_yes": lambda: photo_answer_card(SINGLE),
    "photo_answer_group": lambda: photo_answer_card(GROUP),
    "photo_answer_no_reasons": lambda: photo_answer_card(NEUTRAL),
    "photo_answer_rule": lambda: photo_answer_card(
        PhotoCard(
            shape="P",
            headline="No: your own phone may not be used for pictures of pupils.",
            question="5f2f",
            alternative="A school camera or tablet is fine; the office signs them out.",
            citations=(("photography", "7.3"), ("photography", "8.3")),
        )
    ),
    "photo_answer_no_name": lambda: photo_answer_card(
        replace(SINGLE, headline="Yes, but without the name: a photo of Amelia Hart (4B) for the school website.")
    ),
    "photo_answer_families": lambda: photo_answer_card(
        PhotoCard(
            shape="G",
            headline="Yes, families may take pictures at the event for themselves, Thu 10 Dec 2026.",
            question="5f35",
            citations=(("photography", "14.1"),),
            conditions=("Keep to the plan the data lead approved.",),
            conduct=("Stay seated.", "Stop when staff ask you to."),
        )
    ),
    "photo_answer_dpo": lambda: photo_answer_card(
        PhotoCard(
            shape="D",
            headline="This use needs the DPO's decision. I've sent it.",
            question="5f30",
            alternative="Until you have an answer, please leave the picture out.",
            citations=(("photography", "4.7"), ("data-protection", "6.7")),
        )
    ),
    "form_page": lambda: form_page_card(FORM_PAGE),
    "form_page_to_check": lambda: form_page_card(
        replace(
            FORM_PAGE,
            answers={"what": "It stayed on the bus.", "colour": "blue"},
            problems=(Problem(UMBRELLA[1], IN_THE_FUTURE, {"since_date": "2026-11-24", "since_time": "15:00"}),),
        )
    ),
    "form_page_last": lambda: form_page_card(
        replace(
            FORM_PAGE,
            revision=3,
            page="Who knows",
            place=(2, 2),
            fields=WHO_KNOWS,
            answers={"count": 12, "found": unknown(), "also": ["red", "blue"], "name": "Zoë O'Brien"},
            problems=(Problem(WHO_KNOWS[1], WHICH_DAY, {}),),
            notes=("Noted. How many people know? 12", "Next: When will it be found?"),
            back=True,
            sends="Send report",
        )
    ),
    "form_review_of_a_decision": lambda: form_review_card(replace(FILLED, send="Save decision")),
    "form_review": lambda: form_review_card(FILLED),
    "form_review_many_pages": lambda: form_review_card(
        replace(FILLED, pages=tuple(replace(FILLED.pages[n % 2], number=n) for n in range(5)))
    ),
    "form_left": lambda: form_left_card(title="A lost umbrella", draft="d1"),
    "form_closed": form_closed_card,
    "no_form": no_form_card,
    "which_pupil_few": lambda: which_pupil_card((PupilAsk("Amelia H", HARTS),), pending="p1", revision=1),
    "which_pupil_several": lambda: which_pupil_card(
        (
            PupilAsk("Amelia H", HARTS),
            PupilAsk("Tom", (PupilChoice(5, "Tom Adeyemi", "4B", "4"), PupilChoice(6, "Thom Blythe", "4B", "4"))),
            PupilAsk("Xanthippe"),
        ),
        pending="p1",
        revision=2,
    ),
    "which_pupil_nobody": lambda: which_pupil_card((PupilAsk("Xanthippe"),), pending="p1", revision=1),
    "which_use": lambda: which_use_card(
        about="A photo of Amelia Hart (4B), Mon 23 Nov 2026.", pending="p2", revision=1
    ),
    "which_use_else": what_else_card,
    "probing": probing_card,
    "refused": refused_card,
    "who": who_card,
    "which_class": which_class_card,
    "which_day": lambda: which_day_card("after the play"),
    "which_school": lambda: which_school_card(
        (("LARK", "Larkrise Primary"), ("FERN", "Fernhill Academy")), pending="p3", revision=1
    ),
    "moved_on": moved_on_card,
    "nothing_open": nothing_open_card,
    "cancelled": cancelled_card,
    "pointer_illegal": lambda: pointer_card("illegal_content", question="5f33"),
    "pointer_cctv": lambda: pointer_card(
        "cctv_request", question="5f34", citations=(("cctv-code", "7.2"), ("cctv-code", "7.4"))
    ),
    "policy_answer": lambda: policy_answer_card(
        PolicyCard(
            words="No. Staff phones stay out of pictures of pupils.\n\nA school camera or tablet is fine.",
            citations=(("photography", "7.3"), ("photography", "8.3"), ("data-protection", "13.3.6")),
            question="5f35",
            ask_the_dpo=True,
            check_pupil=True,
        )
    ),
    "policy_answer_for_the_dpo": lambda: policy_answer_card(
        PolicyCard(
            words="Yes, a lost laptop is a breach until we know better.",
            citations=(("breach-procedure", "2.2"),),
            question="5f36",
            for_dpo="Both positions, for you to settle.",
            report_breach=True,
        )
    ),
    "policy_choice": lambda: policy_choice_card(
        (
            ("photo-own-phone", "can I use my own phone?", ("photography", "7.3")),
            ("online-visit-mobile", "which phone do I take on a trip?", ("online-safety", "4.4")),
        ),
        question="5f37",
    ),
    "rule_below_our_question": lambda: with_rule_below(
        who_card(), words="Only with consent for that very use.", citations=(("photography", "4.1"),)
    ),
    "too_long": too_long_card,
    "status": lambda: status_card(
        (
            "A review, asked Mon 23 Nov 2026 at 09:12: passed on.",
            "A question for the DPO, asked Fri 20 Nov 2026 at 15:40: looked at.",
        )
    ),
    "status_empty": lambda: status_card(()),
    "welcome": welcome_card,
    "help": help_card,
    "private_please": private_please_card,
    "review": lambda: review_card(
        review=12,
        asker="Rosa Quill",
        pupils=("Amelia Hart (4B)",),
        use="a photo for the school website",
        on="Mon 23 Nov 2026",
        recorded=("Website photos: no, signed by a parent on Fri 4 Sep 2026.",),
        can_refresh=True,
    ),
    "review_done": lambda: review_card(
        review=12,
        asker="Rosa Quill",
        pupils=("Amelia Hart (4B)",),
        use="a photo for the school website",
        on="Mon 23 Nov 2026",
        recorded=("Website photos: no, signed by a parent on Fri 4 Sep 2026.",),
        reviewed="Gwen Pascoe, Mon 23 Nov 2026 at 10:04",
    ),
    "photo_answer_ask_the_head": lambda: photo_answer_card(
        PhotoCard(
            shape="P",
            headline="No: a live stream that shows pupils needs the headteacher's permission first.",
            question="5f34",
            alternative="Please ask the headteacher, with the partner, the purpose and a second adult.",
            citations=(("online-safety", "4.4"),),
            ask_the_head=True,
        )
    ),
    "permission": lambda: permission_card(
        request=8,
        what="a live stream that shows pupils",
        on="Fri 27 Nov 2026",
        question="Can we live stream the carol concert on Friday?",
        asker="Rosa Quill",
        school="Larkrise Primary",
    ),
    "permission_decided": lambda: permission_card(
        request=8,
        what="a live stream that shows pupils",
        on="Fri 27 Nov 2026",
        question="Can we live stream the carol concert on Friday?",
        asker="Rosa Quill",
        school="Larkrise Primary",
        decided="Yes: Hetty Moss, Mon 23 Nov 2026 at 10:04",
    ),
    "asked_the_head": asked_the_head_card,
    "head_said_yes": lambda: decided_card(what="live stream the concert", on="Fri 27 Nov 2026", allowed=True),
    "head_said_no": lambda: decided_card(what="live stream the concert", on="Fri 27 Nov 2026", allowed=False),
    "passed_on": passed_on_card,
    "looked_at": looked_at_card,
    "escalation": lambda: escalation_card(
        escalation=31,
        question="May I show pictures of our science club at a conference in Leeds?",
        school="Larkrise Primary",
        asker="Rosa Quill",
        asked="Mon 23 Nov 2026 at 09:12",
    ),
    "escalation_read": lambda: escalation_card(
        escalation=31,
        question="May I show pictures of our science club at a conference in Leeds?",
        school="Larkrise Primary",
        asker="Rosa Quill",
        asked="Mon 23 Nov 2026 at 09:12",
        read="Mon 23 Nov 2026 at 09:40",
    ),
    "sent_to_dpo": lambda: sent_to_dpo_card(escalation=31),
    "escalation_answered": lambda: escalation_card(
        escalation=31,
        question="May we lend the club our register?",
        school="Hartfield",
        asker="Tessa Reed",
        asked="Mon 23 Nov 2026 at 10:04",
        would_say="I don't know that one.",
        read="Petra Owen, Mon 23 Nov 2026 at 10:10",
        answered="Petra Owen, Mon 23 Nov 2026 at 10:20",
        answer="Yes: it holds no personal data.",
        can_publish=True,
    ),
    "escalation_to_hand_over": lambda: escalation_card(
        escalation=31,
        question="May we lend the club our register?",
        school="Hartfield",
        asker="Tessa Reed",
        asked="Mon 23 Nov 2026 at 10:04",
        others=[("Dora Lane", "7"), ("Hetty Moss", "9")],
        note="Please write your answer first.",
    ),
    "dpo_answers": lambda: dpo_answers_card(
        escalation=31, question="May we lend the club our register?", answer="Yes.", by="Petra Owen"
    ),
    "dpo_unanswered": lambda: unanswered_card(escalation=31, asked="Mon 23 Nov 2026 at 10:04"),
    "name_nobody": name_nobody_card,
    "dpo_has_read": lambda: dpo_has_read_card(escalation=31),
    "send_to_dpo": lambda: send_to_dpo_card(question="5f34"),
    "alike": lambda: alike_card("Sam Smith"),
    "unknown": lambda: unknown_card(question="5f31"),
    "thanked": thanked_card,
    "error": lambda: error_card(reference="K7Q2-M9XD"),
}
CARDS.update(BREACH_CARDS)
CARDS.update(INCIDENT_CARDS)
CARDS.update(REQUEST_CARDS)
CARDS.update(DIGEST_CARDS)
CARDS.update(PICTURE_CARDS)
CARDS.update(POLICY_CARDS)
CARDS.update(DESK_CARDS)
CARDS.update(KEEPING_CARDS)
