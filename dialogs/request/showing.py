"""A request in words for one reader: everything for the DPO, the dates alone for whoever leads the school."""

from collections.abc import Iterator
from datetime import datetime

from dialogs.cards.request_case import RequestCard
from dialogs.casework.tables import Table
from dialogs.request import clock_words
from dialogs.request.recorded import by, sections
from dialogs.request.words import KINDS_OF_PEOPLE, LETTERS, SOMEBODY_ELSE, STATUSES, STEPS
from dialogs.said import moment
from policy.calendar import long_date
from policy.request.case import Request
from policy.request.kinds import HOW_LABELS, KIND_LABELS, REQUESTER_LABELS, How, Requester
from policy.request.letters import letters_for
from policy.request.nudge_words import lacking
from policy.request.refusals import refusal, undoable
from policy.request.status import status_of
from policy.request.steps import Step

LETTER = "letter-"  # before a letter's name in the list of what comes next


def shown(request: Request, at_table: Table, *, person: int, now: datetime, note: str = "") -> RequestCard:
    """Return the request's card for somebody who acts as its DPO."""
    division = at_table.staff.division
    offered = [step for step in STEPS if may(request, step, at_table, person=person, now=now)]
    letters = [(LETTERS[letter], f"{LETTER}{letter.value}") for letter in letters_for(request)]
    return RequestCard(
        case=request.number,
        kind=KIND_LABELS[request.kind],
        clock=clock_words.headline(request, division=division, now=now),
        facts=tuple(_facts(request, at_table)),
        words=request.details.words,
        missing=lacking(request),
        sections=sections(request, at_table),
        steps=(
            *((STEPS[step], step.value) for step in offered),
            *(letters if request.accepted_at is not None and request.is_open else []),
        ),
        note=note,
    )


def overview(request: Request, at_table: Table) -> tuple[tuple[str, str], ...]:
    """Return the dates and no content: nobody's name (domain 8)."""
    details = request.details
    lines = [
        ("School", at_table.school),
        ("Who asks", KINDS_OF_PEOPLE.get(details.requester_kind, SOMEBODY_ELSE)),
        ("Received", long_date(details.received_on)),
        ("Status", STATUSES[status_of(request)]),
        ("Open tasks", str(sum(task.done_at is None for task in request.tasks))),
    ]
    return tuple(lines)


def may(request: Request, step: Step, at_table: Table, *, person: int, now: datetime) -> bool:
    """Whether this reader may take a step now."""
    division = at_table.staff.division
    refused = refusal(
        request,
        step,
        by=person,
        roles=at_table.roles_of(person),
        now=now,
        division=division,
        standing_in=at_table.acts_from(person),
    )
    if refused is None and step is Step.UNDO:
        return bool(undoable(request, by=person, now=now, division=division))
    return refused is None


def _facts(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    details, division = request.details, at_table.staff.division
    yield "Status", STATUSES[status_of(request)]
    yield "School", at_table.school
    kind = details.requester_kind
    who = REQUESTER_LABELS[Requester(kind)] if kind in set(Requester) else "not said yet"
    yield "Who asks", f"{details.requester}. {who}." if details.requester else who
    if details.contact:
        yield "Contact", details.contact
    yield "About", details.about or "not said yet"
    if details.born is not None:
        yield "Born", long_date(details.born)
    how = HOW_LABELS[How(details.received_how)] if details.received_how in set(How) else "not said yet"
    yield "How it came", how
    yield from clock_words.facts(request, division=division)
    yield "Taken in by", by(at_table, request.taken_by, request.opened_at)
    if request.assigned_to is not None:
        yield "Worked on by", at_table.name(request.assigned_to)
    hold = "on: the bot deletes nothing about them" if request.is_held else "off"
    yield "Hold", hold if request.held_since is None else f"{hold}, since {moment(request.held_since)}"
    if request.is_restricted:
        yield "Meanwhile", "keep the data, and don't use it"
