"""A digest as its cards show it: titles, buttons and days in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from dialogs.cards.digest import DigestCard, Opens, TrustCard, digest_card, trust_digest_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.calendar import long_date
from policy.digest.digest import NOT_KEPT, Digest, Wants
from policy.digest.trust import SchoolLine, in_order

_BUTTONS: Final[Mapping[Wants, tuple[str, Verb, str]]] = {
    Wants.PERMISSION: ("Decide request", Verb.PERMISSION_SHOW, "request"),
    Wants.BREACH: ("Show case", Verb.BREACH_SHOW, "case"),
    Wants.REQUEST: ("Show case", Verb.REQUEST_SHOW, "case"),
}


def drawn(digest: Digest, *, on: date, is_preview: bool = False) -> Json:
    """Draw one school's digest."""
    buttons = []
    for want in digest.wants:
        words, verb, key = _BUTTONS[want.what]
        buttons.append(Opens(f"{words} {want.number}", verb, key, want.number))
    return digest_card(
        DigestCard(
            school=digest.school,
            when=long_date(on),
            sections=[(section.title.value, section.lines) for section in digest.sections],
            opens=buttons,
            season=digest.season,
            not_kept=NOT_KEPT,
            is_preview=is_preview,
        )
    )


def drawn_together(lines: Sequence[SchoolLine], *, on: date, is_preview: bool = False) -> Json:
    """Draw many schools."""
    telling = [line for line in in_order(lines) if line.words or line.apart]
    return trust_digest_card(
        TrustCard(
            when=long_date(on),
            schools=[(line.school, line.words, line.apart) for line in telling],
            quiet=len(lines) - len(telling),
            opens=[
                Opens(f"Show case {line.first}", Verb.BREACH_SHOW, "case", line.first)
                for line in telling
                if line.first is not None
            ],
            is_preview=is_preview,
        )
    )
