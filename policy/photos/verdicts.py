"""What the photo rules say in the end: the answer's shape, a verdict a pupil, and what the asker may see of it.

Two answers are equal when staff cannot tell them apart: the row and the cause behind a verdict are kept for the
reviewer alone, so they neither count in a comparison nor show in a log line (domain 1.6).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from policy.clauses import Citation
from policy.images import NameWanted
from policy.records import Pupil


class Shape(StrEnum):
    """The four ways an answer can look (domain 1.6)."""

    G = "G"  # yes, with conditions
    R = "R"  # the neutral no: the same for every cause
    P = "P"  # a no by rule, the same for every pupil
    D = "D"  # the DPO decides


class Decision(StrEnum):
    """What it comes to."""

    YES = "yes"
    NO = "no"
    ASK_DPO = "ask_dpo"


class Cause(StrEnum):
    """Why a pupil was stopped, only as far as a review must be sent to somebody; never shown to the asker."""

    ENROLMENT = "enrolment"
    CONSENT = "consent"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    HOLD = "hold"


class Note(StrEnum):
    """Something to say beside the conditions; the same for everybody who asks the same."""

    NO_SURNAME_ONLINE = "no_surname_online"  # A9
    CONDUCT = "conduct"  # the six points for filming families
    OWN_DEVICE = "own_device"  # clear an own device straight away
    OWN_CAMERA = "own_camera"  # show the card empty, download to the server


@dataclass(frozen=True, slots=True)
class PupilVerdict:
    """What was decided for one pupil."""

    pupil: Pupil
    decision: Decision  # YES or NO
    row: str = field(compare=False, repr=False)  # of domain 1.5: "B7"
    cause: Cause | None = field(compare=False, repr=False)
    name: NameWanted = NameWanted.NONE  # what may go with the picture


@dataclass(frozen=True, slots=True)
class PhotoAnswer:
    """The whole answer to one request, before it is put into words."""

    shape: Shape
    decision: Decision
    row: str = field(compare=False, repr=False)  # "A3", or the first pupil's row
    verdicts: tuple[PupilVerdict, ...] = ()  # empty where the answer never looked at pupils
    leave_out: tuple[str, ...] = ()  # display names
    conditions: tuple[str, ...] = ()  # K codes, the full set in the order of domain 1.7
    citations: tuple[Citation, ...] = ()  # at most four; the same for every R to the same request
    routed_to: tuple[str, ...] = ()
    name_rule: NameWanted = NameWanted.NONE
    detail: str = ""  # which form of a rule's sentence: "account", "organisation"
    notes: tuple[Note, ...] = ()
    only_on: tuple[str, ...] = ()  # the accounts, organisations or sites that a yes is for (K9)
    forms_last: bool = False  # whether the family's form outlives the academic year (C7)
