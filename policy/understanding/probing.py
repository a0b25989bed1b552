"""Questions that fish for what must stay private: why, who refused, in care, what if (domain 1.6.3)."""

from collections.abc import Sequence
from typing import Final

from policy.understanding.lexicon import Hit
from policy.understanding.words import Message, word_set

_SHE: Final = word_set("he she him her his hers himself herself")
_THEY: Final = word_set("they them their it that this")
_ONE_CHILD: Final = word_set("pupil child boy girl student kid lad lass one family")
_COURTS: Final = word_set("tennis netball basketball squash badminton volleyball sports play")
_IF: Final = word_set("if assuming provided providing unless once when until")
_INSTEAD: Final = word_set(
    """
    not dont didnt doesnt wasnt werent isnt hadnt without only just instead another different older younger consent
    permission form parents were
    """
)
_ALTERED: Final = ("crop", "blur", "pixel", "anonymi", "silhouette", "photoshop", "cartoon")
_ASKING_AFTER: Final = word_set("did has have is was does do were had hasnt didnt")
_WHO: Final = word_set("who which whose whos")
_PAPERS: Final = word_set("form forms consent slip reply answer")
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
    if not subject:
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
    return _what_if(said, hits, have)


def _what_if(said: Message, hits: Sequence[Hit], have: set[str]) -> bool:
    keys = said.keys
    if "probing.if_words" in have:
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
        if key in {"if", "assuming"} and clause & _INSTEAD:
            return True
    return False


def _sports(keys: tuple[str, ...], hit: Hit) -> bool:
    return hit.phrase == "court" and bool(
        {*keys[max(0, hit.start - 2) : hit.start], *keys[hit.end : hit.end + 1]} & _COURTS
    )
