"""The conditions of a yes, K1 to K20: which are attached, and in which order a person reads them (domain 1.7)."""

from collections.abc import Callable
from typing import Final

from policy.images import Device, NameWanted, Photographer, Place, Use
from policy.photos import uses
from policy.photos.asked import Asked

SHOWN_AT_MOST: Final = 5  # in chat; the rest is folded
_SHOWN_FIRST: Final = ("K4", "K6", "K7", "K9", "K3", "K1")


def conditions_for(asked: Asked, *, name: NameWanted = NameWanted.NONE, leaves_out: bool = False) -> tuple[str, ...]:
    """Codes that go with a yes, all of them, in the order of the table."""
    if asked.request.alters:
        return ("K16",)
    codes = [code for code, attached in _TRIGGERS if attached(asked)]
    if leaves_out:
        codes.append("K4")
    if name is NameWanted.FIRST:
        codes.append("K7")
    elif name is NameWanted.NONE and _a_name_is_nothing_special(asked):
        codes.append("K6")
    return tuple(sorted(codes, key=_number))


def shown(conditions: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split into what is shown at once, at most five, and what is folded under "all conditions"."""
    first = [code for code in _SHOWN_FIRST if code in conditions]
    ordered = (*first, *(code for code in conditions if code not in first))
    return ordered[:SHOWN_AT_MOST], ordered[SHOWN_AT_MOST:]


def _number(code: str) -> int:
    return int(code[1:])


def _a_name_is_nothing_special(asked: Asked) -> bool:
    return not asked.uses <= (uses.NAMED_BY_NATURE | {Use.FAMILY_EVENT})


def _captured(asked: Asked) -> bool:
    return not asked.uses <= uses.NOT_CAPTURED


def _by_staff(asked: Asked) -> bool:
    return _captured(asked) and asked.request.photographer in {Photographer.STAFF, Photographer.VOLUNTEER}


def _school_kit(asked: Asked) -> bool:
    return _by_staff(asked) and not asked.own_device  # PHOTO-5.7, PHOTO-8.1


def _with_school_camera(asked: Asked) -> bool:
    return _school_kit(asked) and asked.request.device in {Device.UNSAID, Device.SCHOOL_CAMERA}  # PHOTO-7.7, PHOTO-9.9


def _planned(asked: Asked) -> bool:
    return _captured(asked) and asked.uses != {Use.IDENTITY}  # PHOTO-5.5


def _publishes(asked: Asked) -> bool:
    return asked.publishes  # PHOTO-5.4, PHOTO-B-cond-2


def _edits(asked: Asked) -> bool:
    return asked.publishes or asked.request.edits  # PHOTO-9.11


def _filed(asked: Asked) -> bool:
    return _captured(asked) and asked.uses != {Use.IDENTITY}  # PHOTO-8.5


def _on_one_channel(asked: Asked) -> bool:
    return bool(asked.only_on)  # PHOTO-B-orgs, PHOTO-B-soc


def _yearly(asked: Asked) -> bool:
    return not asked.uses.isdisjoint(uses.YEARLY)  # PHOTO-4.9


def _emailed(asked: Asked) -> bool:
    return Use.EMAIL_PARENT in asked.uses  # PHOTO-12.4


def _to_a_plan(asked: Asked) -> bool:
    return asked.request.photographer is Photographer.PROFESSIONAL or "event" in asked.request.extras  # PHOTO-13.1


def _kept_for_a_time(asked: Asked) -> bool:
    stays = {Use.IDENTITY, Use.EDU_SITE, Use.EDU_VISIT, Use.DISPLAY_AFTER}
    return not asked.uses.isdisjoint(stays)  # PHOTO-10.4, PHOTO-10.7


def _families_film(asked: Asked) -> bool:
    return Use.FAMILY_EVENT in asked.uses  # ONLINE-4.3-d


def _private_place(asked: Asked) -> bool:
    return asked.request.place is Place.PRIVATE  # PHOTO-7.8


def _always(_: Asked) -> bool:
    return True  # PHOTO-10.1, PHOTO-12.5


_TRIGGERS: Final[tuple[tuple[str, Callable[[Asked], bool]], ...]] = (
    ("K1", _school_kit),
    ("K2", _captured),
    ("K3", _planned),
    ("K5", _publishes),
    ("K8", _publishes),
    ("K9", _on_one_channel),
    ("K10", _yearly),
    ("K11", _filed),
    ("K12", _with_school_camera),
    ("K13", _edits),
    ("K14", _emailed),
    ("K15", _to_a_plan),
    ("K16", _always),
    ("K17", _kept_for_a_time),
    ("K18", _families_film),
    ("K19", _private_place),
    ("K20", _always),
)
