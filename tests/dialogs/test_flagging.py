"""A message flagged from its menu: asked once more, told at once, answered in one's own chat, once."""

from sqlalchemy import select

from dialogs.conversation import Flagged, Purpose, Scope
from storage.cases import CaseRow
from storage.database import Database
from storage.outbox import LetterRow
from tests.dialogs.conftest import Chat
from tests.dialogs.letterbox import words_to
from tests.dialogs.test_breach_report import cases

MESSAGE = "Sorry all, I have just emailed the SEN register to a parent"


async def test_it_is_asked_once_more_and_nothing_is_kept_before(teacher: Chat, hartfield: Database) -> None:
    teacher.scope = Scope.CHANNEL
    told = await teacher.does(Flagged(Purpose.BREACH, MESSAGE, confirmed=False))
    assert MESSAGE in told.text
    assert "[Report it]" in told.text
    assert await cases(hartfield) == 0
    assert await words_to(hartfield) == {}


async def test_confirmed_it_is_a_case_and_the_advice_is_in_ones_own_chat(teacher: Chat, hartfield: Database) -> None:
    teacher.scope = Scope.CHANNEL
    told = await teacher.does(Flagged(Purpose.BREACH, MESSAGE, confirmed=True))
    await teacher.again(Flagged(Purpose.BREACH, MESSAGE, confirmed=True))
    assert "our own chat" in told.text
    assert MESSAGE not in told.text
    assert await cases(hartfield) == 1
    had = await words_to(hartfield)
    assert had["t.reed"][0].startswith("Thank you")
    assert {"p.owen", "h.moss"} <= set(had)


async def test_what_may_be_illegal_is_told_at_once_and_not_kept(teacher: Chat, hartfield: Database) -> None:
    words = "look what I found, an indecent picture of a child on the staff tablet zanzibar"
    teacher.scope = Scope.CHANNEL
    told = await teacher.does(Flagged(Purpose.BREACH, words, confirmed=False))
    assert "Stop here" in told.text
    async with hartfield.read() as session:
        kinds = (await session.scalars(select(CaseRow.kind))).all()
        texts = [text for _, text in await session.execute(select(LetterRow.id, LetterRow.text))]
    assert kinds == ["incident"]
    assert not [text for text in texts if "zanzibar" in text]


async def test_a_message_without_words_is_asked_for_in_words(teacher: Chat, hartfield: Database) -> None:
    told = await teacher.does(Flagged(Purpose.BREACH, "  ", confirmed=False))
    assert "no words" in told.text
    assert await cases(hartfield) == 0
