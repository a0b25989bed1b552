"""Online-safety incidents from the first word to the audit, on both databases: and nothing of what was said is kept."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from dialogs.considering import consider
from dialogs.conversation import Json, Pressed, Reply, Said
from dialogs.desk import Desk
from dialogs.incident import case_file, minding, telling
from dialogs.incident.listing import visible
from dialogs.incident.statuses import line
from policy.incident.case import Incident
from policy.incident.kinds import IncidentKind
from storage import cases, people
from storage.audit import AuditRow
from storage.cases import CaseKind, CaseRow
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.outbox import Letter, LetterRow
from storage.tables import METADATA
from tests.dialogs.conftest import MONDAY, Chat, inputs_of
from tests.dialogs.letterbox import words_sent

HEADING = "aad_object_id,email,display_name,school,roles\n"
MORE = (
    "00000000-0000-4000-8000-00000000000a,c.vane@hartfield.example,Cora Vane,HFD,online_safety_champion\n"
    "00000000-0000-4000-8000-00000000000b,i.tek@hartfield.example,Ivo Tek,HFD,computing_coordinator\n"
    "00000000-0000-4000-8000-00000000000c,d.deps@hartfield.example,Dee Deps,HFD,deputy_dsl\n"
    "00000000-0000-4000-8000-00000000000d,l.far@hartfield.example,Lee Far,OTH,headteacher;dsl;online_safety_champion\n"
)
ILLEGAL = "I have found zzplanted child abuse images on a zzplanted laptop"
CHILD = "zzplanted"
EVERYBODY = ("t.reed", "d.lane", "s.bird", "h.moss", "p.owen", "o.finch", "m.gate", "b.away", "q.two", "p.far")


@pytest.fixture
async def school(hartfield: Database, tmp_path: Path) -> Database:
    """Hartfield with a champion, a computing coordinator and a deputy DSL."""
    whole = (Path(__file__).parent / "school" / "staff.csv").read_text("utf-8") + MORE
    (tmp_path / "staff.csv").write_text(whole, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    return hartfield


@pytest.fixture
def reporter(school: Database) -> Chat:
    """Tessa Reed, a teacher."""
    return Chat(school, "t.reed@hartfield.example")


def of(school: Database, who: str) -> Chat:
    return Chat(school, f"{who}@hartfield.example", turns=100)


async def told(db: Database) -> list[str]:
    return [email for email, _ in await words_sent(db)]


async def incident(db: Database, number: int = 1) -> Incident:
    async with db.read() as session:
        found = await case_file.read(session, number)
    assert found is not None
    return found


async def status(db: Database, number: int = 1) -> str:
    async with db.read() as session:
        return str(await session.scalar(select(CaseRow.status).where(CaseRow.id == number)))


async def everything(db: Database) -> str:
    """Every text of every table, as it is stored."""
    found: list[str] = []
    async with db.read() as session:
        for table in METADATA.sorted_tables:
            rows = await session.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608  our own names only
            found += [str(cell) for row in rows for cell in row]
    return "\n".join(found).casefold()


async def takes(chat: Chat, number: int = 1) -> Reply:
    return await chat.does(Pressed("incident.seen", {"case": number}))


def choice(said: Reply, field: str, title: str) -> str:
    return next(each["value"] for each in fields(said.card)[field]["choices"] if each["title"] == title)


def fields(card: Json | None) -> dict[str, Json]:
    return {each["id"]: each for each in inputs_of(card or {})}


# --- what may be illegal


async def test_the_do_and_the_dont_come_before_everything_else(reporter: Chat) -> None:
    said = await reporter.says(ILLEGAL)
    assert said.text.startswith("Stop. Cover the screen now\nDo\n")
    assert "Don't" in said.text
    assert said.answer["shape"] == "flow"
    assert said.answer["routed_to"] == ["headteacher", "dsl"]
    assert said.card is not None
    assert fields(said.card) == {}


async def test_the_head_and_the_dsl_are_alerted_at_once_and_urgently(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    assert await told(school) == ["h.moss", "s.bird"]
    for _, words in await words_sent(school):
        assert "Reported by: Tessa Reed" in words
        assert "I am on it" in words
        assert "laptop" not in words
    async with school.read() as session:
        assert set(await session.scalars(select(LetterRow.urgent))) == {True}


async def test_delivered_twice_it_is_one_case_and_one_alert_each(reporter: Chat, school: Database) -> None:
    first = await reporter.says(ILLEGAL)
    again = await reporter.again(Said(ILLEGAL))
    assert again[0].text == first.text
    assert await told(school) == ["h.moss", "s.bird"]
    async with school.read() as session:
        assert len(list(await session.scalars(select(CaseRow.id)))) == 1


@pytest.mark.parametrize(
    ("who", "words", "alerted"),
    [
        ("h.moss", ILLEGAL, ["s.bird", "d.deps"]),
        ("s.bird", ILLEGAL, ["h.moss", "d.deps"]),
        ("t.reed", "child abuse images on the head's laptop", ["s.bird", "d.deps"]),
        ("t.reed", "child abuse images sent by Saul Bird", ["h.moss", "d.deps"]),
        ("t.reed", "I told the head that there are child abuse images on a laptop", ["h.moss", "s.bird"]),
    ],
)
async def test_whoever_reports_or_may_be_concerned_gives_way_to_the_next_in_line(
    school: Database, who: str, words: str, alerted: list[str]
) -> None:
    await of(school, who).says(words)
    assert await told(school) == alerted


async def test_nothing_of_what_was_typed_is_stored_anywhere(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    for words in (
        "it shows a zzplanted girl",
        "a photo of Amelia Hart zzplanted",
        "zzplanted naked boy on a bed",
        "can I use a picture of Amelia Hart zzplanted on the website?",
        "zzplanted " * 12,
    ):
        await reporter.says(words)
    await reporter.presses("Continue", place="zzplanted picture of a boy", device="zzplanted", at_date="zzplanted")
    await reporter.presses("Continue", place="zzplanted " * 9)
    await reporter.presses("Continue", place="Room 12", device="school-tablet")
    await reporter.presses("Back", names="zzplanted girl")
    await reporter.presses("Continue", place="Room 12", device="school-tablet")
    await reporter.presses("Continue", told="zzplanted", names="zzplanted girl in a bath")
    await reporter.presses("Continue", told="head", names="Hetty Moss")
    await reporter.presses("Send report")
    assert (await incident(school)).facts["names"] == "Hetty Moss"
    head = of(school, "h.moss")
    await takes(head)
    await head.presses("Open", step="cpoms")
    await head.presses("Save", reference="zzplanted photo 1")
    assert CHILD not in await everything(school)


async def test_a_story_too_long_to_read_is_not_kept_either(reporter: Chat, school: Database) -> None:
    said = await reporter.says(ILLEGAL + " and so on" * 400)
    assert said.text.startswith("Stop.")
    assert CHILD not in await everything(school)


async def test_a_search_never_says_back_what_somebody_goes_on_describing(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await reporter.says("cancel")
    told = await reporter.says("search zzplanted girls pool party")
    assert "Please don't describe it" in told.text
    assert CHILD not in await everything(school)


@pytest.mark.parametrize("before", ["cancel", "Send report", "status"])
async def test_who_goes_on_describing_it_is_asked_to_stop(reporter: Chat, school: Database, before: str) -> None:
    await reporter.says(ILLEGAL)
    if before == "Send report":
        await reporter.presses("Continue")
        await reporter.presses("Continue", place="Room 12", device="school-tablet")
        await reporter.presses("Continue", told="head")
        await reporter.presses(before)
    else:
        await reporter.says(before)
    assert "Please don't describe it" in (await reporter.says("it was of zzplanted girls at a pool party")).text
    assert CHILD not in await everything(school)
    assert "Please don't" not in (await reporter.says("how long are payslips kept")).text
    reporter.later(hours=2)
    assert "Please don't" not in (await reporter.says("what is on the video about fire doors")).text


async def test_what_is_not_illegal_is_not_kept_as_typed_either(reporter: Chat, school: Database) -> None:
    await reporter.says("zzplanted is being cyberbullied on snapchat")
    assert CHILD not in await everything(school)


async def test_words_that_would_be_found_are_found(reporter: Chat, school: Database) -> None:
    await reporter.says("where is the zzplanted policy on salaries kept")
    assert CHILD in await everything(school)


async def test_a_file_is_neither_kept_nor_passed_on_and_the_card_says_so(reporter: Chat) -> None:
    said = await reporter.does(Said(ILLEGAL, files=1))
    assert said.text.startswith("Stop.")
    assert "I have not opened or kept what you sent" in said.text


async def test_a_description_gets_a_kind_sentence_and_an_empty_field(reporter: Chat) -> None:
    await reporter.says(ILLEGAL)
    await reporter.presses("Continue")
    said = await reporter.presses("Continue", place="a picture of a girl")
    assert "Please don't describe anything here" in said.text
    assert "value" not in fields(said.card)["place"]


async def test_the_place_shows_on_the_cards_as_soon_as_it_is_known(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await reporter.presses("Continue")
    await reporter.presses("Continue", place="Room 12", device="school-tablet")
    for _, words in await words_sent(school):
        assert "Where: Room 12" in words


async def test_a_place_may_be_typed(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await reporter.says("ICT suite")
    assert (await incident(school)).facts["place"] == "ICT suite"


async def test_whoever_the_reporter_names_loses_the_card_and_the_next_gets_it(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await reporter.presses("Continue")
    await reporter.presses("Continue", place="Room 12", device="school-tablet")
    dsl = next(
        each["value"] for each in fields(reporter.last.card)["involved"]["choices"] if each["title"] == "Saul Bird"
    )
    await reporter.presses("Continue", told="head", involved=dsl)
    by_person = dict(await words_sent(school))
    assert "with somebody else now" in by_person["s.bird"]
    assert "Room 12" not in by_person["s.bird"]
    assert "Room 12" in by_person["d.deps"]
    assert "can't help" in (await takes(of(school, "s.bird"))).text


async def test_from_on_it_to_closed(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    head = of(school, "h.moss")
    said = await takes(head)
    assert said.replace
    assert await status(school) == "with_ht_dsl"
    said = await head.presses("Open", step="closed")
    assert "Before it is closed I need" in said.text
    await head.does(Pressed("incident.step", {"case": 1, "step": "external"}))
    await head.fills("Save", body="police", reference="CAD 4432", at_date="2026-11-23", at_time="09:00")
    assert await status(school) == "external"
    await head.does(Pressed("incident.step", {"case": 1, "step": "cpoms"}))
    said = await head.fills("Save", reference="a girl in room 5")
    assert "Please give the reference alone" in said.text
    await head.fills("Save", reference="C-10233")
    await head.does(Pressed("incident.step", {"case": 1, "step": "closed"}))
    await head.fills("Save", tag="first", policy_change="no")
    assert await status(school) == "closed"
    await head.does(Pressed("incident.step", {"case": 1, "step": "audited"}))
    assert await status(school) == "audited"
    news = [words for email, words in await words_sent(school) if email == "t.reed"]
    assert len(news) == 3
    assert "police" not in " ".join(news).casefold()


async def test_a_second_press_says_that_somebody_has_it(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await takes(of(school, "h.moss"))
    assert "Somebody is on it already" in (await takes(of(school, "s.bird"))).text
    assert [email for email, _ in await words_sent(school)].count("t.reed") == 1


# --- nobody is on it


async def minds(db: Database, minutes: float) -> None:
    now = MONDAY + timedelta(minutes=minutes)
    async with db.write() as session:
        for number in await cases.claim_due(session, now=now, most=9):
            await minding.mind(Desk(), session, number, now)


async def test_while_nobody_is_on_it_more_people_get_it(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await minds(school, 14)
    assert await told(school) == ["h.moss", "s.bird"]
    await minds(school, 15)
    assert (await told(school))[2:] == ["h.moss", "s.bird", "d.deps"]
    await minds(school, 16)
    assert len(await told(school)) == 5
    await minds(school, 31)
    assert (await told(school))[5:] == ["h.moss", "s.bird", "d.deps"]
    await minds(school, 600)
    assert len(await told(school)) == 8


async def test_after_an_outage_there_is_one_reminder(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await minds(school, 200)
    assert (await told(school))[2:] == ["h.moss", "s.bird", "d.deps"]


async def test_once_somebody_is_on_it_nobody_is_chased(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await takes(of(school, "h.moss"))
    async with school.read() as session:
        assert await session.scalar(select(CaseRow.due_at)) is None


async def test_somebody_out_of_reach_gives_way_to_the_next(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    async with school.write() as session:
        person = await people.by_email(session, "s.bird@hartfield.example")
        row = (
            await session.scalars(select(LetterRow).where(LetterRow.key.endswith(f"/card/{person and person.id}")))
        ).one()
        letter = Letter(**{name: getattr(row, name, "null") for name in Letter.__dataclass_fields__})
        assert person is not None
        assert telling.number_of(letter.subject) == 1
        for _ in range(2):
            await minding.pass_on(session, 1, person, letter, MONDAY)
    assert await told(school) == ["h.moss", "s.bird", "d.deps"]


# --- every other kind


@pytest.mark.parametrize(
    ("words", "kind", "alerted_first"),
    [
        ("accidental pop-up of adult material on a tablet", "exposure", (["c.vane"], "CEOP button")),
        ("pupil upset over cruel posts from classmates", "bullying", (["c.vane"], "keep the messages")),
        ("hostile anonymous mail in my inbox", "threatening_mail", (["c.vane"], "it is evidence")),
        ("a stranger is messaging one of my pupils online", "grooming", (["s.bird"], "Tell the DSL now")),
        ("a pupil is using a vpn to get round the filter", "pupil_misuse", (["c.vane"], "Stop it calmly")),
    ],
)
async def test_each_kind_goes_to_its_own_people_with_its_own_first_words(
    reporter: Chat, school: Database, words: str, kind: str, alerted_first: tuple[list[str], str]
) -> None:
    alerted, first = alerted_first
    said = await reporter.says(words)
    assert said.answer["intent"] == "online_safety_incident"
    assert first in said.text
    assert await told(school) == alerted
    assert (await incident(school)).kind == kind


async def opened(reporter: Chat, kind: IncidentKind) -> None:
    """Report something and say in the form what kind it is."""
    await reporter.says("pupil upset over cruel posts from classmates")
    await reporter.presses("Continue")
    await reporter.presses("Continue", kind=kind.value, place="Room 12", device="account")


async def test_a_kind_put_right_goes_to_the_right_people_with_a_bell(reporter: Chat, school: Database) -> None:
    await opened(reporter, IncidentKind.GROOMING)
    by_person = dict(await words_sent(school))
    assert "with somebody else now" in by_person["c.vane"]
    assert "contact with a pupil" in "".join(words for email, words in await words_sent(school) if email == "s.bird")


async def test_misuse_by_a_colleague_goes_to_the_head_and_not_to_the_one_concerned(
    reporter: Chat, school: Database
) -> None:
    await opened(reporter, IncidentKind.STAFF_MISUSE)
    head = next(each["value"] for each in fields(reporter.last.card)["involved"]["choices"])
    assert head
    assert "h.moss" in await told(school)
    assert "c.vane" in await told(school)
    assert "with somebody else now" in dict(await words_sent(school))["c.vane"]


async def test_phishing_opens_the_breach_route_beside_it(reporter: Chat, school: Database) -> None:
    await opened(reporter, IncidentKind.SPAM)
    said = await reporter.does(Pressed("incident.breach", {"case": 1}))
    assert "Thank you for telling me" in said.text
    async with school.read() as session:
        kinds = list(await session.scalars(select(CaseRow.kind).order_by(CaseRow.id)))
    assert kinds == [CaseKind.INCIDENT, CaseKind.BREACH]
    assert (await incident(school)).breach_too


async def test_what_may_be_illegal_after_all_alerts_the_head_and_the_dsl(reporter: Chat, school: Database) -> None:
    await reporter.says("accidental pop-up of adult material on a tablet")
    said = await reporter.presses("It may be illegal to hold")
    assert said.text.startswith("Stop.")
    await reporter.does(Pressed("incident.illegal", {"case": 1}))
    assert sorted(await told(school)) == ["c.vane", "h.moss", "h.moss", "s.bird", "s.bird"]
    assert "with somebody else now" in dict(await words_sent(school))["c.vane"]


async def test_a_filter_that_failed_needs_its_report_before_the_case_is_closed(
    reporter: Chat, school: Database
) -> None:
    await opened(reporter, IncidentKind.FILTER)
    await reporter.presses("Continue", told="champion", filtered="yes")
    await reporter.presses("Send report")
    champion = of(school, "c.vane")
    await takes(champion)
    assert await status(school) == "with_champion"
    await champion.does(Pressed("incident.step", {"case": 1, "step": "cpoms"}))
    await champion.fills("Save", reference="C-10233")
    assert "filter" in (await champion.does(Pressed("incident.step", {"case": 1, "step": "closed"}))).text
    await champion.does(Pressed("incident.step", {"case": 1, "step": "filter"}))
    await champion.fills("Save", reference="LG-77120")
    await champion.does(Pressed("incident.step", {"case": 1, "step": "closed"}))
    await champion.fills("Save", tag="same-site", policy_change="yes")
    assert await status(school) == "closed"


async def test_leaving_the_questions_keeps_the_case(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    assert "the case is not" in (await reporter.says("cancel")).text
    assert "Where and when" in (await reporter.presses("Continue")).text
    assert await status(school) == "open"


# --- forged and stale presses


@pytest.mark.parametrize("verb", ["form", "illegal", "breach"])
@pytest.mark.parametrize("who", ["s.bird", "h.moss", "q.two", "b.away", "l.far"])
async def test_nobody_but_the_reporter_has_the_reporters_buttons(
    reporter: Chat, school: Database, verb: str, who: str
) -> None:
    await reporter.says(ILLEGAL)
    before = await words_sent(school)
    assert "can't help" in (await of(school, who).does(Pressed(f"incident.{verb}", {"case": 1}))).text
    assert await words_sent(school) == before


@pytest.mark.parametrize("verb", ["seen", "show", "step"])
@pytest.mark.parametrize("who", ["t.reed", "q.two", "p.owen", "c.vane", "i.tek", "b.away", "l.far", "m.gate"])
async def test_nobody_without_a_seat_touches_a_case(reporter: Chat, school: Database, verb: str, who: str) -> None:
    await reporter.says(ILLEGAL)
    told_ = await of(school, who).does(Pressed(f"incident.{verb}", {"case": 1, "step": "external"}))
    assert "can't help" in told_.text
    assert await status(school) == "open"


@pytest.mark.parametrize("data", [{}, {"case": "x"}, {"case": 99}, {"case": True}, {"case": [1]}])
@pytest.mark.parametrize("verb", ["form", "illegal", "breach", "seen", "show", "step"])
async def test_a_card_about_no_case_is_refused(reporter: Chat, school: Database, verb: str, data: Json) -> None:
    await reporter.says(ILLEGAL)
    assert "can't help" in (await of(school, "h.moss").does(Pressed(f"incident.{verb}", data))).text


async def test_a_breachs_number_opens_nothing_here(reporter: Chat, school: Database) -> None:
    await reporter.says("I have just sent a class list to the wrong parent")
    assert "can't help" in (await takes(of(school, "h.moss"))).text


@pytest.mark.parametrize("step", ["external", "cpoms", "closed", "audited", "", "seen", "nonsense"])
async def test_no_step_is_taken_before_somebody_is_on_it(reporter: Chat, school: Database, step: str) -> None:
    await reporter.says(ILLEGAL)
    await of(school, "h.moss").does(Pressed("incident.step", {"case": 1, "step": step}))
    assert await status(school) == "open"


async def test_a_step_begun_before_the_seat_was_lost_ends_there(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    dsl = of(school, "s.bird")
    await takes(dsl)
    form = await dsl.does(Pressed("incident.step", {"case": 1, "step": "cpoms"}))
    assert "The reference alone" in form.text
    await reporter.presses("Continue")
    await reporter.presses("Continue", place="Room 12", device="school-tablet")
    person = next(
        one["value"] for one in fields(reporter.last.card)["involved"]["choices"] if one["title"] == "Saul Bird"
    )
    await reporter.presses("Continue", told="head", involved=person)
    assert "can't help" in (await dsl.presses("Save", reference="C-1")).text
    assert (await incident(school)).cpoms == ""


async def test_somebody_elses_form_is_nobodys(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    form = await reporter.presses("Continue")
    other = of(school, "q.two")
    other.last = form
    assert "can't help" in (await other.presses("Continue", place="Room 1", device="none")).text


async def test_every_step_leaves_a_line_without_words(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await takes(of(school, "h.moss"))
    async with school.read() as session:
        lines = list(await session.execute(select(AuditRow.action, AuditRow.subject, AuditRow.details)))
    ours = [(action, subject, json.loads(details)) for action, subject, details in lines if action.startswith("inc")]
    assert ours == [("incident.opened", "case/1", {}), ("incident.seen", "case/1", {})]


# --- several schools, another day, and without a conversation


async def test_at_two_schools_both_are_alerted_until_the_reporter_says_which(school: Database) -> None:
    both = of(school, "q.two")
    await both.says(ILLEGAL)
    assert await told(school) == ["h.moss", "s.bird", "l.far"]
    await both.presses("Continue")
    there = choice(both.last, "school", fields(both.last.card)["school"]["choices"][1]["title"])
    await both.presses("Continue", school=there, place="Room 12", device="school-tablet")
    by_person = dict(await words_sent(school))
    assert "with somebody else now" in by_person["h.moss"]
    assert "Where: Room 12" in by_person["l.far"]
    assert "can't help" in (await takes(of(school, "h.moss"))).text
    assert (await takes(of(school, "l.far"))).replace
    assert await status(school) == "with_ht_dsl"


async def test_another_find_the_next_day_is_another_case(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await reporter.says(ILLEGAL)
    assert len(await told(school)) == 2
    reporter.later(hours=20)
    assert (await reporter.says(ILLEGAL)).text.startswith("Stop.")
    assert len(await told(school)) == 4


async def test_asked_without_a_conversation_it_starts_nothing_and_keeps_no_words(school: Database) -> None:
    said = await consider(school, Desk(), email="t.reed@hartfield.example", text=ILLEGAL, now=MONDAY)
    assert said.text.startswith("Stop.")
    assert said.answer["intent"] == "illegal_content"
    assert await told(school) == []
    assert CHILD not in await everything(school)


@pytest.mark.parametrize(
    ("who", "numbers"),
    [("h.moss", [1, 2]), ("s.bird", [1, 2]), ("c.vane", [2]), ("t.reed", []), ("p.owen", []), ("l.far", [])],
)
async def test_the_register_holds_what_its_reader_may_see(school: Database, who: str, numbers: list[int]) -> None:
    await of(school, "d.lane").says(ILLEGAL)
    await of(school, "o.finch").says("pupil upset over cruel posts from classmates")
    async with school.read() as session:
        person = await people.by_email(session, f"{who}@hartfield.example")
        assert person is not None
        found = await visible(session, person, (await incident(school)).school_id)
    assert [one.number for one in found] == numbers


async def test_status_says_how_far_it_is_and_no_more(reporter: Chat, school: Database) -> None:
    await reporter.says(ILLEGAL)
    await takes(of(school, "h.moss"))
    async with school.read() as session:
        (case,) = await cases.reported_by(session, (await incident(school)).reporter)
    assert line(case) == "Case 1, an online-safety report, Mon 23 Nov 2026 at 09:00: somebody is on it."
