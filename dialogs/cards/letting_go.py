"""To the DPO: closed cases reach the end of their period. They decide; without their word nothing is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import bullets, card, choose, execute, heading, said, small, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

MOST_LISTED = 15  # cases on a card: each can be chosen
ALL = "all"


@dataclass(frozen=True, slots=True)
class OldCase:
    """One of them: no names and no content."""

    number: int
    name: str  # "Breach 12"
    closed: str  # "Tue 3 Nov 2020"; empty where it was opened again
    stands: str  # "its period ends on Tue 3 Nov 2026"


def letting_go_card(*, lot: str, school: str, years: int, cases: Sequence[OldCase]) -> Json:
    """Ask what becomes of each; the same card then shows what was decided, and can change it until it is done."""
    listed = bullets(_line(one) for one in cases)
    open_still = [one for one in cases if one.closed]
    if not cases:
        return card(heading(_HEADING), text("None of these cases is there any more."))
    choices = [(f"All {len(open_still)} of them", ALL)] if len(open_still) > 1 else []
    choices += [(one.name, str(one.number)) for one in open_still]
    asked: list[Json] = []
    actions: list[Json] = []
    if open_still:
        asked = [choose("case", "Which cases?", choices, otherwise="Please choose one, or all of them.")]
        actions = [
            execute("Keep for another year", Verb.RETENTION_DECIDE, lot=lot, answer="keep"),
            execute("Let go", Verb.RETENTION_DECIDE, lot=lot, answer="go"),
        ]
    period = f"{years} year{'' if years == 1 else 's'}"
    return card(
        heading(_HEADING),
        said(f"{school}: {len(cases)} closed case{'' if len(cases) == 1 else 's'}, kept for {period} after closing."),
        *listed,
        text(
            "Nothing is deleted unless you say so. What you let go stays for at least a week, and you can keep it yet."
        ),
        *small(
            "Deleted are the file, its forms and its letters. The audit log keeps the number. A legal hold comes first."
        ),
        *asked,
        actions=actions,
    )


_HEADING = "Closed cases: keep or let go?"


def _line(one: OldCase) -> str:
    return f"{one.name}, closed {one.closed}: {one.stands}" if one.closed else f"{one.name}: {one.stands}"
