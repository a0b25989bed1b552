"""The list check of an event: who is left out of which pictures, by the same decision as in the chat (PHOTO-5.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policy.forms import Answers
from policy.images import PhotoRequest
from policy.labels import what
from policy.packs import SchoolRules
from policy.photos.decision import decide
from policy.photos.verdicts import Decision, Shape
from policy.photos.wording import words
from policy.planning.form import requests_of
from policy.records import PupilRecord, SchoolRecords
from policy.roles import Role


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one use: names and classes to leave out, or why nobody can be shown at all."""

    use: str  # "photos for the school website"
    leave_out: tuple[str, ...] = ()
    nobody: bool = False  # nobody in these classes may be shown
    stop: str = ""  # a rule that is the same for every pupil


def checks(
    answers: Answers,
    pupils: Sequence[PupilRecord],
    *,
    school: SchoolRecords,
    rules: SchoolRules,
    roles: frozenset[Role],
    today: date,
) -> tuple[Check, ...]:
    """Check every use and medium of a plan for its pupils, as they stand for the day of the event."""
    return tuple(
        _check(request, pupils, school=school, rules=rules, roles=roles, today=today)
        for request in requests_of(answers, today=today)
    )


def _check(
    request: PhotoRequest,
    pupils: Sequence[PupilRecord],
    *,
    school: SchoolRecords,
    rules: SchoolRules,
    roles: frozenset[Role],
    today: date,
) -> Check:
    use = what(request)
    if not pupils:
        return Check(use, stop="Nobody is on roll in these classes that day.")
    answer = decide(request, pupils, school=school, rules=rules, roles=roles)
    if answer.shape in {Shape.P, Shape.D}:
        return Check(use, stop=words(answer, request, today=today).headline)
    out = [one.pupil for one in answer.verdicts if one.decision is not Decision.YES]
    names = tuple(f"{pupil.display_name}, {pupil.class_name}" for pupil in out)
    return Check(use, names, nobody=len(out) == len(pupils))
