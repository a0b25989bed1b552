"""Each sentence that an import can refuse with, and nothing written beside it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.report import RefusedError
from storage.importing.run import import_file

Give = Callable[..., Awaitable[object]]  # conftest: imports a file of some text
Counts = Callable[[], Awaitable[dict[str, int]]]

DSL = "dsl@larkfield.example"
ANY_ORDER = (
    "upn,academic_year,item,answer,given_by,capacity,method,signed_on,effective_from,withdrawn_on,evidence_ref\n"
)
GOOD = "A1,2026/27,website_image,yes,mother,parent,paper,2026-09-10,,,\n"


def _consent(**cells: str) -> str:
    named = dict(zip(ANY_ORDER.strip().split(","), GOOD.strip().split(","), strict=True)) | cells
    return ANY_ORDER + ",".join(named.values()) + "\n"


PUPILS = "upn,forename,surname,dob,nc year,reg,school,admission date,leaving date\n"
STAFF = "aad_object_id,email,display_name,school,roles\n"
RESTRICTIONS = "upn,state,level,court_order,review_on\n"
TERMS = "school,academic_year,name,starts_on,ends_on\n"
ITEMS = (
    "website_image, website_video, social_image, social_video, media_image, media_video, marketing_image, "
    "marketing_video, capture, upload_internal, name_first, name_full_print, display_after_leaving, after_leaving, "
    "organisation:NAME"
)
NOTHING_ELSE = (
    "this file may hold upn, state, level, court_order, review_on and nothing else. "
    "Take this column out: no reason is ever kept here."
)

CELLS = [
    ("consents", _consent(upn="Q9"), "2 upn: no pupil has the number Q9; import the pupils first."),
    ("consents", _consent(upn=""), "2 upn: is empty."),
    ("consents", _consent(academic_year="2026"), "2 academic_year: “2026” is not an academic year; write 2026/27."),
    (
        "consents",
        _consent(academic_year="2026/28"),
        "2 academic_year: “2026/28” is not one academic year; write 2026/27.",
    ),
    ("consents", _consent(item="websit image"), "2 item: “websit image” is not an item (did you mean website_image?)."),
    ("consents", _consent(item=""), f"2 item: is empty (it is one of {ITEMS})."),
    ("consents", _consent(answer="perhaps"), "2 answer: “perhaps” is neither yes nor no."),
    ("consents", _consent(capacity="parnet"), "2 capacity: “parnet” is not known (did you mean parent?)."),
    ("consents", _consent(capacity=""), "2 capacity: is empty (it is one of parent, pupil, determined)."),
    (
        "consents",
        _consent(signed_on="soon"),
        "2 signed_on: “soon” is not a date; write 2026-09-10 or 10/09/2026.",
    ),
    (
        "consents",
        _consent(signed_on="09/31/2026"),
        "2 signed_on: there is no 09/31/2026 in the calendar; the day comes before the month.",
    ),
    ("consents", _consent(signed_on="10/09/26"), "2 signed_on: “10/09/26” has a year of 2 digits; write all four."),
    ("consents", _consent(given_by=""), "2 given_by: is empty; say who signed, or leave signed_on empty too."),
    ("consents", ANY_ORDER + GOOD + GOOD, "3 row: is the same as line 2."),
    ("consents", _consent(evidence_ref="x" * 201), "2 evidence_ref: is longer than 200 characters."),
    ("consents", _consent(given_by="mo\x07ther"), "2 given_by: holds a character that cannot be shown."),
    (
        "consents",
        _consent(evidence_ref="a,b"),
        "2 row: has more cells than there are headings; is a comma in a cell unquoted?",
    ),
    (
        "pupils",
        PUPILS + "A9,Ann,Lee,2018-01-01,4,4B,LRK,2022-09-02,2022-09-01\n",
        "2 left_on: is before the day of joining.",
    ),
    ("pupils", PUPILS + "A9,,Lee,2018-01-01,4,4B,LRK,2022-09-02,\n", "2 legal_first_name: is empty."),
    (
        "pupils",
        PUPILS + "A9,Ann,Lee,2018-01-01,4,4B,LRK,2022-09-02,\n" * 2,
        "3 upn: is in line 2 already.",
    ),
    (
        "pupils",
        PUPILS + "A9,Ann,Lee,,4,4B,LRK,2022-09-02,\n",
        "2 date_of_birth: is empty; write a date as 2026-09-10 or 10/09/2026.",
    ),
    ("pupils", PUPILS + "A-9!,Ann,Lee,2018-01-01,4,4B,LRK,2022-09-02,\n", "2 upn: “A-9!” is not a pupil number."),
    ("staff", STAFF + "9,x.example,X,LRK,staff\n", "2 email: “x.example” is not an e-mail address."),
    ("staff", STAFF + "9,x@a.example,X,LRK,techer\n", "2 roles: “techer” is not known (did you mean headteacher?)."),
    ("staff", STAFF + "9,x@a.example,X,LRK,staff;dls\n", "2 roles: “dls” is not known (did you mean dsl?)."),
    ("staff", STAFF + "9 9,x@a.example,X,LRK,staff\n", "2 aad_object_id: “9 9” is not an object id."),
    (
        "staff",
        STAFF + "9,x@a.example,X,LRK,staff\n9,x@a.example,X,LRK,dpo\n",
        "3 aad_object_id: has a row for this school in line 2 already.",
    ),
    (
        "staff",
        STAFF + "9,x@a.example,X,LRK,staff\n9,y@a.example,X,FAR,dpo\n",
        "3 email: the same object id has another e-mail or name in line 2.",
    ),
    (
        "staff",
        STAFF + "9,x@a.example,X,LRK,staff\n8,x@a.example,X,FAR,dpo\n",
        "3 email: the same e-mail has another object id in line 2.",
    ),
    ("staff", STAFF + f"0000-01,{DSL},X,LRK,staff\n", "2 email: this e-mail belongs to somebody else already."),
    ("restrictions", RESTRICTIONS + "A1,maybe,2,no,\n", "2 state: is not pending or set."),
    ("restrictions", RESTRICTIONS + "A1,set,4,no,\n", "2 level: is not 1, 2 or 3."),
    ("restrictions", RESTRICTIONS + "A1,set,,no,\n", "2 level: is empty; a set restriction has a level of 1, 2 or 3."),
    (
        "restrictions",
        RESTRICTIONS + "A1,pending,2,no,\n",
        "2 level: is not known while the state is pending; leave it empty.",
    ),
    ("restrictions", RESTRICTIONS + "A1,set,2,because,\n", "2 court_order: is not yes or no."),
    (
        "restrictions",
        RESTRICTIONS + "A1,set,2,no,ask carers\n",
        "2 review_on: is not a date; write 2026-09-10 or 10/09/2026.",
    ),
    ("restrictions", RESTRICTIONS + "Q9,set,2,no,\n", "2 upn: no pupil of yours has this number."),
    ("restrictions", RESTRICTIONS + "B1,set,2,no,\n", "2 upn: no pupil of yours has this number."),
    (
        "terms",
        TERMS + "LRX,2026/27,Autumn,2026-09-03,2026-12-18\n",
        "2 school: no school has the code “LRX” (did you mean LRK?); import its staff or pupils first.",
    ),
    ("terms", TERMS + "LRK,2026/27,Autumn,2026-12-18,2026-09-03\n", "2 ends_on: is before the first day."),
    (
        "organisations",
        "school,academic_year,name,kind\nLRK,2026/27,Gazette,paper\nLRK,2026/27,GAZETTE,paper\n",
        "3 name: is in line 2 already.",
    ),
    ("terms", "school,academic_year,name,starts_on\n", "1 ends_on: this column is missing."),
    ("pupils", PUPILS.replace("reg", "form,class"), "1 class: two columns mean this: “form” and “class”."),
    (
        "consents",
        ANY_ORDER.replace("evidence_ref", "withdrawl_on"),
        "1 withdrawl_on: this column is not known. Did you mean withdrawn_on?",
    ),
    (
        "restrictions",
        RESTRICTIONS.replace("review_on", "reason") + "A1,set,2,no,in care\n",
        f"1 reason: {NOTHING_ELSE}",
    ),
    (
        "restrictions",
        RESTRICTIONS.replace("review_on", "review_on,notes") + "A1,set,2,no,,x\n",
        f"1 notes: {NOTHING_ELSE}",
    ),
    (
        "restrictions",
        RESTRICTIONS.replace("review_on", "review_on,") + "A1,set,2,no,,in care\n",
        "2 row: has more cells than there are headings; is a comma in a cell unquoted?",
    ),
    (
        "restrictions",
        RESTRICTIONS.replace("level,", "level,,") + "A1,set,2,in care,no,\n",
        f"1 (no title): {NOTHING_ELSE}",
    ),
    ("consents", _consent(given_by='"mother'), "2 row: is not CSV from here on (unexpected end of data)"),
]


@pytest.mark.parametrize(("kind", "text", "sentence"), CELLS)
async def test_a_bad_row_is_told_and_nothing_is_written(
    larkfield: Give, counts: Counts, kind: str, text: str, sentence: str
) -> None:
    before = await counts()
    with pytest.raises(RefusedError) as refused:
        await larkfield(kind, text, by=DSL)
    assert refused.value.lines == (f"{kind}.csv:{sentence}",)
    assert await counts() == before


async def test_every_bad_row_is_told_in_one_run(larkfield: Give) -> None:
    rows = GOOD.replace("yes", "ja") + GOOD.replace("A1", "Q1") + GOOD.replace("2026/27", "26") + GOOD + GOOD
    with pytest.raises(RefusedError) as refused:
        await larkfield("consents", ANY_ORDER + rows)
    assert [line.split(":")[1] for line in refused.value.lines] == [
        "2 answer",
        "3 upn",
        "4 academic_year",
        "6 row",
    ]


@pytest.mark.parametrize("by", [None, "teacher@larkfield.example", "dpo@larkfield.example"])
async def test_restrictions_are_the_dsls_alone(larkfield: Give, counts: Counts, by: str | None) -> None:
    before = await counts()
    with pytest.raises(RefusedError, match="Only a designated safeguarding lead"):
        await larkfield("restrictions", RESTRICTIONS + "A1,set,2,no,\n", by=by)
    assert await counts() == before


async def test_a_refused_restrictions_file_repeats_nothing_of_what_it_said(larkfield: Give) -> None:
    with pytest.raises(RefusedError) as refused:
        await larkfield("restrictions", RESTRICTIONS + "A1,adopted,2,social worker,secret\n", by=DSL)
    assert not any(word in str(refused.value) for word in ("adopted", "social", "secret"))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("pupils.csv", b"", "pupils.csv: the file is empty."),
        ("pupils.csv", "upn,forename\nA1,Zoé\n".encode("cp1252"), "is not UTF-8 text"),
        ("pupils.xlsx", b"not a workbook", "pupils.xlsx: this is not an Excel workbook that can be read."),
        ("pupils.xls", b"", "pupils.xls: save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."),
        ("missing.csv", None, "there is no such file."),
    ],
)
async def test_a_file_that_is_no_table_is_refused(
    sqlite_db: Database, tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedError) as refused:
        await import_file(sqlite_db, Kind.PUPILS, tmp_path / name, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert any(sentence in line for line in refused.value.lines)


@pytest.mark.parametrize(
    "text",
    [
        (
            "\ufeffUPN,Legal Forename,Surname,DOB,NC Year,Reg,School,Admission date,Leaving date\n"
            "A9,Ann,Lee,04/03/2018,Year 4,4B,LRK,2/9/2022,\n"
        ),
        (
            "sep=;\nupn;forename;surname;d.o.b.;year;form;academy;DOA;DOL\n"
            "A9;Ann;Lee;4.3.2018;Y4;4B;lrk;2022-09-02 00:00:00;\n"
        ),
        (
            "upn\tforename\tsurname\tdob\tyear\tclass\tschool\tjoined_on\tleft_on\n\n"
            " a9 \tAnn\tLee\t2018-03-04\t4\t4B\tLRK\t2022-09-02\n"
        ),
        (
            "upn,forename,surname,dob,year,class,school,joined_on,left_on\n"
            'A9,"Ann",Lee,2018-03-04,4,4B,LRK,2022-09-02,,,,\n'
        ),
    ],
)
async def test_files_are_read_as_schools_export_them(larkfield: Give, text: str) -> None:
    await larkfield("pupils", PUPILS + "A9,Ann,Lee,2018-03-04,4,4B,LRK,2022-09-02,\n")
    done = await larkfield("pupils", text)
    assert getattr(done, "changes", None) == {}


async def test_a_column_that_is_not_needed_is_named_and_not_read(larkfield: Give) -> None:
    done = await larkfield("terms", TERMS.strip() + ",Colour\nLRK,2026/27,Autumn,2026-09-03,2026-12-18,red\n")
    assert getattr(done, "lines", ())[0] == "terms.csv:1 Colour: this column is not needed and was not read."
