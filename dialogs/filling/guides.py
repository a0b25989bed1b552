"""Every guide by the name that its drafts carry. A guide is loaded when its form is first opened, not with the bot."""

from importlib import import_module
from typing import Final

from dialogs.filling.guide import Guide

# name -> module and constant; a test loads each. Features import the filler, so the filler cannot import them.
GUIDES: Final[dict[str, str]] = {
    "form-a": "dialogs.breach.form_a:FORM_A_GUIDE",
    "breach-step": "dialogs.breach.stepping:STEP_GUIDE",
    "request-intake": "dialogs.request.intake:INTAKE_GUIDE",
    "request-step": "dialogs.request.stepping:STEP_GUIDE",
    "publish-answer": "dialogs.publishing:PUBLISH_GUIDE",
    "incident": "dialogs.incident.asking_facts:FACTS_GUIDE",
    "incident-illegal": "dialogs.incident.asking_facts:ILLEGAL_FACTS_GUIDE",
    "incident-step": "dialogs.incident.stepping:STEPS_GUIDE",
    "event-plan": "dialogs.planning.asking_plan:PLAN_GUIDE",
    "refresh": "dialogs.refreshing.reporting:REFRESH_GUIDE",
    "withdrawal": "dialogs.withdrawing.reporting:WITHDRAWAL_GUIDE",
}


def guide_of(name: str) -> Guide:
    """Return a guide. Raises KeyError for a name that no feature has given."""
    module, _, constant = GUIDES[name].partition(":")
    guide: Guide = getattr(import_module(module), constant)
    return guide
