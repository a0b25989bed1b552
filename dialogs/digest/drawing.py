"""A digest as its cards show it: titles, buttons and days in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from dialogs.cards.digest import Course, DigestCard, Opens, TrustCard, digest_card, trust_digest_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.calendar import long_date, short_date
from policy.digest import course
from policy.digest.counts import Count
from policy.digest.digest import NOT_KEPT, Digest
from policy.digest.trust import SchoolLine, in_order, sums
from policy.digest.wants import Want, Wants

_BUTTONS: Final[Mapping[Wants, tuple[str, Verb, str]]] = {
    Wants.PERMISSION: ("Decide request", Verb.PERMISSION_SHOW, "request"),
    Wants.BREACH: ("Show case", Verb.BREACH_SHOW, "case"),
    Wants.REQUEST: ("Show case", Verb.REQUEST_SHOW, "case"),
}


class Showing(StrEnum):
    """What a card is of, which its title says."""

    SENT = "sent"
    SO_FAR = "so far"
    GONE_BY = "gone by"


_OF_ONE: Final[Mapping[Showing, str]] = {
    Showing.SENT: "Your week ahead",
    Showing.SO_FAR: "Your digest so far",
    Showing.GONE_BY: "Your digest of that week",
}
_OF_MANY: Final[Mapping[Showing, str]] = {
    Showing.SENT: "Your schools this week",
    Showing.SO_FAR: "Your schools so far",
    Showing.GONE_BY: "Your schools in that week",
}


def drawn(digest: Digest, *, on: date, showing: Showing = Showing.SENT) -> Json:
    """Draw one school's digest. What waited in a week gone by need not wait any more, so it does not come first."""
    decides = [want for want in digest.wants if want.what is Wants.PERMISSION] if showing is not Showing.GONE_BY else []
    return digest_card(
        DigestCard(
            title=_OF_ONE[showing],
            school=digest.school,
            when=long_date(on),
            sections=[(section.title.value, section.lines) for section in digest.sections],
            decisions=digest.counts.get(Count.PERMISSIONS, 0) if decides else 0,
            decides=[_button(want) for want in decides],
            opens=[_button(want) for want in digest.wants if want not in decides],
            season=digest.season,
            not_kept=NOT_KEPT,
            course=None if digest.course is None else _chart(digest.course),
            note=f"For governors, as a document: askdpo export digest --school {digest.code}, by whoever runs Ask DPO.",
        )
    )


def drawn_together(lines: Sequence[SchoolLine], *, on: date, showing: Showing = Showing.SENT) -> Json:
    """Draw many schools."""
    telling = [line for line in in_order(lines) if line.words or line.apart]
    return trust_digest_card(
        TrustCard(
            title=_OF_MANY[showing],
            when=long_date(on),
            schools=[(line.school, line.words, line.apart) for line in telling],
            quiet=len(lines) - len(telling),
            opens=[_button(line.first) for line in telling if line.first is not None],
            sums=sums(lines),
        )
    )


def _button(want: Want) -> Opens:
    words, verb, key = _BUTTONS[want.what]
    return Opens(f"{words} {want.number}", verb, key, want.number)


def _chart(known: course.Course) -> Course:
    days = [short_date(week) for week in known.weeks]
    return Course("Week by week", days, known.lines, course.figures(known, days))
