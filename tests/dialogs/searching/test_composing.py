"""The search box over a message: the chat's own decisions, for whoever types alone, and nothing begun by typing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogs.cards.private_please import private_please_card
from dialogs.conversation import Hit, Sought
from dialogs.desk import Desk
from dialogs.root import Dialogs
from policy.packs import Pack, PersonalDevice, SchoolRules
from storage import people, published
from storage.database import Database
from storage.questions import QuestionCauseRow, QuestionRow
from storage.tables import METADATA
from tests.dialogs.conftest import MONDAY, Chat

POINTER = private_please_card()
YES, NO, HELD = "website photo of Amelia Hart", "website photo of Tom Bell", "website photo of Ned Dove"
FORMLESS = "website photo of Iris Cole"


async def found(
    db: Database, words: str, who: str = "t.reed", *, desk: Desk | None = None, now: timedelta = timedelta()
) -> tuple[Hit, ...]:
    async with db.read() as session:
        person = await people.by_email(session, f"{who}@hartfield.example")
    asker = person.aad_object_id if person else "00000000-0000-4000-8000-000000000000"
    return await Dialogs(db, desk or Desk()).search(Sought(asker, words, MONDAY + now))


async def rows(db: Database) -> dict[str, int]:
    async with db.read() as session:
        return {
            table.name: int(await session.scalar(select(func.count()).select_from(table)) or 0)
            for table in METADATA.sorted_tables
        }


async def test_a_rule_is_found_with_its_first_line_and_its_clause(hartfield: Database) -> None:
    hits = await found(hartfield, "my own phone for pictures of pupils")
    rule = next(hit for hit in hits if hit.card != POINTER)
    assert rule.title.endswith("?") or rule.title[0].isupper()
    assert rule.text.startswith("No, not even once.")
    assert "Photography policy 7.3" in rule.text


async def test_the_schools_settings_and_packs_decide_the_words_as_in_chat(hartfield: Database) -> None:
    lax = SchoolRules(personal_device=PersonalDevice.DOWNLOAD_THEN_DELETE)
    strict = [hit.text for hit in await found(hartfield, "may I use my own phone")]
    assert strict != [hit.text for hit in await found(hartfield, "may I use my own phone", desk=Desk(lax))]
    online = Desk(SchoolRules(packs=frozenset({Pack.ONLINE})))
    hits = await found(hartfield, "cctv police", desk=online)
    assert "CCTV" not in "".join(hit.text for hit in hits)


async def test_the_dpos_own_answers_are_found_at_their_school_alone(hartfield: Database) -> None:
    async with hartfield.write() as session:
        person = await people.by_email(session, "p.owen@hartfield.example")
        assert person is not None
        school = person.memberships[0].school_id
        await published.publish(
            session,
            school_id=school,
            review=None,
            asks=["May we lend the hamster register?"],
            text="Yes.",
            by=person.id,
            now=MONDAY,
        )
    assert (await found(hartfield, "hamster register"))[0].title == "May we lend the hamster register?"
    assert "hamster" not in str(await found(hartfield, "hamster register", "b.away"))


@pytest.mark.parametrize(("words", "begins"), [(YES, "Yes"), (NO, "No."), (HELD, "No."), (FORMLESS, "No.")])
async def test_a_pupils_answer_is_the_one_that_the_chat_gives(hartfield: Database, words: str, begins: str) -> None:
    (hit,) = await found(hartfield, words)
    told = await Chat(hartfield, "t.reed@hartfield.example").says(words)
    assert hit.title.startswith(begins)
    assert told.answer["decision"] == ("yes" if begins == "Yes" else "no")


async def test_a_name_that_may_not_go_with_the_picture_is_in_the_first_words(hartfield: Database) -> None:
    (hit,) = await found(hartfield, f"{YES} with her surname")
    assert hit.title.startswith("Yes, but without the name: ")


async def test_a_neutral_no_is_the_same_bytes_whatever_the_reason(hartfield: Database) -> None:
    assert await found(hartfield, NO) == await found(hartfield, HELD) == await found(hartfield, FORMLESS)


@pytest.mark.parametrize("words", [YES, NO, HELD, "website photo of 4B", "conference slide of Amelia Hart", "Amelia H"])
async def test_what_is_put_into_a_chat_never_comes_from_a_pupils_record(hartfield: Database, words: str) -> None:
    assert [hit.card for hit in await found(hartfield, words)] == [POINTER]


async def test_no_result_begins_with_a_yes_where_somebody_must_be_left_out(hartfield: Database) -> None:
    (hit,) = await found(hartfield, "website photo of 4B")
    told = await Chat(hartfield, "t.reed@hartfield.example").says("website photo of 4B")
    assert told.answer["leave_out"]
    assert hit.title == "Not everybody"
    assert not [name for name in told.answer["leave_out"] if name in hit.text]


async def test_half_a_name_names_nobody(hartfield: Database) -> None:
    for typed in ("website photo of Am", "website photo of Amelia Har", "Amelia Hart", "website photo of S Smith"):
        shown = str([(hit.title, hit.text) for hit in await found(hartfield, typed)])
        assert "4B" not in shown
        assert "Amelia Hart" not in shown


async def test_typing_keeps_nothing_but_the_decisions_that_were_shown(hartfield: Database) -> None:
    before = await rows(hartfield)
    sentence = "may I put a website photo of Amelia Hart"
    for end in range(len(sentence) + 1):
        await found(hartfield, sentence[:end])
    for other in ("phone", "I have just sent the scores to the wrong parent", "found child abuse images", "status"):
        await found(hartfield, other)
    after = await rows(hartfield)
    grown = {name: count - before[name] for name, count in after.items() if count != before[name]}
    assert grown == {"questions": 1, "question_causes": 1, "turns": 1}


@pytest.mark.parametrize("words", [YES, NO, HELD])
async def test_a_decision_is_noted_once_an_hour_with_who_and_whom(hartfield: Database, words: str) -> None:
    for minutes in (0, 1, 30, 65):
        await found(hartfield, words, now=timedelta(minutes=minutes))
    async with hartfield.read() as session:
        noted = (await session.scalars(select(QuestionRow))).all()
        causes = await session.scalar(select(func.count()).select_from(QuestionCauseRow))
    assert [row.text for row in noted] == [words, words]
    assert causes == 2
    assert {row.conversation for row in noted} == {f"search/{noted[0].person_id}"}


async def test_a_search_does_not_go_on_from_the_chat_nor_the_chat_from_a_search(hartfield: Database) -> None:
    chat = Chat(hartfield, "t.reed@hartfield.example")
    await chat.says(YES)
    assert not [hit for hit in await found(hartfield, "and video?") if "Amelia" in hit.title]
    fresh = Chat(hartfield, "d.lane@hartfield.example")
    await found(hartfield, YES, "d.lane")
    assert "Amelia" not in (await fresh.says("and video?")).text


async def test_reasons_are_refused_and_a_rule_about_one_pupil_is_not_looked_up(hartfield: Database) -> None:
    (why,) = await found(hartfield, "why can't Ned Dove be photographed")
    assert why.title == "I can't answer that here"
    (named,) = await found(hartfield, "is Amelia Hart allowed to keep a diary about her friends")
    assert named.title == "Could you ask it without the name?"


async def test_a_stranger_finds_nothing(hartfield: Database) -> None:
    before = await rows(hartfield)
    for words in ("phone", YES):
        assert await found(hartfield, words, "x.nobody") == ()
    assert await rows(hartfield) == before


async def test_a_pupil_of_another_school_is_unknown(hartfield: Database) -> None:
    hits = await found(hartfield, NO, "b.away")
    assert not [hit for hit in hits if hit.title.startswith(("Yes", "No"))]
