"""What the letters of a request say, each in a few paragraphs of our own words."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.calendar import long_date
from policy.request.case import Request
from policy.request.dates import Dates
from policy.request.exemptions import FEE_LABELS, GROUND_LABELS, Ground
from policy.request.exemptions import Fee as FeeGround
from policy.request.kept import DOCUMENT_LABELS, Document
from policy.request.kinds import ACCESSES, How, RequestKind


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes. The regulator's name and address are settings of the school: they change."""

    school: str
    dpo: str
    contact: str
    regulator: str = "the Information Commissioner's Office (ICO)"
    regulator_contact: str = "ico.org.uk/make-a-complaint, 0303 123 1113"


GAP: Final = "[please add: {}]"
_WANT: Final = {
    RequestKind.ACCESS: "to see the information that we hold",
    RequestKind.CCTV: "to see our camera footage",
    RequestKind.RECTIFICATION: "to have information put right",
    RequestKind.ERASURE: "to have information deleted",
    RequestKind.RESTRICTION: "that we keep information without using it",
    RequestKind.OBJECTION: "that we stop using information",
    RequestKind.PORTABILITY: "to have information in a form that can be taken elsewhere",
    RequestKind.AUTOMATED: "that a person looks at a decision made by a machine",
    RequestKind.MARKETING: "to get no more advertising from us",
    RequestKind.COMPLAINT: "how we handled personal information",
    RequestKind.RELEASE: "for camera footage",
}
_HOW: Final = {
    How.SPOKEN: "what you asked us in person",
    How.EMAIL: "your e-mail",
    How.LETTER: "your letter",
    How.FORM: "your form",
    How.MESSAGE: "your message",
}


def complaint_routes(sender: Sender) -> tuple[str, ...]:
    """Say where to complain: to the school, the regulator and a court (UK GDPR art. 12(4))."""
    return (
        f"If you are unhappy with this, tell us first if you like: write to {sender.dpo}, {sender.contact}.",
        f"You can also complain to {sender.regulator} ({sender.regulator_contact}).",
        "And you can ask a court to look at it.",
    )


def _came(request: Request) -> str:
    known = request.details.received_how
    what = _HOW[How(known)] if known in set(_HOW) else "your request"
    return f"Thank you for {what}, which reached us on {long_date(request.details.received_on)}."


def acknowledge(request: Request, dates: Dates, sender: Sender) -> tuple[str, ...]:
    """Say that it came, and by when it is answered."""
    lines = [_came(request), f"You asked {_WANT[request.kind]}. In your words: “{request.details.words}”"]
    if request.kind is RequestKind.MARKETING:
        return (*lines, "We have stopped, or are stopping now. There is nothing more that you need to do.")
    if request.details.received_how == How.SPOKEN:
        lines.append("If you would like to put it in writing you can, but you don't have to: it counts already.")  # C24
    lines.append(_answer_by(dates.due))
    if request.is_held:
        lines.append("Until then we keep whatever belongs to your request.")  # SAR-8.1.3
    lines.append(f"If anything changes, or you have a question, please write to {sender.dpo}, {sender.contact}.")
    return tuple(lines)


def _answer_by(due: date | None) -> str:
    if due is None:
        return "We will tell you by when you can expect our answer as soon as we have what we asked you for."
    return f"You will have our answer by {long_date(due)} at the latest, and sooner if we can."


def identity(request: Request) -> tuple[str, ...]:
    """Ask for two documents, with the reason (SAR-2.2)."""
    listed = [title for document, title in DOCUMENT_LABELS.items() if document is not Document.OTHER]
    doubt = request.identity.doubt if request.identity else GAP.format("why you can't be sure who is asking")
    return (
        _came(request),
        f"Before we send anybody's information we must be sure who asks, and here we can't be yet: {doubt}",
        "Please show us two different documents out of these: "
        + "; ".join(_lower(title) for title in listed)
        + ".",  # SAR-2.2
        (
            "Bring them in if you can: we look at them, note that we did, and give them back. "
            "Your month begins on the day on which we have seen them."
        ),  # SAR-4.2
    )


AUTHORITY: Final = (
    "Thank you for your request on somebody else's behalf.",
    (
        "We can't answer it yet. For that we need a letter, signed by the person whose information it is, "
        "that says which information we may give you."
    ),  # SAR-6.2
    "We won't write to that person ourselves. Your month begins on the day on which their letter reaches us.",
)


