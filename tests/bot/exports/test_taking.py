"""Who gets what: by role at that school, never one's own case, and written down either way."""

import csv
import json

import pytest

from bot.exports.taking import REFUSED, REFUSED_CASE, ExportError, take
from storage import audit, people, questions
from storage.database import Database
from storage.questions import Question, Reason
from tests.bot.exports.conftest import Ashdown
from tests.bot.exports.export_examples import LATER, text_of, unzipped

DPO, HEAD, JO = "dpo@ashdown.example", "head@ashdown.example", "jo@ashdown.example"
LEADER, DSL, GOVERNOR = "leader@ashdown.example", "dsl@ashdown.example", "governor@ashdown.example"
ELSEWHERE, NOBODY = "dpo@birchfield.example", "nobody@ashdown.example"
OF_CASE = ("form-a", "form-b", "ico-pack", "evidence")
FORMS = {"form-a": "json", "form-b": "json", "ico-pack": "txt", "evidence": "zip"}


async def _take(
    db: Database, what: str, email: str, *, number: int | None = None, school: str = "ash", version: int | None = None
) -> bytes:
    form = FORMS.get(what, "csv")
    done = await take(db, what, school=school, email=email, form=form, now=LATER, number=number, version=version)
    return done.content


async def _audited(db: Database) -> audit.Line:
    async with db.read() as session:
        return (await audit.lines(session))[-1]


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode().splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("email", "sees"), [(DPO, ["of_jo"]), (HEAD, ["of_jo", "of_dpo"]), (LEADER, ["of_jo", "of_dpo"])]
)
async def test_the_register_holds_every_case_but_ones_own(ashdown: Ashdown, email: str, sees: list[str]) -> None:
    rows = _rows(await _take(ashdown.db, "breaches", email))
    assert [row["number"] for row in rows] == [str(getattr(ashdown, case)) for case in sees]
    assert list(rows[0])[:4] == ["number", "status", "school", "opened_at"]
    assert (await _audited(ashdown.db)).details == {"cases": len(sees), "format": "csv"}


@pytest.mark.parametrize("what", ["breaches", "questions", "audit"])
async def test_a_register_is_refused_in_one_sentence(ashdown: Ashdown, what: str) -> None:
    for email in (JO, DSL, GOVERNOR, ELSEWHERE, NOBODY):
        with pytest.raises(ExportError) as refused:
            await _take(ashdown.db, what, email)
        assert str(refused.value) == REFUSED
        line = await _audited(ashdown.db)
        assert (line.action, line.subject, line.details) == (f"{what}.refused", "school/ASH", {})


@pytest.mark.parametrize("what", OF_CASE)
async def test_the_dpo_takes_a_case(ashdown: Ashdown, what: str) -> None:
    assert await _take(ashdown.db, what, DPO, number=ashdown.of_jo)
    line = await _audited(ashdown.db)
    assert (line.action, line.subject) == (f"{what.replace('-', '_')}.exported", f"case/{ashdown.of_jo}")


@pytest.mark.parametrize("what", OF_CASE)
async def test_a_case_is_refused_in_the_words_of_one_that_does_not_exist(ashdown: Ashdown, what: str) -> None:
    for email in (HEAD, LEADER, DSL, JO, GOVERNOR, ELSEWHERE, NOBODY):
        for number in (ashdown.of_jo, 999):
            with pytest.raises(ExportError) as refused:
                await _take(ashdown.db, what, email, number=number)
            assert str(refused.value) == REFUSED_CASE
            assert (await _audited(ashdown.db)).action == f"{what.replace('-', '_')}.refused"


async def test_a_case_of_another_school_is_not_there(ashdown: Ashdown) -> None:
    with pytest.raises(ExportError, match="no such case"):
        await _take(ashdown.db, "evidence", ELSEWHERE, number=ashdown.of_jo, school="BRC")


async def test_who_reported_a_case_never_takes_it_and_the_next_in_line_does(ashdown: Ashdown) -> None:
    with pytest.raises(ExportError, match="no such case"):
        await _take(ashdown.db, "evidence", DPO, number=ashdown.of_dpo)
    assert "timeline.docx" in unzipped(await _take(ashdown.db, "evidence", HEAD, number=ashdown.of_dpo))


async def test_what_does_not_exist_yet_is_said_to_whoever_may_know(ashdown: Ashdown) -> None:
    for what, sentence in (("form-a", "hasn't been sent"), ("form-b", "no Form B"), ("ico-pack", "no Form B")):
        with pytest.raises(ExportError, match=sentence):
            await _take(ashdown.db, what, HEAD, number=ashdown.of_dpo)
        assert (await _audited(ashdown.db)).action.endswith(".looked_for")


@pytest.mark.parametrize(("version", "words"), [(1, "First words."), (2, "Two letters were swapped."), (None, "Two")])
async def test_a_version_of_form_b_can_be_chosen(ashdown: Ashdown, version: int | None, words: str) -> None:
    told = json.loads(await _take(ashdown.db, "form-b", DPO, number=ashdown.of_jo, version=version))
    assert next(field for field in told["fields"] if field["number"] == "2a")["answer"].startswith(words)


