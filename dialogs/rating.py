"""Thumbs under an answer: kept with the answer's version, for whoever looks after the library."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Rated, Reply, Turn
from dialogs.known import Known
from storage import feedback, questions


async def keep(session: AsyncSession, who: Known, rated: Rated, turn: Turn) -> Reply:
    """Keep what somebody said of the answer to a question of their own; anything else is let go."""
    number = await feedback.question_of(session, turn.conversation, rated.message)
    question = None if number is None else await questions.by_number(session, number)
    if number is not None and question is not None and question.person_id == who.person.id:
        await feedback.keep(
            session,
            question=number,
            person=who.person.id,
            helpful=rated.helpful,
            words=rated.words,
            answer=question.answered_with,
            now=turn.now,
        )
    return Reply(text="Thank you.")
