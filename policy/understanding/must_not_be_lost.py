"""Words that no limit may turn away: they tell of a breach, a danger, or of what somebody is owed an answer to."""

from datetime import date
from typing import Final

from policy.names import Roll
from policy.understanding.flows import flow_of
from policy.understanding.heard import Intent
from policy.understanding.read import read
from policy.understanding.telling import tale_of

OWED: Final = frozenset(
    {
        Intent.ILLEGAL_CONTENT,
        Intent.REPORT_BREACH,
        Intent.CCTV_REQUEST,
        Intent.CONSENT_WITHDRAWAL,
        Intent.ONLINE_SAFETY_INCIDENT,
        Intent.COMPLAINT_RECEIVED,
        Intent.RIGHTS_REQUEST,
        Intent.SAR_RECEIVED,
    }
)
_NOBODY: Final = Roll.of(())  # whoever it names, it is the same report
_ANY_DAY: Final = date(2026, 1, 1)  # and on whatever day


def must_not_be_lost(text: str) -> bool:
    """Say whether a message starts a dialog whose clock runs from its first words: by a pattern or as it would be read.

    The pattern alone may say so where reading says no: rather one message too many is let through.
    """
    return flow_of(tale_of(text), photo=False) in OWED or read(text, today=_ANY_DAY, roll=_NOBODY).intent in OWED