def fee(request: Request) -> tuple[str, ...]:
    """Ask for a fee, with the reason (SAR-3.2)."""
    fee = request.fee
    amount = f"£{fee.amount}" if fee else GAP.format("the amount")
    why = f"{FEE_LABELS[FeeGround(fee.ground)]}: {fee.reason}" if fee else GAP.format("why a fee is asked for")
    return (
        _came(request),
        f"We answer nearly every request without a charge. For this one we ask for {amount}, because of this. {why}",
        "It covers what the work costs us and nothing more. Your month begins on the day on which it is paid.",
    )


def clarify(request: Request) -> tuple[str, ...]:
    """Ask what is meant."""
    still = [one.text for one in request.questions if one.answered_on is None]
    question = still[-1] if still else GAP.format("your question")
    return (
        _came(request),
        "We would like to find the right things, and need your help with this:",
        question,
        (
            "From today until your answer reaches us the clock stands still, so the sooner you write the sooner we can "
            "reply."
        ),  # UK GDPR art. 12A
    )


def extend(request: Request, dates: Dates, sender: Sender) -> tuple[str, ...]:
    """Say that it takes longer, with the reason (SAR-4.4)."""
    reason = request.extension.reason if request.extension else GAP.format("why it takes longer")
    until = long_date(dates.due) if request.extension and dates.due else GAP.format("the new date")
    return (
        _came(request),
        f"It will take us longer than a month, and we are sorry for that. The reason: {reason}",
        f"The law allows two months more for such a request. You will have our answer by {until}.",  # SAR-4.3, SAR-4.4
        *complaint_routes(sender),
    )


def refuse(request: Request, sender: Sender) -> tuple[str, ...]:
    """Say no, with the reasons and where to complain."""
    answer = request.answer
    if answer is not None and answer.outcome == "refused":
        why = f"{_ground(answer.ground)} {answer.words}"
    elif request.decision is not None and request.decision.outcome == "no":
        why = request.decision.reason
    else:
        why = GAP.format("the ground and the reasons")
    return (
        _came(request),
        f"You asked {_WANT[request.kind]}. We have looked at it carefully and can't do that.",
        f"These are the reasons: {why}",  # SAR-3.2, DP-12.10
        *complaint_routes(sender),
    )


def respond(request: Request, sender: Sender) -> tuple[str, ...]:
    """Send what was asked for, and say what is not in it."""
    answer, decision = request.answer, request.decision
    lines = [_came(request)]
    if request.kind in ACCESSES:
        kinds = answer.words if answer and answer.words else GAP.format("what kinds of information this is")
        lines.append(f"With this letter you get what you asked for. It holds: {kinds}")  # SAR-8.1.6
        lines.append("Where we use a term of our trade we explain it. Please ask if anything is unclear.")  # SAR-8.1.7
    elif request.kind is RequestKind.MARKETING:
        lines.append("You will get no more advertising from us.")  # DP-12.6
    else:
        how = "in part" if decision is not None and decision.outcome == "partly" else "as you asked"
        why = decision.reason if decision else GAP.format("what was done, and why")
        lines.append(f"You asked {_WANT[request.kind]}. We have done so {how}: {why}")
    withheld = (answer.withheld if answer else "") or _withheld(request)
    if withheld:
        lines.append(f"Some things are not in it: {withheld}")  # SAR-7.3
    if request.effort is not None:
        lines.append("You can come and look at the rest here, or give us words to search for.")  # SAR-7.4
    return (*lines, *complaint_routes(sender))


def _withheld(request: Request) -> str:
    return "; ".join(f"{one.what} ({one.reason})" for one in request.exemptions)


def complaint_received(request: Request, sender: Sender) -> tuple[str, ...]:
    """Say that a complaint came."""
    return (
        (
            f"Thank you for telling us about {_WANT[request.kind]}. It reached us on "
            f"{long_date(request.details.received_on)}."
        ),
        f"In your words: “{request.details.words}”",
        "We have begun to look into it. We will keep you informed, and write to you with what we find.",
        f"If you want to add something, please write to {sender.dpo}, {sender.contact}.",
        f"You can also complain to {sender.regulator} ({sender.regulator_contact}).",
    )


def complaint_outcome(request: Request, sender: Sender) -> tuple[str, ...]:
    """Say what was found about a complaint."""
    found = request.answer.words if request.answer else GAP.format("what you looked at, found and will change")
    return (
        f"You complained on {long_date(request.details.received_on)} about {_WANT[request.kind]}.",
        f"We have looked into it. This is what we found: {found}",
        f"If you don't agree, you can complain to {sender.regulator} ({sender.regulator_contact}).",
        "And you can ask a court to look at it.",
    )


def _lower(title: str) -> str:
    return title if title.startswith("P45") else title[0].lower() + title[1:]


def _ground(ground: str) -> str:
    return f"{GROUND_LABELS[Ground(ground)]}."
