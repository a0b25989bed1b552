"""The conditions and notes of a yes as sentences, each in our own words (domain 1.7)."""

from collections.abc import Callable
from typing import Final

from policy.calendar import academic_year_ends, long_date
from policy.images import NameWanted, PhotoRequest, Use
from policy.labels import joined
from policy.photos.verdicts import Note, PhotoAnswer

CONDUCT: Final = (  # PHOTO-14.1
    "Stay seated.",
    "Go easy on the flash.",
    "Film your own child, others only in passing.",
    "Don't block anyone's view or distract the children.",
    "Keep the pictures to yourselves: nothing goes online.",
    "Stop when staff ask you to.",
)
_NOTES: Final[dict[Note, str]] = {
    Note.NO_SURNAME_ONLINE: "No surname online, so no name goes with it. You can ask me about the first name.",  # A9
    Note.OWN_DEVICE: "Move the pictures to the school network straight away, then delete them from your device.",
    Note.OWN_CAMERA: "Show that the card is empty first, and download to the school server afterwards.",  # PHOTO-7.6
}
_FIXED: Final[dict[str, str]] = {
    "K1": "Use a school camera. Another school device is fine if you move the pictures and clear it the same day.",
    "K2": "Everyone properly dressed, nobody upset or embarrassed.",
    "K3": "Check again just before you start, in case something has changed.",
    "K5": "Prefer a group or an angle that singles nobody out.",
    "K6": "No name with the picture.",
    "K7": "First name only.",
    "K11": "Store it in the dated folder, staff access only, no names on files.",
    "K12": "Download within seven days. Camera and card stay at school.",
    "K13": "No edits without the headteacher's agreement.",
    "K14": "From the school mailbox, encrypted, to the parent whose address was checked, with no other child in it.",
    "K16": "For this purpose only. Another purpose is a new question.",
    "K18": "Tell parents beforehand, and announce how to film considerately.",
    "K19": "Supervised, and only at the time the headteacher allowed.",
    "K20": "Not on anyone's personal pages or private accounts.",
}


def condition(code: str, answer: PhotoAnswer, request: PhotoRequest) -> str:
    """Put one condition into a sentence that fits the answer."""
    return _FIXED[code] if code in _FIXED else _FITTED[code](answer, request)


def notes(answer: PhotoAnswer) -> tuple[str, ...]:
    """Put what stands beside the conditions into sentences; the conduct points are a list of their own."""
    return tuple(_NOTES[note] for note in answer.notes if note in _NOTES)


def _leave_out(_answer: PhotoAnswer, _: PhotoRequest) -> str:
    return "Keep everybody who is named above out of shot."  # the names stand there once, as a list


def _caption(answer: PhotoAnswer, _: PhotoRequest) -> str:
    unless_agreed = "e-mail or phone" if answer.name_rule is NameWanted.FULL else "e-mail, phone or full name"
    return f"Caption with a general label, such as the event. No address, {unless_agreed}."


def _channel(answer: PhotoAnswer, request: PhotoRequest) -> str:
    where = "on" if request.uses.isdisjoint({Use.MEDIA, Use.ORG_OTHER}) else "on or in"  # a newspaper, or its site
    return f"Only {where} {joined(answer.only_on)}. Nothing else is covered."


def _planned(_: PhotoAnswer, request: PhotoRequest) -> str:
    plan = "Keep to the plan the data lead approved."
    if Use.FAMILY_EVENT in request.uses:  # no family wears a badge
        return plan
    return f"{plan} The photographer wears the badge and is never alone with a pupil."


def _valid_until(answer: PhotoAnswer, request: PhotoRequest) -> str:
    if answer.forms_last:
        return "Good until consent changes. Ask again for another date."
    return f"Good until {long_date(academic_year_ends(request.on))} unless consent changes. Ask again for another date."


def _until(_: PhotoAnswer, request: PhotoRequest) -> str:
    if not request.uses.isdisjoint({Use.EDU_SITE, Use.EDU_VISIT}):
        return (
            f"Take it down by {long_date(academic_year_ends(request.on))}, or when the pupil leaves if that is sooner."
        )
    if Use.DISPLAY_AFTER in request.uses:
        return "Take it down on the day agreed with the family."
    return "Delete it when the pupil leaves."  # PHOTO-10.4


_FITTED: Final[dict[str, Callable[[PhotoAnswer, PhotoRequest], str]]] = {
    "K4": _leave_out,
    "K8": _caption,
    "K9": _channel,
    "K10": _valid_until,
    "K15": _planned,
    "K17": _until,
}
