"""What a family has answered, as it stands on one day: the state of the form, and whether an item is a Yes.

How rows become answers:
- A row counts from the day it was signed or takes effect, whichever is later. It ends on the day it is withdrawn.
- The same signer's later event (an answer or a withdrawal) replaces the earlier one. Nothing else does.
- An unsigned form gives nothing (PHOTO-B-declaration); a refusal on it still counts as disagreement.
- Once the safeguarding lead has determined who may consent (any `determined` row, of any year), the parents' rows no
  longer count: their form is incomplete. Where that person is a parent, their form is recorded as `determined`.
- What the family took back is No, whoever had answered, until each of them has signed anew (`taken_back`). It changes
  nobody's row: so it cannot settle what two people disagree on, and no late import of an old form undoes it.
- Changed circumstances end every Yes that was signed before them, and no No: a new form of one parent neither settles
  what two disagreed on, nor gives what the other refused and has not given since (`refused`).
- Where forms last (C7), rows of earlier years count as if they were this year's.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from policy.calendar import academic_year, age_on, is_later_year
from policy.images import Medium, Use
from policy.photos import uses
from policy.records import EVERYTHING, Capacity, Consent, Limit, PupilRecord, Withdrawal

_ITEMS: Final = frozenset(uses.FORM_ITEMS)
_PRESS: Final = frozenset({uses.ITEMS[Use.MEDIA, medium] for medium in Medium})
_PUPIL: Final = " "  # among names, which have no space at an end
_ANY_YEAR: Final = frozenset({uses.AFTER_LEAVING, uses.DISPLAY_AFTER})  # nobody fills in forms after leaving


class FormState(StrEnum):
    """What has become of the year's form (domain 1.3)."""

    NONE = "none"
    INCOMPLETE = "incomplete"  # unsigned, or signed by somebody else than was determined
    VALID = "valid"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    DISPUTED = "disputed"
    SUSPENDED = "suspended"


@dataclass(slots=True)
class Signer:
    """One person's last words by the day, by item."""

    rows: dict[str, Consent] = field(default_factory=dict)  # the row that holds the last word
    yes: set[str] = field(default_factory=set)  # explicit and not withdrawn: a blank is a No (PHOTO-4.4)
    withdrawn: set[str] = field(default_factory=set)
    since: dict[str, tuple[date, int]] = field(default_factory=dict)  # when the last word was said, and its place
    form_signed: bool = False  # at least one of the eight items, signed

    @property
    def form(self) -> set[str]:
        """Which of the eight items were answered."""
        return {item for item in self.rows if item in _ITEMS}

    def hear(self, row: Consent, when: tuple[date, int], *, withdrawn: bool) -> None:
        """Take one row in, unless something later was said about the item."""
        item = row.item
        if when < self.since.get(item, when):
            return
        self.since[item] = when
        self.rows[item] = row
        self.yes.discard(item)
        self.withdrawn.discard(item)
        if withdrawn:
            self.withdrawn.add(item)
        elif row.answer:
            self.yes.add(item)


@dataclass(frozen=True, slots=True)
class Standing:
    """A family's answers on one day."""

    state: FormState
    age: int
    determined: bool  # the safeguarding lead found out who may answer (PHOTO-4.12)
    adults: tuple[Signer, ...]  # those entitled, whether or not they signed the form
    pupil: Signer | None
    taken_back: frozenset[str] = frozenset()  # withdrawn by the family, and not given anew (PHOTO-4.10)
    refused: frozenset[str] = (
        frozenset()
    )  # before circumstances changed, and not given since by who refused (PHOTO-4.10)

    @property
    def settled(self) -> bool:
        """Whether nothing hangs over the family's answers (PHOTO-4.9, PHOTO-4.10)."""
        return self.state is not FormState.DISPUTED and self.state is not FormState.SUSPENDED

    @property
    def pupil_answered(self) -> bool:
        """Whether the pupil returned a form of their own."""
        return self.pupil is not None and self.pupil.form_signed

    def yes_rows(self, item: str) -> list[Consent]:
        """Rows that an item's Yes stands on, of everybody who said it."""
        everybody = (*self.adults, *((self.pupil,) if self.pupil else ()))
        return [signer.rows[item] for signer in everybody if item in signer.yes]

    def limits(self) -> frozenset[Limit]:
        """Whatever the family added to any Yes of theirs."""
        everybody = (*self.adults, *((self.pupil,) if self.pupil else ()))
        given = [signer.rows[item] for signer in everybody for item in signer.yes]
        return frozenset(limit for row in given for limit in row.limits)


