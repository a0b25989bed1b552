"""What a step's form begins with: today, and what was recorded before."""

from datetime import datetime
from typing import Any

from policy.request.case import Request
from policy.request.forms import form_of
from policy.request.intake import today_in
from policy.request.steps import Step


def of_step(request: Request, step: Step, *, now: datetime) -> dict[str, Any]:
    """Return the answers that a step's form begins with."""
    form = form_of(step, request)
    names = set() if form is None else {field.name for field in form.fields}
    first: dict[str, Any] = {name: today_in(now) for name in ("on", "sent_on", "notice_sent_on") if name in names}
    match step:
        case Step.CORRECT:
            details = request.details
            born = {} if details.born is None else {"born": details.born.isoformat()}
            day = details.received_on.isoformat()
            return {"kind": details.kind.value, "received_on": day, "about": details.about, **born}
        case Step.CONFIRM_ROUTE if request.confirmed is not None:
            kept = request.confirmed
            able = {True: "yes", False: "no", None: "unsaid"}[kept.able]
            worries = {
                name: "yes" if said else "no" for name, said in (("doubt", kept.doubt), ("conflict", kept.conflict))
            }
            return {"route": kept.route, "able": able, **worries}
        case Step.RESPOND:
            withheld = "; ".join(f"{one.what}: {one.reason}" for one in request.exemptions)
            return {**first, **({"withheld": withheld} if withheld else {})}
        case _:
            return first
