"""Everything that was recorded about a request, part by part, for its DPO: who did it, when and why."""

from collections.abc import Iterator
from datetime import datetime

from dialogs.cards.case_parts import Section
from dialogs.casework.tables import Table
from dialogs.request import clock_words
from dialogs.said import moment
from policy.calendar import long_date
from policy.request.authority import ROUTE_LABELS, Route, proposal
from policy.request.case import Request
from policy.request.checklist import LABELS as CHECKS
from policy.request.exemptions import EXEMPTION_LABELS, Exemption
from policy.request.kept import DOCUMENT_LABELS, Document
from policy.request.kinds import ACCESSES
from policy.request.rights import RIGHTS
from policy.request.search import TASK_LABELS, TaskKind, due_on
from policy.request.third_parties import RUNG_LABELS, Rung

_OUTCOMES = {
    "yes": "Yes",
    "partly": "In part",
    "no": "No",
    "responded": "Answered",
    "refused": "Refused",
    "upheld": "They are right",
    "not_upheld": "We see it differently",
    "told": "Told",
    "not_feasible": "Could not be told",
    "none": "",
}


def sections(request: Request, at_table: Table) -> tuple[Section, ...]:
    """Return everything recorded so far, part by part. For the DPO."""
    every = (
        *clock_words.sections(request, division=at_table.staff.division),
        Section("Who asks, and for whom", tuple(_who(request, at_table))),
        Section("Searches and other tasks", tuple(_tasks(request, at_table))),
        Section("Who keeps everything", tuple(_notices(request, at_table))),
        Section("Questions and notes", tuple(_words(request, at_table))),
        Section("Other people in the data", tuple(_third_parties(request))),
        Section("Withheld", tuple(_withheld(request, at_table))),
        Section("Checklist", tuple(_checks(request, at_table))),
        Section("Decision and answer", tuple(_decided(request, at_table))),
    )
    return tuple(section for section in every if section.lines)


def _who(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    if request.kind in ACCESSES and request.confirmed is None and request.details.requester_kind:
        proposed = proposal(request)
        age = "" if proposed.age is None else f" Age on receipt: {proposed.age}."
        yield "Proposed", f"{ROUTE_LABELS[proposed.route]}. {proposed.why}{age}"
    if (kept := request.confirmed) is not None:
        route = ROUTE_LABELS[Route(kept.route)]
        yield "Settled", f"{route}. {kept.reason} ({by(at_table, kept.by, kept.at)})"
    if (identity := request.identity) is not None:
        yield "A doubt about who asks", f"{identity.doubt} Asked on {long_date(identity.asked_on)}."
        if identity.seen_on is not None:
            seen = [DOCUMENT_LABELS[Document(one)] if one in set(Document) else one for one in identity.documents]
            yield "Seen", f"{', '.join(seen)}, on {long_date(identity.seen_on)}, by {at_table.name(identity.seen_by)}"
    if (authority := request.authority) is not None:
        asked = "" if authority.asked_on is None else f"asked for on {long_date(authority.asked_on)}. "
        on = authority.received_on
        came = "" if on is None else f"Came on {long_date(on)}: {authority.covers}"
        yield "Authority", f"{asked}{came}{authority.overridden}".strip()
    if (fee := request.fee) is not None:
        paid = "not paid yet" if fee.paid_on is None else f"paid on {long_date(fee.paid_on)}"
        yield "Fee", f"£{fee.amount}, asked for on {long_date(fee.asked_on)}, {paid}. {fee.reason}"
    if (longer := request.extension) is not None:
        told = f"{longer.reason} Told on {long_date(longer.notice_sent_on)}. {longer.override}".strip()
        yield "Extended", f"{told} ({by(at_table, longer.by, longer.at)})"
    for person, part in request.involved.items():
        yield at_table.name(person), f"has a part in it ({part}), and sees nothing of it"


def _tasks(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    for task in request.tasks:
        kind = TASK_LABELS[TaskKind(task.kind)]
        found = {True: "Something was found. ", False: "Nothing was found. ", None: ""}[task.found]
        done = f"by {long_date(due_on(task))}"
        if task.done_at is not None:
            done = f"done {moment(task.done_at)}. {found}{task.note}".strip()
        yield f"{task.number}. {at_table.name(task.owner)}", f"{kind}: {task.what} ({done})"


def _notices(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    for notice in request.notices:
        said = "not confirmed yet" if notice.confirmed_at is None else f"confirmed {moment(notice.confirmed_at)}"
        yield at_table.name(notice.person), f"asked {moment(notice.sent_at)}, {said}"


def _words(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    for note in sorted((*request.said, *request.notes), key=lambda one: one.at):
        yield by(at_table, note.by, note.at), note.text
    for one in request.questions:
        came = "no answer yet" if one.answered_on is None else f"{long_date(one.answered_on)}: {one.answer}"
        yield f"We asked on {long_date(one.asked_on)}", f"{one.text} ({came})"


def _third_parties(request: Request) -> Iterator[tuple[str, str]]:
    for one in request.third_parties:
        moves = "; ".join(f"{RUNG_LABELS[Rung(move.move)]}, {long_date(move.on)}. {move.reason}" for move in one.moves)
        yield f"{one.item}. {one.who}", moves.strip()


def _withheld(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    for one in request.exemptions:
        asked = " The safeguarding lead was asked." if one.dsl else ""
        why = EXEMPTION_LABELS[Exemption(one.exemption)]
        yield one.what, f"{why}. {one.reason}{asked} ({by(at_table, one.by, one.at)})"
    if request.effort is not None:
        yield "Out of proportion", f"{request.effort.text} ({by(at_table, request.effort.by, request.effort.at)})"


def _checks(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    if request.kind not in ACCESSES:
        return
    for check, label in CHECKS.items():
        tick = request.ticked.get(check.value)
        yield label, "open" if tick is None else f"{by(at_table, tick.by, tick.at)}. {tick.note}".strip()


def _decided(request: Request, at_table: Table) -> Iterator[tuple[str, str]]:
    if (made := request.decision) is not None:
        right = RIGHTS[request.kind]
        rests_on = (right.grounds.get(made.ground, ""), right.exceptions.get(made.exception, ""))
        parts = [_OUTCOMES.get(made.outcome, made.outcome), *rests_on, made.reason, made.authorised_by]
        yield "Decided", f"{'. '.join(part for part in parts if part)} ({by(at_table, made.by, made.at)})"
    if request.carried_out_on is not None:
        yield "Done", long_date(request.carried_out_on)
    for one in request.recipients:
        on = "" if one.on is None else f", {long_date(one.on)}"
        yield one.name or "Nobody else had it", f"{_OUTCOMES.get(one.outcome, one.outcome)}{on} {one.reason}".strip()
    if request.complaint_acknowledged_on is not None:
        yield "Acknowledged", long_date(request.complaint_acknowledged_on)
    for answer in (*request.earlier_answers, *([request.answer] if request.answer else [])):
        kept_back = f" Withheld: {answer.withheld}" if answer.withheld else ""
        outcome = _OUTCOMES.get(answer.outcome, answer.outcome)
        yield f"{outcome}, {long_date(answer.sent_on)}", f"{answer.words}{kept_back} {answer.proof}".strip()
    if request.not_a_request or request.withdrawn:
        yield "Ended", request.not_a_request or request.withdrawn


def by(at_table: Table, person: int | None, at: datetime) -> str:
    """Say who did something and when."""
    return f"{at_table.signed(person, at)}, {moment(at)}"
