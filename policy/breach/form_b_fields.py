"""The fields of Form B, as the procedure numbers them: what is starred, and where each first answer comes from.

Labels and hints are ours (domain 2.3). Nobody affected is named in it: the regulator asks for that (facts B-R7).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.breach.form_a import NO_LEAKED_DATA
from policy.forms import Choice, Field, Kind


class Star(StrEnum):
    """When a field must be filled before the report goes out (BREACH-4.8, BREACH-5.2)."""

    NO = "no"
    ALWAYS = "always"
    LATE = "late"  # where it goes out later than 72 hours after T0
    AFTER_EARLIER = "after_earlier"  # where there were earlier reports


class Source(StrEnum):
    """Where a first answer comes from; a person always reads it over."""

    CONFIG = "settings"
    FORM_A = "Form A"
    CASE = "the case"
    REGISTER = "the school's registers"
    DPO = "the DPO"


@dataclass(frozen=True, slots=True)
class Item:
    """One field with what the procedure says about it."""

    field: Field
    page: str
    star: Star = Star.NO
    source: Source = Source.DPO


_MOST: Final = 4000
_NOBODY_NAMED: Final = "Name nobody affected."
_NO_YES: Final = (Choice("no", "No"), Choice("yes", "Yes"))
_KNOW: Final = (Choice("no", "No"), Choice("some", "Some of them"), Choice("yes", "Yes"))
_MAY_COME_LATER: Final = frozenset({Star.ALWAYS, Star.LATE})


def _item(
    name: str,
    page: str,
    label: str,
    source: Source = Source.DPO,
    star: Star = Star.NO,
    *,
    kind: Kind = Kind.LONG,
    hint: str = "",
    choices: tuple[Choice, ...] = (),
    later: bool = True,
) -> Item:
    can_wait = later and star in _MAY_COME_LATER  # BREACH-5.4: not known yet, with the day on which it will be
    field = Field(
        name,
        label,
        kind,
        f"FORMB-{name.partition('_')[0]}",
        required=star is not Star.NO,
        unknown_ok=can_wait,
        expected_by=can_wait,
        choices=choices,
        hint=hint,
        most=_MOST if kind is Kind.LONG else 300,
        asked_if=(lambda answers: answers.get("6a") == "yes") if star is Star.AFTER_EARLIER else None,
    )
    return Item(field, page, star, source)


_ORG: Final = "The organisation"
_INCIDENT: Final = "What happened"
_BEFORE: Final = "What was in place"
_DATA: Final = "The information and the people"
_RESPONSE: Final = "What was done about it"
_TRAINING: Final = "Training and guidance"
_EARLIER: Final = "Earlier reports"
_ELSEWHERE: Final = "Who else knows"
_SIGNED: Final = "Who filled it in"
_A, _YES = Source.FORM_A, Star.ALWAYS

ITEMS: Final[tuple[Item, ...]] = (
    _item("1_organisation", _ORG, "Organisation", Source.CONFIG, kind=Kind.TEXT),
    _item("1_controller", _ORG, "Registration number, if any", Source.CONFIG, kind=Kind.TEXT),
    _item("1_dpo", _ORG, "Data protection officer", Source.CONFIG, kind=Kind.TEXT),
    _item("1_contact", _ORG, "How to reach them", Source.CONFIG, kind=Kind.TEXT),
    _item("2a", _INCIDENT, "What happened", _A, _YES, hint=f"{NO_LEAKED_DATA} {_NOBODY_NAMED}"),
    _item("2b", _INCIDENT, "When it happened", _A, _YES, kind=Kind.TEXT),
    _item("2c", _INCIDENT, "How it came about", star=_YES, hint="From the investigation notes."),
    _item("2d", _INCIDENT, "Why it is reported later than 72 hours", star=Star.LATE, later=False),
    _item("2e", _BEFORE, "Measures that were meant to prevent it", Source.REGISTER),
    _item("2f", _BEFORE, "Policies then in force, with their dates", Source.REGISTER),
    _item("3a", _DATA, "What information is at risk", _A, _YES, hint="Say so if it is sensitive or financial."),
    _item("3b", _DATA, "How many people it is about", _A, _YES, kind=Kind.NUMBER, hint="At most, if unsure."),
    _item("3c", _DATA, "Do they know?", star=_YES, kind=Kind.CHOICE, choices=_KNOW),
    _item("3d", _DATA, "What it may mean for them", star=_YES),
    _item("3e", _DATA, "Complaints so far", Source.CASE),
    _item("4a", _RESPONSE, "What was done to limit it", _A, _YES),
    _item("4b", _RESPONSE, "What came back, how and when", _A, _YES),
    _item("4c", _RESPONSE, "What will keep it from happening again", Source.CASE),
    _item("5a", _TRAINING, "Training that staff are offered", Source.REGISTER),
    _item("5b", _TRAINING, "Is it compulsory? When were those involved trained?", Source.REGISTER),
    _item("5c", _TRAINING, "Guidance that staff are given", Source.REGISTER),
    _item(
        "6a",
        _EARLIER,
        "Reported anything to the regulator in the last two years?",
        Source.REGISTER,
        _YES,
        kind=Kind.CHOICE,
        choices=_NO_YES,
        later=False,
    ),
    _item("6b", _EARLIER, "Which, when, and the references", Source.REGISTER, Star.AFTER_EARLIER),
    _item("7a", _ELSEWHERE, "Authorities abroad that were told", Source.CASE),
    _item("7b", _ELSEWHERE, "Police force and reference", Source.CASE),
    _item("7c", _ELSEWHERE, "Other regulators or organisations told", Source.CASE),
    _item("7d", _ELSEWHERE, "Coverage in the media", Source.CASE),
    _item("8_name", _SIGNED, "Name", Source.CONFIG, _YES, kind=Kind.TEXT, later=False),
    _item("8_title", _SIGNED, "Job title", Source.CONFIG, _YES, kind=Kind.TEXT, later=False),
)
