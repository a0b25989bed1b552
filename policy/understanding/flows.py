"""Messages that start a dialog of their own, family by family, in the order in which they matter."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from policy.understanding.access_requests import is_access_request
from policy.understanding.breaches import is_breach
from policy.understanding.cctv_requests import is_cctv_request
from policy.understanding.commands import command_of
from policy.understanding.complaints import is_complaint
from policy.understanding.deadlines import is_deadline
from policy.understanding.events import is_event_plan
from policy.understanding.heard import Intent
from policy.understanding.illegal_content import is_illegal
from policy.understanding.online_safety import is_online_safety
from policy.understanding.rights import is_rights_request
from policy.understanding.telling import Pattern, Tale, patterns
from policy.understanding.wider import net_of
from policy.understanding.withdrawals import is_withdrawal


def _asks_for_dpo(tale: Tale) -> bool:
    told, signs = tale.told, tale.signs
    return (
        "dpo" in told
        and not (signs.uses and signs.someone)
        and not told.isdisjoint(
            {"ask", "contact", "speak", "talk", "message", "tell", "escalate", "pass", "refer", "forward"}
        )
        and told.isdisjoint({"who", "what", "when"})
    )


# What may be illegal comes before all else (domain 5), data that may be out before whoever asks for it (C13).
FLOWS: Final[tuple[tuple[Intent, Callable[[Tale], bool]], ...]] = (
    (Intent.ILLEGAL_CONTENT, is_illegal),
    (Intent.DEADLINE_QUESTION, is_deadline),
    (Intent.REPORT_BREACH, is_breach),
    (Intent.CCTV_REQUEST, is_cctv_request),
    (Intent.CONSENT_WITHDRAWAL, is_withdrawal),
    (Intent.ONLINE_SAFETY_INCIDENT, is_online_safety),
    (Intent.COMPLAINT_RECEIVED, is_complaint),
    (Intent.RIGHTS_REQUEST, is_rights_request),
    (Intent.SAR_RECEIVED, is_access_request),
    (Intent.PLAN_EVENT, is_event_plan),
    (Intent.ASK_DPO, _asks_for_dpo),
)


DIALOGS: Final = frozenset(intent for intent, _ in FLOWS)

# A question about these is a question about the rules; a statement starts the dialog.
_ASKED_ABOUT: Final = frozenset(
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
# Of these a question mark is enough where nobody says what happened: "permission pulled, delete the files?"
_MARKED: Final = frozenset({Intent.CONSENT_WITHDRAWAL, Intent.RIGHTS_REQUEST, Intent.SAR_RECEIVED})


def flow_of(tale: Tale, *, photo: bool) -> Intent | None:
    """Give the dialog that a message starts, or that it asks about the rules behind one; None where it does neither.

    `photo`: it could be a question about somebody's picture.
    """
    if (command := command_of(tale.told)) is not None:
        return command
    for intent, recognises in FLOWS:
        if not recognises(tale):
            continue
        if intent not in _ASKED_ABOUT or not _asks(tale, intent):
            return intent
        picture = photo and tale.signs.certain
        return None if picture or intent is Intent.CONSENT_WITHDRAWAL else Intent.POLICY_QUESTION
    if photo:
        return None
    return Intent.POLICY_QUESTION if tale.mood.asks and tale.tells(_asked_about()) else net_of(tale)


def _asks(tale: Tale, intent: Intent) -> bool:
    mood = tale.mood
    return mood.question or (tale.marked and intent in _MARKED and not (mood.happened or mood.here))


@lru_cache(maxsize=1)
def _asked_about() -> tuple[Pattern, ...]:
    return patterns("""
        breach
        nearmiss
        sar
        erasure
        complains
        abusive
        nudes
        onlineharm
        bypass
        matter
        bcc
        linked wide
        papers|records|private pupil|binned|away|sent|seen|staff|family|outsider
        device lost|away|records|private|papers
        password|phished|malware|clicked
        outsider watched|asks|says records|watched
        law
        cabinet
        spoken pupil|family|staff
        reports lost
        listpapers
        cctv
        eventplan
    """)
