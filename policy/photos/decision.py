"""May these pupils be photographed, filmed or published? The whole decision, as a pure function (domain 1.5).

Stage A looks at the use and the circumstances alone, so that its answers are the same for every pupil. Only then is
each pupil's record read, in stage B. The rows stand in `circumstances.py` and `stops.py`.
"""

from collections.abc import Sequence

from policy.clauses import Citation
from policy.images import NameWanted, PhotoRequest
from policy.packs import PersonalDevice, SchoolRules
from policy.photos import circumstances, stops
from policy.photos.asked import Asked, read
from policy.photos.conditions import conditions_for
from policy.photos.naming import least, surname_online
from policy.photos.uses import KEEPING, cited, clauses_for
from policy.photos.verdicts import Cause, Decision, Note, PhotoAnswer, PupilVerdict, Shape
from policy.records import PupilRecord, SchoolRecords
from policy.roles import Role

__all__ = [
    "Cause",
    "Citation",
    "Decision",
    "Note",
    "PhotoAnswer",
    "PupilVerdict",
    "Shape",
    "decide",
    "stage_a",
]


def stage_a(
    request: PhotoRequest, *, school: SchoolRecords, rules: SchoolRules, roles: frozenset[Role]
) -> PhotoAnswer | None:
    """Answer as far as it is the same for every pupil; None where the pupils, or the use, must be known first."""
    return circumstances.stop(read(request, school=school, rules=rules, roles=roles))


def decide(
    request: PhotoRequest,
    pupils: Sequence[PupilRecord],
    *,
    school: SchoolRecords,
    rules: SchoolRules,
    roles: frozenset[Role],
) -> PhotoAnswer:
    """Decide a request for some pupils: yes if any of them may, with the names of the others to leave out.

    Raises:
        ValueError: where no use was said, or the answer depends on pupils and there are none.

    """
    if not request.uses and not request.alters:
        raise ValueError("Say what the picture is for before asking whether it may be taken.")
    asked = read(request, school=school, rules=rules, roles=roles)
    same_for_all = circumstances.stop(asked)
    if same_for_all is not None:
        return same_for_all
    if not pupils:
        raise ValueError("Say which pupil or class it is about.")
    return _together(asked, tuple(stops.verdict(asked, record) for record in pupils))


def _together(asked: Asked, verdicts: tuple[PupilVerdict, ...]) -> PhotoAnswer:
    allowed = [verdict for verdict in verdicts if verdict.decision is Decision.YES]
    leave_out = tuple(verdict.pupil.display_name for verdict in verdicts if verdict.decision is Decision.NO)
    citations = _citations(asked)
    if not allowed:
        return PhotoAnswer(Shape.R, Decision.NO, verdicts[0].row, verdicts, leave_out, citations=citations)
    name = least([verdict.name for verdict in allowed])
    return PhotoAnswer(
        shape=Shape.G,
        decision=Decision.YES,
        row=allowed[0].row,
        verdicts=verdicts,
        leave_out=leave_out,
        conditions=conditions_for(asked, name=name, leaves_out=bool(leave_out)),
        citations=citations,
        name_rule=name,
        notes=_notes(asked),
        only_on=asked.only_on,
        forms_last=asked.rules.forms_last,
    )


def _citations(asked: Asked) -> tuple[Citation, ...]:
    if asked.request.alters:
        return cited(KEEPING, asked.rules.packs)
    named = asked.request.name is not NameWanted.NONE
    return clauses_for(asked.uses, named=named, packs=asked.rules.packs)


def _notes(asked: Asked) -> tuple[Note, ...]:
    notes = [Note.NO_SURNAME_ONLINE] if surname_online(asked) else []  # A9
    if asked.own_device:
        exception = asked.own_device_rule is PersonalDevice.HT_EXCEPTION
        notes.append(Note.OWN_CAMERA if exception else Note.OWN_DEVICE)
    return tuple(notes)
