"""Words that no limit may turn away: they tell of a breach, a danger, or of what somebody is owed an answer to."""

from typing import Final

from policy.understanding.flows import flow_of
from policy.understanding.heard import Intent
from policy.understanding.telling import tale_of

_OWED: Final = frozenset(
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


def must_not_be_lost(text: str) -> bool:
    """Say whether a message starts a dialog whose clock runs from its first words."""
    return flow_of(tale_of(text), photo=False) in _OWED