def standing(record: PupilRecord, day: date, *, asked_on: date | None = None, forms_last: bool = False) -> Standing:
    """Read a family's rows as they stand on a day.

    `asked_on` is the day of the question, or None for the same day: no form covers a year that has not begun, unless
    `forms_last` from year to year (C7).
    """
    age = age_on(record.pupil.born, day)
    if is_later_year(day, asked_on or day) and not forms_last:
        return Standing(FormState.NONE, age, determined=False, adults=(), pupil=None)  # PHOTO-4.9
    reading = _read(record, day, record.suspended_from, forms_last=forms_last)
    adults, pupil, state = reading.adults, reading.pupil, reading.state()
    gone = _taken_back(record.withdrawals, (*adults, *((pupil,) if pupil else ())))
    refused = frozenset[str]()
    if record.suspended_from is not None and record.suspended_from <= day:
        refused = _refused(reading, _read(record, day, None, forms_last=forms_last))
        eve = _read(record, record.suspended_from - timedelta(days=1), None, forms_last=forms_last)
        if state is FormState.VALID and eve.state() is FormState.DISPUTED and not reading.has_again(eve):
            state = FormState.DISPUTED  # PHOTO-4.10
    return Standing(state, age, reading.determined, adults, pupil, gone, refused)


def _read(record: PupilRecord, day: date, suspended_from: date | None, *, forms_last: bool) -> "_Reading":
    reading = _Reading(academic_year(day), day, suspended_from, forms_last=forms_last)
    for index, row in enumerate(record.consents):
        reading.take(index, row)
    return reading


def _refused(since: "_Reading", ever: "_Reading") -> frozenset[str]:
    """Return what somebody refused whose last word on it is from before circumstances changed."""
    said_since = since.voices
    return frozenset(
        item
        for name, signer in ever.voices.items()
        for item in signer.rows
        if item not in signer.yes and (name not in said_since or item not in said_since[name].rows)
    )


def _taken_back(withdrawals: tuple[Withdrawal, ...], everybody: tuple[Signer, ...]) -> frozenset[str]:
    """Return what was withdrawn, until everybody who has said anything on it has signed anew after that day."""
    gone: set[str] = set()
    for one in withdrawals:
        said = {item for signer in everybody for item in signer.rows} | _ITEMS
        for item in one.items | {item for item in said if _is_covered(item, one.items)}:
            rows = [signer.rows[item] for signer in everybody if item in signer.rows]
            if not rows or any(row.signed_on is None or row.signed_on <= one.told_on for row in rows):
                gone.add(item)
    return frozenset(gone)


def _is_covered(item: str, items: frozenset[str]) -> bool:
    """Whether a withdrawal reaches an item that it does not name: no press means no paper either (PHOTO-B-orgs)."""
    return EVERYTHING in items or (item.startswith(uses.ORGANISATION) and not items.isdisjoint(_PRESS))


