"""Stage A: stops that lie in the use and the circumstances, so that they are the same for every pupil (domain 1.5).

One small function a row, each with its clause; the first row that holds ends the evaluation. No pupil is read here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from policy.clauses import Citation
from policy.images import Device, Place, Use
from policy.packs import FamilyFilming, Pack, PersonalDevice
from policy.photos.asked import Asked
from policy.photos.conditions import conditions_for
from policy.photos.uses import cited
from policy.photos.verdicts import Decision, Note, PhotoAnswer, Shape


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One row of stage A."""

    row: str
    holds: Callable[[Asked], bool]
    clauses: tuple[Citation, ...]
    shape: Shape = Shape.P


def stop(asked: Asked) -> PhotoAnswer | None:
    """Find the first row that holds, as an answer; None where the pupils must be looked at."""
    if asked.request.alters:  # nothing is taken or published: only a hold matters (B21)
        return None
    for circumstance in CIRCUMSTANCES:
        if circumstance.holds(asked):
            return _answer(circumstance, asked)
    if asked.uses == {Use.FAMILY_EVENT}:
        return _families_may_film(asked)
    return None


def _distress(asked: Asked) -> bool:
    return asked.request.distressing or Use.EVIDENCE in asked.uses  # PHOTO-7.9, PHOTO-5.12


def _private_place(asked: Asked) -> bool:
    return asked.request.place is Place.PRIVATE and not asked.allowed("private_place")  # PHOTO-7.8


def _own_device(asked: Asked) -> bool:
    if not asked.own_device:
        return False
    match asked.own_device_rule:
        case PersonalDevice.NEVER:
            return True  # PHOTO-7.3, PHOTO-8.3, DP-13.3.6
        case PersonalDevice.HT_EXCEPTION:
            camera = asked.request.device is Device.PERSONAL_CAMERA
            return not (camera and asked.allowed("personal_camera"))  # PHOTO-7.6: a phone never
        case PersonalDevice.DOWNLOAD_THEN_DELETE:
            return False  # ONLINE-4.3-g


def _family_filming(asked: Asked) -> bool:
    if Use.FAMILY_EVENT not in asked.uses or asked.rules.family_filming is FamilyFilming.ALLOWED_BY_POLICY:
        return False  # DP-17.1
    return asked.request.on not in asked.school.family_filming  # PHOTO-3.1-c


def _dojo(asked: Asked) -> bool:
    if not asked.has(Pack.ONLINE):
        return False
    together = asked.request.group and not asked.request.sole_subject
    return Use.DOJO_STORY in asked.uses or (Use.DOJO_PRIVATE in asked.uses and together)  # ONLINE-VLE-d, ONLINE-VLE-e


def _colleague(asked: Asked) -> bool:
    return Use.STAFF in asked.uses  # DP-6.11: only their own answer counts, and the bot does not keep it


def _dpo_decides(asked: Asked) -> bool:
    return not asked.uses.isdisjoint({Use.CONFERENCE, Use.OTHER, Use.REUSE_PRINT})  # PHOTO-4.7, DP-6.7, PHOTO-9.2


def _not_listed(asked: Asked) -> bool:
    return bool(asked.unlisted)  # PHOTO-B-orgs, PHOTO-B-refresh-1


def _live(asked: Asked) -> bool:
    return Use.LIVE in asked.uses and asked.has(Pack.ONLINE) and not asked.allowed("live")  # ONLINE-VC-b, ONLINE-VC-f


def _office_only(asked: Asked) -> bool:
    return not asked.office and not asked.uses.isdisjoint({Use.IDENTITY, Use.EMAIL_PARENT})  # PHOTO-12.4


_PHOTO: Final = "photography"
_ONLINE: Final = "online-safety"
_DP: Final = "data-protection"

# The order is the table's. A9 trims the name and stops nothing: it stands with the names (policy/photos/stops.py).
# A colleague's picture has no row in the table; it stands where its answer is told before the DPO's.
CIRCUMSTANCES: Final = (
    Circumstance(
        "A1",
        _distress,
        (Citation(_PHOTO, "7.9"), Citation(_PHOTO, "5.12"), Citation(_ONLINE, "4.3")),
    ),
    Circumstance("A2", _private_place, (Citation(_PHOTO, "7.8"),)),
    Circumstance(
        "A3",
        _own_device,
        (Citation(_PHOTO, "8.3"), Citation(_PHOTO, "7.3"), Citation(_DP, "13.3.6"), Citation(_ONLINE, "4.3")),
    ),
    Circumstance(
        "A4",
        _family_filming,
        (Citation(_PHOTO, "3.1"), Citation(_PHOTO, "14.1"), Citation(_DP, "17.1"), Citation(_ONLINE, "4.3")),
    ),
    Circumstance("A5", _dojo, (Citation(_ONLINE, "4.4"),)),
    Circumstance("STAFF", _colleague, (Citation(_DP, "6.11"), Citation(_PHOTO, "5.11"), Citation(_ONLINE, "4.3"))),
    Circumstance("A6", _dpo_decides, (Citation(_PHOTO, "4.7"), Citation(_DP, "6.7")), shape=Shape.D),
    Circumstance("A7", _not_listed, (Citation(_PHOTO, "B"), Citation(_PHOTO, "4.1"))),
    Circumstance("A8", _live, (Citation(_ONLINE, "4.4"),)),
    Circumstance("A10", _office_only, (Citation(_PHOTO, "10.4"), Citation(_PHOTO, "12.4"))),
)
_REPURPOSED: Final = Citation(_PHOTO, "9.2")


def _answer(circumstance: Circumstance, asked: Asked) -> PhotoAnswer:
    clauses = circumstance.clauses
    for_the_dpo = circumstance.shape is Shape.D
    if for_the_dpo and Use.REUSE_PRINT in asked.uses:
        clauses = (_REPURPOSED, *clauses)
    return PhotoAnswer(
        shape=circumstance.shape,
        decision=Decision.ASK_DPO if for_the_dpo else Decision.NO,
        row=circumstance.row,
        citations=cited(clauses, asked.rules.packs),
        routed_to=("dpo",) if for_the_dpo else (),
        detail=_detail(circumstance.row, asked),
    )


def _detail(row: str, asked: Asked) -> str:
    """Which form of the row's sentence fits: a matter of the request, never of a pupil."""
    match row:
        case "A3":
            camera = asked.request.device is Device.PERSONAL_CAMERA
            return "camera" if camera and asked.own_device_rule is PersonalDevice.HT_EXCEPTION else ""
        case "A5":
            return "" if Use.DOJO_STORY in asked.uses else "private"
        case "A7":
            return asked.unlisted
        case "A10":
            return "email" if Use.EMAIL_PARENT in asked.uses else ""
        case _:
            return ""


def _families_may_film(asked: Asked) -> PhotoAnswer:
    """Answer a yes of the head's: families' own pictures are outside the consent records (PHOTO-2.1-b, PHOTO-14.1)."""
    family = next(row for row in CIRCUMSTANCES if row.row == "A4")
    return PhotoAnswer(
        shape=Shape.G,
        decision=Decision.YES,
        row="A4",
        conditions=conditions_for(asked),
        citations=cited(family.clauses, asked.rules.packs),
        notes=(Note.CONDUCT,),
    )
