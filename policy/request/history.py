"""Adds a request up from its events. Who takes something back adds an event; who takes that back restores it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from policy.request.case import Request
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
    Move,
    Note,
    Notice,
    Question,
    Recipient,
    Snooze,
    Task,
    ThirdParty,
    Tick,
)
from policy.request.kinds import HELD, RequestKind


def of(number: int, school_id: int, events: Iterable[Event]) -> Request:
    """Add up a case. The first event is its opening. Raises ValueError where it is not."""
    history = tuple(events)
    if not history or history[0].kind is not Happened.OPENED or history[0].actor is None:
        raise ValueError(f"Case {number} does not begin with an opening by somebody.")
    gone = taken_back(history)
    request = _opened(number, school_id, history[0], history[0].actor)
    for place, event in enumerate(history[1:], 2):
        if place not in gone:
            request = _counted(request, place, event)
    return replace(request, history=history, gone=gone)


def after(request: Request, event: Event) -> Request:
    """Add one event."""
    history = (*request.history, event)
    if event.kind is Happened.UNDONE:
        return of(request.number, request.school_id, history)
    return replace(_counted(request, len(history), event), history=history)


def taken_back(history: tuple[Event, ...]) -> frozenset[int]:
    """Return the places of what no longer stands, the latest word counting."""
    gone: set[int] = set()
    for place in range(len(history), 0, -1):
        event = history[place - 1]
        if place not in gone and event.kind is Happened.UNDONE:
            gone.add(int(event.data["of"]))
    return frozenset(gone)


def _opened(number: int, school_id: int, first: Event, taker: int) -> Request:
    details = _details(first.data)
    held = details.kind in HELD
    return Request(
        number=number,
        school_id=school_id,
        taken_by=taker,
        opened_at=first.at,
        details=details,
        history=(first,),
        is_held=held,
        held_since=first.at if held else None,
        involved={taker: "requester"} if first.data.get("own") else {},
        last={str(Happened.OPENED): 1},
    )


def _details(data: Mapping[str, Any]) -> Details:
    return Details(
        kind=RequestKind(data["kind"]),
        words=str(data.get("words", "")),
        received_on=_day(data["received_on"]),
        received_how=str(data.get("received_how", "")),
        requester=str(data.get("requester", "")),
        requester_kind=str(data.get("requester_kind", "")),
        about=str(data.get("about", "")),
        born=_day(data["born"]) if data.get("born") else None,
        contact=str(data.get("contact", "")),
        preferred_form=str(data.get("preferred_form", "")),
    )


def _counted(request: Request, place: int, event: Event) -> Request:
    return replace(_with(request, place, event), last={**request.last, str(event.kind): place})


def _with(request: Request, place: int, event: Event) -> Request:  # noqa: C901, PLR0911, PLR0912, PLR0915  one line a kind of event
    data, at, by = event.data, event.at, event.actor
    match event.kind:
        case Happened.OPENED:
            raise ValueError(f"Case {request.number} is opened twice.")
        case Happened.SAID:
            return replace(request, said=(*request.said, Note(data["text"], by, at)))
        case Happened.NOTED:
            return replace(request, notes=(*request.notes, Note(data["text"], by, at)))
        case Happened.DETAILS_CORRECTED:
            return _corrected(request, data, at)
        case Happened.ACCEPTED:
            return replace(request, accepted_at=at)
        case Happened.NOT_A_REQUEST:
            return replace(request, not_a_request=data["reason"], ended_at=at)
        case Happened.ASSIGNED:
            return replace(request, assigned_to=data["person"])
        case Happened.ROUTE_CONFIRMED:
            able = {"yes": True, "no": False}.get(str(data.get("able", "")))
            doubt, conflict = bool(data.get("doubt")), bool(data.get("conflict"))
            kept = Confirmed(data["route"], able, doubt, conflict, data.get("reason", ""), by, at)
            return replace(request, confirmed=kept)
        case Happened.IDENTITY_ASKED:
            return replace(request, identity=Identity(_day(data["on"]), data["doubt"]))
        case Happened.IDENTITY_SEEN if request.identity is not None:
            seen = tuple(data["documents"]) + ((data["other"],) if data.get("other") else ())
            identity = replace(request.identity, seen_on=_day(data["on"]), documents=seen, seen_by=by)
            return replace(request, identity=identity)
        case Happened.AUTHORITY_ASKED:
            return replace(request, authority=Authority(_day(data["on"])))
        case Happened.AUTHORITY_RECEIVED:
            asked = request.authority or Authority(None)
            return replace(
                request, authority=replace(asked, received_on=_day(data["on"]), covers=data.get("covers", ""))
            )
        case Happened.AUTHORITY_OVERRIDDEN if request.authority is not None:
            return replace(request, authority=replace(request.authority, overridden=data["reason"]))
        case Happened.FEE_ASKED:
            fee = Fee(_day(data["on"]), data["ground"], int(data["amount"]), data["reason"])
            return replace(request, fee=fee)
        case Happened.FEE_PAID if request.fee is not None:
            return replace(request, fee=replace(request.fee, paid_on=_day(data["on"])))
        case Happened.CLARIFY_ASKED:
            return replace(request, questions=(*request.questions, Question(place, _day(data["on"]), data["text"])))
        case Happened.CLARIFY_ANSWERED:
            return replace(request, questions=tuple(_answered(one, data) for one in request.questions))
        case Happened.EXTENDED:
            notice = _day(data["notice_sent_on"])
            longer = Extension(data["ground"], data["reason"], notice, data.get("override", ""), by, at)
            return replace(request, extension=longer)
        case Happened.TASK_SET:
            task = Task(int(data["task"]), data["kind"], data["what"], int(data["owner"]), at)
            return replace(request, tasks=(*request.tasks, task))
        case Happened.TASK_DONE | Happened.TASK_CHASED | Happened.TASK_ESCALATED:
            return replace(request, tasks=tuple(_worked_on(task, event) for task in request.tasks))
        case Happened.NOTICE_SENT:
            others = tuple(one for one in request.notices if one.person != data["person"])
            return replace(request, notices=(*others, Notice(data["person"], at)))
        case Happened.NOTICE_CONFIRMED:
            confirmed = [replace(one, confirmed_at=at) if one.person == by else one for one in request.notices]
            return replace(request, notices=tuple(confirmed))
        case Happened.THIRD_PARTY:
            return replace(request, third_parties=_moved(request.third_parties, data, by))
        case Happened.EXEMPTION:
            kept_back = Exemption(data["exemption"], data["what"], data["reason"], bool(data.get("dsl")), by, at)
            return replace(request, exemptions=(*request.exemptions, kept_back))
        case Happened.EFFORT:
            return replace(request, effort=Note(f"{data['offer']}: {data['reason']}", by, at))
        case Happened.HOLD_SET:
            return replace(request, is_held=True, held_since=at)
        case Happened.HOLD_RELEASED:
            return replace(request, is_held=False)
        case Happened.TICKED:
            return replace(request, ticked={**request.ticked, data["check"]: Tick(by, at, data.get("note", ""))})
        case Happened.COMPLAINT_ACKNOWLEDGED:
            return replace(request, complaint_acknowledged_on=_day(data["on"]))
        case Happened.REFUSED | Happened.RESPONDED | Happened.COMPLAINT_ANSWERED:
            return replace(request, answer=_answer(event))
        case Happened.DECIDED:
            who = data.get("authorised_by", "")
            said = (data["outcome"], data.get("ground", ""), data.get("exception", ""), data["reason"], who)
            return replace(request, decision=Decision(*said, by, at))
        case Happened.CARRIED_OUT:
            return replace(request, carried_out_on=_day(data["on"]))
        case Happened.RECIPIENT_INFORMED:
            on = _day(data["on"]) if data.get("on") else None
            told = Recipient(data.get("name", ""), data["outcome"], on, data.get("reason", ""))
            return replace(request, recipients=(*request.recipients, told))
        case Happened.INVOLVED:
            return replace(request, involved={**request.involved, data["person"]: data["part"]})
        case Happened.NO_LONGER_INVOLVED:
            left = {person: part for person, part in request.involved.items() if person != data["person"]}
            return replace(request, involved=left)
        case Happened.WITHDRAWN:
            return replace(request, withdrawn=data["reason"], ended_at=at)
        case Happened.CLOSED:
            return replace(request, closed_at=at, ended_at=at)
        case Happened.REOPENED:
            return _reopened(request)
        case Happened.SNOOZED:
            line = str(data["line"])
            put_off = Snooze(at, datetime.fromisoformat(data["until"]))
            times = {**request.snoozes, line: request.snoozes.get(line, 0) + 1}
            return replace(request, snoozed={**request.snoozed, line: put_off}, snoozes=times)
        case Happened.SETTLED:
            return replace(request, settled=request.settled | {data["line"]})
        case Happened.NUDGED:
            return replace(request, nudged=request.nudged | {data["milestone"]})
        case Happened.UNDELIVERABLE:
            return replace(request, unreached=request.unreached | {data["person"]})
        case Happened.PASSED_ON:
            return replace(request, stand_ins=tuple(dict.fromkeys((*request.stand_ins, data["person"]))))
        case _:  # an undoing, which counts elsewhere, or an answer to what was taken back
            return request


def _corrected(request: Request, data: Mapping[str, Any], at: datetime) -> Request:
    kept = request.details
    said = {
        "kind": kept.kind,
        "words": kept.words,
        "received_on": kept.received_on.isoformat(),
        "received_how": kept.received_how,
        "requester": kept.requester,
        "requester_kind": kept.requester_kind,
        "about": kept.about,
        "born": kept.born.isoformat() if kept.born else "",
        "contact": kept.contact,
        "preferred_form": kept.preferred_form,
    }
    details = _details({**said, **data})
    if details.kind in HELD and not request.is_held:  # a hold comes with what is asked for, and leaves by the DPO only
        return replace(request, details=details, is_held=True, held_since=at)
    return replace(request, details=details)


def _answered(question: Question, data: Mapping[str, Any]) -> Question:
    if question.place != data["question"]:
        return question
    return replace(question, answered_on=_day(data["on"]), answer=data.get("text", ""))


def _worked_on(task: Task, event: Event) -> Task:
    if task.number != event.data["task"]:
        return task
    match event.kind:
        case Happened.TASK_DONE:
            found = {"yes": True, "no": False}.get(str(event.data.get("found", "")))
            return replace(task, done_at=event.at, found=found, note=event.data.get("note", ""))
        case Happened.TASK_CHASED:
            return replace(task, chased_at=(*task.chased_at, event.at))
        case _:
            return replace(task, escalated_at=event.at)


def _moved(items: tuple[ThirdParty, ...], data: Mapping[str, Any], by: int | None) -> tuple[ThirdParty, ...]:
    number = int(data["item"])
    move = Move(data["move"], _day(data["on"]), data.get("reason", ""), by)
    if not any(one.item == number for one in items):
        return (*items, ThirdParty(number, data.get("who", ""), (move,)))
    return tuple(replace(one, moves=(*one.moves, move)) if one.item == number else one for one in items)


def _answer(event: Event) -> Answer:
    data = event.data
    shared: dict[str, Any] = {"how": data["how"], "by": event.actor, "at": event.at}
    match event.kind:
        case Happened.REFUSED:
            routes = tuple(data["routes"])
            sent = _day(data["sent_on"])
            return Answer("refused", sent, words=data["reasons"], ground=data["ground"], routes=routes, **shared)
        case Happened.COMPLAINT_ANSWERED:
            return Answer(data["outcome"], _day(data["on"]), words=data["reason"], **shared)
        case _:
            told = {"words": data.get("explanation", ""), "withheld": data.get("withheld", "")}
            return Answer("responded", _day(data["sent_on"]), proof=data.get("proof", ""), **told, **shared)


def _reopened(request: Request) -> Request:
    """Take the answer back into the open, and ask for the checklist anew: nothing goes out unchecked."""
    earlier = (*request.earlier_answers, *([request.answer] if request.answer else []))
    return replace(
        request,
        not_a_request="",
        withdrawn="",
        ended_at=None,
        closed_at=None,
        answer=None,
        earlier_answers=earlier,
        ticked={},
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)
