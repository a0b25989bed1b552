"""Each event of a case in words: what was done, and why. Nothing that happened is left out of the story."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bot.exports.case_of import CaseFile
from bot.exports.decided import outcome, reasons
from bot.exports.who import when
from dialogs.breach.words import MATTERS
from policy.breach.case import Breach, after, of
from policy.breach.criteria import LABELS, LEVELS, Criterion, Level
from policy.breach.events import Event, Happened, Matter
from policy.breach.forms import TOPICS, form_of
from policy.breach.letter import LABELS as PARTS
from policy.breach.letter import Part
from policy.breach.steps import Step
from policy.calendar import long_date

_REMINDED_OF: Final = {  # by the first word of a milestone's key
    "clock": "of the 72 hours",
    "acknowledge": "that the case waited to be acknowledged",
    "form-a": "to finish Form A",
    "outstanding": "of what Form B said would be known",
    "review": "of the review",
    "others": "of another organisation that was to be told",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline. `who` is a name, `why` the words that came with it."""

    at: datetime
    who: str
    what: str
    why: str


def story(file: CaseFile) -> Iterator[Moment]:
    """Tell a case from its first word on."""
    breach = of(file.breach.number, file.school.id, file.events[:1])
    for place, event in enumerate(file.events):
        what, why = _told(event, breach, file)
        yield Moment(event.at, file.signed(event.actor, event.at), what, why.strip())
        if place:
            breach = after(breach, event)


def _told(event: Event, before: Breach, file: CaseFile) -> tuple[str, str]:  # noqa: C901, PLR0911, PLR0912  one line a kind of event
    data = event.data
    match event.kind:
        case Happened.OPENED:
            return ("Reported a near miss" if data.get("near_miss") else "Reported a possible breach"), _words(data)
        case Happened.SAID:
            return "Added to the report", data["text"]
        case Happened.NOTICED:
            return f"Said that it was first noticed {_at(data)}", ""
        case Happened.AWARE_CORRECTED:
            return f"Corrected when it was first known: {_at(data)} instead of {when(before.t0)}", _reason(data)
        case Happened.FORM_A_OPENED:
            return "Opened Form A", ""
        case Happened.FORM_A_LEFT:
            return "Left Form A for later; the case stayed open", ""
        case Happened.FORM_A_SIGNED:
            return f"Signed Form A{', as a near miss' if data.get('near_miss') else ''}", ""
        case Happened.WORKPLACE:
            return f"Said where it happened: {file.schools.get(data['school_id'], 'another school')}", ""
        case Happened.ACKNOWLEDGED:
            return f"Acknowledged the case{'' if data.get('by_dpo', True) else ' as leader of the school'}", ""
        case Happened.ASKED:
            return "Asked the reporter", data["text"]
        case Happened.ANSWERED:
            return "Answered the DPO's question", data["text"]
        case Happened.TASK_SET:
            return f"Gave task {data['task']} to {file.name(data['owner'])}", data["what"]
        case Happened.TASK_DONE:
            return f"Finished task {data['task']}", str(data.get("note", ""))
        case Happened.NOTED:
            topic = next((choice.title for choice in TOPICS if choice.value == data["topic"]), data["topic"])
            return f"Noted a finding: {topic}", data["text"]
        case Happened.ANALYSED:
            return "Weighed the five criteria", weighed(data["criteria"])
        case Happened.DECIDED:
            matter = Matter(data["what"])
            return f"Decided: {MATTERS[matter]}? {outcome(event)}", "\n".join(reasons(event, before))
        case Happened.LETTER_WRITTEN:
            written = [PARTS[part] for part in Part if str(data["parts"].get(part, "")).strip()]
            return "Wrote the letter to the people affected", "\n".join(written)
        case Happened.SUBJECTS_TOLD:
            return f"Recorded that the people affected were told {_at(data)}", _how(Step.TELL_SUBJECTS, data)
        case Happened.OTHERS_TOLD:
            return f"Recorded that {data['name']} was told {_at(data)}", _how(Step.TELL_OTHERS, data)
        case Happened.FORM_B_SAVED:
            return f"Saved version {len(before.form_b) + 1} of Form B, {_stage(data)}", ""
        case Happened.ICO_SENT:
            reference = data.get("reference")
            how = _how(Step.SEND_ICO, data)
            return f"Recorded that the report went to the ICO {_at(data)}", _lines(
                how, f"Their reference: {reference}" if reference else ""
            )
        case Happened.FOLLOWED_UP:
            return f"Recorded that the ICO was told more{f' {_at(data)}' if data.get('at') else ''}", data["text"]
        case Happened.INVOLVED:
            part = "their own data is in it" if data["part"] == "subject" else "it is about what they did"
            return f"Recorded that {file.name(data['person'])} has a part in the case: {part}", _reason(data)
        case Happened.NO_LONGER_INVOLVED:
            return f"Recorded that {file.name(data['person'])} has no part in the case after all", _reason(data)
        case Happened.BREACH_AFTER_ALL:
            return "Said that it was more than a near miss", _reason(data)
        case Happened.CHILD_AT_RISK:
            return "Brought in the safeguarding lead", ""
        case Happened.REVIEWED:
            return "Wrote the review", "\n".join(f"{label}: {text}" for label, text in review(data, file))
        case Happened.WITHDRAWN:
            return "Decided that it was not a breach", _reason(data)
        case Happened.CLOSED:
            return "Closed the case", ""
        case Happened.REOPENED:
            return "Opened the case again; the 72 hours go on from the first time", _reason(data)
        case Happened.NUDGED:
            return f"Sent a reminder {_reminder(data['milestone'])}", ""
        case Happened.UNDELIVERABLE:
            return f"Could not reach {file.name(data['person'])}", ""
        case Happened.PASSED_ON:
            return f"Brought in {file.name(data['person'])}, who is next in line", ""


def weighed(criteria: dict[str, Any]) -> str:
    """Put the five criteria into words, a line each."""
    return "\n".join(
        f"{LABELS[one]}: {LEVELS[Level(criteria[one]['level'])]}. {criteria[one]['note']}"
        for one in Criterion
        if one in criteria
    )


def review(data: dict[str, Any], file: CaseFile) -> tuple[tuple[str, str], ...]:
    """Put a review into words, by label."""
    owner = str(data.get("owner") or "")
    due = data.get("due")
    return (
        ("Cause", data["cause"]),
        ("What changes", data["action"]),
        ("Who sees to it", file.name(int(owner)) if owner.isdecimal() else owner),
        ("By when", long_date(date.fromisoformat(due)) if due else ""),
        ("Done", "Yes" if data.get("done") else "Not yet"),
    )


def _words(data: dict[str, Any]) -> str:
    return str(data.get("words", ""))


def _reason(data: dict[str, Any]) -> str:
    return str(data.get("reason", ""))


def _at(data: dict[str, Any]) -> str:
    return f"on {when(datetime.fromisoformat(data['at']))}"


def _how(step: Step, data: dict[str, Any]) -> str:
    form, said = form_of(step), str(data.get("how", ""))
    field = next((field for field in form.fields if field.name == "how"), None) if form else None
    return f"How: {field.title_of(said) if field else said}" if said else ""


def _stage(data: dict[str, Any]) -> str:
    return "final" if data["final"] else "a draft"


def _reminder(milestone: str) -> str:
    return next((words for track, words in _REMINDED_OF.items() if milestone.startswith(track)), _OF_SUBJECTS)


_OF_SUBJECTS: Final = "that the people affected were to be told"


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
