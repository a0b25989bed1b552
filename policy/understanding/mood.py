"""Whether a message tells of something that happened here and now, or asks how such things are done."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from policy.understanding.words import word_set

QUESTION: Final = word_set(
    """
    what whats when how who whom which why does do is are must should may can could would acceptable procedure
    deadline time frequency cost retention whether where many long
    """
)
_BEGINS: Final = QUESTION | word_set("whose will did has have am if to shall")
_OPENERS: Final = word_set(
    """
    hi hello hey morning afternoon evening please quick question so ok okay um er just wondering wonder query hiya
    good sorry dear dpo and but thanks curious interested remind me tell us of for in on about re advice needed
    """
)
_CONDITION: Final = word_set("if when whenever once suppose supposing unless whether where after before case")
_MODAL: Final = word_set("do does did can could should must may might would will shall am is are was were have had has")
_TELLER: Final = word_set("i we ive weve someone somebody")
_BETWEEN: Final = word_set(
    """
    just have has had think may might accidentally stupidly mistakenly inadvertently only also then both all already
    recently now believe fear seem to realised realise noticed reckon was were been am afraid that did not didnt very
    nearly almost probably definitely must be
    """
)
_BEFORE_ASKING: Final = word_set("at by from under within until to through on in with")  # "at what age", "by when"
_ASKED_WITH: Final = word_set("what which when whom how whose")
_PAST: Final = word_set(
    """
    sent emailed mailed posted lost left forgot clicked opened gave told found noticed typed put entered shared
    uploaded published dropped printed binned threw handed copied ccd replied forwarded attached mislaid misplaced
    received got had saw discovered realised missed addressed pressed showed read said let spoke texted messaged
    included stuck fell downloaded logged locked walked took brought cant cannot been made used ran messed mixed
    muddled swapped disclosed mentioned chucked nearly almost spotted caught wrote sold recycled dumped followed hit
    stole broke came asked
    """
)
_PASSIVE: Final = word_set("is are be being get gets must can may should will would could might to not")
_NO_PAST: Final = frozenset({"need", "indeed", "allowed", "supposed", "required", "feed"})
_GERUNDS: Final = word_set(
    """
    leaving sending sharing storing taking using giving deleting passing carrying reading following introducing
    hiring keeping putting telling writing emailing posting printing working disposing throwing publishing showing
    asking answering handling refusing charging dealing reporting contacting releasing viewing watching downloading
    installing logging transferring moving uploading copying encrypting locking lending borrowing adding talking
    discussing speaking filming photographing recording collecting displaying allowing letting
    losing responding replying recognising verifying checking changing correcting erasing
    forwarding carrying discarding dropping holding lending naming offering scanning faxing texting calling phoning
    streaming replacing selling donating recycling binning backing resetting reusing choosing plugging connecting saving
    syncing supervising buying signing pasting tagging liking commenting blogging tweeting browsing linking inviting
    monitoring searching accessing blocking befriending messaging bringing destroying shredding
    """
)
_FINITE: Final = word_set(
    "went got came fell was were has had ended arrived vanished disappeared turned opened appeared popped loaded"
)
_SHORT_ING: Final = 5  # "thing", "bring"
_NO_GERUNDS: Final = word_set(
    """
    something nothing anything everything morning evening during having filming recording meeting training spring string
    string planning organising arranging setting preparing phishing bullying cyberbullying grooming sexting missing
    warning following worrying concerning shocking disturbing threatening thinking wanting needing looking
    sorting booking getting running hosting ring sibling building
    """
)
_HEADS: Final = word_set(
    """
    procedure process policy policies guidance rule rules advice steps definition difference frequency cost costs
    retention deadline timescale protocol requirements conditions acceptable meaning penalty penalties contact
    consequences grounds exemptions training charge fee fees expectations duty duties checklist position examples
    limit
    """
)
_TAILS: Final = frozenset({"allowed", "acceptable", "permitted", "okay", "ok"})
_TAIL_PAIRS: Final = frozenset(
    {("then", "what"), ("what", "then"), ("what", "next"), ("immediate", "steps"), ("next", "steps"), ("or", "not")}
)
_SUPPOSING: Final = word_set("hypothetically hypothetical theoretically")
_SUPPOSING_PAIRS: Final = frozenset(  # "say a folder was left on a bus, who would ring the family"
    {
        *(("say", who) for who in ("a", "an", "someone", "somebody", "that", "one")),
        *(("imagine", who) for who in ("a", "an", "someone", "somebody", "that", "if")),
        *(("lets", "say"), ("in", "theory"), ("thinking", "ahead"), ("not", "happened"), ("hasnt", "happened")),
    }
)
_TOLD_AFTER: Final = {  # words after which "how" and "what" ask nothing: "how her file was handled has upset mum"
    "how": word_set("her his my our their the we"),
    "what": word_set("looks seems appears looked seemed appeared may might could"),
}
_ASKED_TO_DO: Final = word_set("you someone somebody we")
_DOING: Final = word_set(
    """
    log record note register help start open pass save make add put set arrange plan report take raise begin create
    flag tell deal sort come call ring
    """
)


@dataclass(frozen=True, slots=True)
class Mood:
    """How a message is meant."""

    asks: bool  # how it is done, what is allowed, when and by whom
    happened: bool  # somebody says what they did, saw or were told, or is here
    here: bool  # a word of here and now
    named: bool  # asks by no more than naming a thing to do: "leaving the screen unlocked"

    @property
    def question(self) -> bool:
        """Whether only the rules are asked for."""
        return self.asks and not self.happened


def mood(keys: tuple[str, ...], *, clauses: frozenset[int], asks_within: bool, here: bool, present: bool) -> Mood:
    """Read the mood off the first words, the last ones, and the tenses.

    `clauses`: where a part of the sentence begins; `asks_within`: a question stands somewhere in it; `here`: so does a
    word of here and now; `present`: somebody is said to be waiting.
    """
    start = next((at for at, key in enumerate(keys) if key not in _OPENERS), 0)
    named = bool(keys) and (keys[start] in _GERUNDS or _is_gerund(keys[start])) and not _is_subject(keys[start:])
    asks = (
        asks_within
        or begins_asking(keys[start:])
        or not _HEADS.isdisjoint(keys[:3])
        or not _TAILS.isdisjoint(keys[-2:])
        or keys[-2:] in _TAIL_PAIRS
    )
    if _supposes(keys[start:]):
        return Mood(asks=True, happened=False, here=False, named=False)
    return Mood(asks=asks or named, happened=present or _happened(keys, clauses), here=here, named=named and not asks)


def _supposes(keys: tuple[str, ...]) -> bool:
    """Whether it says itself that nothing of it has happened."""
    return not _SUPPOSING.isdisjoint(keys[:4]) or keys[:2] in _SUPPOSING_PAIRS


def _is_gerund(key: str) -> bool:
    return key.endswith("ing") and len(key) > _SHORT_ING and key not in _NO_GERUNDS


def _is_subject(keys: tuple[str, ...]) -> bool:
    # "a gambling site got past the filter", "mailing went out with all addresses": something happened to it
    return not _FINITE.isdisjoint(keys[1:4])


def begins_asking(keys: tuple[str, ...]) -> bool:
    """Whether the first words are those of a question."""
    if keys[1:] and keys[0] in _BEFORE_ASKING and keys[1] in _ASKED_WITH:
        return True
    if not keys or keys[0] not in _BEGINS | _CONDITION:
        return False
    if keys[1:2] and keys[1] in _TOLD_AFTER.get(keys[0], ()):
        return False
    directive = keys[0] in {"can", "could", "would", "will"} and keys[1:2] and keys[1] in _ASKED_TO_DO
    return not (directive and not _DOING.isdisjoint(keys[2:5]))


def _asked_after(keys: tuple[str, ...]) -> bool:
    # "is it a problem that the folder got left on the bus", never "is it right that files are deleted"
    if keys[0] != "is" or "that" not in keys[1:6]:
        return False
    at = keys.index("that", 1)
    after = keys[at + 1 : at + 9]
    return any(
        (key in _PAST or (key.endswith("ed") and key not in _NO_PAST)) and before not in _PASSIVE
        for before, key in pairwise(after)
    )


def _happened(keys: tuple[str, ...], clauses: frozenset[int]) -> bool:
    """Whether somebody did or had something happen: "I've just sent", never "if I sent" or "can I send"."""
    if not keys:
        return False
    return _somebody_did(keys, clauses) or (_asked_after(keys) if keys[0] in QUESTION else _has_been(keys))


def _somebody_did(keys: tuple[str, ...], clauses: frozenset[int]) -> bool:
    for at, key in enumerate(keys):
        if key not in _TELLER:
            continue
        if at and at not in clauses and (keys[at - 1] in _MODAL or keys[at - 1] in _CONDITION):
            continue
        for after in keys[at + 1 : at + 6]:
            if after in _PAST or (after.endswith("ed") and after not in _NO_PAST):
                return True
            if after not in _BETWEEN:
                break
    return False


def _has_been(keys: tuple[str, ...]) -> bool:
    for at, key in enumerate(keys):  # "my laptop has been"
        if key in {"has", "have", "had", "was", "were"} and not {"my", "our"}.isdisjoint(keys[max(0, at - 4) : at]):
            return _CONDITION.isdisjoint(keys[:at])
    return False
