"""What somebody wants, recognised by the concepts in the message: the first net, widened by later steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from policy.understanding.heard import Intent
from policy.understanding.lexicon import Hit
from policy.understanding.words import Message, word_set

_GREETING: Final = word_set(
    "hi hello hey hiya morning afternoon evening good there all bot dpo howdy greetings hallo heya helo"
)
_GREETS: Final = word_set("hi hello hey hiya morning afternoon evening howdy greetings hallo heya helo")
_HELP: Final = frozenset(
    {
        "help",
        "menu",
        "commands",
        "options",
        "start",
        "get started",
        "what can you do",
        "how does this work",
        "how do i use this",
        "what do you do",
        "who are you",
        "help me",
        "help please",
        "please help",
        "what can i ask",
        "what can i ask you",
        "how do you work",
        "what are you",
        "what are you for",
        "how can you help",
        "how can you help me",
        "what is this",
        "instructions",
        "what can you help with",
        "i need help",
        "can you help",
        "can you help me",
    }
)
_STATUS: Final = frozenset(
    {
        "status",
        "my cases",
        "my status",
        "my reports",
        "my requests",
        "status of my cases",
        "status of my report",
        "show my cases",
        "list my cases",
    }
)
_MINE: Final = word_set("my mine")
_CASES: Final = word_set("case cases report reports request requests review reviews escalation question ticket")
_PROGRESS: Final = word_set("status update progress happening happened news open where outcome answered")
_QUESTION: Final = word_set(
    "what whats when how who whom which why does do is are must should may can could would acceptable procedure deadline time frequency cost retention whether where many long"
)
_FAMILY: Final = word_set(
    "parent parents mum mums dad dads mother father carer carers guardian family families mam relative stepmum stepdad grandparent gran nan"
)
_ASKER: Final = _FAMILY | word_set(
    "pupil leaver employee someone man woman lady visitor person lawyer solicitor student colleague ex former caller neighbour requester individual"
)
_IMAGES: Final = word_set(
    "photo photos photograph photographs picture pictures image images imagery video videos filming film consent permission media photography pics pic website footage snaps publicity form"
)
_INDECENT: Final = word_set(
    "nude nudes explicit indecent porn pornographic csam sexting upskirting upskirt sexual sexualised sexualized sextortion obscene"
)
_ABUSE: Final = word_set("abuse abusive illegal")
_ONLINE_HARM: Final = word_set(
    "cyberbullying cyberbully cyberbullied grooming groomed groomer catfish catfished catfishing trolling trolled radicalised extremist doxxed sextorted"
)
_HARM: Final = word_set(
    "cruel nasty hostile threatening threats threat bullying bullied mean hateful abusive abuse racist offensive harassing harassed harassment horrible vile intimidating blackmail blackmailed stranger pop popup popped unpleasant inappropriate adult unsuitable disturbing gambling violent"
)
_ONLINE: Final = word_set(
    "online post posts message messages mail mails email emails comment comments chat texts text website site web internet screen tablet ipad laptop game app snapchat tiktok instagram whatsapp youtube search material content dm dms up group classmates inbox browser computer chromebook device"
)
_LOST: Final = word_set(
    "lost stolen missing vanished theft stole mislaid misplaced disappeared nicked snatched burgled gone taken robbed burglary unaccounted"
)
_LEFT: Final = word_set("train bus taxi cafe pub car station tube home")
_THINGS: Final = word_set(
    "laptop tablet ipad usb stick drive bag paperwork folder file files register reports report camera phone device documents notebook memory data records rucksack briefcase diary planner printout list papers card sd card chromebook markbook lanyard forms"
)
_SENT: Final = word_set(
    "sent send missent emailed mailed posted shared forwarded went gave handed copied cc bcc attached disclosed mis uploaded texted published addressed delivered"
)
_WRONG: Final = word_set(
    "wrong another incorrect mistake accident accidentally mistakenly outside unintended error different everyone other"
)
_BREACH: Final = word_set("phished phishing hacked hack breached ransomware malware compromised leaked leak virus")
_DATA: Final = word_set(
    "data information record records file files document documents details everything paperwork emails email"
)
_RIGHTS: Final = word_set("erase erasure erased rectify rectification rectified portability forget forgotten")
_FIX: Final = word_set(
    "correct corrected put right amend amended change changed update updated fix wrong delete deleted remove removed destroy wipe erase"
)
_PRIVATE: Final = word_set("data record records details date address birth information file files name spelling entry")
_WITHDRAWS: Final = word_set(
    "withdraw withdraws withdrawn withdrew withdrawing revoke revoked revokes revoking rescind rescinded"
)
_NO_MORE: Final = word_set(
    "refusing refuses refused stop longer anymore objects objected objecting opt opted opting cancel cancelled unhappy against no"
)
_CCTV: Final = word_set("cctv surveillance")
_RECORDINGS: Final = word_set("recording recordings footage tape tapes images")
_POLICE: Final = word_set("police officer officers policeman pc detective constable solicitor insurer insurance")
_SAR: Final = word_set("sar sars dsar")
_PLANS: Final = word_set(
    "plan planning planned plans organise organising arrange arranging setting prepare preparing set organizing"
)
_TOPICS: Final = word_set(
    """photo photos photograph photographs photographing picture pictures image images filming film video footage camera cameras webcam webcams portrait surname surnames consent consents permission form
    privacy data gdpr personal confidential encrypt encrypted encryption password passwords breach breaches ico regulator dpo sar access rights erasure retention retain cctv surveillance recordings
    dojo classdojo social facebook instagram whatsapp twitter tiktok handset handsets phone phones mobile mobiles device devices tablet laptop computer unlocked locked screen software programs program apps app platform platforms email emails
    message messages mail address junk spam phishing usb drive removable stick cloud paperwork paper desk printed records record information sharing share authority disclose disclosure assessment dpia impact training safety esafety e acceptable aup
    internet filter filtering online meeting video zoom livestream photographer photography display retouch artwork leaflet leavers visitor complaint complaints fee identity proof requester guardian file request requests mailings marketing promotional newsletter restricted
    safeguarding policy policies rule rules clause notify unsuitable unpleasant attachment attachments network backup wifi bluetooth memory card cards copyright policy's processor contract register registers id recordings astray"""
)


