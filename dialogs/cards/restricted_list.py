"""Who to leave out, class by class: names only, never why and never how many for which reason (domain 1.6.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import bold, card, fits, heading, names, said, small, text
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class ClassList:
    """One class and the display names to leave out."""

    class_name: str
    leave_out: tuple[str, ...]


def restricted_list_card(*, use: str, on: str, classes: Sequence[ClassList], notes: Sequence[str] = ()) -> Json:
    """`use` and `on` in words: "photos for the school website", "Mon 23 Nov 2026"."""
    whole = card(
        heading("Who to leave out"),
        said(f"For {use}, {on}.", spacing="Small"),
        *(piece for one in classes for piece in _class(one)),
        text("For staff only. Please don't photograph, copy or pass on this list."),  # domain 1.6.7
        *small(*notes),
    )
    if fits(whole):
        return whole
    return card(heading("Who to leave out"), text("That list is too long for one message. Please ask for one class."))


def _class(one: ClassList) -> list[Json]:
    return [said(bold(f"{one.class_name}:")), *(names(one.leave_out) or [said("nobody", spacing="None")])]
