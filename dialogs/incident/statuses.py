"""A reporter's own incidents, for `status`: how far they are, and nothing else."""

from dialogs.incident.words import OWN_STATUS
from dialogs.said import moment
from policy.incident.status import Status
from storage.cases import Case


def line(case: Case) -> str:
    """Say how far one of the reporter's own incidents is: `case.kind` is INCIDENT."""
    return f"Case {case.number}, an online-safety report, {moment(case.opened_at)}: {OWN_STATUS[Status(case.status)]}."
