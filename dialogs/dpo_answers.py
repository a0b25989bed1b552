"""A question that the school's own DPO has answered for everybody: given from what is published there."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.policy_answer import PolicyCard, policy_answer_card
from dialogs.conversation import Json
from dialogs.quoting import with_own_words
from dialogs.thought import Asked, Asker, Thought, contract, local_day
from policy.clauses import Citation
from policy.library import Answer
from policy.own_answers import nearest
from policy.records import SchoolRecords
from storage import published
from storage.published import Published

_OWN: Final = "own-"  # how the names of a school's own answers begin; "@" and the version follow the number


async def think(session: AsyncSession, asked: Asked) -> Thought | None:
    """Answer from what this school's DPO published; None where nothing there fits."""
    own = await published.standing(session, asked.asker.school.id)
    if not own:
        return None
    found = nearest(asked.text, tuple(map(as_answer, own)))
    if found is None:
        return None
    answer, confidence = found
    said = contract(asked.heard, shape="answer", citations=_pairs(answer)) | {"confidence": confidence}
    return _answered(asked.text, answer, asked.asker, said, lists=asked.lists, today=asked.today)


def opened(answer: Answer, asker: Asker, *, lists: SchoolRecords, now: datetime) -> Thought:
    """Give an answer that was looked up, as if its question had been asked."""
    said = contract(None, shape="answer", citations=_pairs(answer)) | {"confidence": 1.0}
    return _answered(answer.title, answer, asker, said, lists=lists, today=local_day(now))


def _answered(text: str, answer: Answer, asker: Asker, said: Json, *, lists: SchoolRecords, today: date) -> Thought:
    shown = PolicyCard(words=answer.text, citations=_pairs(answer), question="", by="Your school's DPO answered this.")
    shown = with_own_words(shown, lists, today=today)
    return Thought(
        text,
        None,
        lambda ids: policy_answer_card(replace(shown, question=str(ids.question))),
        said | {"intent": "policy_question"},
        asker,
        answered_with=answer.slug,
    )


def _pairs(answer: Answer) -> tuple[tuple[str, str], ...]:
    return tuple((citation.document, citation.clause) for citation in answer.clauses)


def as_answer(one: Published) -> Answer:
    """Return it as one of the library's, under a name that no file has."""
    clauses = (Citation(one.document, one.clause),) if one.document else ()
    return Answer(f"{_OWN}{one.number}@{one.version}", one.asks, one.text, clauses)
