"""The school's own words beside ours: which clauses can be shown, which review is overdue, and the clause itself."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.clause import Quote, clause_card, gone_card
from dialogs.cards.policy_answer import PolicyCard
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import own_question, words_in
from dialogs.thought import reply
from policy.clauses import DOCUMENTS
from policy.documents.school_text import name_of, overdue, quotable
from policy.records import SchoolRecords
from storage import policies

_MOST_SHOWN: Final = 4  # as many as an answer cites (contract 3)
_LONGEST_NUMBER: Final = 40


def with_own_words(card: PolicyCard, lists: SchoolRecords, *, today: date) -> PolicyCard:
    """Add to an answer what the school's own documents have to it, and what is past its review (C16)."""
    documents = tuple(dict.fromkeys(document for document, _ in card.citations))
    return replace(
        card,
        quotable=quotable(card.citations, lists.texts),
        overdue=overdue(documents, lists.texts, today=today),
    )


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Quote the clauses under one's own answer, from the documents of the school where it was asked.

    What a card says is cited proves nothing, and need not: every clause of the school's is for all of its staff.
    """
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    found = await policies.quote(session, question.school_id, _cited(words_in(pressed, "cited")))
    if not found:
        return reply(gone_card())
    return reply(
        clause_card(
            [
                Quote(
                    document=name_of(document),
                    number=number,
                    lines=tuple((clause.number, clause.heading, clause.text) for clause in under),
                )
                for document, number, under in found
            ]
        )
    )


def _cited(said: str) -> tuple[tuple[str, str], ...]:
    """Read "photography 7.3;online-safety 4.3"; what is no clause is left out."""
    found = []
    for each in said.split(";")[:_MOST_SHOWN]:
        document, _, number = each.strip().partition(" ")
        if document in DOCUMENTS.values() and 0 < len(number) <= _LONGEST_NUMBER:
            found.append((document, number))
    return tuple(dict.fromkeys(found))