class _Reading:
    """Rows going by, one at a time: who said what last, and what state that leaves the form in."""

    __slots__ = (
        "_day",
        "_determined",
        "_earlier",
        "_forms_last",
        "_parents",
        "_seen",
        "_suspended",
        "_suspended_from",
        "_unsigned",
        "_year",
        "determined",
        "pupil",
    )

    def __init__(self, year: str, day: date, suspended_from: date | None, *, forms_last: bool) -> None:
        self._year = year
        self._forms_last = forms_last
        self._day = day
        self._suspended_from = suspended_from if suspended_from is not None and suspended_from <= day else None
        self._parents: dict[str, Signer] = {}
        self._determined: dict[str, Signer] = {}
        self._seen: dict[tuple[Capacity, str], Signer] = {}
        self._earlier = self._suspended = self._unsigned = False
        self.determined = False
        self.pupil: Signer | None = None

    @property
    def adults(self) -> tuple[Signer, ...]:
        """Those entitled to answer for the family."""
        return tuple((self._determined if self.determined else self._parents).values())

    @property
    def voices(self) -> dict[str, Signer]:
        """Those entitled, by name, and the pupil, by what can be nobody's name."""
        entitled = self._determined if self.determined else self._parents
        return entitled | ({_PUPIL: self.pupil} if self.pupil else {})

    def has_again(self, before: "_Reading") -> bool:
        """Whether everybody entitled who had answered then has signed here."""
        signed = {name for name, signer in self.voices.items() if signer.form_signed}
        return {name for name, signer in before.voices.items() if signer.form and name != _PUPIL} <= signed

    def take(self, index: int, row: Consent) -> None:
        """Count one row in, if it stands on the day; `index` is its place in the order of recording."""
        if row.signed_on is None:
            start = row.effective_from or date.min
        elif row.effective_from is None or row.effective_from < row.signed_on:
            start = row.signed_on
        else:
            start = row.effective_from
        if start > self._day:
            return  # not yet
        if row.capacity is Capacity.DETERMINED:
            self.determined = True  # PHOTO-4.12
        on_form = row.item in _ITEMS
        if not self._counts(row.academic_year) and row.item not in _ANY_YEAR:
            self._earlier |= on_form
        elif self._suspended_from is not None and start < self._suspended_from:
            self._suspended |= on_form  # PHOTO-4.9
        elif row.signed_on is None and row.answer:
            self._unsigned |= on_form  # PHOTO-B-declaration
        else:
            self._note(index, row, start, on_form=on_form)

    def _counts(self, year: str) -> bool:
        """Whether a row of that year counts; "2025/26" sorts before "2026/27"."""
        return year <= self._year if self._forms_last else year == self._year  # PHOTO-4.9

    def _note(self, index: int, row: Consent, start: date, *, on_form: bool) -> None:
        signer = self._signer(row)
        if on_form and row.signed_on is not None:
            signer.form_signed = True
        withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= self._day
        when = max(start, row.withdrawn_on) if withdrawn and row.withdrawn_on else start
        signer.hear(row, (when, index), withdrawn=withdrawn)

    def _signer(self, row: Consent) -> Signer:
        seen = self._seen.get((row.capacity, row.given_by))
        if seen is not None:
            return seen
        name = " ".join(row.given_by.casefold().split())
        match row.capacity:
            case Capacity.PUPIL:
                signer = self.pupil = self.pupil or Signer()  # there is one pupil, whatever was written
            case Capacity.PARENT:
                signer = self._parents.setdefault(name, Signer())
            case Capacity.DETERMINED:
                signer = self._determined.setdefault(name, Signer())
        self._seen[row.capacity, row.given_by] = signer
        return signer

    def state(self) -> FormState:
        """Say what the rows leave the year's form in."""
        voices = [signer for signer in self.adults if signer.form]
        if not any(signer.form_signed for signer in voices):
            return self._unanswered(voices)
        agreed = voices[0].yes & _ITEMS
        if any(other.yes & _ITEMS != agreed for other in voices[1:]):
            return FormState.DISPUTED  # PHOTO-4.10
        if all(signer.form <= signer.withdrawn for signer in voices):
            return FormState.WITHDRAWN
        return FormState.VALID

    def _unanswered(self, voices: list[Signer]) -> FormState:
        not_entitled = self.determined and any(signer.form for signer in self._parents.values())
        if self._suspended:
            return FormState.SUSPENDED
        if voices or not_entitled or self._unsigned:
            return FormState.INCOMPLETE
        return FormState.EXPIRED if self._earlier else FormState.NONE
