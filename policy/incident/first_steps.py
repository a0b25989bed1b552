"""What to do now, said before any question: the list of domain 5 for what may be illegal, a few lines for the rest."""

from collections.abc import Mapping
from typing import Final

from policy.clauses import Citation
from policy.incident.kinds import IncidentKind

# Domain 5's list, short enough to be read at a glance (ONLINE-4.6-c, ONLINE-4.6-d, ONLINE-4.6-g to ONLINE-4.6-i).
DO: Final = (
    "Hide it: cover or close the screen. On a pupil's device press the CEOP button.",
    "Tell the head or the DSL now, in person or by phone.",
    "Leave the device and its history as they are.",
    "Keep pupils away, and look after them.",
    "Let the head or the DSL call the police.",
    "Note the time, and whom you told.",
)
DO_NOT: Final = (
    "Look further or search for more.",
    "Show it to anybody.",
    "Delete anything.",
    "Photograph, copy or forward it. Send me nothing.",
    "Describe it, here or anywhere else in writing.",
    "Switch it off or hand it over, unless the head says so.",
)
DRILL: Final = (  # ONLINE-4.6-e
    "Minimise the page, cover the screen or close the lid.",
    "On a pupil's device press the CEOP button.",
    "Pupils tell an adult they trust; thank them for telling.",
)
_DANGER: Final = "Is anybody in danger at this moment? Then ring 999 first."
_NO_TRAWL: Final = "Don't look through anybody's phone or messages yourself."
_STEPS: Final[Mapping[IncidentKind, tuple[str, ...]]] = {
    IncidentKind.EXPOSURE: (*DRILL, "Note the page's address, without opening it again."),
    IncidentKind.PUPIL_MISUSE: ("Stop it calmly, and leave the device as it is.", _NO_TRAWL),
    IncidentKind.STAFF_MISUSE: (
        "Keep this to yourself, and say nothing to the person it is about.",
        "Leave devices, messages and history as they are.",
        "The head sees to it, or whoever is next in line.",
    ),
    IncidentKind.BULLYING: (
        "See that the pupil is safe and has an adult to talk to.",
        "Ask them to keep the messages, and not to answer.",
        _NO_TRAWL,
    ),
    IncidentKind.THREATENING_MAIL: (  # ONLINE-EM-f
        _DANGER,
        "Keep the message: it is evidence. Don't answer, delete or forward it.",
        "Unless it holds pictures that may be illegal: then press the button below.",
    ),
    IncidentKind.SPAM: (
        "Open no link and no attachment, and don't answer.",
        "Keep the message until IT has seen it.",
        "Did anybody click or type a password? Then press “It may be a breach” too.",
    ),
    IncidentKind.FILTER: (*DRILL, "Note the page's address and the time, without opening it again."),
    IncidentKind.SECURITY: (
        "Change the password from another device.",
        "Ring IT, and leave the device on but off the network.",
        "May anybody have seen data? Then press “It may be a breach” too.",
    ),
    IncidentKind.SOCIAL_MEDIA: (
        "Don't answer, comment or share.",
        "Keep the link or the message, and note the time.",
        "Leave asking for its removal to the champion.",
    ),
    IncidentKind.GROOMING: (
        _DANGER,
        "Tell the DSL now, in person or by phone.",
        "Stay with the pupil, listen, and promise no secrets.",
        "Keep the messages. Don't answer them or write to the other person.",
    ),
    IncidentKind.DEVICE_MISUSE: ("Put the device aside as it is; delete nothing.", _NO_TRAWL),
    IncidentKind.OTHER: (
        "See that any pupil involved is looked after.",
        "Keep what there is, and send it to nobody.",
        _NO_TRAWL,
    ),
}
_CPOMS: Final = "Write it up on CPOMS. I keep no account of it, only the reference."  # ONLINE-4.6-a, ONLINE-5-c
_CLAUSES: Final[Mapping[IncidentKind, str]] = {
    IncidentKind.THREATENING_MAIL: "4.4",
    IncidentKind.SPAM: "5",
    IncidentKind.SECURITY: "5",
    IncidentKind.SOCIAL_MEDIA: "A",
}


def first_steps(kind: IncidentKind) -> tuple[str, ...]:
    """Say in a few short sentences what to do now. What may be illegal has lists of its own: DO and DO_NOT."""
    if kind is IncidentKind.ILLEGAL:
        return DO
    return _STEPS[kind] if kind is IncidentKind.STAFF_MISUSE else (*_STEPS[kind], _CPOMS)


def clauses(kind: IncidentKind) -> tuple[Citation, ...]:
    """Say where that stands."""
    own = _CLAUSES.get(kind)
    return (*((Citation("online-safety", own),) if own else ()), Citation("online-safety", "4.6"))
