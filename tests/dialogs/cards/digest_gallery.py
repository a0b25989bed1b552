"""The weekly digest's cards, with invented schools."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.cards.digest import (
    Course,
    DigestCard,
    Opens,
    TrustCard,
    digest_card,
    no_digest_card,
    trust_digest_card,
    which_week_card,
    withheld_card,
)
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.digest.digest import NOT_KEPT
from policy.digest.named_week import HOW

WEEK: Final = DigestCard(
    title="Your week ahead",
    school="Larkrise Primary",
    when="Mon 23 Nov 2026",
    sections=(
        (
            "Breaches",
            (
                "2 open, 1 more than last week; 1 new.",
                "Past the 72 hours: case 3; least time left: case 7, 24.5 of 72 hours.",
                "No decision about the ICO yet: cases 3 and 7.",
                (
                    "This term 9 reports, half of them within 2 hours of being noticed (1 day last term); "
                    "most often: sent to the wrong person 5 (3 last term)."
                ),
            ),
        ),
        ("Requests for data", ("1 open; 1 new.", "Due within 14 days: case 9 from a parent, by Wed 2 Dec 2026.")),
        ("Consent", ("31 forms outstanding, 4 fewer than last week; 4B 12, 2C 9, the rest elsewhere.",)),
        ("Photography", ()),
        ("Online safety", ()),
        ("CCTV", ()),
        (
            "People",
            ("18 of 40 staff (45%) asked or reported since Mon 2 Nov 2026; least heard from: the office (0 of 6).",),
        ),
        ("Policies", ("Past their review: photography policy (spring 2020).",)),
        ("Questions to Ask DPO", ("42 questions this week; 30 about pictures, 12 about the rules.",)),
        ("Needs your decision", ("1 permission waits for your yes or no: families filming.",)),
    ),
    decisions=1,
    decides=(Opens("Decide request 4", Verb.PERMISSION_SHOW, "request", 4),),
    opens=(
        Opens("Show case 3", Verb.BREACH_SHOW, "case", 3),
        Opens("Show case 7", Verb.BREACH_SHOW, "case", 7),
        Opens("Show case 9", Verb.REQUEST_SHOW, "case", 9),
    ),
    not_kept=NOT_KEPT,
    course=Course(
        title="Week by week",
        weeks=("2 Nov", "9 Nov", "16 Nov", "23 Nov"),
        lines=(("Breaches open", (0, 3, 1, 2)), ("Requests open", (2, 1, 1, 1))),
        figures="From 2 Nov to 23 Nov, breaches open 0, 3, 1, 2; requests open 2, 1, 1, 1.",
    ),
    note="For governors, as a document: askdpo export digest --school LRK, by whoever runs Ask DPO.",
)
SCHOOLS: Final = TrustCard(
    title="Your schools this week",
    when="Mon 23 Nov 2026",
    schools=(
        ("Larkrise Primary", "Past the 72 hours: case 3; 2 breaches open; 1 request open.", ""),
        ("Fernhill Academy", "1 request open; 1 due within 14 days.", "Not in the head's digest, by rule: case 12."),
    ),
    quiet=37,
    sums="Something is late at 1 of your 39 schools; open altogether: 2 breaches (1 new), 2 requests.",
    opens=(Opens("Show case 3", Verb.BREACH_SHOW, "case", 3),),
)

DIGEST_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "digest": lambda: digest_card(WEEK),
    "digest_of_a_quiet_week": lambda: digest_card(
        replace(
            WEEK,
            sections=tuple((title, ()) for title, _ in WEEK.sections),
            decisions=0,
            decides=(),
            opens=(),
            course=None,
            season=(
                "School starts again on Mon 4 Jan 2027; every clock runs through the holidays. On duty, as far as I "
                "know: Petra Owen (DPO), Hetty Moss (headteacher) and Sam Bird (safeguarding lead)."
            ),
            title="Your digest so far",
        )
    ),
    "digest_of_many_decisions": lambda: digest_card(
        replace(
            WEEK,
            decisions=8,
            decides=[Opens(f"Decide request {n}", Verb.PERMISSION_SHOW, "request", n) for n in (4, 5, 6)],
        )
    ),
    "digest_of_schools": lambda: trust_digest_card(SCHOOLS),
    "digest_of_200_schools": lambda: trust_digest_card(
        replace(SCHOOLS, schools=tuple((f"School {n}", SCHOOLS.schools[0][1], "") for n in range(200)))
    ),
    "digest_of_quiet_schools": lambda: trust_digest_card(
        replace(SCHOOLS, schools=(), opens=(), sums="", title="Your schools so far")
    ),
    "digest_which_week": lambda: which_week_card(HOW),
    "digest_refused": no_digest_card,
    "digest_withheld": lambda: withheld_card(school="Larkrise Primary", cases=1),
}
