"""Whether a message asks to delete stored pictures and nothing else: then only a hold matters (domain 1.5 B21)."""

from collections.abc import Set as AbstractSet
from typing import Final

from policy.understanding.words import Message, word_set

_ASKS: Final = word_set(
    """
    can could may must shall should do am are is i we it ok okay fine alright allowed permitted to please just now
    hi hello have need
    """
)
_DELETES: Final = word_set("delete deleting erase erasing wipe wiping remove removing bin binning")
_PICTURES: Final = word_set(
    """
    photo photos photograph photographs picture pictures pic pics image images video videos clip clips film films
    footage
    """
)
_WHOSE: Final = word_set("the a an any all some old last this that these those years stored of and with her his their")
_FROM: Final = frozenset({"from", "off"})
# A place is all that may follow: whoever joins a use or a second act asks about that too, and is read as before.
_JOINS: Final = word_set(
    """
    and then after afterwards later before once if when but or so for use using used put post posting share sharing
    send sending show edit editing crop replace new another instead take taking publish publishing print printing
    """
)


def only_deletes(said: Message, names: AbstractSet[int]) -> bool:
    """Whether every word says so: a question, to delete, pictures, whose, and at most from where."""
    keys = said.keys
    verb = next((at for at, key in enumerate(keys) if key in _DELETES), None)
    if verb is None or any(key not in _ASKS for key in keys[:verb]):
        return False
    rest = range(verb + 1, len(keys))
    place = next((at for at in rest if keys[at] in _FROM), len(keys))
    about = range(verb + 1, place)
    return (
        any(keys[at] in _PICTURES for at in about)
        and all(at in names or keys[at] in _PICTURES or keys[at] in _WHOSE for at in about)
        and all(at not in names and keys[at] not in _JOINS for at in range(place, len(keys)))
    )
