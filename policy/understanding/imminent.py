"""Whether a message asks about pictures of somebody, now: not about the rules in general."""

from collections.abc import Sequence
from typing import Final

from policy.understanding.lexicon import Hit
from policy.understanding.mood import QUESTION
from policy.understanding.signs import Signs
from policy.understanding.words import Message, word_set

_NO_PICTURE: Final = word_set(
    """
    report reports homework grade grades mark marks behaviour attendance absent absence address number medical
    allergy allergies detention result results data record records details email emails     letter letters score
    scores level levels sen ehcp iep plan reading maths login password work
    """
)
_PAPERS: Final = frozenset({"register", "registers"})
_CONTACT: Final = word_set("follow following follows befriend dm unfollow")
_PRONOUNS: Final = word_set("him her them he she they")
_OURSELVES: Final = word_set("i we me us my our im ill id")
_ASKS_SHORTLY: Final = frozenset({"ok", "okay", "is", "quick"})
_THOSE: Final = frozenset({"the", "my", "our", "these", "those", "some", "all", "a", "this", "that"})
_MAY_I: Final = frozenset({"may", "can", "could", "is"})
_CONSENT: Final = frozenset({"consent", "consents", "permission", "permissions"})
_SHORT: Final = 6
_JUST_A_NAME: Final = 4


def is_photo(said: Message, told: frozenset[str], hits: Sequence[Hit], signs: Signs) -> bool:
    """Whether it does; such a question is answered about the pupils, or asked back."""
    have = {concept for hit in hits for concept in hit.concepts}
    shown = bool(have & {"picture.still", "picture.video"})
    befriends = told & {"friend", "friends"} and told & {
        "add",
        "accept",
        "request",
        "requests",
        "be",
        "become",
        "with",
        "being",
    }
    papers = told & _PAPERS and not signs.someone  # "can I take registers home"
    if (told & _CONTACT or befriends or papers) and not shown:
        return False
    if signs.someone:
        return _about_someone(said.keys, told, have, signs, shown=shown)
    if signs.rule_use or (signs.strong_use and signs.maybe_name) or (signs.staff and shown):
        return True
    first = said.keys[0]
    if shown and signs.strong_use and len(said.keys) <= _SHORT and first not in QUESTION - _MAY_I:
        return True  # "photo for the website?"
    definite = bool(told & _PRONOUNS) or any(_is_definite(said, hit) for hit in hits)
    if signs.uses and definite and (shown or signs.strong_use or "picture.seen" in have):
        return True
    return _may_i(told, have, signs, first, definite=definite, shown=shown)


def _about_someone(keys: tuple[str, ...], told: frozenset[str], have: set[str], signs: Signs, *, shown: bool) -> bool:
    if shown or signs.strong_use or (signs.uses and not told & _NO_PICTURE):
        return True
    if signs.certain and told & _CONSENT:
        return True
    acts = bool(have & {"picture.capture", "picture.seen", "picture.publish"})
    # Nothing but a name, a class or a day is a question begun, or an answer to ours.
    return (acts and (signs.uses or signs.circumstance)) or (len(keys) <= _JUST_A_NAME and signs.certain)


def _may_i(told: frozenset[str], have: set[str], signs: Signs, first: str, *, definite: bool, shown: bool) -> bool:
    ourselves = bool(told & _OURSELVES) or first in _ASKS_SHORTLY
    takes = bool(have & {"picture.capture", "picture.publish"})
    act = shown or (takes and (signs.uses or signs.circumstance))
    if not act:
        return False
    if signs.circumstance and (ourselves or definite or first not in QUESTION):
        return True
    return ourselves and (signs.uses or definite or ("picture.capture" in have and first in _MAY_I))


def _is_definite(said: Message, hit: Hit) -> bool:
    # "the kids", "my class", "Ms Holloway's child": these children, not children in general
    if "people.child" not in hit.concepts or hit.start == 0:
        return False
    before = said.words[hit.start - 1]
    return before.possessive or before.key in _THOSE
