"""What a feature says about a form of its own; the filler does the rest."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from policy.forms import Form
from policy.understanding.heard import Intent
from storage.drafts import Draft

# All of them run in the transaction that saves or closes the draft, and are given the draft as it is saved.
Ends = Callable[[Desk, AsyncSession, Known, Draft, Turn], Awaitable[Json | None]]
Follows = Callable[[Desk, AsyncSession, Known, Draft, Turn], Awaitable[None]]
Checks = Callable[[Desk, AsyncSession, Known, Draft, Turn], Awaitable[str | None]]
May = Callable[[Desk, AsyncSession, Known, Draft], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Guide:
    """A form with what happens around it."""

    form: Callable[[Mapping[str, Any]], Form]  # from the draft's context
    completed: Ends  # it is being sent: the card to answer with; None: this person may not any more, nothing is sent
    checked: Checks | None = None  # asked before it is sent: why it can't be, for the person to mend
    saved: Follows | None = None  # an answer was accepted or changed
    left: Ends | None = None  # it was cancelled: the card to answer with; None: the usual one
    may: May | None = None  # asked at every action, besides that the draft is the person's own
    hears: frozenset[Intent] = frozenset()  # flows whose wording is an answer while this form is in hand
