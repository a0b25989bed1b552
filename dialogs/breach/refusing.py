"""Whether somebody may take a step in a breach now, as the table of the case stands."""

from collections.abc import Mapping

from dialogs.casework.tables import Table
from dialogs.conversation import Turn
from policy.breach.case import Breach
from policy.breach.refusals import refusal
from policy.breach.steps import Step


def refused_to(
    breach: Breach, step: Step, at_table: Table, person: int, turn: Turn, *, data: Mapping[str, object] | None = None
) -> str | None:
    """Say why this person may not take the step now; None where they may."""
    return refusal(
        breach,
        step,
        by=person,
        roles=at_table.roles_of(person),
        standing_in=at_table.acts_from(person),
        now=turn.now,
        data=data,
    )
