"""Wider nets, cast only where no family was sure: a statement with a person, a wish and a thing, or a mishap."""

from functools import lru_cache
from typing import Final

from policy.understanding.heard import Intent
from policy.understanding.telling import Pattern, Tale, patterns
from policy.understanding.words import word_set

# "paperwork left out on tables" is a habit and asks for the rule; "the paperwork", "my paperwork" has happened.
_THIS_ONE: Final = word_set("my our the a an i we someone somebody her his their this that these those two one")
_NETS: Final = (
    (
        Intent.REPORT_BREACH,
        """
        lost device|papers|records|listpapers|password -pupilsown -broken -outofreach -asks -picture
        left device|papers|listpapers mine|away|foundat -pupilsown -broken -asks
        binned papers|records|private|listpapers|letter -asks -marketing -picture
        sent wrong|another|wrongplace letter|papers|records|private|recipient -asks -harmful
        delivered letter|papers another|mistake|records|private -asks
        gave password|private dodgy|strange|outsider|pupil -asks
        seen papers|listpapers|private pupil|outsider|family improper|mayn_t|mistake -asks -fix -wrongly
        signin|account|password strange|oddity|hacked|dodgy -asks -harmful
        published records|private|listpapers public|wide|mistake -asks -picture
        """,
    ),
    (
        Intent.CCTV_REQUEST,
        """
        footage asks|after
        recordings watched asks|after
        """,
    ),
    (
        Intent.RIGHTS_REQUEST,
        """
        asks|says fix|erase|limit|wrongly records|private|names|papers|letter|holding whoever -picture -sent -offtopic
        asks|says limit|stop records|private|marketing whoever -picture -offtopic
        """,
    ),
    (
        Intent.SAR_RECEIVED,
        """
        asks records|holding|listpapers -fix -erase -limit -stop -wrongly -offtopic -bodies
        outsider|former says records|papers -fix -erase -limit -stop -wrongly -offtopic -got -bodies
        asks emails|papers|letter about|whole|theirs whoever -fix -erase -limit -stop -wrongly -offtopic -bodies
        """,
    ),
    (
        Intent.ONLINE_SAFETY_INCIDENT,
        """
        harmful platform|where
        """,
    ),
)


def net_of(tale: Tale) -> Intent | None:
    """Give the dialog that a statement most likely starts; None for questions, and where nothing points to one."""
    if tale.mood.asks:
        return None
    for intent, wanted in _nets():
        if intent is Intent.REPORT_BREACH and tale.told.isdisjoint(_THIS_ONE):
            continue
        if tale.tells(wanted):
            return intent
    return None


@lru_cache(maxsize=1)
def _nets() -> tuple[tuple[Intent, tuple[Pattern, ...]], ...]:
    return tuple((intent, patterns(text)) for intent, text in _NETS)
