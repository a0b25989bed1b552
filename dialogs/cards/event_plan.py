"""The cards of a photo event: the plan with its list check, and the few words around it (domain 7.1)."""

from dataclasses import dataclass, replace

from dialogs.cards.elements import bold, card, execute, facts, fits, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.planning.check import Check
from policy.planning.plan import Step

_MOST_NAMES = 60  # of one use: more are a question for the chat, for a list cut short would be dangerous
_TITLES = {
    Step.APPROVE: "Approve",
    Step.ASK_CHANGE: "Ask for a change",
    Step.DONE: "It took place",
    Step.DOWNLOADED: "Pictures downloaded",
    Step.CLEARED: "Camera cleared",
    Step.OFF: "It is called off",
}


@dataclass(frozen=True, slots=True)
class PlanCard:
    """A plan as one reader sees it."""

    plan: int
    revision: int
    facts: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...] = ()  # nothing: this reader may not ask about pupils
    as_of: str = ""  # when the list was checked
    note: str = ""  # what just happened, or what is asked of the reader
    change: str = ""  # the change that was asked for
    steps: tuple[Step, ...] = ()
    can_edit: bool = False


def plan_first_card(*, draft: str) -> Json:
    """Say what planning is for, with the first consideration before anything else (PHOTO-5.4)."""
    return card(
        heading("Let's plan the pictures"),
        text("First: could pupils' work be shown instead of pupils? Then no plan is needed."),
        text("Otherwise I ask five short pages, check the list for that day, and pass the plan to the school's check."),
        actions=(execute("Continue", Verb.FORM_RESUME, draft=draft),),
    )


def plan_card(shown: PlanCard) -> Json:
    """Show a plan: what is planned, who is left out, and what the reader may do next.

    Names that would make the card too large are counted instead, the longest list first: none is ever cut short.
    """
    whole = _drawn(shown)
    while not fits(whole) and _names(shown):
        longest = max(shown.checks, key=lambda check: len(check.leave_out))
        counted = replace(longest, leave_out=(), stop=_too_many(longest))
        shown = replace(shown, checks=tuple(counted if check is longest else check for check in shown.checks))
        whole = _drawn(shown)
    return whole


def _drawn(shown: PlanCard) -> Json:
    note = {
        "type": "Input.Text",
        "id": "note",
        "label": "What should change? (for “Ask for a change”)",
        "maxLength": 600,
    }
    ids: dict[str, str | int] = {"plan": shown.plan, "rev": shown.revision}
    edit = [execute("Change the plan", Verb.PLAN_EDIT, plan=shown.plan)] if shown.can_edit else []
    steps = [execute(_TITLES[step], Verb.PLAN_STEP, step=step.value, **ids) for step in shown.steps]
    return card(
        heading(f"Event plan {shown.plan}"),
        *([said(bold(shown.note))] if shown.note else []),
        *facts(*shown.facts),
        *([said(bold("Please change:"), run(shown.change, limit=PASSAGE))] if shown.change else []),
        *([said(bold(f"Who to leave out, as of {shown.as_of}:"))] if shown.checks else []),
        *(piece for check in shown.checks for piece in _check(check)),
        *([text("Names are for planning only: please don't copy or forward them.")] if _names(shown) else []),
        *([note] if Step.ASK_CHANGE in shown.steps else []),
        actions=(*steps, *edit),
    )


def plan_list_changed_card(*, plan: int, title: str, on: str) -> Json:
    """Tell a lead that the list has changed: no name, no class and no use."""
    return card(
        heading("The list has changed"),
        said(bold(f"{title}, {on}:"), "please look at who is left out once more before you use the plan."),
        actions=(execute("Show the plan", Verb.PLAN_SHOW, plan=plan),),
    )


def _check(check: Check) -> list[Json]:
    if check.stop:
        return [said(bold(f"{check.use}:"), check.stop, spacing="Small")]
    if check.nobody:
        return [said(bold(f"{check.use}:"), "nobody in these classes. Please take none.", spacing="Small")]
    if not check.leave_out:
        return [said(bold(f"{check.use}:"), "nobody needs to be left out.", spacing="Small")]
    if len(check.leave_out) > _MOST_NAMES:
        return [said(bold(f"{check.use}:"), _too_many(check), spacing="Small")]
    names = run("; ".join(check.leave_out), limit=_MOST_NAMES * 90)
    return [said(bold(f"{check.use}:"), names, spacing="Small")]


def _too_many(check: Check) -> str:
    return f"{len(check.leave_out)} pupils, too many for this card. Please ask me class by class."


def _names(shown: PlanCard) -> bool:
    return any(check.leave_out for check in shown.checks)
