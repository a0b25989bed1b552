"""An invented form with everything a form can have; its guides leave a line in the audit whenever they are asked."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.elements import card, heading, said
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.filling.guide import Guide
from dialogs.known import Known
from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.understanding.heard import Intent
from storage import audit
from storage.drafts import Draft

COLOURS: Final = (Choice("red", "Red"), Choice("blue", "Blue"), Choice("other", "Some other colour"))


def _is_red(answers: Answers) -> bool:
    return answers.get("colour") == "red"


LOST: Final = Form(
    "lost",
    "A lost umbrella",
    (
        Page(
            "What and when",
            (
                Field("what", "What happened?", Kind.LONG, hint="A sentence or two", most=200),
                Field("since", "Since when?", Kind.WHEN, past=True, hint="A rough time is fine"),
                Field("colour", "Which colour?", Kind.CHOICE, choices=COLOURS),
            ),
        ),
        Page("Only red ones", (Field("shade", "Which red?", Kind.TEXT, asked_if=_is_red),)),
        Page(
            "Who knows",
            (
                Field("count", "How many people know?", Kind.NUMBER, greatest=50, unknown_ok=True),
                Field("found", "When will it be found?", Kind.DATE, unknown_ok=True, expected_by=True),
                Field("also", "Which others?", Kind.SEVERAL, choices=COLOURS, required=False),
            ),
        ),
    ),
)
SHORT: Final = Form(
    "short", "One question", (Page("Just this", (Field("why", "Why?", Kind.TEXT),)),), send="Send it off", review=False
)


def lost(context: Mapping[str, Any]) -> Form:
    return LOST


def short(context: Mapping[str, Any]) -> Form:
    return SHORT


async def _noted(session: AsyncSession, what: str, draft: Draft, turn: Turn) -> None:
    detail = {"answers": draft.answers}
    await audit.record(session, f"person/{draft.person_id}", what, draft.subject, detail, now=turn.now)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    if draft.answers.get("what") == "not mine":
        return None
    await _noted(session, "umbrella.sent", draft, turn)
    return card(heading("Umbrella sent"), said(f"About {draft.subject}"))


async def saved(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> None:
    await _noted(session, "umbrella.saved", draft, turn)


async def left(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    await _noted(session, "umbrella.left", draft, turn)
    return card(heading("The case stays"))


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:
    return draft.context.get("for") == known.person.email


LOST_GUIDE: Final = Guide(lost, completed, saved=saved, may=may, hears=frozenset({Intent.REPORT_BREACH}))
SHORT_GUIDE: Final = Guide(short, completed, left=left)
