"""The letters of a request as Word files: for whoever acts as its DPO, and the same bytes for the same case."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.exports import letters
from bot.exports.taking import REFUSED_CASE, ExportError, take
from dialogs.request import case_file
from policy.request.events import Event, Happened
from policy.request.kinds import RequestKind
from policy.request.letter_words import Sender
from policy.request.letters import letters_for
from storage import audit, cases, people
from storage.cases import CaseKind
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.schools import by_code
from tests.bot.exports.export_examples import LATER, text_of, unzipped
from tests.dialogs.conftest import MONDAY, Chat
from tests.policy.request.request_examples import ENGLAND, Told, accepted

SCHOOL = Path(__file__).parents[2] / "dialogs" / "school"
SENDER = Sender("Ashdown Primary", "Gwen Pascoe", "dpo@ashdown.example")
DPO, HEAD, ELSEWHERE = "p.owen@hartfield.example", "h.moss@hartfield.example", "p.far@hartfield.example"


@pytest.mark.parametrize("kind", [RequestKind.ACCESS, RequestKind.ERASURE, RequestKind.COMPLAINT])
def test_every_letter_that_fits_is_a_file_of_its_own(kind: RequestKind) -> None:
    request = Told(kind=kind).request
    files = letters.members(request, SENDER, division=ENGLAND, made_at=LATER)
    fitting = [letter.value.replace("_", "-") for letter in letters_for(request)]
    assert [name.removesuffix(".docx").partition("-")[2] for name in files] == fitting
    for content in files.values():
        said = text_of(content)
        assert "Dear Kim Vale," in said
        assert "Gwen Pascoe" in said
        assert "our number 14" in said


def test_a_letter_says_what_its_case_says() -> None:
    told = accepted().then(Happened.CLARIFY_ASKED, on="2026-06-03", text="Which of the two years?")
    files = letters.members(told.request, SENDER, division=ENGLAND, made_at=LATER)
    (clarify,) = [content for name, content in files.items() if name.endswith("clarify.docx")]
    assert "Which of the two years?" in text_of(clarify)


def test_the_same_case_at_the_same_moment_gives_the_same_bytes() -> None:
    request = accepted().request
    one, same, later = (
        letters.members(request, SENDER, division=ENGLAND, made_at=at)
        for at in (LATER, LATER, LATER + timedelta(days=1))
    )
    assert one == same
    assert one != later


async def _asked_for(db: Database) -> int:
    for kind in ("staff", "pupils"):
        await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    teacher = Chat(db, "t.reed@hartfield.example")
    await teacher.says("a parent asked me at the gate for a copy of everything we hold about her son")
    async with db.read() as session:
        school = await by_code(session, "HFD")
        assert school is not None
        (case,) = await cases.at_schools(session, [school.id], CaseKind.REQUEST)
    return case.number


async def _accepted(db: Database) -> int:
    number = await _asked_for(db)
    async with db.write() as session:
        dpo, request = await people.by_email(session, DPO), await case_file.held(session, number)
        assert dpo is not None
        await case_file.add(session, request, Event(Happened.ACCEPTED, MONDAY, dpo.id), now=MONDAY)
    return number


async def _take(db: Database, email: str, number: int, *, school: str = "HFD") -> bytes:
    done = await take(db, "letters", school=school, email=email, form="zip", now=MONDAY, number=number)
    return done.content


async def test_the_dpo_takes_the_letters_and_it_is_written_down(db: Database) -> None:
    number = await _accepted(db)
    first, again = [await _take(db, DPO, number) for _ in range(2)]
    assert first == again
    assert "Petra Owen" in text_of(unzipped(first)["1-acknowledge.docx"])
    async with db.read() as session:
        line = (await audit.lines(session))[-1]
    assert (line.action, line.subject) == ("letters.exported", f"case/{number}")
    assert line.details == {"letters": len(unzipped(first)), "format": "zip"}


async def test_nobody_but_who_acts_as_the_dpo_gets_them(sqlite_db: Database) -> None:
    number = await _accepted(sqlite_db)
    refused = [(HEAD, "HFD", number), ("t.reed@hartfield.example", "HFD", number), (ELSEWHERE, "HFD", number)]
    for email, school, wanted in [*refused, (ELSEWHERE, "OTH", number), (DPO, "HFD", 999)]:
        with pytest.raises(ExportError) as error:
            await _take(sqlite_db, email, wanted, school=school)
        assert str(error.value) == REFUSED_CASE


async def test_before_it_is_accepted_there_is_nothing_to_send(sqlite_db: Database) -> None:
    number = await _asked_for(sqlite_db)
    with pytest.raises(ExportError) as error:
        await _take(sqlite_db, DPO, number)
    assert str(error.value) == letters.NOT_NOW


async def test_a_breach_has_no_such_letters(sqlite_db: Database) -> None:
    number = await _asked_for(sqlite_db)
    await Chat(sqlite_db, "t.reed@hartfield.example").says("I emailed the whole class list to the wrong parent")
    with pytest.raises(ExportError, match="no such case"):
        await _take(sqlite_db, DPO, number + 1)
