"""Short commands in words: "report a breach", "near miss", "start a SAR"."""

from typing import Final

from policy.understanding.heard import Intent
from policy.understanding.words import word_set

_AROUND: Final = word_set(
    """
    report reporting log start open record register make raise begin new a an the one to i we want need would like
    please pls id wish have can could possible suspected form fill in out another my our received someone somebody
    help me with about hi hello you us add create enter submit data gdpr personal there has had been of got
    """
)
_COMMANDS: Final = (
    (Intent.REPORT_BREACH, word_set("breach breaches"), word_set("security privacy near miss incident")),
    (Intent.REPORT_BREACH, word_set("miss misses nearmiss"), word_set("near")),
    (Intent.SAR_RECEIVED, word_set("sar sars dsar dsars"), word_set("subject access request")),
    (Intent.RIGHTS_REQUEST, word_set("erasure rectification objection portability rights"), word_set("request")),
    (Intent.CCTV_REQUEST, word_set("cctv"), word_set("request footage")),
    (Intent.COMPLAINT_RECEIVED, word_set("complaint complaints"), word_set("formal protection")),
    (Intent.ONLINE_SAFETY_INCIDENT, word_set("online esafety"), word_set("safety incident concern")),
    (Intent.CONSENT_WITHDRAWAL, word_set("withdraw withdrawn withdrawal"), word_set("consent photo")),
    (Intent.PLAN_EVENT, word_set("plan event"), word_set("photo photos photography plan event")),
    (Intent.SAR_RECEIVED, word_set("request requests"), word_set("access subject information records")),
)


def command_of(told: frozenset[str]) -> Intent | None:
    """Give the dialog that a message of nothing but command words starts; None where it says more or less."""
    for intent, needed, more in _COMMANDS:
        if not told.isdisjoint(needed) and told <= _AROUND | needed | more:
            return intent
    return None
