"""The cards of a withdrawal: what counts now, who records it, and what is still to be done (domain 1.8)."""

from dataclasses import dataclass

from dialogs.cards.elements import bold, bullets, card, execute, facts, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class WithdrawalCard:
    """A withdrawal as one reader may see it."""

    number: int
    facts: tuple[tuple[str, str], ...]
    can_record: bool = False
    can_refuse: bool = False
    can_refresh: bool = False  # may say that circumstances changed too
    note: str = ""  # what was done with it


@dataclass(frozen=True, slots=True)
class AfterCard:
    """What is left to do about a withdrawal on record, for one reader."""

    number: int
    facts: tuple[tuple[str, str], ...]
    todo: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()  # what was allowed before: where copies may be out
    done: tuple[str, ...] = ()
    can_remove: bool = False
    can_decide: bool = False
    can_refresh: bool = False


def withdrawal_first_card(*, draft: str = "") -> Json:
    """Say what counts from now on; without a draft there is no form to go on with."""
    return card(
        heading("It counts from now on"),
        text("Please take and use no new pictures of that pupil until you are told."),
        text("Pass the note to the office today.", spacing="Small"),
        text("A few short questions, then the office knows." if draft else "The office will do the rest."),
        actions=(execute("Continue", Verb.FORM_RESUME, draft=draft),) if draft else (),
    )


def withdrawal_noted_card(*, number: int, pupil: str, uses: str, erasure: bool, recorded: bool) -> Json:
    """Confirm a report; the words are the same whatever is on record."""
    done = "It is on record." if recorded else "The office and the data lead have it."
    return card(
        heading("Noted, and it counts already"),
        *facts(("Withdrawal", str(number)), ("Pupil", pupil), ("No longer", uses)),
        text(f"{done} Please take and use no such pictures, and pass the note to the office."),
        *(
            [
                text("They want data deleted too. That is a request of its own, with its own time limit."),
                said("To start it, type:", bold("a family asks us to delete their data")),
            ]
            if erasure
            else []
        ),
    )


def withdrawal_card(shown: WithdrawalCard) -> Json:
    """Show a report to whoever may put it on record."""
    record = [execute("Record it", Verb.WITHDRAWAL_RECORD, withdrawal=shown.number)] if shown.can_record else []
    refuse = [execute("It was not one", Verb.WITHDRAWAL_REFUSE, withdrawal=shown.number)] if shown.can_refuse else []
    return card(
        heading(f"Withdrawal {shown.number}: consent taken back"),
        *facts(*shown.facts),
        said(bold(shown.note)) if shown.note else text("It counts already. Please check the note and record it."),
        actions=(*record, *refuse, *(_refresh(shown.number) if shown.can_refresh else [])),
    )


def withdrawal_after_card(shown: AfterCard) -> Json:
    """Show what a withdrawal on record still asks of one reader."""
    removed = [execute("Stored pictures removed", Verb.WITHDRAWAL_REMOVED, withdrawal=shown.number)]
    decide = [
        execute("They may stay", Verb.WITHDRAWAL_PUBLISHED, withdrawal=shown.number, answer="stay"),
        execute("Take them down", Verb.WITHDRAWAL_PUBLISHED, withdrawal=shown.number, answer="take_down"),
    ]
    return card(
        heading(f"Withdrawal {shown.number} is on record"),
        *facts(*shown.facts),
        *([text("Today, please:"), *bullets(shown.todo)] if shown.todo else []),
        *([text("Copies may be out from what I allowed before:"), *bullets(shown.allowed)] if shown.allowed else []),
        *bullets(shown.done),
        actions=(
            *(removed if shown.can_remove else []),
            *(decide if shown.can_decide else []),
            *(_refresh(shown.number) if shown.can_refresh else []),
        ),
    )


def _refresh(withdrawal: int) -> list[Json]:
    return [execute("Circumstances changed too", Verb.REFRESH_BEGIN, withdrawal=withdrawal)]
