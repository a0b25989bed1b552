"""`search` finds what somebody may see, by number and by words, and nothing of what concerns them or is not theirs."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file
from dialogs.cards.search import Result
from dialogs.conversation import Pressed, Said
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.searching import finding
from dialogs.searching.answers import rules_found
from policy.breach.events import Event, Happened
from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.questions import QuestionRow
from tests.dialogs.conftest import MONDAY, SCHOOL, Chat
from tests.dialogs.test_ask_the_dpo import QUESTION, asked
from tests.dialogs.test_requests_taken import SAID


def of(db: Database, who: str) -> Chat:
    return Chat(db, f"{who}@hartfield.example", turns=500)


async def reported(db: Database) -> None:
    """A stolen laptop, told by the teacher."""
    teacher = Chat(db, "t.reed@hartfield.example", turns=20)
    await teacher.says("my work laptop was stolen from the purple car this morning")


async def test_the_dpo_finds_a_case_by_its_number_and_by_its_words_and_opens_it(hartfield: Database) -> None:
    await reported(hartfield)
    dpo = of(hartfield, "p.owen")
    for words in ("search 1", "case 1", "Show case 1", "Search stolen laptop", "search purple", "search lapptop"):
        told = await dpo.says(words)
        assert "Case 1, a suspected breach" in told.text, words
        assert "purple car" not in told.text, "what was written stays in the case"
    opened = await dpo.presses("Open 1")
    assert "purple car" in opened.text


async def test_a_number_typed_into_a_form_is_the_forms(hartfield: Database) -> None:
    await reported(hartfield)
    teacher = of(hartfield, "t.reed")
    await teacher.says("resume")
    assert "You searched for" not in (await teacher.says("case 1")).text


async def test_whoever_reported_it_finds_how_far_it_is_and_no_more(hartfield: Database) -> None:
    await reported(hartfield)
    teacher = of(hartfield, "t.reed")
    await teacher.says("cancel")  # else it is an answer to the report's next question
    told = await teacher.says("search purple laptop")
    assert "Yours: Case 1, a suspected breach" in told.text
    assert "Open 1" not in told.text


@pytest.mark.parametrize("who", ["d.lane", "o.finch", "m.gate", "q.two", "b.away", "p.far"])
async def test_nobody_else_finds_it(hartfield: Database, who: str) -> None:
    await reported(hartfield)
    chat = of(hartfield, who)
    for words in ("search 1", "case 1", "search purple", "search suspected breach"):
        assert "Case 1" not in (await chat.says(words)).text


async def test_who_reported_it_does_not_find_it_as_the_dpo(hartfield: Database) -> None:
    dpo = Chat(hartfield, "p.owen@hartfield.example")
    await dpo.says("my work laptop was stolen from the purple car this morning")
    await dpo.says("cancel")
    told = await of(hartfield, "p.owen").says("search purple")
    assert "Yours: Case 1" in told.text
    assert "[Open 1]" not in told.text


async def test_the_safeguarding_lead_finds_no_word_that_their_card_keeps_from_them(hartfield: Database) -> None:
    """Form A and what was said later are for the DPO and whoever leads: nobody else asks for them word by word."""
    teacher = Chat(hartfield, "t.reed@hartfield.example")
    await teacher.says("my laptop with the safeguarding notes of a child at risk was stolen from the purple car")
    async with hartfield.write() as session:
        reporter = await people.by_email(session, "t.reed@hartfield.example")
        breach = await case_file.read(session, 1, hold=True)
        assert reporter is not None
        assert breach is not None
        for happened, data in (
            (Happened.CHILD_AT_RISK, dict[str, object]()),
            (Happened.SAID, {"text": "the quokka told me to keep it quiet"}),
            (Happened.FORM_A_SIGNED, {"answers": {"what": "a numbat was on it"}, "near_miss": False}),
        ):
            event = Event(happened, MONDAY, reporter.id, data)
            breach = await case_file.add(session, breach, event, now=MONDAY)
    dsl, dpo = of(hartfield, "s.bird"), of(hartfield, "p.owen")
    card = await dsl.does(Pressed("breach.show", {"case": 1}))
    assert "purple car" in card.text
    for word in ("quokka", "numbat"):
        assert word not in card.text
        assert "Case 1" not in (await dsl.says(f"search {word}")).text, word
        assert "Case 1" in (await dpo.says(f"search {word}")).text, word
    assert "Case 1" in (await dsl.says("search purple")).text, "what their card shows, their search finds"


async def test_the_head_finds_a_request_by_its_number_but_not_by_what_is_in_it(hartfield: Database) -> None:
    clerk = Chat(hartfield, "o.finch@hartfield.example")
    await clerk.says("grandad asked what the school has written down about the twins")
    await clerk.fills("Continue")
    await clerk.fills("Continue", **SAID)
    await clerk.fills("Pass it on")
    word = next(word for word in SAID["requester"].split() if len(word) > 3)
    assert "Case 1" in (await of(hartfield, "p.owen").says(f"search {word}")).text
    head = of(hartfield, "h.moss")
    assert "Case 1" in (await head.says("search 1")).text
    assert "Case 1" not in (await head.says(f"search {word}")).text


async def test_questions_are_found_by_the_dpo_and_by_their_asker(teacher: Chat, hartfield: Database) -> None:
    dpo = await asked(teacher, hartfield)
    await dpo.fills("Send answer", answer="Yes: it holds no quokkas.")
    found = of(hartfield, "p.owen")
    assert QUESTION in (await found.says("search hamster")).text
    assert "no quokkas" in (await found.presses("Open 1")).text
    mine = (await of(hartfield, "t.reed").says("search quokkas")).text
    assert "Yours: question 1, answered:" in mine
    assert "no quokkas" in mine
    assert "uestion 1" not in (await of(hartfield, "d.lane").says("search quokkas")).text


async def test_rules_and_published_answers_are_found_and_opened_by_everybody(
    teacher: Chat, hartfield: Database
) -> None:
    dpo = await asked(teacher, hartfield)
    await dpo.fills("Send answer", answer="Yes: it holds no personal data.")
    await dpo.presses("Keep it for everybody")
    await dpo.fills("Keep it", asks="May we lend the hamster register?")
    lead = of(hartfield, "d.lane")
    assert "Your DPO's answer: May we lend the hamster register?" in (await lead.says("search hamster")).text
    assert "no personal data" in (await lead.presses("Open 1")).text
    told = await lead.says("search own phone")
    assert "The rule:" in told.text
    opened = await lead.presses("Open 1")
    assert "Photography policy 7.3" in opened.text
    assert opened.asks_feedback


async def test_more_results_come_page_by_page(hartfield: Database) -> None:
    for n in range(7):
        teacher = Chat(hartfield, "t.reed@hartfield.example", turns=50 + 20 * n)
        await teacher.says(f"my work laptop was stolen from the purple car number {n}")
        for words in ("cancel", "cancel"):
            await teacher.says(words)
    dpo = of(hartfield, "p.owen")
    first = await dpo.says("search suspected breach")
    seen = {line for line in first.text.splitlines() if "Case" in line}
    again = await dpo.presses("Show more")
    seen |= {line for line in again.text.splitlines() if "Case" in line}
    assert again.replace
    assert len({line.partition("Case ")[2].partition(",")[0] for line in seen}) == len(seen) > 5


async def test_a_search_is_not_kept_and_an_opened_rule_is(hartfield: Database) -> None:
    async def kept() -> int:
        async with hartfield.read() as session:
            return int(await session.scalar(select(func.count()).select_from(QuestionRow)) or 0)

    teacher = of(hartfield, "t.reed")
    for words in ("search own phone", "search", "search Amelia Hart", "search pterodactyl"):
        await teacher.says(words)
    assert await kept() == 0
    await teacher.says("search own phone")
    await teacher.presses("Open 1")
    assert await kept() == 1


async def test_nothing_to_look_for_is_explained(hartfield: Database) -> None:
    teacher = of(hartfield, "t.reed")
    assert "What shall I look for?" in (await teacher.says("search")).text
    assert "Nothing found" in (await teacher.says("search pterodactyl")).text


async def test_somebody_who_moves_school_finds_nothing_of_the_old_one(hartfield: Database, tmp_path: Path) -> None:
    await reported(hartfield)
    moved = (SCHOOL / "staff.csv").read_text("utf-8").replace("Petra Owen,HFD,dpo", "Petra Owen,HFD,")
    moved += "97d44209-fca8-5bb2-8723-84b294b811c7,p.owen@hartfield.example,Petra Owen,OTH,dpo\n"
    (tmp_path / "staff.csv").write_text(moved, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    assert "Case 1" not in (await of(hartfield, "p.owen").says("search purple")).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("page", [0, 1])
async def test_a_search_reads_while_somebody_else_writes(
    hartfield: Database, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    """SQLite has one writer: a search must neither wait for it before it looks, nor keep it while it does."""
    assert hartfield.file is not None
    looked = asyncio.Event()

    async def noted(desk: Desk, session: AsyncSession, known: Known, words: str) -> list[Result]:
        looked.set()
        return await rules_found(desk, session, known, words)

    monkeypatch.setattr(finding, "rules_found", noted)
    event = Pressed("search.more", {"words": "photo", "page": page}) if page else Said("search photo")
    with closing(sqlite3.connect(hartfield.file, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        search = asyncio.create_task(of(hartfield, "p.owen").does(event))
        async with asyncio.timeout(10):
            await looked.wait()
        await asyncio.sleep(0.05)
        assert not search.done(), "what was said is kept, by the writer"
        another.execute("COMMIT")
        assert "photo" in (await search).text
