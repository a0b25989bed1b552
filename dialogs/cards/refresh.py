"""The cards about changed circumstances: none of them has room for a reason (PHOTO-4.9, PHOTO-B-refresh)."""

from dataclasses import dataclass

from dialogs.cards.elements import bold, bullets, card, execute, facts, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_NO_REASON = "Please don't tell me what changed. I keep no reason, and nobody here needs one from you."
_TO_THE_DSL = "If you are worried about a child, please speak to your DSL today."


@dataclass(frozen=True, slots=True)
class RefreshCard:
    """A report as one of those who may settle it sees it."""

    number: int
    facts: tuple[tuple[str, str], ...]
    can_settle: bool = False
    note: str = ""  # what was done with it


@dataclass(frozen=True, slots=True)
class NewFormCard:
    """That a family is to be asked for a new form, for one reader."""

    number: int
    pupil: str  # with the class
    since: str  # the first day that a new form may be signed on, in words
    todo: tuple[str, ...] = ()  # what else is to be done, for whoever knows why
    can_ask: bool = True
    note: str = ""  # who asked the family, or that it is settled


def refresh_first_card(*, draft: str = "") -> Json:
    """Say what happens now; without a draft there is no form to go on with."""
    return card(
        heading("A form may be out of date"),
        text(_NO_REASON),
        text(
            "Which pupil, and since when: that is all I ask." if draft else "Please tell the data lead which pupil.",
            spacing="Small",
        ),
        text(_TO_THE_DSL),
        actions=(execute("Continue", Verb.FORM_RESUME, draft=draft),) if draft else (),
    )


def refresh_noted_card(*, pupil: str, recorded: bool) -> Json:
    """Confirm a report; the words are the same whatever is on record."""
    return card(
        heading("It is on record" if recorded else "Passed on"),
        *facts(("Pupil", pupil)),
        text("It counts already." if recorded else "The data lead has it, and sees to the rest."),
        text("Please take and use no new pictures of this pupil without asking me first."),
        text(_TO_THE_DSL, spacing="Small"),
    )


def refresh_card(shown: RefreshCard) -> Json:
    """Show a report to whoever may put it on record, or find that it was none."""
    buttons = (
        execute("Record it", Verb.REFRESH_RECORD, refresh=shown.number),
        execute("The form stands", Verb.REFRESH_REFUSE, refresh=shown.number),
    )
    waits = text("It counts already: the form waits for a new one. Please record it, or say that the form stands.")
    return card(
        heading(f"Changed circumstances {shown.number}"),
        *facts(*shown.facts),
        said(bold(shown.note)) if shown.note else waits,
        *([] if shown.note else [text("I hold no reason, and need none.", spacing="Small")]),
        actions=buttons if shown.can_settle else (),
    )


def no_longer_yours_card() -> Json:
    """Take the place of a card whose reader has no part in it any more."""
    return card(heading("A photo form"), text("Somebody else sees to this now. There is nothing for you to do."))


def new_form_card(shown: NewFormCard) -> Json:
    """Ask somebody to ask a family for a new form."""
    buttons = (execute("Family asked", Verb.REFRESH_ASKED, refresh=shown.number),) if shown.can_ask else ()
    return card(
        heading("A new photo form, please"),
        *facts(("Pupil", shown.pupil), ("To be signed", f"{shown.since} or later")),
        text("Please ask this family for a new form, and bring it in when it is back."),
        *bullets(shown.todo),
        *([said(bold(shown.note))] if shown.note else []),
        actions=buttons,
    )
