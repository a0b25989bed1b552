"""A request as it stands: the sum of its events. Nothing here decides; it only adds up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from policy.request.events import Event, Happened
from policy.request.kept import (
    Answer,
    Authority,
    Confirmed,
    Decision,
    Details,
    Exemption,
    Extension,
    Fee,
    Identity,
    Note,
    Notice,
    Question,
    Recipient,
    Snooze,
    Task,
    ThirdParty,
    Tick,
)
from policy.request.kinds import RESTRICTED_MEANWHILE, RequestKind


@dataclass(frozen=True, slots=True)
class Request:
    """Everything known about one case. People are ids, instants UTC, days London's."""

    number: int
    school_id: int
    taken_by: int
    opened_at: datetime
    details: Details
    history: tuple[Event, ...]  # every event, those taken back too
    gone: frozenset[int] = frozenset()  # places of what was taken back
    said: tuple[Note, ...] = ()
    notes: tuple[Note, ...] = ()
    accepted_at: datetime | None = None
    assigned_to: int | None = None
    confirmed: Confirmed | None = None
    identity: Identity | None = None
    authority: Authority | None = None
    fee: Fee | None = None
    questions: tuple[Question, ...] = ()
    extension: Extension | None = None
    tasks: tuple[Task, ...] = ()
    notices: tuple[Notice, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    effort: Note | None = None
    is_held: bool = False
    held_since: datetime | None = None
    ticked: Mapping[str, Tick] = field(default_factory=dict)
    complaint_acknowledged_on: date | None = None
    decision: Decision | None = None
    carried_out_on: date | None = None
    recipients: tuple[Recipient, ...] = ()
    answer: Answer | None = None
    earlier_answers: tuple[Answer, ...] = ()  # before it was reopened
    not_a_request: str = ""
    withdrawn: str = ""
    ended_at: datetime | None = None  # withdrawn, not a request, or closed
    closed_at: datetime | None = None
    involved: Mapping[int, str] = field(default_factory=dict)
    stand_ins: tuple[int, ...] = ()
    unreached: frozenset[int] = frozenset()
    snoozed: Mapping[str, Snooze] = field(default_factory=dict)  # by a reminder's line
    snoozes: Mapping[str, int] = field(default_factory=dict)  # how often
    settled: frozenset[str] = frozenset()  # lines
    nudged: frozenset[str] = frozenset()
    last: Mapping[str, int] = field(default_factory=dict)  # the place of the last of its kind that stands

    @property
    def kind(self) -> RequestKind:
        """What is asked for."""
        return self.details.kind

    @property
    def events(self) -> int:
        """How many: the case's revision."""
        return len(self.history)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be done in it without reopening."""
        return self.ended_at is None

    @property
    def is_running(self) -> bool:
        """Whether it still waits for its answer."""
        return self.is_open and self.answer is None

    @property
    def is_waiting(self) -> bool:
        """Whether the month has not begun: for identity, authority or a fee (SAR-4.2)."""
        return (
            (self.identity is not None and self.identity.seen_on is None)
            or (self.authority is not None and self.authority.is_waited_for)
            or (self.fee is not None and self.fee.paid_on is None)
        )

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still for a clarification."""
        return any(question.answered_on is None for question in self.questions)

    @property
    def is_restricted(self) -> bool:
        """Whether the data is kept but not used: while it is considered, or once that was decided (DP-12.11)."""
        granted = self.decision is not None and self.decision.outcome != "no"
        if self.kind is RequestKind.RESTRICTION and granted:
            return True
        return self.kind in RESTRICTED_MEANWHILE and self.is_running

    @property
    def concerned(self) -> frozenset[int]:
        """Whose elevated view of this case is suspended: staff who ask, are asked about or complained of (domain 8)."""
        return frozenset(self.involved)

    @property
    def people(self) -> frozenset[int]:
        """Every member of staff whom the case names."""
        actors = {event.actor for event in self.history if event.actor is not None}
        named = {task.owner for task in self.tasks} | {notice.person for notice in self.notices}
        return frozenset({self.taken_by, *actors, *named, *self.involved, *self.stand_ins})

    def standing(self) -> Iterator[tuple[int, Event]]:
        """Give the events that nobody took back, with their places."""
        return ((place, event) for place, event in enumerate(self.history, 1) if place not in self.gone)

    def task(self, number: int) -> Task | None:
        """Return a task that stands."""
        return next((task for task in self.tasks if task.number == number), None)

    def item(self, number: int) -> ThirdParty | None:
        """Return a third party's item that stands."""
        return next((one for one in self.third_parties if one.item == number), None)

    def question(self, place: int) -> Question | None:
        """Return a question to the requester by its place."""
        return next((one for one in self.questions if one.place == place), None)

    def next_task(self) -> int:
        """Return the number for a new task: never one that was used, even where it was taken back."""
        return 1 + max((int(event.data["task"]) for event in self._all(Happened.TASK_SET)), default=0)

    def next_item(self) -> int:
        """Return the number for a new third party's item."""
        return 1 + max((int(event.data["item"]) for event in self._all(Happened.THIRD_PARTY)), default=0)

    def _all(self, kind: Happened) -> Iterator[Event]:
        return (event for event in self.history if event.kind is kind)
