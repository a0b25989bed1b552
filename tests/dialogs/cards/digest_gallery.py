"""The weekly digest's cards, with invented schools."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from dialogs.cards.digest import DigestCard, Opens, TrustCard, digest_card, trust_digest_card, withheld_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.digest.digest import NOT_KEPT

WEEK: Final = DigestCard(
    school="Larkrise Primary",
    when="Mon 23 Nov 2026",
    sections=(
        (
            "Breaches",
            (
                "2 open, 1 more than last week; 1 new.",
                "Past the 72 hours: case 3; least time left: case 7, 24.5 of 72 hours.",
                "No decision about the ICO yet: cases 3 and 7.",
            ),
        ),
        ("Requests for data", ("1 open; 1 new.", "Due within 14 days: case 9 from a parent, by Wed 2 Dec 2026.")),
        ("Consent", ("31 forms outstanding, 4 fewer than last week; 4B 12, 2C 9, the rest elsewhere.",)),
        ("Photography", ()),
        ("Online safety", ()),
        ("CCTV", ()),
        ("People", ("18 of 40 staff (45%) asked or reported since Mon 2 Nov 2026.",)),
        ("Policies", ("Past their review: photography policy (spring 2020).",)),
        ("Questions to Ask DPO", ("42 questions this week; 30 about pictures, 12 about the rules.",)),
        ("Needs your decision", ("1 permission waits for your yes or no.",)),
    ),
    opens=(
        Opens("Decide request 4", Verb.PERMISSION_SHOW, "request", 4),
        Opens("Show case 3", Verb.BREACH_SHOW, "case", 3),
        Opens("Show case 7", Verb.BREACH_SHOW, "case", 7),
        Opens("Show case 9", Verb.REQUEST_SHOW, "case", 9),
    ),
    not_kept=NOT_KEPT,
)
SCHOOLS: Final = TrustCard(
    when="Mon 23 Nov 2026",
    schools=(
        ("Larkrise Primary", "Past the 72 hours: case 3; 2 breaches open; 1 request open.", ""),
        ("Fernhill Academy", "1 request open; 1 due within 14 days.", "Not in the head's digest, by rule: case 12."),
    ),
    quiet=37,
    opens=(Opens("Show case 3", Verb.BREACH_SHOW, "case", 3),),
)

DIGEST_CARDS: Final[dict[str, Callable[[], Json]]] = {
    "digest": lambda: digest_card(WEEK),
    "digest_of_a_quiet_week": lambda: digest_card(
        replace(
            WEEK,
            sections=tuple((title, ()) for title, _ in WEEK.sections),
            opens=(),
            season="School starts again on Mon 4 Jan 2027, and every clock runs through the holidays. Who is on duty?",
            is_preview=True,
        )
    ),
    "digest_of_schools": lambda: trust_digest_card(SCHOOLS),
    "digest_of_200_schools": lambda: trust_digest_card(
        replace(SCHOOLS, schools=tuple((f"School {n}", SCHOOLS.schools[0][1], "") for n in range(200)))
    ),
    "digest_of_quiet_schools": lambda: trust_digest_card(replace(SCHOOLS, schools=(), opens=(), is_preview=True)),
    "digest_withheld": lambda: withheld_card(school="Larkrise Primary", cases=1),
}
