"""The governors' paper: who may take it, what it never holds, and that it can be read by whoever cannot see it."""

import io
import json
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from bot.exports.digest import INSTALL
from bot.exports.digest_layout import laid_out, shown
from bot.exports.digest_plot import plotted
from bot.exports.document import as_docx, as_text
from bot.exports.pdf import as_pdf
from bot.exports.taking import REFUSED, ExportError, take
from policy.digest.paper import LEFT_OUT, Paper
from policy.digest.term_weeks import TermWeek
from storage import audit, cases
from storage.cases import Entry
from storage.database import Database
from tests.bot.exports.conftest import Ashdown
from tests.bot.exports.export_examples import LATER

DPO, HEAD, GOVERNOR = "dpo@ashdown.example", "head@ashdown.example", "governor@ashdown.example"
WEEKS = tuple(TermWeek(date(2026, 11, 2) + timedelta(weeks=n), n % 3, n % 2, 1, 0, 10 + n) for n in range(13))
PAPER = Paper(
    "Ysgol y Dŵr", "YYD", (("Breaches", ("2 suspected breaches open.",)), ("Requests for data", ())), WEEKS, {}
)
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
LAID_OUT = laid_out(PAPER, on=date(2026, 11, 23), made_at=MADE)


async def paper(db: Database, who: str, *, form: str = "json", week: date | None = None) -> bytes:
    done = await take(db, "digest", school="ash", email=who, form=form, now=LATER, week=week)
    return done.content


