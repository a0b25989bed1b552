"""Which kind of breach a message tells of, so that the first advice fits: recall it, lock it, change the password."""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from policy.understanding.telling import Pattern, Tale, patterns, tale_of


class BreachKind(StrEnum):
    """What seems to have happened; several may be true at once, and none is a finding."""

    MISDIRECTED = "misdirected"  # a letter, an e-mail or a message went to the wrong person
    LOST_DEVICE = "lost_device"
    LOST_PAPERS = "lost_papers"
    ACCOUNT = "account"  # strange sign-ins, phishing, a password that others know
    MALWARE = "malware"
    EXPOSED = "exposed"  # seen, overheard, published, thrown away or shared too widely
    NEAR_MISS = "near_miss"


_KINDS: Final = {
    BreachKind.MISDIRECTED: """
        sent another letter|records|private|papers -harmful -asks
        sent another letter|records|private|papers mine -harmful
        got another letter|private|papers -fix
        sent wrong letter|records|private|papers recipient|group -fix
        sent wrong recipient -fix -says
        sent wrongplace -asks
        wrongplace letter|papers|private nowish|group|got|mine
        sent listpapers outsider -asks -says
        swapped letter|papers|recipient
        replyall
        bcc visible sent|letter
        bcc group sent
        sent letter private included mistake|wrong
        sent|got listpapers group -asks -says
        meant sent letter|papers|recipient -asks
        sent|got mayn_t listpapers|letter|records|papers -picture
        letter|papers mayn_t
        letter|papers opened another|wrongplace
    """,
    BreachKind.LOST_DEVICE: """
        foundwords foundat dataholder -pupilsown
        lost device -footage -cctv -pupilsown -broken
        left away device -pupilsown
    """,
    BreachKind.LOST_PAPERS: """
        foundwords foundat papers|records -pupilsown -erasure -asks -picture
        lost papers|records -footage -pupilsown -outofreach -erasure -wish
        left away papers -pupilsown -outofreach
        burgled cabinet emptied|papers|records|nowish -footage -cctv -camera -recordings
    """,
    BreachKind.ACCOUNT: """
        signin oddity -harmful
        signin strange account -harmful
        hacked
        phished
        clicked bait dodgy
        clicked bait password
        gave password dodgy|strange
        gave confidential dodgy mine -asks
        gave password nowish
        mine account sending|emails strange
        account emails|sending strange nowish
    """,
    BreachKind.MALWARE: """
        malware -ill
        malware device|account
    """,
    BreachKind.EXPOSED: """
        mayn_t
        public published private|mistake
        public published records mistake|group
        linked wide published|mistake
        linked wide nowish -consent
        linked wide records|private|papers
        binned papers|records|private|device confidential|nowish|unshredded -asks -erasure
        spoken improper private|records|mistake -limit -asks -complains
        gave private|records improper dodgy|nowish -limit -asks -complains
        overheard private|records
        overheard mine|staff another
        onscreen seen private|records|group|pupil|family -harmful
        onscreen onview private|records
        cabinet unlocked nowish
        tray lying papers|private|records|confidential
        papers|private|records lying seen
        papers|private|records lying unattended nowish
        seen listpapers whoever improper -asks -fix -wrongly -says
        seen papers|letter private family|outsider|pupil -fix -wrongly -asks
        onscreen mistake pupil|group|family|wide -harmful -sexualimage
        binplace papers|records|private -asks
        taken records former|staff -asks
        seen private|confidential wide|outsider nowish
    """,
    BreachKind.NEAR_MISS: """
        nearmiss
        nearly sent|lost|left|gave|clicked|binned|published letter|papers|device|private|records|recipient|bait|password
        nearly wrong|another letter|papers|private|records|recipient
    """,
}
_IT: Final = """
    device
    signin strange
    malware -ill
    hacked
    phished
    clicked bait
    password
    account
    linked wide
"""


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[BreachKind, tuple[Pattern, ...]], ...]:
    return tuple((kind, patterns(text)) for kind, text in _KINDS.items())


@lru_cache(maxsize=1)
def _it() -> tuple[Pattern, ...]:
    return patterns(_IT)


def kinds_in(tale: Tale) -> frozenset[BreachKind]:
    """Give the kinds that a message tells of; empty where it tells of none."""
    return frozenset(kind for kind, wanted in _patterns() if tale.tells(wanted))


def kinds_of(text: str) -> frozenset[BreachKind]:
    """Give the kinds that a text tells of, for the first minute's advice; empty where nothing was recognised."""
    return kinds_in(tale_of(text))


def involves_it(text: str) -> bool:
    """Whether a device, a system or a virus is in it, so that the technicians are told too (domain 2.5)."""
    return tale_of(text).tells(_it())
