"""What the bot holds about one person: all of it, nobody else's names, and no hint of what the DSL keeps."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from bot.exports.asked import Taken
from bot.exports.held_about import ASK_DSL, UNKNOWN, UNKNOWN_PUPIL
from bot.exports.holding.places import (
    LEFT_OUT_OF_PUPILS,
    LEFT_OUT_OF_STAFF,
    NOT_ABOUT_ANYBODY,
    NOT_ABOUT_PUPILS,
    PUPIL,
    STAFF,
    Place,
)
from bot.exports.holding.told import as_json, document, holding, words_in
from bot.exports.taking import REFUSED, ExportError, take
from bot.exports.unnamed import LEFT_OUT, Named
from storage import audit, people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.tables import METADATA
from tests.bot.exports.export_examples import LATER, roll, text_of
from tests.dialogs.conftest import MONDAY, Chat

SCHOOL = Path(__file__).parents[2] / "dialogs" / "school"
DPO, TESSA, ELSEWHERE = "p.owen@hartfield.example", "t.reed@hartfield.example", "p.far@hartfield.example"
AMELIA, NED, OTHER_SCHOOLS = "H380000000000", "A380000000003", "W380000000008"
NOTES = Place("feedback", "Notes", ("at", "words"), words=("words",))
# Where people and pupils stand without a foreign key; `holding.reading` looks there, or LEFT_OUT says why not.
UNKEYED = {
    *("audit.actor", "audit.subject", "chats.aad_object_id", "consents.given_by", "drafts.subject", "holds.about"),
    *("imports.imported_by", "letters.addressee", "letters.subject", "people.aad_object_id", "questions.pupil_ids"),
    *("reviews.assigned_to", "withdrawals.given_by"),
}
LOOKS_LIKE_SOMEBODY = re.compile(r"(_by|_to|_ids|aad_object_id|actor|subject|about|addressee|person|pupil|email)$")


def _tables() -> list[Table]:
    return METADATA.sorted_tables


@pytest.mark.parametrize(("places", "left_out"), [(STAFF, LEFT_OUT_OF_STAFF), (PUPIL, LEFT_OUT_OF_PUPILS)])
def test_every_table_is_told_of_or_left_out_with_a_reason(places: tuple[Place, ...], left_out: dict[str, str]) -> None:
    told = [place.table for place in places]
    assert sorted([*told, *left_out]) == sorted(table.name for table in _tables())
    assert all(left_out.values())


@pytest.mark.parametrize(
    ("places", "left_out", "to"), [(STAFF, LEFT_OUT_OF_STAFF, "people.id"), (PUPIL, LEFT_OUT_OF_PUPILS, "pupils.id")]
)
def test_every_column_that_refers_to_somebody_is_looked_in(
    places: tuple[Place, ...], left_out: dict[str, str], to: str
) -> None:
    looked_in = {f"{place.table}.{column}" for place in places for column in place.who}
    for table in _tables():
        if table.name not in left_out:
            missed = set(_referring(table, to)) - looked_in
            assert not missed, f"{missed} may be somebody's: give it to the place's `who`"


@pytest.mark.parametrize(("left_out", "to"), [(LEFT_OUT_OF_STAFF, "people.id"), (LEFT_OUT_OF_PUPILS, "pupils.id")])
def test_what_refers_to_somebody_is_not_taken_for_a_table_about_nobody(left_out: dict[str, str], to: str) -> None:
    about_nobody = [name for name, why in left_out.items() if why in {NOT_ABOUT_ANYBODY, NOT_ABOUT_PUPILS}]
    assert not [column for name in about_nobody for column in _referring(METADATA.tables[name], to)]


def test_a_column_that_may_be_somebodys_without_a_foreign_key_is_known() -> None:
    found = {
        f"{table.name}.{column.name}"
        for table in _tables()
        for column in table.columns
        if not column.foreign_keys and LOOKS_LIKE_SOMEBODY.search(column.name)
    }
    assert found - {"people.email"} == UNKEYED


def test_places_name_only_columns_that_exist() -> None:
    for place in (*STAFF, *PUPIL):
        made_up = {"on", "classes"} if place.table == "cases" else set()
        assert set(place.words) <= set(place.shows)
        assert {*place.shows, *place.who} - made_up <= set(METADATA.tables[place.table].columns.keys())


def _referring(table: Table, to: str) -> Iterator[str]:
    for column in table.columns:
        if any(key.target_fullname == to for key in column.foreign_keys):
            yield f"{table.name}.{column.name}"


def test_names_and_addresses_of_others_are_taken_out_of_words() -> None:
    said = "Amelia Hart's mother wrote from hart@family.example to Kit Wainfleet. I answered."
    named = Named(roll("Amelia Hart"), ["Kit Wainfleet"])
    held = holding(
        [(NOTES, [{"at": LATER, "words": said}])], named, about="Jo", school="Ashdown", by="Gwen", made_at=LATER
    )
    told = f"{LEFT_OUT}'s mother wrote from [address left out] to {LEFT_OUT}. I answered."
    assert held.sections[0].rows == ((("at", "2026-02-06T12:00:00+00:00"), ("words", told)),)
    assert json.loads(as_json(held))["sections"][0]["rows"][0]["words"] == told
    assert told in str(document(held))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ring 01632 960 123 on 2026-11-23.", "Ring [number left out] on 2026-11-23."),
        ("It is about A380000000003.", "It is about [number left out]."),
        ("There were 12 of 300 letters.", "There were 12 of 300 letters."),
    ],
)
def test_numbers_that_lead_to_somebody_are_taken_out_of_words(said: str, told: str) -> None:
    found = [(NOTES, [{"at": None, "words": said}])]
    held = holding(found, Named(roll()), about="Jo", school="Ashdown", by="Gwen", made_at=LATER)
    assert held.sections[0].rows == ((("words", told),),)


def test_what_may_still_be_a_name_is_pointed_at() -> None:
    named = Named(roll("May Pound"))
    found = [(NOTES, [{"at": None, "words": "I think that May said so."}])]
    assert holding(found, named, about="Jo", school="Ashdown", by="Gwen", made_at=LATER).doubtful


def test_numbers_of_people_and_what_is_by_its_field_somebody_elses_are_left_out() -> None:
    done = {"person": 5, "owner": "7", "text": "Ring them.", "answers": {"kinds": ["a", "b"], "child": False}}
    done |= {"requester": "Kim Vale", "about": "Kim Vale", "born": "2017-01-11"}
    assert "Kim Vale" in words_in(done, of_all=True)
    assert words_in(done) == "text: Ring them.\nkinds: a\nkinds: b\nchild: no"


@pytest.fixture
async def hartfield_on_each(db: Database) -> Database:
    return await _founded(db)


@pytest.fixture
async def hartfield(sqlite_db: Database) -> Database:
    return await _founded(sqlite_db)


async def _founded(db: Database) -> Database:
    for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    async with db.read() as session:
        dsl = await people.by_email(session, "s.bird@hartfield.example")
    await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=MONDAY)
    teacher = Chat(db, TESSA)
    await teacher.says("Can I put a photo of Amelia Hart on the website?")
    await teacher.says("Can I put a photo of Ned Dove on the website?")
    await teacher.says("a parent asked me for a copy of everything we hold about Tom Bell, who is in her house")
    return db


async def _about(db: Database, who: str = DPO, *, form: str = "json", school: str = "HFD", **about: str) -> Taken:
    return await take(db, "held-about", school=school, email=who, form=form, now=MONDAY, **about)


def _rows(taken: Taken) -> dict[str, list[dict[str, Any]]]:
    return {section["title"]: section["rows"] for section in json.loads(taken.content)["sections"]}


async def test_a_member_of_staff_gets_what_they_asked_and_reported(hartfield_on_each: Database) -> None:
    taken = await _about(hartfield_on_each, person="T.Reed@hartfield.example")
    rows = _rows(taken)
    assert rows["Who you are"][0]["display_name"] == "Tessa Reed"
    assert rows["What you are at this school"] == [{"roles": "staff"}]
    asked = [row["text"] for row in rows["What you asked"]]
    assert f"Can I put a photo of {LEFT_OUT} on the website?" in asked
    assert [row["kind"] for row in rows["What you reported"]] == ["request"]
    assert "copy of everything" in rows["What you wrote, signed and did in cases"][0]["data"]
    assert b"2017-01-11" not in taken.content  # the day on which Tom was born
    assert rows["What the audit log says that you did"]
    for name in (b"Amelia", b"Dove", b"Tom Bell"):
        assert name not in taken.content
    docx = text_of((await _about(hartfield_on_each, form="docx", person=TESSA)).content)
    assert "What you asked" in docx
    assert "Amelia" not in docx


async def test_a_pupil_gets_roll_consents_and_questions_without_askers(hartfield: Database) -> None:
    taken = await _about(hartfield, pupil=AMELIA.lower())
    rows = _rows(taken)
    assert rows["As the roll says"][0]["last_name"] == "Hart"
    assert rows["Consents and extra permissions, as they came in"][0]["item"] == "website_image"
    (asked,) = rows["What staff asked about pictures"]
    assert asked["text"] == "Can I put a photo of Amelia Hart on the website?"
    assert not {"decision", "conditions", "person_id"} & asked.keys()
    for said in (b"Tessa", b"Reed", b"mother", b"Dove"):
        assert said not in taken.content


async def test_the_file_of_a_restricted_pupil_tells_nothing_and_the_dpo_is_told_to_ask(hartfield: Database) -> None:
    restricted, other = await _about(hartfield, pupil=NED), await _about(hartfield, pupil=AMELIA)
    assert ASK_DSL in restricted.warnings
    assert ASK_DSL not in other.warnings
    assert list(_rows(restricted)) == list(_rows(other))
    assert b"estrict" not in restricted.content
    (asked,), (others,) = (_rows(one)["What staff asked about pictures"] for one in (restricted, other))
    assert asked.keys() == others.keys()
    opening = [text_of((await _about(hartfield, form="docx", pupil=upn)).content) for upn in (NED, AMELIA)]
    assert opening[0].splitlines()[1].replace("Ned Dove", "Amelia Hart") == opening[1].splitlines()[1]


async def test_cases_that_name_them_are_pointed_at_and_never_in_the_file(hartfield: Database) -> None:
    taken = await _about(hartfield, pupil="X380000000001")
    assert [warning for warning in taken.warnings if "has this name in it" in warning]
    assert b"copy of everything" not in taken.content
    assert not [warning for warning in (await _about(hartfield, pupil=AMELIA)).warnings if "has this name" in warning]


async def test_it_is_written_down_without_a_name(hartfield: Database) -> None:
    await _about(hartfield, pupil=AMELIA)
    async with hartfield.read() as session:
        line = (await audit.lines(session))[-1]
    assert line.action == "held_about.exported"
    assert line.details["about"].startswith("pupil/")


@pytest.mark.parametrize("who", [TESSA, "h.moss@hartfield.example", "s.bird@hartfield.example", ELSEWHERE])
async def test_nobody_but_the_schools_dpo_gets_it(hartfield: Database, who: str) -> None:
    for about in ({"person": TESSA}, {"pupil": AMELIA}, {"person": "nobody@hartfield.example"}):
        with pytest.raises(ExportError) as error:
            await _about(hartfield, who, **about)
        assert str(error.value) == REFUSED


async def test_somebody_of_another_school_is_not_there(hartfield: Database) -> None:
    for about, sentence in (
        ({"person": "b.away@hartfield.example"}, UNKNOWN),
        ({"person": "nobody@hartfield.example"}, UNKNOWN),
        ({"pupil": OTHER_SCHOOLS}, UNKNOWN_PUPIL),
        ({"pupil": "Z999"}, UNKNOWN_PUPIL),
    ):
        with pytest.raises(ExportError) as error:
            await _about(hartfield, **about)
        assert str(error.value) == sentence


async def test_of_a_case_that_is_not_open_to_the_dpo_nothing_is_told(hartfield: Database) -> None:
    before = _rows(await _about(hartfield, person=DPO))
    await Chat(hartfield, DPO).says("I emailed the whole class list to the wrong parent")
    await Chat(hartfield, "q.two@hartfield.example").says(
        "a pupil was shown cruel posts about her by classmates online"
    )
    own = _rows(await _about(hartfield, person=DPO))
    assert own["What you reported"] == before["What you reported"] == []
    assert own["What you wrote, signed and did in cases"] == []
    async with hartfield.read() as session:
        found = {line.action for line in await audit.lines(session)}
    assert "breach.opened" in found  # it is there, and she reported it
    assert "breach.opened" not in str(own)
