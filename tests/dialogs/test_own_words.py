"""The school's own words beside ours: the clause, the overdue line, and what a new version asks of the DPO."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from dialogs.conversation import Json, Pressed
from dialogs.policy_changes import tell
from storage import people, policy_flags, schools
from storage.database import Database
from storage.importing.policy import import_policy
from storage.letter_rows import LetterRow
from storage.policy_flags import PolicyFlag
from tests.dialogs.conftest import Chat

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUESTION: Final = "may the school camera come home with me over the weekend"  # its answer cites photography 7.7 and 7.4
PAPER: Final = """Photography Policy

Review date: July 2027

7 Cameras

7.4 Mrs Bell of the office keeps the key of the <b>cupboard</b>.

7.7 Cameras sleep in the cupboard:
- (a) every night; and
- (b) on Saturdays.

7.8 Nobody films in the boiler room.
"""


async def _give(db: Database, folder: Path, text: str = PAPER, *, school: str = "HFD") -> tuple[str, ...]:
    path = folder / "paper.md"
    path.write_text(text, "utf-8")
    done = await import_policy(db, path, documents=["photography"], school=school, now=NOW, tell=tell)
    return done.lines


def _titles(card: Json | None) -> list[str]:
    return [action["title"] for action in (card or {}).get("actions", ())]


async def test_the_clause_is_shown_in_the_schools_own_words(teacher: Chat, hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    await teacher.says(QUESTION)
    told = await teacher.presses("Show the clause")
    assert not told.replace  # our answer stays above it
    for words in (
        "Photography policy, 7.7",
        "Cameras sleep in the cupboard:",
        "(b) on Saturdays.",
        "Mrs Bell of the office",
    ):
        assert words in told.text
    assert "boiler room" not in told.text  # it was not cited


async def test_the_schools_words_never_stand_where_markdown_is_read(
    teacher: Chat, hartfield: Database, tmp_path: Path
) -> None:
    await _give(hartfield, tmp_path, PAPER.replace("every night", "[every](http://night.example) night"))
    await teacher.says(QUESTION)
    card = (await teacher.presses("Show the clause")).card
    assert card is not None
    blocks = [element["text"] for element in card["body"] if element["type"] == "TextBlock"]
    assert blocks == ["In the school's own words"]


async def test_without_a_document_of_the_school_there_is_nothing_to_show(
    teacher: Chat, hartfield: Database, tmp_path: Path
) -> None:
    assert "Show the clause" not in _titles((await teacher.says(QUESTION)).card)
    await _give(hartfield, tmp_path, school="OTH")
    assert "Show the clause" not in _titles((await teacher.says(QUESTION)).card)


async def test_a_clause_that_the_schools_document_lacks_is_not_offered(
    teacher: Chat, hartfield: Database, tmp_path: Path
) -> None:
    await _give(hartfield, tmp_path, "Photography Policy\n\n1 Asking\n\n1.1 Ask first.")
    assert "Show the clause" not in _titles((await teacher.says(QUESTION)).card)


@pytest.mark.parametrize(
    "forged",
    [
        lambda data: data | {"question": "999999"},
        lambda data: data | {"question": ""},
        lambda data: data | {"cited": ""},
        lambda data: data | {"cited": 7},
        lambda data: data | {"cited": "secrets 1.1"},
        lambda data: data | {"cited": "photography 7.99"},
        lambda data: data | {"cited": "photography"},
    ],
)
async def test_a_forged_card_shows_nothing(
    teacher: Chat, hartfield: Database, tmp_path: Path, forged: Callable[[Json], Json]
) -> None:
    await _give(hartfield, tmp_path)
    told = await teacher.says(QUESTION)
    assert told.card is not None
    action = next(one for one in told.card["actions"] if one["title"] == "Show the clause")
    assert "cupboard" not in (await teacher.does(Pressed("clause.show", forged(action["data"])))).text


async def test_a_card_of_somebody_else_shows_nothing(teacher: Chat, hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    told = await teacher.says(QUESTION)
    assert told.card is not None
    data = next(one for one in told.card["actions"] if one["title"] == "Show the clause")["data"]
    away = Chat(hartfield, "b.away@hartfield.example")
    assert "cupboard" not in (await away.does(Pressed("clause.show", data))).text


async def test_an_old_card_after_the_clause_went_says_so(teacher: Chat, hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    told = await teacher.says(QUESTION)
    await _give(hartfield, tmp_path, "Photography Policy\n\n1 Asking\n\n1.1 Ask first.")
    teacher.last = told
    assert "not there any more" in (await teacher.presses("Show the clause")).text


async def test_long_clauses_are_folded_and_the_card_still_travels(
    teacher: Chat, hartfield: Database, tmp_path: Path
) -> None:
    await _give(hartfield, tmp_path, PAPER.replace("every night; and", "\n".join(["every night, always. " * 20] * 60)))
    await teacher.says(QUESTION)
    card = (await teacher.presses("Show the clause")).card
    assert card is not None
    assert any(element.get("isVisible") is False for element in card["body"])
    assert len(str(card).encode("utf-16-le")) < 2 * 28 * 1024


@pytest.mark.parametrize(
    ("paper", "line"),
    [
        (None, "photography policy was due for review in spring 2020"),
        (PAPER.replace("July 2027", "October 2026"), "photography policy was due for review in October 2026"),
        (PAPER, ""),
    ],
)
async def test_an_overdue_review_stands_under_the_answer(
    teacher: Chat, hartfield: Database, tmp_path: Path, paper: str | None, line: str
) -> None:
    if paper:
        await _give(hartfield, tmp_path, paper)
    told = (await teacher.says(QUESTION)).text
    assert (line in told) if line else ("due for review" not in told and "review date" not in told)


# --- a new version


NEWER: Final = PAPER.replace("on Saturdays", "on Sundays").replace("boiler room", "larder")


async def _letters(db: Database) -> list[LetterRow]:
    async with db.read() as session:
        rows = await session.scalars(select(LetterRow).where(LetterRow.key.like("policy/%")).order_by(LetterRow.id))
        return list(rows)


async def _flags(db: Database, code: str = "HFD") -> tuple[PolicyFlag, ...]:
    async with db.read() as session:
        school = await schools.by_code(session, code)
        assert school is not None
        found: list[PolicyFlag] = []
        for number in range(1, 40):
            found += await policy_flags.of_import(session, number, [school.id])
        return tuple(found)


async def test_the_first_version_puts_nothing_in_question(hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    assert await _letters(hartfield) == []
    assert await _flags(hartfield) == ()


async def test_answers_that_cite_what_changed_go_to_the_dpo_in_one_letter(hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    lines = await _give(hartfield, tmp_path, NEWER)
    flags = await _flags(hartfield)
    assert "photo-camera-home" in {flag.answer for flag in flags}  # 7.7(b) is a part of 7.7
    assert all(set(flag.clauses) <= {"7.7", "7.8"} for flag in flags)
    assert lines[-1] == f"Answers that cite what changed: {len(flags)} (1 told)."
    (letter,) = await _letters(hartfield)
    async with hartfield.read() as session:
        dpo = await people.by_email(session, "p.owen@hartfield.example")
    assert dpo is not None
    assert letter.addressee == dpo.aad_object_id
    assert "can I take the school camera home” cites photography policy 7.7" in letter.text
    assert "Saturdays" not in letter.text + letter.summary


async def test_what_changed_and_nobody_cites_troubles_nobody(hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path, PAPER + "\n7.40 Dust the shelf.\n")
    await _give(hartfield, tmp_path, PAPER + "\n7.40 Dust the shelf twice.\n")
    assert await _letters(hartfield) == []


async def test_the_dpo_looks_once_and_the_card_says_who(hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path)
    await _give(hartfield, tmp_path, NEWER)
    (letter,) = await _letters(hartfield)
    assert letter.card is not None
    (action,) = letter.card["actions"]
    dpo = Chat(hartfield, "p.owen@hartfield.example")
    told = await dpo.does(Pressed(action["verb"], action["data"]))
    assert told.replace
    assert "Looked at: Petra Owen" in told.text
    first = await _flags(hartfield)
    assert {flag.seen_at is None for flag in first} == {False}
    dpo.later(hours=2)
    assert (await dpo.does(Pressed(action["verb"], action["data"]))).text == told.text
    assert await _flags(hartfield) == first


@pytest.mark.parametrize("email", ["t.reed@hartfield.example", "h.moss@hartfield.example", "p.far@hartfield.example"])
async def test_nobody_else_looks_for_the_dpo(hartfield: Database, tmp_path: Path, email: str) -> None:
    await _give(hartfield, tmp_path)
    await _give(hartfield, tmp_path, NEWER)
    (letter,) = await _letters(hartfield)
    assert letter.card is not None
    told = await Chat(hartfield, email).does(Pressed("policy.looked_at", letter.card["actions"][0]["data"]))
    assert not told.replace
    assert {flag.seen_at is None for flag in await _flags(hartfield)} == {True}


async def test_a_trusts_dpos_each_look_for_their_own_school(hartfield: Database, tmp_path: Path) -> None:
    await _give(hartfield, tmp_path, school="all")
    await _give(hartfield, tmp_path, NEWER, school="all")
    letters = await _letters(hartfield)
    assert len(letters) == 2
    assert letters[0].card is not None
    data = letters[0].card["actions"][0]["data"]
    await Chat(hartfield, "p.far@hartfield.example").does(Pressed("policy.looked_at", data))
    assert {flag.seen_at is None for flag in await _flags(hartfield, "OTH")} == {False}
    assert {flag.seen_at is None for flag in await _flags(hartfield)} == {True}


# --- answers about pupils


PHOTO_PAPER: Final = (
    "Photography Policy\n\n4 Asking\n\n4.1 Hartfield asks families.\n\n5 Pictures\n\n5.5 Look at the list."
)


async def test_a_photo_answer_shows_the_clause_too_and_the_same_for_every_no(
    teacher: Chat, hartfield: Database, tmp_path: Path
) -> None:
    await _give(hartfield, tmp_path, PHOTO_PAPER)
    noes = []
    for name in ("Tom Bell", "Ned Dove"):  # a family's no, and a restriction
        told = await teacher.says(f"photo of {name} for the website?")
        assert told.answer["decision"] == "no"
        titles = _titles(told.card)
        clause = await teacher.presses("Show the clause") if "Show the clause" in titles else None
        noes.append((titles, clause.text if clause else "", clause.card if clause else None))
    assert noes[0] == noes[1]
    assert "Show the clause" in noes[0][0]
    assert "Hartfield asks families" in noes[0][1] or "Look at the list" in noes[0][1]
    assert "Show the clause" in _titles((await teacher.says("photo of Amelia Hart for the website?")).card)
