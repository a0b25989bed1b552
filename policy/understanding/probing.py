"""Questions that fish for what must stay private: why, who refused, in care, what if (domain 1.6.3)."""

from collections.abc import Sequence
from typing import Final

from policy.understanding.lexicon import Hit
from policy.understanding.words import Message, word_set

_WOULD: Final = word_set("could would can may might okay ok allowed")
_SHE: Final = word_set("he she him her his hers himself herself")
_THEY: Final = word_set("they them their it that this")
_ONE_CHILD: Final = word_set("pupil child boy girl student kid lad lass one family")
_COURTS: Final = word_set("tennis netball basketball squash badminton volleyball sports play")
_IF: Final = word_set("if assuming provided providing unless once when until")
_NOT: Final = word_set("not dont didnt doesnt wasnt werent isnt hadnt without only just instead")
_OTHERWISE: Final = word_set("older younger consent permission form were another different")
_NAMELESS: Final = word_set("name names surname surnames named mind")
_ALTERED: Final = ("crop", "blur", "pixel", "anonymi", "silhouette", "photoshop", "cartoon")
_ASKING_AFTER: Final = word_set("did has have is was does do were had hasnt didnt")
_WHO: Final = word_set("who which whose whos")
_ASKS_AFTER_FORM: Final = _ASKING_AFTER | {"what", "which", "whats", "can", "tell"}
_PAPERS: Final = word_set("form forms consent slip reply answer")
_SHEET: Final = word_set("form forms box boxes slip paperwork tick ticks")
_WRITTEN: Final = word_set(
    "say says said tick ticked untick unticked blank state stated filled fill empty answered put"
)
_CHANGES: Final = word_set("change changed changes changing updated withdrawn switch switched lapse lapsed turn turned")
_BEFORE: Final = word_set("before previously ever always used use last earlier originally once")
_CAUSES: Final = word_set(
    """
    safeguarding legal religious religion cultural court custody because cos coz personal adoption medical immigration
    """
)
# What would be different about the picture or the papers, were it so: a question about the cause of a no.
_LESS_SEEN: Final = word_set(
    """
    face faces facing seen see visible recognisable recognise recognised identifiable identify identified look looking
    showing shown consent permission form refused said list were background hands feet back silhouette shadow distance
    """
)
_FAMILY: Final = word_set("mum dad parent parents mother father carer guardian family")
_STANDING: Final = word_set(
    """
    level restriction restrictions restricted flag flagged measure situation circumstances background history status
    problem issue matter story concern concerns trouble
    """
)


def probes(said: Message, hits: Sequence[Hit], *, someone: bool, carried: bool, uses: bool) -> bool:  # noqa: PLR0911  one line a way of probing
    """Whether it asks for what nobody is told.

    `someone`: a pupil was named, known or not. `carried`: a pupil was talked about just before. `uses`: a use was said.
    """
    keys = said.keys
    told = set(keys)
    have = {concept for hit in hits for concept in hit.concepts if not _sports(keys, hit)}
    singled = any(
        key in _ONE_CHILD and keys[at - 1] in {"this", "that", "the", "which"} for at, key in enumerate(keys) if at
    )
    subject = someone or bool(told & _SHE) or singled or (carried and (bool(told & _THEY) or len(keys) <= 6))  # noqa: PLR2004  "why not?"
    if not subject or not keys:
        return False
    if have & {"probing.status", "probing.why", "probing.changed"}:
        return True
    if "probing.refused" in have and (told & _WHO or (not uses and keys[0] in _ASKING_AFTER)):
        return True
    if not uses and "probing.answers" in have and keys[:1] and (keys[0] in _ASKING_AFTER | _WHO or "what" in told):
        return True
    if (
        not uses
        and told & _PAPERS
        and told & _FAMILY | told & {"form", "forms"}
        and keys[0] in _ASKING_AFTER | _WHO | {"when", "where"}
    ):
        return True
    if not uses and told & _STANDING and told & {"what", "whats", "any", "is", "tell"}:
        return True
    if any(word.possessive and keys[at + 1 : at + 2] == ("no",) for at, word in enumerate(said.words)):
        return True  # "Amelia's no"
    if {"live", "living"} & told and keys[0] in {"who", "does", "do", "where"}:
        return True
    if _asks_after_form(said) or _asks_after_change(keys, told) or _suspects(keys):
        return True
    return _what_if(said, hits, have)


def _asks_after_form(said: Message) -> bool:
    """Whether it asks what a form says: "which box is blank", never "Can we use it? His form said yes."."""
    starts = [at for at, word in enumerate(said.words) if word.opens or not at]
    for at, end in zip(starts, [*starts[1:], len(said.words)], strict=True):
        told = set(said.keys[at:end])
        if said.keys[at] in _ASKS_AFTER_FORM and told & _SHEET and told & _WRITTEN:
            return True
    return False


def _asks_after_change(keys: tuple[str, ...], told: set[str]) -> bool:
    # "when did her permission change", "was he allowed last year"
    if told & {"permission", "permissions", "consent", "status", "answer"} and told & _CHANGES:
        return keys[0] in _ASKING_AFTER | {"when", "how", "what"}
    return bool(keys[0] in {"was", "were", "did", "has", "hasnt", "wasnt"} and "allowed" in told and told & _BEFORE)


def _suspects(keys: tuple[str, ...]) -> bool:
    """Whether it guesses at a cause: "is it the dad", "was it a legal thing"."""
    for at in range(len(keys) - 2):
        if keys[at] in {"is", "was", "its", "isnt"} and keys[at + 1] in {"it", "that", "this", "the", "a", "not"}:
            guess = set(keys[at + 2 : at + 5])
            if guess & _CAUSES or (
                keys[at] in {"is", "was"}
                and keys[at + 1] == "it"
                and guess & _FAMILY
                and not guess & {"evening", "evenings", "ok", "okay", "fine", "allowed", "if", "that", "day"}
            ):
                return True
    return False


def _what_if(said: Message, hits: Sequence[Hit], have: set[str]) -> bool:
    keys = said.keys
    if "probing.if_words" in have:
        return True
    if keys[0] == "say" and keys[1:2] and keys[1] in _SHE | _FAMILY | {"they", "we", "i"} and set(keys) & _WOULD:
        return True
    conditional = set(keys) & {"if", "would", "could", "assuming", "suppose", "once", "provided", "providing"}
    for hit in hits:
        if "probing.alter" in hit.concepts and (conditional or hit.phrase.startswith(_ALTERED)):
            return True
    for at, key in enumerate(keys):
        if key not in _IF:
            continue
        clause = set(keys[at + 1 : at + 10])
        answered = any("probing.answers" in hit.concepts and at < hit.start <= at + 9 for hit in hits)
        family = any("people.family" in hit.concepts and at < hit.start <= at + 9 for hit in hits)
        if answered and (family or clause & {"they", "she", "he", "form", "we", "i", "school"}):
            return True
        polite = keys[at + 1 : at + 2] in {("not",), ("so",)} or clause & _NAMELESS
        if (
            key in {"if", "assuming"}
            and not polite
            and (clause & _OTHERWISE or (clause & _NOT and clause & _LESS_SEEN))
        ):
            return True
    return False


def _sports(keys: tuple[str, ...], hit: Hit) -> bool:
    return hit.phrase == "court" and bool(
        {*keys[max(0, hit.start - 2) : hit.start], *keys[hit.end : hit.end + 1]} & _COURTS
    )
