"""Whether somebody may take a step in a request now, as the table of the case stands."""

from collections.abc import Mapping

from dialogs.casework.tables import Table
from dialogs.conversation import Turn
from policy.request.case import Request
from policy.request.refusals import refusal
from policy.request.steps import Step


def refused_to(
    request: Request,
    step: Step,
    at_table: Table,
    person: int,
    turn: Turn,
    *,
    data: Mapping[str, object] | None = None,
) -> str | None:
    """Say why this person may not take the step now; None where they may."""
    return refusal(
        request,
        step,
        by=person,
        roles=at_table.roles_of(person),
        now=turn.now,
        division=at_table.staff.division,
        standing_in=at_table.acts_from(person),
        data=data,
    )
