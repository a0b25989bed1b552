"""An answer as a person reads it: the four shapes of domain 1.6, in plain words of our own.

The neutral no is made from the use, the medium and the day alone. No name, no count and no row goes into it, so that
it reads the same whatever stands in the records.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.calendar import long_date
from policy.images import NameWanted, PhotoRequest
from policy.labels import joined, media_label, use_label
from policy.packs import SchoolRules
from policy.photos import phrases
from policy.photos.conditions import shown
from policy.photos.verdicts import Decision, Note, PhotoAnswer, Shape

LESS_THAN_ASKED: Final = ("Yes, with the first name only", "Yes, but without the name")  # PHOTO-5.9
_NAMES_IN_A_HEADLINE: Final = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything there is to say, in the order it is read."""

    headline: str
    conditions: tuple[str, ...] = ()  # at most five, the most telling first
    more: tuple[str, ...] = ()  # the rest, to be folded
    alternative: str = ""
    leave_out: tuple[str, ...] = ()
    conduct: tuple[str, ...] = ()  # what filming families are asked to keep to
    notes: tuple[str, ...] = ()


def words(answer: PhotoAnswer, request: PhotoRequest, *, today: date) -> Wording:
    """Put an answer into words; `today` only decides whether a day is called today."""
    day = f"today, {long_date(request.on)}" if request.on == today else long_date(request.on)
    match answer.shape:
        case Shape.G:
            return _yes(answer, request, day)
        case Shape.R:
            several = request.group or len(answer.verdicts) > 1
            return _neutral(request, day, "these pupils" if several else "this pupil")
        case Shape.P:
            rule, alternative = _RULES[answer.row, answer.detail]
            return Wording(headline=rule, alternative=alternative)
        case Shape.D:
            return Wording(
                headline="This use needs the DPO's decision.",
                alternative="Please don't use pictures for it until the DPO has answered.",
            )


def list_age(list_as_of: date | None, *, today: date, rules: SchoolRules) -> str | None:
    """Warn with every answer from an old list, or None while it is fresh (contract 1)."""
    if list_as_of is None:
        return None
    days = (today - list_as_of).days
    if days <= rules.list_stale_after_days:
        return None
    return f"The consent list is {days} days old. Please check with the office before you rely on this."


def _neutral(request: PhotoRequest, day: str, whom: str) -> Wording:
    if request.alters:
        headline = f"No. Please keep the stored pictures of {whom} as they are for now. I can't give reasons."
    else:
        use, media = use_label(request.uses), media_label(request.media)
        headline = (
            f"No. Please don't photograph, film or publish {whom} for {use} ({media}), {day}. I can't give reasons."
        )
    return Wording(
        headline=headline, alternative="Need it reviewed? Press Request review and the school will look at it."
    )


def _yes(answer: PhotoAnswer, request: PhotoRequest, day: str) -> Wording:
    first, rest = shown(answer.conditions)
    if request.alters:
        done = f"you may delete the stored pictures of {_whom(answer, request)}"
    elif answer.verdicts:
        done = f"{media_label(request.media)} of {_whom(answer, request)} for {use_label(request.uses)}"
    else:  # A4 alone says yes without looking at pupils
        done = "families may take pictures at the event for themselves"
    return Wording(
        headline=f"{_naming(answer, request)} {done}, {day}.",
        conditions=tuple(phrases.condition(code, answer, request) for code in first),
        more=tuple(phrases.condition(code, answer, request) for code in rest),
        leave_out=_told_apart(answer),
        conduct=phrases.CONDUCT if Note.CONDUCT in answer.notes else (),
        notes=phrases.notes(answer),
    )


def _naming(answer: PhotoAnswer, request: PhotoRequest) -> str:
    """Say with the yes itself that the name asked about may not go with the picture, or only the first."""
    first_name, no_name = LESS_THAN_ASKED
    if request.name is NameWanted.FULL and "K7" in answer.conditions:
        return f"{first_name}:"
    return f"{no_name}:" if request.name is not NameWanted.NONE and "K6" in answer.conditions else "Yes,"


def _whom(answer: PhotoAnswer, request: PhotoRequest) -> str:
    allowed = [verdict.pupil for verdict in answer.verdicts if verdict.decision is Decision.YES]
    if len(answer.verdicts) <= _NAMES_IN_A_HEADLINE:
        return joined([f"{pupil.display_name} ({pupil.class_name})" for pupil in allowed])
    classes = sorted({verdict.pupil.class_name for verdict in answer.verdicts})
    named = request.group and all(classes) and len(classes) <= _NAMES_IN_A_HEADLINE
    of = f" of {joined(classes)}" if named else ""  # so that a class misheard is noticed
    if answer.leave_out:
        return f"{len(allowed)} of the {len(answer.verdicts)} pupils{of}, all but those named below,"
    return f"all {len(allowed)} pupils{of}"


def _told_apart(answer: PhotoAnswer) -> tuple[str, ...]:
    """Name who is left out, with the class where another pupil of the question has the same name."""
    shared = Counter(verdict.pupil.display_name for verdict in answer.verdicts)
    return tuple(
        f"{pupil.display_name} ({pupil.class_name})" if shared[pupil.display_name] > 1 else pupil.display_name
        for pupil in (verdict.pupil for verdict in answer.verdicts if verdict.decision is Decision.NO)
    )


# Every rule of stage A: what it says, and what to do instead.
_RULES: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("A1", ""): (
        "No: we never take or use pictures of a pupil who is hurt, upset, embarrassed or not fully dressed.",
        "If you are worried about a child, speak to the safeguarding lead straight away.",
    ),
    ("A2", ""): (
        "No: cameras stay out of toilets, changing rooms and the pool area.",
        "If it is really needed, ask the headteacher beforehand, and have another adult with you.",
    ),
    ("A3", ""): (
        "No: pupils are not photographed or filmed with anybody's own phone, tablet or camera.",
        "Please use a school camera or another school device.",
    ),
    ("A3", "camera"): (
        "No: a camera of your own needs the headteacher's agreement first, and a phone is never used.",
        "Please ask the headteacher, or use a school camera.",
    ),
    ("A4", ""): (
        "No: families film at an event only when the headteacher has said yes to it, and that is not recorded yet.",
        "Please ask the headteacher to decide for this event.",
    ),
    ("A5", ""): (
        "No: a ClassDojo class story or class picture shows no pupils.",
        "You could show their work instead, without names.",
    ),
    ("A5", "private"): (
        "No: on ClassDojo a family only gets pictures in which their own child is alone.",
        "Please ask about one pupil at a time.",
    ),
    ("STAFF", ""): (
        "No: a colleague decides about their own picture, on the consent form from when they joined.",
        "Please ask them, and check with the office before you use it.",
    ),
    ("A7", "account"): (
        "No: the school has not listed that account, so no family has agreed to it.",
        "Please use a listed account, or ask the data lead to start a fresh consent round.",
    ),
    ("A7", "organisation"): (
        "No: that organisation is not on this year's consent form.",
        "Please ask the data lead to seek additional consent for it.",
    ),
    ("A8", ""): (
        "No: a live stream or video call that shows pupils needs the headteacher's permission first.",
        "Please ask the headteacher, with the partner, the purpose and a second adult.",
    ),
    ("A10", ""): ("No need: the office handles pictures for registers and ID cards.", "Please ask the office."),
    ("A10", "email"): (
        "No need: the office handles sending a parent their own child's picture.",
        "Please pass the parent's request to the office.",
    ),
}
