"""Which name may go with a picture: none by default, a first name by consent, a full one in print only (C5)."""

from policy.images import NameWanted
from policy.packs import Pack
from policy.photos import uses
from policy.photos.asked import Asked
from policy.photos.consent import permits
from policy.photos.standing import Standing
from policy.records import Limit


def agreed_name(asked: Asked, standing: Standing) -> NameWanted:
    """Say what may stand beside the picture of one pupil, never more than was wanted."""
    if asked.request.alters:
        return NameWanted.NONE  # nothing is shown to anybody
    match asked.request.name:
        case NameWanted.NONE:
            return NameWanted.NONE
        case _ if surname_online(asked) or Limit.NO_NAME in standing.limits():
            return NameWanted.NONE  # PHOTO-B-names
        case NameWanted.FULL if not asked.digital and permits(standing, uses.NAME_FULL):
            return NameWanted.FULL  # PHOTO-B-names
        case _:
            first = permits(standing, uses.NAME_FIRST)
            return NameWanted.FIRST if first else NameWanted.NONE  # PHOTO-5.9


def surname_online(asked: Asked) -> bool:
    """Whether a full name was wanted where none may ever stand (A9)."""
    return asked.request.name is NameWanted.FULL and asked.digital and asked.has(Pack.ONLINE)  # ONLINE-4.3-c


def least(names: list[NameWanted]) -> NameWanted:
    """Say what may go with one picture of several pupils: what each of them agreed to."""
    if NameWanted.NONE in names:
        return NameWanted.NONE
    return NameWanted.FIRST if NameWanted.FIRST in names else NameWanted.FULL