# About a pupil, but not about a picture of one.
_NO_PICTURE: Final = word_set(
    """report reports homework grade grades mark marks behaviour attendance absent absence address number medical allergy allergies detention result results data record records details email emails
    letter letters score scores level levels sen ehcp iep plan reading maths login password work"""
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rest of the reading found out, as far as the intent depends on it."""

    someone: bool  # a pupil, class or name
    certain: bool
    uses: bool
    maybe_name: bool  # a word that is some pupil's name, though it was not read as one
    rule_use: bool  # a use that the rules answer without a pupil: family filming, a live stream
    strong_use: bool
    circumstance: bool  # a personal device, a private place, a distressing scene: Stage A answers by itself
    date: bool
    probing: bool
    staff: bool


def intent(said: Message, hits: Sequence[Hit], signs: Signs) -> Intent:
    """Recognise what is wanted. Whatever is no photo question never gets a photo answer."""
    keys, told = said.keys, frozenset(said.keys)
    sentence = " ".join(keys)
    if not keys:
        return Intent.UNKNOWN
    if sentence in _HELP:
        return Intent.HELP
    if len(keys) <= 4 and told <= _GREETING and told & _GREETS:  # noqa: PLR2004  "good morning there"
        return Intent.GREETING
    if sentence in _STATUS or (told & _MINE and told & _CASES and told & _PROGRESS and not signs.someone):
        return Intent.STATUS
    photo = _is_photo(said, told, hits, signs)
    for wanted, recognises in _FLOWS:
        if recognises(keys, told, signs):
            question = keys[0] in _QUESTION
            return Intent.POLICY_QUESTION if question and not photo and wanted in _ASKED_ABOUT else wanted
    if _asks_for_list(told, signs):
        return Intent.RESTRICTED_LIST
    if signs.probing or photo:
        return Intent.PHOTO_PERMISSION
    concepts = {concept for hit in hits for concept in hit.concepts}
    if told & _TOPICS or concepts & {"picture.still", "picture.video", "uses.social", "uses.dojo", "uses.dojo_story"}:
        return Intent.POLICY_QUESTION
    return Intent.UNKNOWN


def _is_photo(said: Message, told: frozenset[str], hits: Sequence[Hit], signs: Signs) -> bool:
    keys = said.keys
    have = {concept for hit in hits for concept in hit.concepts}
    picture = bool(have & {"picture.still", "picture.video", "picture.capture", "picture.seen"})
    shown = bool(have & {"picture.still", "picture.video"})
    if told & word_set("follow following follows befriend friend friends dm unfollow") and not shown:
        return False
    if signs.someone:
        if shown or signs.strong_use:
            return True
        if signs.uses and not told & _NO_PICTURE:
            return True
        return ((picture or "picture.publish" in have) and (signs.uses or signs.circumstance)) or (
            _only_asks_who(keys, signs)
        )
    if signs.rule_use or (signs.strong_use and signs.maybe_name):
        return True
    if shown and signs.strong_use and len(keys) <= 6 and keys[0] not in _QUESTION - {"may", "can", "could", "is"}:  # noqa: PLR2004  "photo for the website?"
        return True
    definite = any(
        "people.child" in hit.concepts
        and hit.start
        and (
            said.words[hit.start - 1].possessive
            or keys[hit.start - 1] in {"the", "my", "our", "these", "those", "some", "all", "a", "this", "that"}
        )
        for hit in hits
    )
    pronoun = bool(told & word_set("him her them he she they"))
    first_person = bool(told & word_set("i we me us my our im ill id")) or keys[0] in {"ok", "okay", "is", "quick"}
    act = shown or (bool(have & {"picture.capture", "picture.publish"}) and (signs.uses or signs.circumstance))
    if signs.uses and (definite or pronoun) and (shown or signs.strong_use or "picture.seen" in have):
        return True
    if signs.staff and shown:
        return True
    if signs.circumstance and act and (first_person or definite or pronoun or keys[0] not in _QUESTION):
        return True
    if act and first_person and signs.uses:
        return True
    return act and (definite or pronoun) and first_person


def _only_asks_who(keys: tuple[str, ...], signs: Signs) -> bool:
    # Nothing but a name, a class or a day: a question begun, or an answer to ours.
    return len(keys) <= 4 and signs.certain  # noqa: PLR2004  "amelia hart in 4b"


def _asks_for_list(told: frozenset[str], signs: Signs) -> bool:
    if told & {"list", "register", "names", "lists"} and told & word_set(
        "restricted restriction no non not photo photos photograph picture pictures image consent cant filmed media"
    ):
        asked = told & word_set("list lists") and told & word_set(
            "restricted restriction photo photos consent picture pictures image filming media"
        )
        return bool(asked) and not signs.uses and not signs.certain
    who = bool(told & word_set("who whos which"))
    barred = bool(
        told & word_set("cant cannot not restricted mustnt shouldnt arent isnt no avoid exclude without banned")
    )
    shown = bool(
        told
        & word_set(
            "photo photos photograph photographed photographs picture pictures pictured image images film filmed filming video videos camera"
        )
    )
    return who and barred and shown and not signs.uses and not signs.certain and not signs.probing


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
            "parent parents family families address person people recipient class recipients email child pupil school inbox house home mum dad spreadsheet report letter everyone"
        )
    ) and not _permission(keys)


def _permission(keys: tuple[str, ...]) -> bool:
    return keys[0] in word_set("can may could is would should ok okay") and bool({"i", "we"} & set(keys[:5]))


def _sar(keys: tuple[str, ...], told: frozenset[str], signs: Signs) -> bool:
    if told & _SAR or ("subject" in told and "access" in told):
        return True
    if signs.uses and signs.someone:
        return False
    whole = told & word_set("all every everything held hold holds entire whole copy copies see seeks obtain")
    wants = told & word_set(
        "wants wanted want demand demands demanding request requests requested requesting asked asks asking seeks seeking written letter requires needs insists"
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
        return keys[0] not in _QUESTION and not told & word_set("what whats then who")
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
        and keys[0] not in _QUESTION
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
    if signs.certain or keys[0] in _QUESTION - {"what"} or not told & _PLANS:
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
_FLOWS: Final[tuple[tuple[Intent, _Recogniser], ...]] = (
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
_ASKED_ABOUT: Final = frozenset(
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
