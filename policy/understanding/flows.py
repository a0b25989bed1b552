"""Messages that start a dialog of their own, recognised by their concepts: a first net, widened by later steps."""

from collections.abc import Callable
from typing import Final

from policy.understanding.heard import Intent
from policy.understanding.incidents import breach, illegal, online_safety
from policy.understanding.signs import Signs
from policy.understanding.words import word_set

QUESTION: Final = word_set(
    """
    what whats when how who whom which why does do is are must should may can could would acceptable procedure
    deadline time frequency cost retention whether where many long
    """
)
_FAMILY: Final = word_set(
    """
    parent parents mum mums dad dads mother father carer carers guardian family families mam relative stepmum
    stepdad grandparent gran nan
    """
)
_ASKER: Final = _FAMILY | word_set(
    """
    pupil leaver employee someone man woman lady visitor person lawyer solicitor student colleague ex former
    caller neighbour requester individual
    """
)
_IMAGES: Final = word_set(
    """
    photo photos photograph photographs picture pictures image images imagery video videos filming film consent
    permission media photography pics pic website footage snaps publicity form
    """
)
_DATA: Final = word_set(
    """
    data information record records file files document documents details everything paperwork emails email
    """
)
_RIGHTS: Final = word_set("erase erasure erased rectify rectification rectified portability forget forgotten")
_FIX: Final = word_set(
    """
    correct corrected put right amend amended change changed update updated fix wrong delete deleted remove
    removed destroy wipe erase
    """
)
_PRIVATE: Final = word_set("data record records details date address birth information file files name spelling entry")
_WITHDRAWS: Final = word_set(
    """
    withdraw withdraws withdrawn withdrew withdrawing revoke revoked revokes revoking rescind rescinded
    """
)
_NO_MORE: Final = word_set(
    """
    refusing refuses refused stop longer anymore objects objected objecting opt opted opting cancel cancelled
    unhappy against no
    """
)
_CCTV: Final = word_set("cctv surveillance")
_RECORDINGS: Final = word_set("recording recordings footage tape tapes images")
_POLICE: Final = word_set("police officer officers policeman pc detective constable solicitor insurer insurance")
_SAR: Final = word_set("sar sars dsar")
_PLANS: Final = word_set(
    """
    plan planning planned plans organise organising arrange arranging setting prepare preparing set organizing
    """
)


def _sar(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    if told & _RIGHTS:
        return False
    if told & _SAR or ("subject" in told and "access" in told):
        return True
    if signs.uses and signs.someone:
        return False
    whole = told & word_set("all every everything held hold holds entire whole copy copies see seeks obtain")
    wants = told & word_set(
        """
        wants wanted want demand demands demanding request requests requested requesting asked asks asking seeks
        seeking written letter requires needs insists
        """
    )
    return (
        bool(whole | (told & word_set("lawyer solicitor")))
        and bool(wants)
        and bool(told & (_DATA | word_set("held")))
        and bool(told & _ASKER or "held" in told)
    )


def _withdrawal(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    if signs.probing:
        return False
    if told & _WITHDRAWS and told & (_IMAGES | _FAMILY | word_set("social")):
        return keys[0] not in QUESTION and not told & word_set("what whats then who")
    changed = (
        {"changed", "mind"} <= told
        or {"take", "back"} <= told
        or told & _NO_MORE
        or {"doesnt", "want"} <= told
        or {"dont", "want"} <= told
        or {"not", "want"} <= told
    )
    if told & word_set("leaflets mailings marketing sales mailing"):
        return False
    return (
        bool(changed)
        and bool(told & _FAMILY)
        and bool(told & (_IMAGES | word_set("social agree facebook")))
        and keys[0] not in QUESTION
        and not _permission_later(keys)
    )


def _permission_later(keys: tuple[str, ...]) -> bool:
    joined = " ".join(keys)
    return any(
        f" {ask} " in f" {joined} "
        for ask in ("can i", "may i", "can we", "may we", "is it ok", "allowed", "could i", "could we")
    )


def _rights(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    if told & _RIGHTS and (told & _ASKER or told & _DATA):
        return True
    if (
        told & _ASKER
        and told & _FIX
        and told & _PRIVATE
        and told & word_set("insists wants demands asks asked says requests requires")
    ):
        return not told & _IMAGES
    return bool(
        told & _FAMILY
        and told & word_set("stop stopping object objects opt")
        and told & word_set("leaflets marketing sales mailings mailing processing promotional texts calls fundraising")
    )


def _cctv(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    if told & _CCTV or ("security" in told and told & (_RECORDINGS | word_set("camera cameras"))):
        return True
    return bool(told & _POLICE and told & _RECORDINGS and not signs.uses and not signs.certain and keys)


def _complaint(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    return (
        bool(told & word_set("complaint complaints complain complains complaining complained grievance"))
        and not signs.uses
    )


def _plan(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    if signs.certain or keys[0] in QUESTION - {"what"} or not told & _PLANS:
        return False
    if "set" in told and "up" not in told and "setting" not in told:
        return False
    return bool(told & (_IMAGES | word_set("shoot photographer photographing photoshoot snaps shots")))


def _deadline(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    return (
        signs.date
        and bool(told & word_set("due deadline answer respond reply report clock"))
        and bool(told & word_set("sar request breach complaint ico received access"))
    )


def _ask_dpo(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    return (
        "dpo" in told
        and not (signs.uses and signs.someone)
        and bool(told & word_set("ask contact speak talk message tell escalate pass refer forward"))
        and not told & word_set("who what when")
    )


_Recogniser = Callable[[tuple[str, ...], frozenset[str], Signs], bool]
FLOWS: Final[tuple[tuple[Intent, _Recogniser], ...]] = (
    (Intent.ILLEGAL_CONTENT, illegal),
    (Intent.REPORT_BREACH, breach),
    (Intent.DEADLINE_QUESTION, _deadline),
    (Intent.SAR_RECEIVED, _sar),
    (Intent.CONSENT_WITHDRAWAL, _withdrawal),
    (Intent.ONLINE_SAFETY_INCIDENT, online_safety),
    (Intent.RIGHTS_REQUEST, _rights),
    (Intent.CCTV_REQUEST, _cctv),
    (Intent.COMPLAINT_RECEIVED, _complaint),
    (Intent.PLAN_EVENT, _plan),
    (Intent.ASK_DPO, _ask_dpo),
)
# A question about these is a question about the rules; a statement starts the dialog.
ASKED_ABOUT: Final = frozenset(
    {
        Intent.REPORT_BREACH,
        Intent.SAR_RECEIVED,
        Intent.CONSENT_WITHDRAWAL,
        Intent.ONLINE_SAFETY_INCIDENT,
        Intent.RIGHTS_REQUEST,
        Intent.CCTV_REQUEST,
        Intent.COMPLAINT_RECEIVED,
    }
)
