"""Somebody we know, as a turn finds them: who they are, their schools, and where the conversation was."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from storage.opening import OpenForm, Opening
from storage.pending import Pending
from storage.people import Person
from storage.schools import School

_GOES_ON_FOR: Final = timedelta(hours=1)  # "and video?" after lunch is a new question


@dataclass(frozen=True, slots=True)
class Known:
    """An opening with a person in it who is at a school now; nobody else reaches a dialog (contract 5)."""

    person: Person
    schools: tuple[School, ...]
    pending: Pending | None  # open and not expired
    last_understood: dict[str, Any] | None  # what the last hour's last question was about
    form: OpenForm | None = None  # begun, neither sent nor left, at a school that is still theirs

    def school(self, school_id: int) -> School:
        """Return one of the person's schools. Raises StopIteration for a school that is not theirs."""
        return next(school for school in self.schools if school.id == school_id)

    def is_at(self, school_id: int | None) -> bool:
        """Whether that school is one of the person's."""
        return any(school.id == school_id for school in self.schools)


def known(opened: Opening, *, now: datetime) -> Known | None:
    """Return who it is; None for a stranger and for somebody who left every school."""
    if opened.person is None or not opened.schools:
        return None
    waiting = opened.pending
    if waiting is not None and waiting.expires_at <= now:
        waiting = None
    before = opened.last_understood or None
    if opened.last_asked_at is None or now - opened.last_asked_at > _GOES_ON_FOR:
        before = None
    form = opened.form
    if form is not None and all(school.id != form.school_id for school in opened.schools):
        form = None
    return Known(opened.person, opened.schools, waiting, before, form)
