"""What goes in comes out; twice is once; a dry run is nothing."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from policy.records import Account, Capacity, Consent, Limit, Organisation, Pupil, Restriction, RestrictionState
from policy.roles import Role
from storage import consents, imports, people, pupils, restrictions, schools
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.report import Imported
from storage.importing.run import import_file

Give = Callable[..., Awaitable[Imported]]  # conftest: imports a file of some text
Counts = Callable[[], Awaitable[dict[str, int]]]
HEADING = "upn,academic_year,item,answer,given_by,capacity,method,signed_on,effective_from,withdrawn_on,evidence_ref\n"
YES = "A1,2026/27,website_image,yes,mother,parent,paper,2026-09-10,2026-09-10,,CF-1\n"
WITHDRAWN = "A1,2026/27,website_image,yes,mother,parent,paper,2026-09-10,2026-09-10,2026-11-02,CF-1\n"
NO = "A1,2026/27,website_image,no,mother,parent,paper,2026-10-01,2026-10-01,,CF-2\n"
DSL = "dsl@larkfield.example"


async def _consents(db: Database) -> tuple[Consent, ...]:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        first = (await pupils.roll(session, school.id))[0]
        return (await consents.of(session, [first.id])).get(first.id, ())


async def test_people_come_back_with_their_roles(db: Database, larkfield: Give) -> None:
    async with db.read() as session:
        person = await people.by_email(session, DSL.upper())
        assert person is not None
        assert await people.by_aad(session, "0000-02") == person
        assert person.memberships[0].roles == {Role.DSL, Role.STAFF}
        assert person.roles_at(person.memberships[0].school_id + 1) == frozenset()
        held = await people.holding(session, person.memberships[0].school_id, Role.DSL)
        assert [one.email for one in held] == [DSL]


async def test_pupils_come_back_as_the_rules_know_them(db: Database, larkfield: Give) -> None:
    async with db.read() as session:
        school = await schools.by_code(session, "lrk")
        assert school is not None
        roll = await pupils.roll(session, school.id)
    amelia = Pupil(roll[0].id, "Amelia", "Millie", "Hart", "4B", "4", date(2018, 3, 4), date(2022, 9, 2), None)
    assert roll[0] == amelia
    assert [pupil.display_name for pupil in roll] == ["Millie Hart", "Benedict Okoro"]


async def test_a_consent_comes_back_as_it_was_given(db: Database, larkfield: Give) -> None:
    heading = HEADING.strip() + ",limits\n"
    await larkfield("consents", heading + YES.strip() + ",group_only\n")
    day = date(2026, 9, 10)
    kept = Consent(
        academic_year="2026/27",
        item="website_image",
        answer=True,
        given_by="mother",
        capacity=Capacity.PARENT,
        signed_on=day,
        effective_from=day,
        withdrawn_on=None,
        limits=frozenset({Limit.GROUP_ONLY}),
    )
    assert await _consents(db) == (kept,)


async def test_a_withdrawal_is_added_and_nothing_is_changed(db: Database, larkfield: Give) -> None:
    await larkfield("consents", HEADING + YES)
    done = await larkfield("consents", HEADING + WITHDRAWN)
    assert done.lines == ("1 consent withdrawn.",)
    assert [row.withdrawn_on for row in await _consents(db)] == [None, date(2026, 11, 2)]


async def test_how_and_when_each_answer_came_in_is_told(db: Database, larkfield: Give) -> None:
    await larkfield("consents", HEADING + YES + NO)
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        first = (await pupils.roll(session, school.id))[0]
        told = await consents.history(session, first.id)
    assert [(event.consent.answer, event.method, event.evidence_ref) for event in told] == [
        (True, "paper", "CF-1"),
        (False, "paper", "CF-2"),
    ]


@pytest.mark.parametrize(
    ("files", "changes", "answers"),
    [
        ([YES, YES], {}, [True]),
        ([YES + NO, YES + NO], {}, [True, False]),
        ([YES, YES + NO], {"changed to no": 1}, [True, False]),
        ([YES + NO, NO], {}, [True, False]),
        ([YES, NO, YES], {"changed to yes": 1}, [True, False, True]),
        ([YES, WITHDRAWN, YES], {}, [True, True]),  # an old signature does not undo a withdrawal
        ([YES, WITHDRAWN, YES, YES], {}, [True, True]),
        ([YES, YES.replace("mother", "father")], {"new": 1}, [True, True]),
    ],
)
async def test_only_what_is_news_is_added(
    db: Database, larkfield: Give, files: list[str], changes: dict[str, int], answers: list[bool]
) -> None:
    for file in files:
        done = await larkfield("consents", HEADING + file)
    assert done.changes == changes
    assert [row.answer for row in await _consents(db)] == answers


LISTS = [
    ("organisations", "school,academic_year,name,kind\nLRK,2026/27,Larkfield Gazette,newspaper\n"),
    ("accounts", "school,platform,handle,listed_from\nLRK,Facebook,@larkfield,2026-09-01\n"),
    ("terms", "school,academic_year,name,starts_on,ends_on\nLRK,2026/27,Autumn 1,2026-09-03,2026-10-23\n"),
]


FILES = {
    "staff": """aad_object_id,email,display_name,school,roles
