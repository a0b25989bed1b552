"""What is asked of colleagues for a request: searches, other tasks, and that they delete nothing."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, card, execute, heading, run, said
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def request_task_card(
    *, case: int, task: int, kind: str, what: str, by: str, due: str, keep: str, searches: bool, note: str = ""
) -> Json:
    """Ask somebody to search, or for something else; a search is done with something found, or with nothing."""
    return card(
        heading(f"A task for data request {case}"),
        *([said(bold(note))] if note else []),
        said(bold(f"{kind}, by {due}."), f"{by} asks you:"),
        said(run(what, limit=PASSAGE)),
        said(keep),
        {
            "type": "Input.Text",
            "id": "note",
            "label": "Where you looked, what you did (optional)",
            "maxLength": PASSAGE,
        },
        actions=_done(case, task, searches=searches),
    )


def request_task_done_card(*, case: int, what: str, note: str) -> Json:
    """Confirm that a task is done."""
    return card(
        heading("Thank you, noted as done"),
        said(bold(f"Request {case}:"), run(what, limit=PASSAGE)),
        *([said(run(note, limit=PASSAGE))] if note else []),
    )


def request_keep_card(*, case: int, by: str, words: Sequence[str]) -> Json:
    """Ask somebody to delete nothing; they confirm."""
    return card(
        heading(f"Please delete nothing: data request {case}"),
        said(bold(f"{by} asks you:")),
        *(said(line) for line in words),
        actions=(execute("Confirm", Verb.REQUEST_KEEP, case=case),),
    )


def request_kept_card(*, case: int) -> Json:
    """Thank them for it."""
    return card(
        heading("Thank you, noted"),
        said(f"Request {case}: you have confirmed that you keep everything. I'll tell you when that is over."),
    )


def _done(case: int, task: int, *, searches: bool) -> tuple[Json, ...]:
    if not searches:
        return (execute("Done", Verb.REQUEST_TASK_DONE, case=case, task=task, found=""),)
    return (
        execute("Done, something found", Verb.REQUEST_TASK_DONE, case=case, task=task, found="yes"),
        execute("Done, nothing found", Verb.REQUEST_TASK_DONE, case=case, task=task, found="no"),
    )
