"""A family takes consent back: the form that is filled in, what it means, and which pupil was meant (domain 1.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from policy.clauses import Citation
from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.labels import joined
from policy.names import Roll
from policy.records import EVERYTHING, Capacity, Pupil
from policy.roles import May, Role, may
from policy.spelling import parts

NO_PICTURES: Final = "!"  # no pictures at all, in lessons either: an objection too (DP-12.3)
RECORDERS: Final = frozenset({Role.OFFICE, Role.DATA_LEAD})  # domain 8: who enters notices and forms
CLAUSES: Final = (Citation("photography", "4.10"), Citation("photography", "9.5"), Citation("photography", "9.6"))
WORDS: Final = {
    "website_image": "photos on the website",
    "website_video": "video on the website",
    "social_image": "photos on social media",
    "social_video": "video on social media",
    "media_image": "photos for the press",
    "media_video": "video for the press",
    "marketing_image": "photos in brochures and print",
    "marketing_video": "video for marketing",
    EVERYTHING: "everything on the form",
    NO_PICTURES: "any picture at all, in lessons too",
}
_ALL: Final = "everything"
_NONE: Final = "no-pictures"
_USES: Final = (
    *(Choice(item, words[0].upper() + words[1:]) for item, words in WORDS.items() if "_" in item),
    Choice(_ALL, "Everything on the form"),
    Choice(_NONE, "No pictures at all, in lessons either"),
)
METHODS: Final = (
    Choice("letter", "A letter or note"),
    Choice("e-mail", "An e-mail"),
    Choice("form", "A form"),
    Choice("spoken", "Spoken, in person or by phone"),
)
WHO: Final = (
    Choice("parent", "A parent or carer"),
    Choice("pupil", "The pupil"),
    Choice("other", "Somebody else"),
)
ERASURE: Final = (
    Choice("not-said", "They did not say"),
    Choice("no", "No"),
    Choice("yes", "Yes"),
)
_CAPACITIES: Final = {"parent": Capacity.PARENT.value, "pupil": Capacity.PUPIL.value}
_MOST_LIKE: Final = 5


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of a typed name: the one pupil whom it names, or whom it may mean."""

    pupil: Pupil | None
    like: tuple[Pupil, ...] = ()


def may_report(roles: frozenset[Role]) -> bool:
    """Whether somebody may be shown a pupil's name and class at all (domain 8)."""
    return may(roles, May.ASK_ABOUT_PUPILS) or may(roles, May.ASK_IDENTITY)


def may_record(roles: frozenset[Role]) -> bool:
    """Whether somebody may put a withdrawal on record (domain 8)."""
    return not roles.isdisjoint(RECORDERS)


def withdrawal_form(schools: Sequence[Choice] = ()) -> Form:
    """Make the form; `schools` where the reporter is at several."""
    which = (Field("school", "At which school?", Kind.CHOICE, choices=tuple(schools)),) if schools else ()
    return Form(
        "withdrawal",
        "Consent taken back",
        (
            Page(
                "What they no longer want",
                (
                    Field("uses", "What do they no longer agree to?", Kind.SEVERAL, choices=_USES),
                    Field("received", "Which day did the school hear of it?", Kind.DATE, past=True),
                    Field("how", "How did it come?", Kind.CHOICE, choices=METHODS),
                    Field("erasure", "Do they also want data about them deleted?", Kind.CHOICE, choices=ERASURE),
                ),
            ),
            Page(
                "Who it is about",
                (
                    *which,
                    Field("pupil", "Which pupil? Full name and class", Kind.TEXT, hint="Kit Marlow 3A", most=80),
                    Field("capacity", "Who told the school?", Kind.CHOICE, choices=WHO),
                    Field("given_by", "Their name, if you know it", Kind.TEXT, required=False, most=80),
                ),
            ),
        ),
        review=False,
    )


def items_of(answers: Answers) -> tuple[str, ...]:
    """Return what was taken back: items of the form, EVERYTHING, and NO_PICTURES beside it."""
    said = answers["uses"]
    chosen = set(said) if isinstance(said, list) else {str(said)}
    if _NONE in chosen:
        return (EVERYTHING, NO_PICTURES)
    if _ALL in chosen:
        return (EVERYTHING,)
    return tuple(item for item in WORDS if item in chosen)


def capacity_of(answers: Answers) -> str:
    """Return in what capacity it was said; "other" where it was neither a parent nor the pupil."""
    return _CAPACITIES.get(str(answers["capacity"]), "other")


def in_words(items: Iterable[str]) -> str:
    """Say what was taken back: "photos on the website and video on the website"."""
    there = set(items)
    return WORDS[NO_PICTURES] if NO_PICTURES in there else joined([WORDS[item] for item in WORDS if item in there])


def find_pupil(roll: Roll, typed: str) -> Sought:
    """Find the pupil whom a typed name means, with or without the class; never a guess (domain 1.6.8)."""
    told = parts(typed)
    class_name = None
    for size in (1, 2):
        tail = roll.class_named("".join(told[-size:])) if len(told) > size + 1 else None
        if tail is not None and class_name is None:
            class_name, told = tail, told[:-size]
    while told and told[-1] in {"class", "in"}:
        told = told[:-1]
    exact = {
        pupil.id: pupil
        for cut in range(1, len(told))
        for pupil in roll.named("".join(told[:cut]), "".join(told[cut:]))
        if class_name is None or pupil.class_name == class_name
    }
    if len(exact) == 1:
        return Sought(next(iter(exact.values())))
    return Sought(None, tuple(exact.values())[:_MOST_LIKE] or roll.like(typed, limit=_MOST_LIKE))


def not_found(typed: str, sought: Sought) -> str:
    """Say that a name was not found, with whom it may mean: names and classes, nothing else."""
    if not sought.like:
        return f"I know no pupil called {typed}. Please check the spelling, or ask the office."
    names = "; ".join(dict.fromkeys(f"{pupil.display_name}, {pupil.class_name}" for pupil in sought.like))
    return f"I can't tell who {typed} is. Is it one of these: {names}? Then please type the name and class as shown."