0000-01,teacher@larkfield.example,Tess Archer,LRK,staff
0000-02,dsl@larkfield.example,Dora Sloane,LRK,dsl;staff
""",
    "pupils": """upn,forename,surname,dob,nc year,reg,school,admission date,known as,leaving date
A1,Amelia,Hart,2018-03-04,4,4B,LRK,2022-09-02,Millie,
A2,Benedict,Okoro,2018-01-09,4,4B,LRK,2022-09-02,,
""",
    "consents": HEADING + YES + NO,
    "restrictions": "upn,state,level,court_order,review_on\nA1,set,2,no,2027-01-29\n",
    **dict(LISTS),
}


async def test_the_lists_come_back(db: Database, larkfield: Give) -> None:
    for kind, text in LISTS:
        await larkfield(kind, text)
    await larkfield("consents", HEADING + YES.replace("website_image", "organisation:Herald"))
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        own = await schools.school_records(session, school.id)
        terms = await schools.terms(session, school.id)
    assert own.accounts == (Account("Facebook", "@larkfield", date(2026, 9, 1)),)
    assert own.organisations == (Organisation("2026/27", "Larkfield Gazette", "newspaper"),)
    assert own.rounds_open == (("2026/27", "Herald"),)
    assert [(term.name, term.ends_on) for term in terms] == [("Autumn 1", date(2026, 10, 23))]


async def test_a_file_that_takes_the_last_dpo_away_says_so(larkfield: Give) -> None:
    heading = "aad_object_id,email,display_name,school,roles\n"
    own = "0000-03,dpo@larkfield.example,Piers Dunmore,LRK,{}\n0000-09,two@larkfield.example,Two Moss,LRK,{}\n"
    told = [
        (await larkfield("staff", heading + own.format(*roles))).lines
        for roles in (("dpo", "dpo"), ("staff", "dpo"), ("staff", ""), ("staff", ""))
    ]
    assert ["any more" in " ".join(lines) for lines in told] == [False, False, True, False]


async def test_restrictions_come_back_and_a_later_decision_stands(db: Database, larkfield: Give) -> None:
    heading = "upn,state,level,court_order,review_on\n"
    await larkfield("restrictions", heading + "A1,pending,,no,\nA2,set,1,yes,2027-01-29\n", by=DSL)
    done = await larkfield("restrictions", heading + "A1,set,2,no,2027-01-29\n", by=DSL)
    assert done.lines == (
        "1 restriction changed.",
        "1 restriction not in this file: kept. To lift one, give the pupil a row with level 1.",
    )
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        first, second = (pupil.id for pupil in await pupils.roll(session, school.id))
        assert await restrictions.of(session, [first, second]) == {
            first: Restriction(RestrictionState.SET, 2, court_order=False, review_on=date(2027, 1, 29)),
            second: Restriction(RestrictionState.SET, 1, court_order=True, review_on=date(2027, 1, 29)),
        }


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
async def test_the_same_file_twice_changes_nothing_and_says_so(
    db: Database, larkfield: Give, counts: Counts, kind: str
) -> None:
    text = FILES[kind]
    await larkfield(kind, text, by=DSL)
    before, versions = await counts(), await _versions(db)
    done = await larkfield(kind, text, by=DSL)
    assert done.changes == {}
    assert done.lines[0].startswith("Nothing changed: ")
    assert (await counts(), await _versions(db)) == (before, versions)


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
async def test_a_dry_run_tells_all_and_writes_nothing(db: Database, larkfield: Give, counts: Counts, kind: str) -> None:
    text = FILES[kind].replace("LRK", "NEW") if kind in {"staff", "pupils"} else FILES[kind]
    before = await counts()
    done = await larkfield(kind, text, by=DSL, dry_run=True)
    assert done.changes
    assert await counts() == before


@pytest.mark.parametrize(
    ("kind", "version"),
    [
        ("pupils", "roll_version"),
        ("consents", "consents_version"),
        ("restrictions", "consents_version"),
        ("terms", "lists_version"),
    ],
)
async def test_a_change_raises_the_version_that_running_bots_watch(
    db: Database, larkfield: Give, kind: str, version: str
) -> None:
    text = FILES[kind].replace("Hart", "Heart")
    before = await _versions(db)
    await larkfield(kind, text, by=DSL)
    assert (await _versions(db))[version] == before[version] + 1


async def test_a_consents_file_makes_the_list_as_of_today_even_without_news(db: Database, larkfield: Give) -> None:
    await larkfield("consents", HEADING + YES)
    async with db.read() as session:
        told = {school.code: school.list_as_of for school in await schools.schools(session)}
        noted = await imports.latest(session, "consents")
    assert told == {"LRK": date(2026, 11, 23), "FAR": None}
    assert noted is not None
    assert (noted.rows, noted.schools, noted.imported_by) == (1, ("LRK",), "administrator")


async def test_a_pupil_missing_from_a_later_file_stays_and_it_is_said(db: Database, larkfield: Give) -> None:
    heading, first, *_ = FILES["pupils"].splitlines(keepends=True)
    done = await larkfield("pupils", heading + first.strip() + "2026-10-23\n")
    assert "1 pupil with a leaving date now: leavers." in done.lines
    assert "LRK: 2 on roll before, 1 after." in done.lines
    assert "1 pupil on roll not in this file: kept as they are. A leaver needs a left_on date." in done.lines


async def test_empty_roles_end_somebodys_access(db: Database, larkfield: Give) -> None:
    heading, first, *_ = FILES["staff"].splitlines(keepends=True)
    done = await larkfield("staff", heading + first.replace(",staff", ","))
    assert "1 person without any role now: no access." in done.lines
    async with db.read() as session:
        person = await people.by_aad(session, "0000-01")
    assert person is not None
    assert person.memberships == ()


async def test_a_workbook_is_read_like_a_text_file(db: Database, larkfield: Give, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["UPN", "Forename", "Surname", "DOB", "NC Year", "Reg", "School", "Admission date", "Leaving date"])
    sheet.append(["C1", "Dana", "Webb", date(2018, 3, 4), 4, "4B", "LRK", date(2022, 9, 2), None])
    path = tmp_path / "pupils.xlsx"
    book.save(path)
    book.close()
    done = await import_file(db, Kind.PUPILS, path, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert done.changes == {"new": 1}
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        dana = (await pupils.roll(session, school.id))[-1]
    assert (dana.display_name, dana.born, dana.year_group, dana.left_on) == ("Dana Webb", date(2018, 3, 4), "4", None)


async def _versions(db: Database) -> dict[str, int]:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
    assert school is not None
    names = ("roll_version", "consents_version", "lists_version")
    return {name: getattr(school, name) for name in names}
