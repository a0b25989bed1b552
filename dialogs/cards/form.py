"""One page of a form: what is asked, with what was filled in so far and what has to be looked at again."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final

from dialogs.cards.elements import apart, bold, card, execute, fits, heading, said, small, text
from dialogs.cards.inert import inert
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.filled import Problem
from policy.forms import LONDON, NOT_KNOWN, Answers, Field, Kind, instant, is_unknown

_FILL_IN: Final = "Please fill this in."
_CHOOSE: Final = "Please choose one."
_NOT_KNOWN_YET: Final = "Leave empty whatever isn't known yet."
_EXPECTED: Final = "Leave empty what isn't known yet; then I ask when it will be."
_ROOM: Final = 45  # characters of a hint that a phone shows within a field, whichever client draws it
_ALONE: Final = {"associatedInputs": "none"}  # leaves without what is on the page, so nothing can stop it


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page as it is to be shown."""

    draft: str
    revision: int
    title: str  # the form's
    page: str  # the page's title
    place: tuple[int, int]  # this page, of so many; from 1
    fields: tuple[Field, ...]
    answers: Answers
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()  # what was just noted, what comes next
    back: bool = False
    sends: str = ""  # the title of the last button where this page is the last and nothing is shown again
    kept: frozenset[str] = field(default_factory=frozenset)  # answers too long for the card; they stay as they are


def form_page_card(shown: FormPage) -> Json:
    """Ask for one page. Answers that would make the card too large are named and kept, longest first."""
    whole = _drawn(shown)
    while not fits(whole):
        longest = max(
            (one for one in shown.fields if one.name not in shown.kept),
            key=lambda one: len(str(shown.answers.get(one.name, ""))) + len(str(_raw(shown, one))),
        )
        shown = replace(shown, kept=shown.kept | {longest.name})
        whole = _drawn(shown)
    return whole


def form_left_card(*, title: str, draft: str) -> Json:
    """Say that a form was left and can be taken up again. `title` is the form's."""
    return card(
        heading("I have put it away"),
        said(bold(title), "was not sent. What you filled in is kept."),
        actions=(execute("Continue", Verb.FORM_RESUME, draft=draft),),
    )


def form_closed_card() -> Json:
    """Say that the form was sent or left before; the press changed nothing."""
    return card(
        heading("That form is closed"),
        text("It was sent or put away before. Nothing was changed by this press."),
    )


def no_form_card() -> Json:
    """After `resume`, with nothing to go back to."""
    return card(heading("No form is open"), text("There is nothing to go back to. Type help to see what I can do."))


GOES_ON: Final = "Continue"


def still_open(card_: Json, *, title: str, draft: str, button: bool) -> Json:
    """Say under another answer that the form waits; `button`: there is room for one, below the answer's own."""
    how = f"Press {GOES_ON} or type resume" if button else "Type my tasks"  # resume may bring a newer form
    line = said(bold(title), f"is still open. {how} to go on with it.", spacing="Large")
    more = [execute(GOES_ON, Verb.FORM_RESUME, draft=draft)] if button else []
    return {**card_, "body": [*card_["body"], line], "actions": [*card_.get("actions", ()), *more]}


def _drawn(shown: FormPage) -> Json:
    number, count = shown.place
    ids: dict[str, str | int] = {"draft": shown.draft, "rev": shown.revision}
    forward = (
        execute(shown.sends, Verb.FORM_SEND, **ids) if shown.sends else execute("Continue", Verb.FORM_CONTINUE, **ids)
    )
    back = [execute("Back", Verb.FORM_BACK, **ids)] if shown.back else []  # brings what was typed: nothing is lost
    return card(
        heading(shown.title),
        said(bold(shown.page), *([f"Page {number} of {count}."] if count > 1 else []), spacing="Small"),
        *(said(note, spacing="Small") for note in shown.notes),
        *_advice(shown),
        apart(*(_together(_field(shown, one)) for one in shown.fields), depth=number),
        actions=(forward, *back, execute("Cancel", Verb.FORM_CANCEL, **ids) | _ALONE),
    )


def _advice(shown: FormPage) -> list[Json]:
    if shown.problems:
        return [text("Nearly there: please look again at what is marked.", spacing="Small")]
    if any(one.expected_by for one in shown.fields):
        return small(_EXPECTED)
    return small(_NOT_KNOWN_YET) if any(one.unknown_ok for one in shown.fields) else []


def _together(pieces: list[Json]) -> Json:
    return pieces[0] if len(pieces) == 1 else apart(*pieces, depth=1)


def _field(shown: FormPage, one: Field) -> list[Json]:
    """Draw a field's inputs, with a sentence above them where it has to be looked at again."""
    sentence = next((problem.sentence for problem in shown.problems if problem.field.name == one.name), "")
    if one.name in shown.kept:
        return [
            said(bold(one.label), sentence or "Your answer is kept. It is too long to be shown next to the others.")
        ]
    warning = [said(bold("Please check:"), sentence)] if sentence else []
    raw = _raw(shown, one)
    inputs = [
        made | _value(made["type"], raw.get(made["id"], "")[: one.most]) for made in _inputs(shown, one, sentence)
    ]
    if one.expected_by and (sentence or is_unknown(shown.answers.get(one.name))):
        made = _input("Input.Date", one.expected_input, f"{one.label}: expected by, if not known yet")
        inputs.append(made | _value("Input.Date", raw.get(one.expected_input, "")))
    hint = small(one.hint) if one.hint and not _shows_hint(one, inputs[0]) else []
    return [*warning, inputs[0], *hint, *inputs[1:]]


