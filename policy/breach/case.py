"""A breach as it stands: the sum of its events. Nothing here decides; it only adds up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from policy.breach.events import Event, Happened, Matter
from policy.breach.kept import Aware, Decision, Message, Note, Review, Task, Version


@dataclass(frozen=True, slots=True)
class Breach:
    """Everything known about one case. People are ids, instants UTC."""

    number: int
    school_id: int
    reporter: int
    opened_at: datetime
    words: str = ""
    kinds: tuple[str, ...] = ()
    involves_it: bool = False
    near_miss: bool = False
    said: tuple[Message, ...] = ()
    aware: tuple[Aware, ...] = ()  # the last one counts
    form_a_opened: bool = False
    form_a_left: bool = False
    form_a: Mapping[str, Any] | None = None
    signed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    dpo_acknowledged: bool = False  # a leader's word alone does not stop the chasers to the DPO (domain 2.5)
    thread: tuple[Message, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    criteria: Mapping[str, Mapping[str, str]] | None = None
    decisions: Mapping[Matter, Decision] = field(default_factory=dict)
    letter: Mapping[str, str] | None = None
    subjects_told_at: datetime | None = None
    others_told: tuple[tuple[str, datetime], ...] = ()
    form_b: tuple[Version, ...] = ()
    ico_sent_at: datetime | None = None
    ico_reference: str = ""
    followed_up: tuple[Note, ...] = ()
    involved: Mapping[int, str] = field(default_factory=dict)  # person: "subject" or "accused"
    child_at_risk: bool = False
    review: Review | None = None
    withdrawn: str = ""
    withdrawn_at: datetime | None = None
    workplace_open: bool = False  # the reporter works at several schools and has not said yet at which it happened
    stand_ins: tuple[int, ...] = ()  # who got the case because somebody before them could not be reached
    unreached: frozenset[int] = frozenset()  # whom Teams would not deliver to
    closed_at: datetime | None = None
    reopened_at: datetime | None = None
    owed: Mapping[str, datetime | None] = field(default_factory=dict)  # organisations still to be told, and by when
    nudged: frozenset[str] = frozenset()
    last: Mapping[str, int] = field(default_factory=dict)  # which event was the last of its kind: what came after what
    events: int = 0  # how many: the case's revision

    @property
    def t0(self) -> datetime:
        """When the 72 hours start: the earliest awareness, or what the DPO corrected it to (C14)."""
        return self.aware[-1].at if self.aware else self.opened_at

    @property
    def concerned(self) -> frozenset[int]:
        """Whose elevated view of this case is suspended: the reporter, its subjects and the accused (domain 8)."""
        return frozenset({self.reporter, *self.involved})

    @property
    def people(self) -> frozenset[int]:
        """Everybody whom the case names."""
        return frozenset(
            {
                self.reporter,
                *self.involved,
                *(task.owner for task in self.tasks),
                *(decision.by for decision in self.decisions.values() if decision.by is not None),
                *(message.by for message in self.thread if message.by is not None),
                *(note.by for note in self.notes if note.by is not None),
                *self.stand_ins,
                *([self.acknowledged_by] if self.acknowledged_by is not None else []),
            }
        )

    @property
    def is_open(self) -> bool:
        """Whether anything can still be due."""
        return self.closed_at is None and not self.withdrawn


def of(number: int, school_id: int, events: Iterable[Event]) -> Breach:
    """Add up a case. The first event is its opening. Raises ValueError where it is not."""
    told = iter(events)
    first = next(told, None)
    if first is None or first.kind is not Happened.OPENED or first.actor is None:
        raise ValueError(f"Case {number} does not begin with an opening by somebody.")
    breach = Breach(
        number=number,
        school_id=school_id,
        reporter=first.actor,
        opened_at=first.at,
        words=str(first.data.get("words", "")),
        kinds=tuple(first.data.get("kinds", ())),
        involves_it=bool(first.data.get("it")),
        near_miss=bool(first.data.get("near_miss")),
        workplace_open=bool(first.data.get("workplace_open")),
        aware=(Aware(first.at, first.at, first.actor, ""),),
        events=1,
    )
    for event in told:
        breach = replace(after(breach, event), events=breach.events + 1)
    return breach


def after(breach: Breach, event: Event) -> Breach:
    """Add one event. Counting them is the caller's."""
    kind = f"{event.kind}:{event.data['what']}" if event.kind is Happened.DECIDED else str(event.kind)
    return replace(_with(breach, event), last={**breach.last, kind: breach.events + 1})


