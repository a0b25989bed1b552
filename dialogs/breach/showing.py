"""A breach in words for one reader: what they may see of it, and what they may do next."""

from datetime import datetime
from typing import Final

from dialogs.breach.words import MATTERS, OUTCOMES, STATUSES, STEPS
from dialogs.cards.breach_case import BreachCard
from dialogs.cards.case_parts import Section
from dialogs.casework.tables import Table
from dialogs.said import moment
from policy.breach.case import Breach
from policy.breach.criteria import LABELS, LEVELS, Criterion, Level
from policy.breach.form_a import FORM_A
from policy.breach.letter import LABELS as LETTER_PARTS
from policy.breach.letter import Part
from policy.breach.nudge_words import lacking
from policy.breach.refusals import refusal
from policy.breach.seats import Seat
from policy.breach.status import ico_says, runs, status_of
from policy.breach.steps import Step
from policy.clocks.breach import breach_clock
from policy.forms import shown as in_words

_FULL: Final = frozenset({Seat.DPO, Seat.LEADER})  # the others see what their own part needs (domain 8)


def shown(breach: Breach, at_table: Table, *, person: int, now: datetime, note: str = "") -> BreachCard:
    """Return the case's card for one reader who has a seat in it."""
    full = sees_all(at_table, person)
    offered = [step for step in STEPS if may(breach, step, at_table, person=person, now=now)]
    return BreachCard(
        case=breach.number,
        status=STATUSES[status_of(breach)],
        facts=_facts(breach, at_table),
        words=breach.words,
        clock=clock(breach, now),
        counted=f"Counted on {moment(now)}." if _counts_down(breach) else "",
        missing=tuple(lacking(breach, now)) if full and breach.is_open else (),
        sections=sections(breach, at_table) if full else (),
        can_acknowledge=may(breach, Step.ACKNOWLEDGE, at_table, person=person, now=now),
        steps=tuple((STEPS[step], step.value) for step in offered),
        note=note,
    )


def sees_all(at_table: Table, person: int) -> bool:
    """Whether a reader sees Form A and what was said later, besides the first words that all at the table see."""
    return bool(at_table.seats.get(person, frozenset()) & _FULL)


def may(breach: Breach, step: Step, at_table: Table, *, person: int, now: datetime) -> bool:
    """Whether this reader may take a step now."""
    return (
        refusal(
            breach,
            step,
            by=person,
            roles=at_table.roles_of(person),
            standing_in=at_table.acts_from(person),
            now=now,
        )
        is None
    )


def clock(breach: Breach, now: datetime) -> str:
    """Say how long is left of the 72 hours, or how they ended (BREACH-3.3)."""
    if breach.withdrawn:
        return "Not a breach: no clock runs."
    if breach.ico_sent_at is not None:
        return f"Reported to the ICO on {moment(breach.ico_sent_at)}."
    counted = breach_clock(breach.t0, max(now, breach.t0))
    by = moment(counted.ico_by)
    if ico_says(breach) is False:
        return f"Decided: the ICO need not be told. The 72 hours would end {by}."
    if not runs(breach):
        return f"The 72 hours would end {by}."
    if counted.hours_left < 0:
        return f"{-counted.hours_left:.1f} hours late: the 72 hours ended {by}. A report must now say why."
    return f"{counted.hours_left:.1f} hours left to tell the ICO, until {by}."


def _counts_down(breach: Breach) -> bool:
    return not breach.withdrawn and breach.ico_sent_at is None and ico_says(breach) is not False and runs(breach)


def sections(breach: Breach, at_table: Table) -> tuple[Section, ...]:
    """Return everything recorded so far, part by part."""
    every = (
        Section("Form A", _form_a(breach)),
        Section("Questions and further words", _words(breach, at_table)),
        Section("Containment", _tasks(breach, at_table)),
        Section("Findings", tuple((_by(at_table, n.by, n.at), f"{n.topic}: {n.text}") for n in breach.notes)),
        Section("The five criteria", _criteria(breach)),
        Section("Decisions", _decisions(breach, at_table)),
        Section("Letter to the people affected", _letter(breach)),
        Section("First known", _aware(breach, at_table)),
        Section("Review", _review(breach, at_table)),
    )
    return tuple(section for section in every if section.lines)


def _facts(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    known = "when it was reported" if breach.t0 == breach.opened_at else moment(breach.t0)
    child = [("Child", "may be at risk; the safeguarding lead knows")] if breach.child_at_risk else []
    facts = [
        *child,
        ("Reported by", _by(at_table, breach.reporter, breach.opened_at)),
        ("First known", known),
        ("School", at_table.school),
    ]
    if breach.signed_at is not None:
        facts.append(("Form A", f"signed {moment(breach.signed_at)}"))
    if breach.near_miss:
        facts.append(("Kind", "a near miss, says the reporter"))
    if breach.acknowledged_at is not None:
        facts.append(("Acknowledged", _by(at_table, breach.acknowledged_by, breach.acknowledged_at)))
    facts.append(("Who knows", ", ".join(at_table.name(person) for person in at_table.seats) or "nobody yet"))
    return tuple(facts)


def _form_a(breach: Breach) -> tuple[tuple[str, str], ...]:
    if breach.form_a is None:
        return ()
    asked = FORM_A.asked(breach.form_a)
    lines = [(field.label, in_words(field, breach.form_a.get(field.name))) for field in asked]
    return tuple((label, words) for label, words in lines if words)


def _words(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    told = sorted((*breach.said, *breach.thread), key=lambda message: message.at)
    return tuple((_by(at_table, message.by, message.at), message.text) for message in told)


def _tasks(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            at_table.name(task.owner),
            f"{task.what} (not done yet)"
            if task.done_at is None
            else f"{task.what}. Done {moment(task.done_at)}. {task.note}",
        )
        for task in breach.tasks
    )


def _criteria(breach: Breach) -> tuple[tuple[str, str], ...]:
    weighed = breach.criteria or {}
    return tuple(
        (LABELS[one], f"{LEVELS[Level(weighed[one]['level'])]}. {weighed[one]['note']}")
        for one in Criterion
        if one in weighed
    )


def _decisions(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            MATTERS[matter],
            f"{OUTCOMES.get(made.outcome, made.outcome)}. {made.reason} ({_by(at_table, made.by, made.at)})",
        )
        for matter, made in breach.decisions.items()
    )


def _letter(breach: Breach) -> tuple[tuple[str, str], ...]:
    parts = breach.letter or {}
    told = () if breach.subjects_told_at is None else (("Told", moment(breach.subjects_told_at)),)
    return (*((LETTER_PARTS[part], parts[part]) for part in Part if parts.get(part)), *told)


def _aware(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    if len(breach.aware) == 1:
        return ()
    return tuple(
        (moment(word.at), f"said by {_by(at_table, word.by, word.said_at)}. {word.reason}".strip())
        for word in breach.aware
    )


def _review(breach: Breach, at_table: Table) -> tuple[tuple[str, str], ...]:
    review = breach.review
    if review is None:
        return ()
    owner = at_table.name(int(review.owner)) if review.owner.isdecimal() else review.owner
    return (("Cause", review.cause), ("What changes", review.action), *((("By", owner),) if owner else ()))


def _by(at_table: Table, person: int | None, at: datetime) -> str:
    return f"{at_table.signed(person, at)}, {moment(at)}"