def _shows_hint(one: Field, drawn: Json) -> bool:
    """Whether a hint can be read within its field: there is room for it, and nothing else stands there."""
    return one.kind in {Kind.TEXT, Kind.LONG, Kind.NUMBER} and len(one.hint) <= _ROOM and "value" not in drawn


def _inputs(shown: FormPage, one: Field, sentence: str) -> list[Json]:
    """Make a field's empty inputs, with what a client checks by itself.

    A client that misses an answer stops Back as well as Continue, so on later pages only the server looks for them.
    """
    needed = one.required and not one.unknown_ok
    label = f"{_label(one)} *" if needed and shown.back else _label(one)
    match one.kind:
        case Kind.TEXT | Kind.LONG:
            lines = {"isMultiline": True} if one.kind is Kind.LONG else {}
            made = [_input("Input.Text", one.name, label) | lines | {"maxLength": one.most} | _placeholder(one)]
        case Kind.CHOICE | Kind.SEVERAL:
            several = {"isMultiSelect": True} if one.kind is Kind.SEVERAL else {}
            made = [_input("Input.ChoiceSet", one.name, label) | _choices(one) | several]
        case Kind.WHEN:
            made = [
                _input("Input.Date", one.inputs[0], label),
                _input("Input.Time", one.inputs[1], "At about what time?"),
            ]
        case Kind.DATE:
            made = [_input("Input.Date", one.name, label)]
        case Kind.NUMBER:
            bounds = {"min": one.least, "max": one.greatest}
            made = [_input("Input.Number", one.name, label) | bounds | _placeholder(one)]
    required: Json = {"isRequired": True} if needed and not shown.back else {}
    return [each | required | {"errorMessage": sentence or _complaint(one)} for each in made]


def _input(kind: str, name: str, label: str) -> Json:
    return {"type": kind, "id": name, "label": inert(label)}


def _placeholder(one: Field) -> Json:
    return {"placeholder": one.hint} if one.hint and _shows_hint(one, {}) else {}


def _label(one: Field) -> str:
    return one.label if one.required or one.unknown_ok else f"{one.label} (optional)"


def _choices(one: Field) -> Json:
    offered = [(choice.title, choice.value) for choice in one.choices]
    if one.unknown_ok and one.kind is Kind.CHOICE:
        offered.append(("Not known yet", NOT_KNOWN))
    return {
        "style": "compact",  # open lists read markdown
        "wrap": True,  # where a client shows them open all the same
        "placeholder": "Choose",
        "choices": [{"title": inert(title), "value": value} for title, value in offered],
    }


def _complaint(one: Field) -> str:
    match one.kind:
        case Kind.CHOICE | Kind.SEVERAL:
            return _CHOOSE
        case Kind.NUMBER:
            return f"Please give a number from {one.least} to {one.greatest}."
        case _:
            return _FILL_IN


def _raw(shown: FormPage, one: Field) -> dict[str, str]:
    """Say what stands in a field's inputs: what was just typed, else what was answered before."""
    typed = next((problem.raw for problem in shown.problems if problem.field.name == one.name and problem.raw), None)
    return dict(typed) if typed is not None else _answered(one, shown.answers)


def _answered(one: Field, answers: Answers) -> dict[str, str]:
    value = answers.get(one.name)
    if is_unknown(value):
        expected = value["expected_by"] if isinstance(value, dict) else None
        chosen = {one.name: NOT_KNOWN} if one.kind is Kind.CHOICE else {}
        return chosen | ({one.expected_input: str(expected)} if expected else {})
    if one.kind is Kind.WHEN:
        at = instant(value)
        local = None if at is None else at.astimezone(LONDON)
        return {} if local is None else dict(zip(one.inputs, (local.date().isoformat(), f"{local:%H:%M}"), strict=True))
    if value is None:
        return {}
    return {one.name: ",".join(value) if isinstance(value, list) else str(value)}


def _value(kind: str, raw: str) -> Json:
    """Put a value into an input, if it is one that the input can hold."""
    if not raw:
        return {}
    match kind:
        case "Input.Number":
            return {"value": int(raw)} if raw.removeprefix("-").isdecimal() and raw.isascii() and len(raw) < 10 else {}  # noqa: PLR2004  see policy/filled
        case "Input.Date":
            return {"value": raw} if _reads(date, raw) else {}
        case "Input.Time":
            return {"value": raw[:5]} if _reads(time, raw) else {}
        case _:
            return {"value": raw}


def _reads(kind: type[date | datetime | time], raw: str) -> bool:
    try:
        kind.fromisoformat(raw)
    except ValueError:
        return False
    return True