async def test_a_version_that_does_not_exist_is_said(ashdown: Ashdown) -> None:
    with pytest.raises(ExportError, match="has 2 versions"):
        await _take(ashdown.db, "form-b", DPO, number=ashdown.of_jo, version=3)


async def test_the_row_of_a_case_tells_where_it_stands(ashdown_on_each: Ashdown) -> None:
    (row,) = _rows(await _take(ashdown_on_each.db, "breaches", DPO))
    assert {name: row[name] for name in row if name not in {"number", "action_taken"}} == {
        "status": "review",
        "school": "ASH",
        "opened_at": "2026-02-02T09:15:00+00:00",
        "aware_at": "2026-02-02T11:00:00+00:00",
        "ico_by": "2026-02-05T11:00:00+00:00",
        "hours_left": "",
        "reporter": "Jo Bellweather",
        "form_a_signed_at": "2026-02-02T09:15:00+00:00",
        "acknowledged_at": "2026-02-02T10:15:00+00:00",
        "acknowledged_by": "Gwen Pascoe",
        "near_miss": "no",
        "child_at_risk": "no",
        "ico_decision": "yes",
        "ico_decided_at": "2026-02-02T10:15:00+00:00",
        "ico_sent_at": "2026-02-02T12:10:00+00:00",
        "ico_reference": "IC-1",
        "subjects_decision": "yes",
        "subjects_told_at": "",
        "police": "",
        "others": "",
        "review_due": "2026-02-16",
        "closed_at": "",
        "what_happened": "Two letters were swapped.",
        "effects": "Not known yet, expected by Fri 20 Feb 2026",
        "ico_reason": "Because.",
    }


async def test_the_hours_left_stand_in_the_register_while_they_run(ashdown: Ashdown) -> None:
    rows = _rows(await _take(ashdown.db, "breaches", HEAD))
    assert [row["hours_left"] for row in rows] == ["", "-26.75"]
    assert rows[1]["what_happened"] == "I left my own papers on the train."


async def test_the_pack_for_the_regulator_warns_of_a_pupil_of_that_school(ashdown: Ashdown) -> None:
    done = await take(ashdown.db, "ico-pack", school="ASH", email=DPO, form="txt", now=LATER, number=ashdown.of_jo)
    assert done.warnings == ("How it came about (2c): a name was left out. Please see that it still reads well.",)
    assert b"Hart" not in done.content
    assert b"Bellweather" not in done.content


async def test_the_evidence_tells_whom_the_bot_told(ashdown_on_each: Ashdown) -> None:
    inside = unzipped(await _take(ashdown_on_each.db, "evidence", DPO, number=ashdown_on_each.of_jo))
    told = _rows(inside["letters/told-by-ask-dpo.csv"])
    assert {row["to"] for row in told} == {"Gwen Pascoe", "Ira Stonecroft", "Lou Kettering"}
    assert {row["state"] for row in told} == {"waiting"}
    assert json.loads(inside["manifest.json"])["audit_log"]["intact"] is True
    assert "Jo Bellweather" in text_of(inside["form-a.docx"])


async def test_the_same_evidence_taken_twice_is_the_same_file(ashdown: Ashdown) -> None:
    first = await _take(ashdown.db, "evidence", DPO, number=ashdown.of_jo)
    assert await _take(ashdown.db, "evidence", DPO, number=ashdown.of_jo) == first


async def test_the_audit_log_does_not_tell_the_dpo_of_their_own_case(ashdown_on_each: Ashdown) -> None:
    for email in (HEAD, DPO):
        for number in (ashdown_on_each.of_jo, ashdown_on_each.of_dpo):
            try:
                await _take(ashdown_on_each.db, "evidence", email, number=number)
            except ExportError:
                continue
    rows = _rows(await _take(ashdown_on_each.db, "audit", DPO))
    assert {row["subject"] for row in rows if row["subject"].startswith("case/")} == {f"case/{ashdown_on_each.of_jo}"}
    assert [row["actor_name"] for row in rows if row["action"] == "evidence.exported"] == ["Gwen Pascoe"]


async def test_questions_come_without_reasons_and_pupils_as_numbers(ashdown_on_each: Ashdown) -> None:
    async with ashdown_on_each.db.write() as session:
        jo = await people.by_email(session, JO)
        assert jo is not None
        for text, pupils in (("may they?", (41, 57)), ("=and now?", (57,))):
            asked = Question(
                person_id=jo.id,
                conversation="c",
                activity=text,
                asked_at=LATER,
                text=text,
                intent="photo_permission",
                shape="R",
                school_id=jo.memberships[0].school_id,
                pupil_ids=pupils,
                decision="no",
                conditions=("K1",),
            )
            await questions.note(session, asked, Reason("B7", {57: ("B7", "restricted")}))
    content = await _take(ashdown_on_each.db, "questions", DPO)
    first, second = _rows(content)
    assert (first["asker"], first["shape"], first["decision"], first["conditions"]) == (
        "Jo Bellweather",
        "R",
        "no",
        "K1",
    )
    assert (first["pupils"], second["pupils"]) == ("pupil 1; pupil 2", "pupil 2")
    assert (first["status"], second["text"]) == ("answered", "'=and now?")
    for hidden in (b"B7", b"restricted", b"57"):
        assert hidden not in content
