"""Messages that start a dialog of their own, recognised by their concepts: a first net, widened by later steps."""

from collections.abc import Callable
from typing import Final

from policy.understanding.heard import Intent
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
_INDECENT: Final = word_set(
    """
    nude nudes explicit indecent porn pornographic csam sexting upskirting upskirt sexual sexualised sexualized
    sextortion obscene
    """
)
_ABUSE: Final = word_set("abuse abusive illegal")
_ONLINE_HARM: Final = word_set(
    """
    cyberbullying cyberbully cyberbullied grooming groomed groomer catfish catfished catfishing trolling trolled
    radicalised extremist doxxed sextorted
    """
)
_HARM: Final = word_set(
    """
    cruel nasty hostile threatening threats threat bullying bullied mean hateful abusive abuse racist offensive
    harassing harassed harassment horrible vile intimidating blackmail blackmailed stranger pop popup popped
    unpleasant inappropriate adult unsuitable disturbing gambling violent
    """
)
_ONLINE: Final = word_set(
    """
    online post posts message messages mail mails email emails comment comments chat texts text website site web
    internet screen tablet ipad laptop game app snapchat tiktok instagram whatsapp youtube search material
    content dm dms up group classmates inbox browser computer chromebook device
    """
)
_LOST: Final = word_set(
    """
    lost stolen missing vanished theft stole mislaid misplaced disappeared nicked snatched burgled gone taken
    robbed burglary unaccounted
    """
)
_LEFT: Final = word_set("train bus taxi cafe pub car station tube home")
_THINGS: Final = word_set(
    """
    laptop tablet ipad usb stick drive bag paperwork folder file files register reports report camera phone
    device documents notebook memory data records rucksack briefcase diary planner printout list papers card sd
    card chromebook markbook lanyard forms
    """
)
_SENT: Final = word_set(
    """
    sent send missent emailed mailed posted shared forwarded went gave handed copied cc bcc attached disclosed
    mis uploaded texted published addressed delivered
    """
)
_WRONG: Final = word_set(
    """
    wrong another incorrect mistake accident accidentally mistakenly outside unintended error different everyone
    other
    """
)
_BREACH: Final = word_set("phished phishing hacked hack breached ransomware malware compromised leaked leak virus")
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


def _illegal(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  one signature for all recognisers
    if told & _INDECENT and not told & word_set("content"):
        return True
    return bool(
        told & _ABUSE
        and told & word_set("imagery images image pictures photos videos material")
        and told & word_set("child children discovered found seen device on of looks seems")
    )


def _online_safety(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
    if told & _ONLINE_HARM:
        return True
    return bool(told & _HARM and told & _ONLINE) and not told & word_set(
        "photograph website newsletter brochure prospectus display"
    )


def _breach(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    if (
        told & _BREACH
        or ("data" in told and "breach" in told)
        or (told & word_set("breach") and told & word_set("report reporting had happened been think"))
    ):
        return True
    if told & _LOST and told & _THINGS and not signs.uses:
        return True
    if "left" in told and told & _LEFT and told & _THINGS:
        return True
    if told & word_set("clicked click") and told & word_set("link attachment dodgy suspicious"):
        return True
    if told & word_set("gave entered shared disclosed") and told & word_set(
        "password credentials login credenials passwords"
    ):
        return True
    return bool(
        told & _SENT
        and told & _WRONG
        and told
        & word_set(
            """
            parent parents family families address person people recipient class recipients email child pupil
            school inbox house home mum dad spreadsheet report letter everyone
            """
        )
    ) and not _permission(keys)


def _permission(keys: tuple[str, ...]) -> bool:
    return keys[0] in word_set("can may could is would should ok okay") and bool({"i", "we"} & set(keys[:5]))


def _sar(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
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


def _rights(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
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


def _complaint(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
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


def _deadline(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
    return (
        signs.date
        and bool(told & word_set("due deadline answer respond reply report clock"))
        and bool(told & word_set("sar request breach complaint ico received access"))
    )


def _ask_dpo(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:  # noqa: ARG001  see _illegal
    return (
        "dpo" in told
        and not (signs.uses and signs.someone)
        and bool(told & word_set("ask contact speak talk message tell escalate pass refer forward"))
        and not told & word_set("who what when")
    )


_Recogniser = Callable[[tuple[str, ...], frozenset[str], Signs], bool]
FLOWS: Final[tuple[tuple[Intent, _Recogniser], ...]] = (
    (Intent.ILLEGAL_CONTENT, _illegal),
    (Intent.REPORT_BREACH, _breach),
    (Intent.DEADLINE_QUESTION, _deadline),
    (Intent.SAR_RECEIVED, _sar),
    (Intent.CONSENT_WITHDRAWAL, _withdrawal),
    (Intent.ONLINE_SAFETY_INCIDENT, _online_safety),
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
