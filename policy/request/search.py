"""What is asked of departments: searches, and help of other kinds. Each has a day and chasers of its own (issue 4)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from policy.clocks.local_time import london
from policy.request.kept import Task

DAYS: Final = timedelta(5)


class TaskKind(StrEnum):
    """What somebody is asked to do."""

    SEARCH = "search"  # SAR-8.1.2
    TECHNICAL = "technical"  # mailboxes, systems
    FOOTAGE = "footage"  # save it before the recorder writes over it
    HARM = "harm"  # the safeguarding lead's view on serious harm (SAR-7.5)
    ADVICE = "advice"  # a lawyer's; the clock runs on (SAR-8.1.5)
    OTHER = "other"


TASK_LABELS: Final = {
    TaskKind.SEARCH: "Search files and e-mail",
    TaskKind.TECHNICAL: "Search a system for us",
    TaskKind.FOOTAGE: "Save the footage, then look through it",
    TaskKind.HARM: "Say whether it could do serious harm",
    TaskKind.ADVICE: "Ask for legal advice",
    TaskKind.OTHER: "Something else",
}
_SEARCHES: Final = frozenset({TaskKind.SEARCH, TaskKind.TECHNICAL, TaskKind.FOOTAGE})

# Said with every task and every notice (SAR-8.1.3).
KEEP: Final = (
    "Please delete and change nothing that could belong to this, not even what you would usually clear out. "
    "Doing so to keep it from the person is a criminal offence."
)


def is_search(kind: str) -> bool:
    """Whether a task looks for data: the answer waits for those."""
    return kind in _SEARCHES


def due_on(task: Task) -> date:
    """Return the day by which it is to be done."""
    return london(task.set_at).date() + DAYS
