"""A typed answer to our own question: "2C", "the first one", "yes", "Harry in 6T", "website"."""

from dataclasses import replace
from datetime import date
from typing import Final

from policy.names import Roll
from policy.records import Pupil
from policy.spelling import plain
from policy.understanding.excluding import only_negated
from policy.understanding.groups import groups
from policy.understanding.heard import Heard, Intent, narrow
from policy.understanding.read import read
from policy.understanding.who import Asked, Group, NameAsk, Pupils, Unsure, settled
from policy.understanding.words import message, word_set

_PLACES: Final = {
    word: number
    for number, words in enumerate(
        (
            "first 1 1st one",
            "second 2 2nd two",
            "third 3 3rd three",
            "fourth 4 4th four",
            "fifth 5 5th five",
            "sixth 6 6th six",
        )
    )
    for word in words.split()
}
_YES: Final = word_set(
    """
    yes yeah yep yup correct right ok okay sure y aye thats that it is him her them exactly please thanks
    """
)
_SURE: Final = word_set("yes yeah yep yup correct right y exactly him her")
_FILLER: Final = word_set(
    """
    the one in from class year number option its it is he she hes shes i mean meant that thats pupil please
    child of a yes and sorry boy girl
    """
)
_LAST: Final = frozenset({"last"})
_SHORT: Final = 7


def answer_to(heard: Heard, text: str, roll: Roll, *, today: date) -> Heard | None:
    """Read `text` as the answer to what is still open in `heard`; None where it is something else.

    Only a pupil who was offered, or whom the words name exactly, becomes certain.
    """
    said = message(text)
    if heard.intent is not Intent.PHOTO_PERMISSION or not said.words or len(said.words) > _SHORT:
        return None
    if only_negated(said):
        return None  # "not 2D" tells who it is not
    if isinstance(heard.who, Unsure):
        ask = heard.who.asks[0]
        settled_now = _class_answer(heard, text, roll) if ask.about is Asked.CLASS else _choice(heard, ask, text, roll)
        if settled_now is not None:
            return settled_now
    alone = read(text, today=today, roll=roll)
    if alone.probing or (alone.uses is not None and isinstance(alone.who, Pupils | Group | Unsure)):
        return None
    if isinstance(heard.who, Unsure) and isinstance(alone.who, Pupils) and len(alone.who.pupils) == 1:
        return _named(heard, heard.who, alone.who.pupils[0])
    answered = read(text, today=today, roll=roll, previous=heard)
    return answered if answered.follow_up else None


def _named(heard: Heard, who: Unsure, pupil: Pupil) -> Heard:
    found = who.found if pupil in who.found else (*who.found, pupil)
    return replace(heard, who=settled(found, who.group, who.asks[1:]))


def _class_answer(heard: Heard, text: str, roll: Roll) -> Heard | None:
    told = groups(message(text), roll, frozenset())
    if not isinstance(heard.who, Unsure) or len(told) != 1 or not told[0].classes:
        return None
    group = Group(told[0].label, told[0].classes)
    if heard.who.group is not None:
        known = heard.who.group
        group = Group(f"{known.label} and {group.label}", (*known.classes, *group.classes), known.also)
    return replace(heard, who=settled(heard.who.found, group, heard.who.asks[1:]))


def _choice(heard: Heard, ask: NameAsk, text: str, roll: Roll) -> Heard | None:
    said = message(text)
    keys, candidates = said.keys, ask.candidates
    if not candidates:
        return None
    if len(candidates) == 1 and set(keys) & _SURE and set(keys) <= _YES:
        return narrow(heard, roll, chosen=candidates[0].id)
    told = groups(said, roll, frozenset())
    covered = {i for group in told for i in range(group.start, group.end)}
    rest = [
        key for i, key in enumerate(keys) if i not in covered and key not in _FILLER and key != "no"
    ]  # "class no 2"; any other "no" is refused above
    fitting = [
        pupil
        for pupil in candidates
        if all(pupil.class_name in group.classes for group in told) and all(_is_of(key, pupil) for key in rest)
    ]
    if (told or rest) and len(fitting) == 1:
        return narrow(heard, roll, chosen=fitting[0].id)
    if not told and (place := _place(keys, len(candidates))) is not None:
        return narrow(heard, roll, chosen=candidates[place].id)
    return None


def _is_of(key: str, pupil: Pupil) -> bool:
    return key in {plain(pupil.first_name), plain(pupil.legal_first_name), plain(pupil.last_name)}


def _place(keys: tuple[str, ...], count: int) -> int | None:
    """Find which of the choices was meant: "the first one", "2", "last"."""
    told = [key for key in keys if key not in {"the", "one", "number", "option", "please"}]
    if len(told) != 1:
        return None
    if told[0] in _LAST:
        return count - 1
    place = _PLACES.get(told[0])
    return place if place is not None and place < count else None