def _with(breach: Breach, event: Event) -> Breach:  # noqa: C901, PLR0911, PLR0912  one line a kind of event
    data, at, by = event.data, event.at, event.actor
    match event.kind:
        case Happened.OPENED:
            raise ValueError(f"Case {breach.number} is opened twice.")
        case Happened.SAID:
            return replace(breach, said=(*breach.said, Message(False, data["text"], by, at)))  # noqa: FBT003  `asked`
        case Happened.NOTICED:
            noticed = _instant(data["at"])
            earlier = noticed < breach.t0  # a later word only moves the start earlier; the DPO alone moves it later
            return replace(breach, aware=(*breach.aware, Aware(noticed, at, by, ""))) if earlier else breach
        case Happened.AWARE_CORRECTED:
            corrected = Aware(_instant(data["at"]), at, by, data["reason"])
            return replace(breach, aware=(*breach.aware, corrected))
        case Happened.FORM_A_OPENED:
            return replace(breach, form_a_opened=True, form_a_left=False)
        case Happened.FORM_A_LEFT:
            return replace(breach, form_a_left=True)
        case Happened.FORM_A_SIGNED:
            near = bool(data.get("near_miss")) or breach.near_miss
            return replace(breach, form_a=data["answers"], signed_at=at, near_miss=near, form_a_left=False)
        case Happened.WORKPLACE:
            return replace(breach, school_id=data["school_id"], workplace_open=False)
        case Happened.ACKNOWLEDGED:
            by_dpo = bool(data.get("by_dpo", True)) or breach.dpo_acknowledged
            return replace(breach, acknowledged_at=at, acknowledged_by=by, dpo_acknowledged=by_dpo)
        case Happened.ASKED | Happened.ANSWERED:
            message = Message(event.kind is Happened.ASKED, data["text"], by, at)
            return replace(breach, thread=(*breach.thread, message))
        case Happened.TASK_SET:
            return replace(breach, tasks=(*breach.tasks, Task(data["task"], data["what"], data["owner"], at)))
        case Happened.TASK_DONE:
            done = [
                replace(task, done_at=at, note=data.get("note", "")) if task.number == data["task"] else task
                for task in breach.tasks
            ]
            return replace(breach, tasks=tuple(done))
        case Happened.NOTED:
            return replace(breach, notes=(*breach.notes, Note(data["topic"], data["text"], by, at)))
        case Happened.ANALYSED:
            return replace(breach, criteria=data["criteria"])
        case Happened.DECIDED:
            decided = Decision(data["outcome"], data["reason"], data.get("details", {}), by, at)
            matter = Matter(data["what"])
            owed = _owed(breach.owed, decided) if matter is Matter.OTHERS else breach.owed
            return replace(breach, decisions={**breach.decisions, matter: decided}, owed=owed)
        case Happened.LETTER_WRITTEN:
            return replace(breach, letter=data["parts"])
        case Happened.SUBJECTS_TOLD:
            return replace(breach, subjects_told_at=_instant(data["at"]))
        case Happened.OTHERS_TOLD:
            told = (*breach.others_told, (data["name"], _instant(data["at"])))
            return replace(breach, others_told=told, owed=_without(breach.owed, data["name"]))
        case Happened.FORM_B_SAVED:
            return replace(breach, form_b=(*breach.form_b, Version(data["answers"], bool(data["final"]), by, at)))
        case Happened.ICO_SENT:
            sent = _instant(data["at"])
            return replace(breach, ico_sent_at=sent, ico_reference=data.get("reference", ""))
        case Happened.FOLLOWED_UP:
            return replace(breach, followed_up=(*breach.followed_up, Note("", data["text"], by, at)))
        case Happened.INVOLVED:
            return replace(breach, involved={**breach.involved, data["person"]: data["part"]})
        case Happened.NO_LONGER_INVOLVED:
            left = {person: part for person, part in breach.involved.items() if person != data["person"]}
            return replace(breach, involved=left)
        case Happened.BREACH_AFTER_ALL:
            return replace(breach, near_miss=False)
        case Happened.CHILD_AT_RISK:
            return replace(breach, child_at_risk=True)
        case Happened.REVIEWED:
            due = date.fromisoformat(data["due"]) if data.get("due") else None
            review = Review(data["cause"], data["action"], data.get("owner", ""), due, bool(data.get("done")), by, at)
            return replace(breach, review=review)
        case Happened.WITHDRAWN:
            return replace(breach, withdrawn=data["reason"], withdrawn_at=at)
        case Happened.CLOSED:
            return replace(breach, closed_at=at)
        case Happened.REOPENED:
            return replace(breach, closed_at=None, withdrawn="", withdrawn_at=None, reopened_at=at)
        case Happened.NUDGED:
            return replace(breach, nudged=breach.nudged | {data["milestone"]})
        case Happened.PASSED_ON:
            return replace(breach, stand_ins=tuple(dict.fromkeys((*breach.stand_ins, data["person"]))))
        case Happened.UNDELIVERABLE:
            return replace(breach, unreached=breach.unreached | {data["person"]})


def _owed(owed: Mapping[str, datetime | None], decided: Decision) -> Mapping[str, datetime | None]:
    """Organisations to be told under a contract: each decision is about one, named in its details (BREACH-3.4)."""
    name, by = decided.details.get("name", ""), decided.details.get("by", "")
    if not name or decided.outcome != "yes":
        return _without(owed, name)
    return {**owed, name: _instant(by) if by else None}


def _without(owed: Mapping[str, datetime | None], name: str) -> Mapping[str, datetime | None]:
    return {other: by for other, by in owed.items() if other.casefold() != name.casefold()}


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