async def told(db: Database, who: str, *, week: date | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(await paper(db, who, week=week))
    return found


@pytest.mark.parametrize("who", [DPO, HEAD, "leader@ashdown.example", GOVERNOR])
async def test_heads_dpos_and_governors_take_it_and_it_is_written_down(ashdown: Ashdown, who: str) -> None:
    found = await told(ashdown.db, who)
    assert (found["school"], found["left_out"]) == ("ASH", LEFT_OUT)
    async with ashdown.db.read() as session:
        line = (await audit.lines(session))[-1]
    assert (line.action, line.subject, line.details) == (
        "digest.exported",
        "school/ASH",
        {"on": found["date"], "format": "json"},
    )


@pytest.mark.parametrize("form", ["json", "docx", "pdf"])
@pytest.mark.parametrize(
    "who",
    ["jo@ashdown.example", "dsl@ashdown.example", "dpo@birchfield.example", "nobody@ashdown.example"],
)
async def test_nobody_else_does(ashdown: Ashdown, who: str, form: str) -> None:
    with pytest.raises(ExportError, match=REFUSED):
        await paper(ashdown.db, who, form=form)


# --- what it never holds


async def test_a_case_of_the_askers_own_is_in_no_figure(ashdown_on_each: Ashdown) -> None:
    for who, open_ in ((HEAD, 2), (GOVERNOR, 2), (DPO, 1)):  # the DPO reported one of the two herself
        found = await told(ashdown_on_each.db, who)
        assert found["counts"]["breaches_open"] == open_
        assert found["term"][-1]["breaches_open"] == open_
        assert sum(week["breaches_new"] for week in found["term"]) == open_


@pytest.mark.parametrize("concerned", ["head@ashdown.example", "governor@ashdown.example"])
async def test_a_case_that_concerns_a_head_or_a_governor_is_in_nobodys_paper(ashdown: Ashdown, concerned: str) -> None:
    from storage import people  # noqa: PLC0415  what one test is about

    before = {who: await told(ashdown.db, who) for who in (HEAD, DPO, GOVERNOR)}
    async with ashdown.db.write() as session:
        person = await people.by_email(session, concerned)
        assert person is not None
        accused = Entry("involved", LATER - timedelta(hours=1), None, {"person": person.id, "part": "accused"})
        await cases.add(session, ashdown.of_jo, accused)
    for who, found in before.items():
        after = await told(ashdown.db, who)
        assert after["counts"]["breaches_open"] == found["counts"]["breaches_open"] - 1
        assert after["term"][-1]["breaches_open"] == found["term"][-1]["breaches_open"] - 1
        assert after["left_out"] == found["left_out"]


async def test_it_names_nobody_no_case_and_no_class(ashdown: Ashdown) -> None:
    words = (await paper(ashdown.db, HEAD)).decode()
    for name in ("Jo", "Bellweather", "Pascoe", "Stonecroft", "Overby", "Amelia", "4B", "case "):
        assert name not in words.replace(LEFT_OUT, "")


# --- which week


async def test_a_week_gone_by_is_as_it_was_and_one_to_come_is_none(ashdown: Ashdown) -> None:
    now = await told(ashdown.db, HEAD)
    before = await told(ashdown.db, HEAD, week=LATER.date() - timedelta(weeks=5))
    assert now["counts"]["breaches_open"] == 2
    assert before["counts"]["breaches_open"] == 0
    assert before["date"] < now["date"]
    with pytest.raises(ExportError, match="still to come"):
        await told(ashdown.db, HEAD, week=LATER.date() + timedelta(weeks=2))


# --- the document


async def test_each_kind_of_file_is_one_that_its_programs_open(ashdown: Ashdown) -> None:
    word = Document(io.BytesIO(await paper(ashdown.db, HEAD, form="docx")))
    assert [p.text for p in word.paragraphs if p.style is not None and p.style.name == "Title"] == [
        "Data protection at ASH: for governors"
    ]
    pages = PdfReader(io.BytesIO(await paper(ashdown.db, HEAD, form="pdf"))).pages
    assert "2 suspected breaches open" in pages[0].extract_text()


def test_the_same_week_gives_the_same_bytes() -> None:
    for write in (as_docx, as_pdf):
        assert write(LAID_OUT) == write(LAID_OUT)
    assert plotted(WEEKS) == plotted(WEEKS)


def test_it_has_one_or_two_pages() -> None:
    assert len(PdfReader(io.BytesIO(as_pdf(LAID_OUT))).pages) <= 2


def test_whoever_does_not_see_the_picture_is_told_what_it_shows_and_has_every_figure() -> None:
    alt = shown(WEEKS)
    assert "breaches open, at most 2 and now 0" in alt
    xml = zipfile.ZipFile(io.BytesIO(as_docx(LAID_OUT))).read("word/document.xml").decode()
    assert f'descr="{alt}"' in xml
    assert alt in as_text(LAID_OUT)
    pdf = PdfReader(io.BytesIO(as_pdf(LAID_OUT)))
    assert pdf.root_object["/Lang"] == "en-GB"
    assert any(alt in str(pdf.get_object(number)) for number in range(1, len(pdf.xref[0]) + 1))
    table = Document(io.BytesIO(as_docx(LAID_OUT))).tables[0]
    assert len(table.rows) == 1 + len(WEEKS)
    assert [cell.text for cell in table.rows[3].cells] == ["16 Nov", "2", "0", "1", "0", "12"]


def test_a_screen_reader_finds_its_headings_in_both() -> None:
    pdf = PdfReader(io.BytesIO(as_pdf(LAID_OUT)))
    (title, parts) = pdf.outline
    assert title["/Title"] == "Data protection at Ysgol y Dŵr: for governors"
    assert [part["/Title"] for part in parts] == [
        "Breaches",
        "Nothing to report",
        "The term so far",
        "What is not in this paper",
    ]
    word = Document(io.BytesIO(as_docx(LAID_OUT)))
    headings = [p.text for p in word.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [part["/Title"] for part in parts]


def test_a_school_whose_name_has_welsh_letters_can_be_read() -> None:
    assert "Ysgol y Dŵr" in PdfReader(io.BytesIO(as_pdf(LAID_OUT))).pages[0].extract_text()


def test_a_term_with_nothing_in_it_draws_no_picture() -> None:
    empty = Paper("Hill", "HIL", (("Breaches", ()),), (TermWeek(date(2026, 11, 2), 0, 0, 0, 0, 0),), {})
    words = as_text(laid_out(empty, on=date(2026, 11, 23), made_at=MADE))
    assert "The term so far\n---------------\n\nNothing to report." in words


@pytest.mark.parametrize(("form", "library"), [("docx", "matplotlib"), ("pdf", "fpdf")])
async def test_without_its_libraries_it_says_what_to_install_and_json_still_works(
    ashdown: Ashdown, monkeypatch: pytest.MonkeyPatch, form: str, library: str
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExportError) as said:
        await paper(ashdown.db, HEAD, form=form)
    assert str(said.value) == INSTALL
    assert await told(ashdown.db, HEAD)
