"""Cases for the tests of a breach: made of events, as real ones are."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from policy.breach.case import Breach, of
from policy.breach.criteria import Criterion
from policy.breach.events import Event, Happened, Matter
from policy.breach.form_a import near_miss_answers
from policy.breach.form_b import starred
from policy.forms import Answers, Kind

REPORTER, DPO, HEAD, DSL, TECH, SOMEBODY = 1, 2, 3, 4, 5, 6
START: Final = datetime(2026, 2, 2, 9, 15, tzinfo=UTC)  # vB01: a Monday
FORM_A: Final = near_miss_answers("Two letters were swapped.", name="Jo Bell", workplace="Ashdown", now=START)
CRITERIA: Final = {criterion.value: {"level": "low", "note": "As far as we know."} for criterion in Criterion}
LETTER: Final = dict.fromkeys(("what_happened", "contact", "consequences", "measures"), "Plain words.")
REVIEW: Final[dict[str, Any]] = {
    "cause": "Hurry",
    "action": "training",
    "owner": "2",
    "due": "2026-04-01",
    "done": False,
}


def form_b_answers(*, late: bool = False) -> dict[str, Any]:
    """Every starred field with a word in it."""
    words: dict[Kind, Any] = {Kind.NUMBER: 2}
    return {item.field.name: words.get(item.field.kind, "no") for item in starred({"6a": "no"}, late=late)}


class Told:
    """A case being told, an event at a time: `Told().then(Happened.ACKNOWLEDGED, by=DPO).breach`."""

    def __init__(self, at: datetime = START, **opening: Any) -> None:  # noqa: ANN401  the data of an event
        self.now = at
        self.events = [Event(Happened.OPENED, at, REPORTER, {"words": "Two letters were swapped.", **opening})]

    def then(self, kind: Happened, *, by: int | None = DPO, hours: float = 0, **data: Any) -> "Told":  # noqa: ANN401  see above
        """Add an event, `hours` after the one before."""
        self.now += timedelta(hours=hours)
        self.events.append(Event(kind, self.now, by, data))
        return self

    def decided(self, matter: Matter, outcome: str, *, who: int = DPO, hours: float = 0, **details: str) -> "Told":
        """Add a decision."""
        return self.then(
            Happened.DECIDED,
            by=who,
            hours=hours,
            what=matter.value,
            outcome=outcome,
            reason="Because.",
            details=details,
        )

    @property
    def breach(self) -> Breach:
        """The case so far."""
        return of(7, 1, self.events)


def opened(**data: Any) -> Told:  # noqa: ANN401  the data of an event
    return Told(**data).then(Happened.FORM_A_OPENED, by=REPORTER)


def signed() -> Told:
    return opened().then(Happened.FORM_A_SIGNED, by=REPORTER, answers=FORM_A)


def acknowledged() -> Told:
    return signed().then(Happened.ACKNOWLEDGED)


def analysed() -> Told:
    return acknowledged().then(Happened.ANALYSED, criteria=CRITERIA)


def not_notifiable() -> Told:
    return analysed().decided(Matter.ICO, "no")


def notifiable() -> Told:
    return analysed().decided(Matter.ICO, "yes")


def drafted(*, final: bool = True, answers: Answers | None = None) -> Told:
    kept = form_b_answers() if answers is None else answers
    return notifiable().then(Happened.FORM_B_SAVED, answers=kept, final=final)


def sent() -> Told:
    told = drafted()
    return told.then(Happened.ICO_SENT, at=told.now.isoformat(), how="online", reference="")


def closable() -> Told:
    return not_notifiable().decided(Matter.SUBJECTS, "no").then(Happened.REVIEWED, **REVIEW)


def closed() -> Told:
    return closable().then(Happened.CLOSED)
