"""What a card sends back, read as what it is: somebody's claim. Everything is checked against the rows."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Pressed
from dialogs.known import Known
from storage import questions
from storage.questions import Question

_LARGEST = 2**53  # the largest number that JSON carries safely; no row of ours has a larger one


def number_in(pressed: Pressed, key: str) -> int:
    """Return the number under that key; 0, which is no row's, for anything else."""
    said = pressed.data.get(key)
    if isinstance(said, str) and said.isascii() and said.isdecimal() and len(said) < len(str(_LARGEST)):
        said = int(said)
    if isinstance(said, bool) or not isinstance(said, int):
        return 0
    return said if 0 < said < _LARGEST else 0


def words_in(pressed: Pressed, key: str) -> str:
    """Return the words under that key; nothing for anything else."""
    said = pressed.data.get(key)
    return said if isinstance(said, str) else ""


async def own_question(session: AsyncSession, known: Known, pressed: Pressed) -> Question | None:
    """Return the question that the card is about, if this person asked it at a school that is still theirs."""
    question = await questions.by_number(session, number_in(pressed, "question"))
    if question is None or question.person_id != known.person.id:
        return None
    return question if known.is_at(question.school_id) else None
