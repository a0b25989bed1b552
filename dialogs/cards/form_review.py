"""Everything that was filled in, once more, before it is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dialogs.cards.elements import bold, card, choose, execute, fits, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST_EDITS: Final = 3  # as buttons of their own; with more pages a list takes their place
_LENGTHS: Final = (PASSAGE, 500, 160, 60)  # characters of an answer that are shown: as many as fit
_BLANK: Final = "(left blank)"


@dataclass(frozen=True, slots=True)
class FilledPage:
    """One page's answers in words: `lines` are labels with what was answered, nothing where it was left blank."""

    number: int  # the page's place in the form, from 0
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it is to be read once more; `send` is its last button's title."""

    title: str
    pages: tuple[FilledPage, ...]
    send: str
    draft: str
    revision: int
    notes: tuple[str, ...] = ()


def form_review_card(filled: FilledForm) -> Json:
    """Show a filled form. Long answers are shortened where the card would not travel, and the card says so."""
    for most in _LENGTHS:
        cut = any(len(words) > most for page in filled.pages for _, words in page.lines)
        notes = (*filled.notes, "Long answers are shortened here; all that you wrote is sent.") if cut else filled.notes
        whole = _drawn(replace(filled, notes=notes), most)
        if fits(whole):
            return whole
    counted = tuple(replace(page, lines=(("Answers", str(len(page.lines))),)) for page in filled.pages)
    notes = (*filled.notes, "It is too long to be shown at once. Look at a page with Change.")
    return _drawn(replace(filled, pages=counted, notes=notes), PASSAGE)


def _drawn(filled: FilledForm, most: int) -> Json:
    ids: dict[str, str | int] = {"draft": filled.draft, "rev": filled.revision}
    alone = {"associatedInputs": "none"}
    by_button = len(filled.pages) <= _MOST_EDITS
    done = "saved" if filled.send.startswith("Save") else "sent"  # a decision goes to nobody
    edits = [execute(f"Change: {page.title}", Verb.FORM_EDIT, **ids, page=page.number) for page in filled.pages]
    return card(
        heading(filled.title),
        text(f"Nothing is {done} yet. Please read it once more.", spacing="Small"),
        *(said(note, spacing="Small") for note in filled.notes),
        *(piece for page in filled.pages for piece in _page(page, most)),
        *([] if by_button else [_which(filled.pages)]),
        actions=(
            execute(filled.send, Verb.FORM_SEND, **ids) | alone,
            *(edits if by_button else [execute("Change", Verb.FORM_EDIT, **ids)]),
            execute("Back", Verb.FORM_BACK, **ids) | alone,
            execute("Cancel", Verb.FORM_CANCEL, **ids) | alone,
        ),
    )


def _page(page: FilledPage, most: int) -> list[Json]:
    lines = [
        said(bold(label if label.endswith("?") else f"{label}:"), run(words or _BLANK, limit=most), spacing="Small")
        for label, words in page.lines
    ]
    return [said(bold(page.title) | {"size": "Medium"}, spacing="Medium"), *lines]


def _which(pages: Sequence[FilledPage]) -> Json:
    offered = choose(
        "page", "Change something?", [(page.title, str(page.number)) for page in pages], otherwise="Please choose one."
    )
    return offered | {"isRequired": False}
