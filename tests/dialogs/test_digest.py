"""The weekly digest on both databases: sent once, to whom it belongs, and with nothing in it that nobody may read."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from dialogs.conversation import Pressed
from dialogs.desk import Desk
from dialogs.digest import sending
from dialogs.sweeping import sweep
from policy.digest.digest import Title
from policy.digest.occasion import DigestAt
from policy.packs import ConsentCycle, Pack, SchoolRules
from storage import cases, digests, people, schools
from storage.cases import Entry
from storage.consents import ConsentRow
from storage.database import Database
from storage.digests import DigestRow, RoundRow
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.imports import ImportRow
from storage.outbox import LetterRow
from storage.people import PersonRow
from storage.restrictions import RestrictionRow
from tests.dialogs.conftest import SCHOOL, Chat
from tests.dialogs.letterbox import letters

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
WORDS = "I have just sent Year 4's zzplanted scores to the wrong parent"
ASKED = "can families film the nativity today"
MORE = (
    "00000000-0000-4000-8000-0000000000a1,g.vern@hartfield.example,Gus Vern,HFD,governor\n"
    "00000000-0000-4000-8000-0000000000a2,f.head@hartfield.example,Fay Head,OTH,headteacher\n"
    "97d44209-fca8-5bb2-8723-84b294b811c7,p.owen@hartfield.example,Petra Owen,OTH,dpo\n"
)


@pytest.fixture
async def trust(hartfield: Database, tmp_path: Path) -> Database:
    """Hartfield with a governor; the other school has a head and the same DPO."""
    (tmp_path / "staff.csv").write_text((SCHOOL / "staff.csv").read_text("utf-8") + MORE, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=FRIDAY)
    return hartfield


async def sent(db: Database, about: str = "digest/") -> dict[str, str]:
    """The digests that were sent, by key and addressee."""
    return {f"{key} {person}": words for person, key, words in await letters(db, about)}


async def to(db: Database, who: str) -> str:
    """The one digest that somebody got."""
    mine = [words for key, words in (await sent(db)).items() if key.endswith(f" {who}")]
    assert len(mine) == 1, f"{who} got {len(mine)}"
    return mine[0]


async def report(db: Database, who: str = "t.reed", *, at: datetime = FRIDAY) -> int:
    """Report a breach; return its number."""
    async with db.read() as session:
        before = int(await session.scalar(select(func.max(cases.CaseRow.id))) or 0)
    await Chat(db, f"{who}@hartfield.example", now=at, turns=100 * before).says(WORDS)
    async with db.read() as session:
        number = int(await session.scalar(select(func.max(cases.CaseRow.id))) or 0)
    assert number > before
    return number


async def involve(db: Database, case: int, who: str, part: str = "accused") -> None:
    async with db.write() as session:
        person = await people.by_email(session, f"{who}@hartfield.example")
        assert person is not None
        await cases.add(session, case, Entry("involved", FRIDAY, None, {"person": person.id, "part": part}))


async def test_each_head_and_each_dpo_gets_one_on_monday_morning(trust: Database) -> None:
    await sending.send(trust, Desk(), now=DUE - timedelta(minutes=1))
    assert await sent(trust) == {}
    assert await sending.send(trust, Desk(), now=DUE) == 2
    keys = await sent(trust)
    assert sorted(key.rpartition(" ")[2] for key in keys) == ["f.head", "h.moss", "p.far", "p.owen"]
    assert all(key.startswith("digest/2026-11-23/") for key in keys)


async def test_however_often_it_is_swept_each_gets_one_a_week(trust: Database) -> None:
    for minutes in (0, 1, 60, 47 * 60):
        await sweep(trust, Desk(), now=DUE + timedelta(minutes=minutes))
    assert len(await sent(trust)) == 4
    await sweep(trust, Desk(), now=DUE + timedelta(days=7))
    assert len(await sent(trust)) == 8


async def test_two_replicas_at_once_send_one(trust: Database) -> None:
    other = Database.connect(trust.url)
    try:
        done = await asyncio.gather(*(sending.send(db, Desk(), now=DUE) for db in (trust, other)))
    finally:
        await other.dispose()
    assert sum(done) == 2
    assert len(await sent(trust)) == 4


async def test_a_replica_that_died_before_the_commit_has_sent_nothing(
    trust: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object, **__: object) -> None:
        raise RuntimeError("pulled the plug")

    with monkeypatch.context() as patch:
        patch.setattr(digests, "keep", dies)
        with pytest.raises(RuntimeError, match="plug"):
            await sending.send(trust, Desk(), now=DUE)
    assert await sent(trust) == {}
    assert await sending.send(trust, Desk(), now=DUE) == 2
    assert len(await sent(trust)) == 4


@pytest.mark.parametrize(("late", "schools_sent"), [(timedelta(hours=24), 2), (timedelta(hours=49), 0)])
async def test_an_outage_of_a_day_is_made_up_for_and_thursdays_first_start_sends_nothing(
    trust: Database, late: timedelta, schools_sent: int
) -> None:
    assert await sending.send(trust, Desk(), now=DUE + late) == schools_sent


async def test_a_school_that_came_this_morning_waits_for_next_week(hartfield: Database) -> None:
    assert await sending.send(hartfield, Desk(), now=DUE + timedelta(hours=2)) == 0
    assert await sending.send(hartfield, Desk(), now=DUE + timedelta(days=7)) == 2


async def test_a_school_can_have_a_day_and_an_hour_of_its_own(trust: Database) -> None:
    desk = Desk(rules_by_school={"OTH": SchoolRules(digest_at=DigestAt(weekday=1))})
    assert await sending.send(trust, desk, now=DUE) == 1
    assert not [key for key in await sent(trust) if key.endswith("f.head")]
    assert await sending.send(trust, desk, now=DUE + timedelta(days=1)) == 1
    assert len(await sent(trust)) == 4


async def test_a_case_that_breaks_one_schools_digest_leaves_the_others(trust: Database) -> None:
    number = await report(trust)
    async with trust.write() as session:
        await cases.add(session, number, Entry("never heard of", FRIDAY, None, {}))
    with pytest.raises(ValueError, match="never heard of"):
        await sending.send(trust, Desk(), now=DUE)
    assert sorted(key.rpartition(" ")[2] for key in await sent(trust)) == ["f.head", "p.far", "p.owen"]


# --- what it says


async def test_the_head_reads_counts_and_codes_and_opens_the_case_from_it(trust: Database) -> None:
    number = await report(trust)
    await sending.send(trust, Desk(), now=DUE)
    words = await to(trust, "h.moss")
    assert "Breaches: 1 open; 1 new. Least time left: case 1, 2.5 of 72 hours." in words
    assert "Consent: 1 form outstanding" in words
    assert "Policies: Past their review: photography policy (spring 2020), " in words
    assert "nothing to report." in words
    head = Chat(trust, "h.moss@hartfield.example")
    async with trust.read() as session:
        hers = select(LetterRow.card).join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
        wanted = hers.where(LetterRow.key.like("digest/%"), PersonRow.email == "h.moss@hartfield.example")
        card = await session.scalar(wanted)
    assert card is not None
    button = next(action for action in card["actions"] if action["title"] == f"Show case {number}")
    shown = await head.does(Pressed(button["verb"], button["data"]))
    assert WORDS in shown.text


async def test_last_week_stands_beside_this_one(trust: Database) -> None:
    await report(trust)
    await sending.send(trust, Desk(), now=DUE)
    await report(trust, "d.lane", at=DUE + timedelta(days=3))
    await sending.send(trust, Desk(), now=DUE + timedelta(days=7))
    second = next(words for key, words in (await sent(trust, "digest/2026-11-30/")).items() if "h.moss" in key)
    assert "Breaches: 2 open, 1 more than last week; 1 new." in second


async def test_a_permission_is_decided_from_the_digest(trust: Database) -> None:
    teacher = Chat(trust, "t.reed@hartfield.example", now=DUE)
    await teacher.says(ASKED)
    await teacher.presses("Ask the headteacher")
    head = Chat(trust, "h.moss@hartfield.example", now=DUE)
    await head.says("preview digest")
    assert "Needs your decision: 1 permission waits for your yes or no: families filming." in head.last.text
    assert head.last.text.splitlines()[2:4] == ["1 decision waits for you.", "[Decide request 1]"]
    shown = await head.presses("Decide request 1")
    assert ASKED in shown.text
    told = await head.presses("Allow it")
    assert "Yes: Hetty Moss" in told.text
    assert "Needs your decision: 1" not in (await head.says("preview digest")).text
    assert "waits for you" not in head.last.text


async def test_what_waits_comes_first_even_where_more_waits_than_buttons_hold(trust: Database) -> None:
    teacher = Chat(trust, "t.reed@hartfield.example", now=DUE)
    for day in range(10, 18):
        await teacher.says(ASKED.replace("today", f"on {day} December"))
        await teacher.presses("Ask the headteacher")
    await report(trust, "d.lane", at=DUE)
    head = Chat(trust, "h.moss@hartfield.example", now=DUE)
    told = (await head.says("preview digest")).text

    assert told.splitlines()[2] == "8 decisions wait for you. Type inbox for all of them."
    assert told.index("[Decide request 1]") < told.index("Breaches:") < told.index("Needs your decision:")
    assert told.count("[Decide request") + told.count("[Show case") == 6
    assert "Asked of you (8)" in (await head.says("inbox")).text


async def test_who_wants_a_person_has_asked_nothing_that_could_not_be_answered(trust: Database) -> None:
    teacher = Chat(trust, "t.reed@hartfield.example", now=DUE)
    await teacher.says("ask the DPO")
    head = Chat(trust, "h.moss@hartfield.example", now=DUE)
    assert "could not answer" not in (await head.says("preview digest")).text
    await teacher.says("May we keep a hamster in the science room?")
    assert "1 I could not answer" in (await head.says("preview digest")).text


async def test_what_waited_in_a_week_gone_by_does_not_come_first(trust: Database) -> None:
    teacher = Chat(trust, "t.reed@hartfield.example", now=DUE - timedelta(days=2))
    await teacher.says(ASKED)
    await teacher.presses("Ask the headteacher")
    head = Chat(trust, "h.moss@hartfield.example", now=DUE + timedelta(days=3))
    assert "decision waits for you" not in (await head.says("preview digest 23 November")).text
    assert "Needs your decision: 1" in head.last.text


@pytest.mark.parametrize("who", ["t.reed", "d.lane", "p.owen", "f.head", "g.vern", "p.far"])
async def test_nobody_but_the_head_opens_a_permission(trust: Database, who: str) -> None:
    teacher = Chat(trust, "t.reed@hartfield.example", now=DUE)
    await teacher.says(ASKED)
    await teacher.presses("Ask the headteacher")
    forged = Chat(trust, f"{who}@hartfield.example", now=DUE, turns=50)
    told = await forged.does(Pressed("permission.show", {"verb": "permission.show", "request": 1}))
    assert ASKED not in told.text
    assert "[Allow it]" not in told.text


# --- what it leaves out (domain 9)


@pytest.mark.parametrize("part", ["reporter", "subject", "accused"])
async def test_a_case_in_which_the_head_has_a_part_goes_past_the_head_to_the_dpo_and_the_governor(
    trust: Database, part: str
) -> None:
    async with trust.write() as session:  # the school has been there for a while
        await session.execute(update(ImportRow).values(imported_at=FRIDAY - timedelta(days=30)))
    await sending.send(trust, Desk(), now=DUE - timedelta(days=7))
    before = {key.rpartition(" ")[2]: words for key, words in (await sent(trust)).items()}
    number = await report(trust, "h.moss" if part == "reporter" else "t.reed")
    if part != "reporter":
        await involve(trust, number, "h.moss", part)
    await sending.send(trust, Desk(), now=DUE)
    after = {key.rpartition(" ")[2]: words for key, words in (await sent(trust, "digest/2026-11-23/")).items()}
    assert "Breaches" in before["h.moss"].split("nothing to report")[0]
    assert f"case {number}" not in after["h.moss"].lower()
    assert "1 open" not in after["h.moss"]
    assert f"Not in the head's digest, by rule: case {number}." in after["p.owen"]
    assert "1 open case is not in the headteacher's weekly digest." in after["g.vern"]
    assert "breach" not in after["g.vern"].lower()
    assert "g.vern" not in before


async def test_a_governor_hears_nothing_of_a_case_of_their_own(trust: Database) -> None:
    number = await report(trust, "h.moss")
    await involve(trust, number, "g.vern")
    await sending.send(trust, Desk(), now=DUE)
    assert not [key for key in await sent(trust) if "g.vern" in key]


async def test_a_restriction_changes_nothing(trust: Database) -> None:
    await sending.send(trust, Desk(), now=DUE)
    with_it = await to(trust, "h.moss")
    async with trust.write() as session:
        await session.execute(RestrictionRow.__table__.delete())
        await session.execute(RoundRow.__table__.delete())
        await session.execute(DigestRow.__table__.delete())
        await session.execute(update(LetterRow).values(key=LetterRow.key + "/old"))
    await sending.send(trust, Desk(), now=DUE)
    without = next(w for k, w in (await sent(trust)).items() if "h.moss" in k and "/old" not in k)
    assert with_it == without


async def test_nothing_tells_that_anybody_asked_about_hidden_cameras(trust: Database) -> None:
    site = Chat(trust, "t.reed@hartfield.example", now=FRIDAY, turns=20)
    for words in ("may we put up a covert camera in the corridor", "who authorises hidden cameras"):
        await site.says(words)
    await sending.send(trust, Desk(), now=DUE)
    for words in (await sent(trust)).values():
        assert not [word for word in ("covert", "hidden", "secret", "camera", "surveillance") if word in words.lower()]
    assert "2 questions this week" in await to(trust, "h.moss")


async def test_nobodys_name_and_nobodys_words_are_in_it_or_kept_of_it(trust: Database) -> None:
    await report(trust)
    teacher = Chat(trust, "t.reed@hartfield.example", now=FRIDAY, turns=20)
    await teacher.says("A mother zzplanted wants a copy of everything we hold about Ned Dove")
    await teacher.says("can I put a photo of Ned Dove on the website")
    await teacher.says("zzplanted frobnicate")
    await sending.send(trust, Desk(), now=DUE)
    async with trust.read() as session:
        pupils = (SCHOOL / "pupils.csv").read_text("utf-8").splitlines()[1:]
        kept = [str(row) for row in await session.scalars(select(DigestRow.counts))]
    names = {name for line in pupils for name in (line.split(",")[1], line.split(",")[3])}
    read = [*(await sent(trust)).values(), *kept]
    assert kept
    for text in read:
        assert "zzplanted" not in text
        assert "Tessa" not in text
        assert not [name for name in names if name in text.split()]


async def test_one_school_never_reads_of_another(trust: Database) -> None:
    await report(trust)
    await sending.send(trust, Desk(), now=DUE)
    assert "1 open" not in await to(trust, "f.head")
    assert "Hartfield" not in await to(trust, "f.head")


# --- many schools, and looking ahead


async def test_the_dpo_of_two_schools_reads_a_line_each(trust: Database) -> None:
    async with trust.read() as session:
        names = {school.code: school.name for school in await schools.schools(session)}
    await report(trust)
    await sending.send(trust, Desk(), now=DUE)
    words = await to(trust, "p.owen")
    assert f"{names['HFD']}: 1 breach open, 1 new; 2.5 hours left on the tightest." in words
    assert "Nothing to report at 1 other school." in words


@pytest.mark.parametrize(
    ("who", "begins"),
    [("h.moss", "Your digest so far"), ("p.owen", "Your schools so far"), ("f.head", "Your digest so far")],
)
async def test_a_preview_is_for_heads_and_dpos_and_sends_nothing(trust: Database, who: str, begins: str) -> None:
    told = await Chat(trust, f"{who}@hartfield.example").says("preview digest")
    assert told.text.startswith(begins)
    assert await sent(trust) == {}
    async with trust.read() as session:
        assert not (await session.scalars(select(RoundRow.week))).all()


@pytest.mark.parametrize("who", ["t.reed", "d.lane", "s.bird", "m.gate", "g.vern"])
async def test_a_preview_is_for_nobody_else(trust: Database, who: str) -> None:
    await report(trust)
    told = await Chat(trust, f"{who}@hartfield.example", turns=50).says("preview digest")
    assert not any(title.value in told.text for title in _telling())


def _telling() -> Iterable[Title]:
    return (title for title in Title if title is not Title.CONSENT)


# --- counting


async def test_consent_is_counted_by_what_came_back_this_year(trust: Database) -> None:
    async with trust.write() as session:
        await session.execute(update(ConsentRow).values(academic_year="2025/26"))
    await sending.send(trust, Desk(), now=DUE)
    assert "Consent: 8 forms outstanding; 4B 5, 2C 3." in await to(trust, "h.moss")


async def test_where_forms_last_those_of_an_earlier_year_are_not_outstanding(trust: Database) -> None:
    async with trust.write() as session:
        await session.execute(update(ConsentRow).values(academic_year="2025/26"))
    lasting = SchoolRules(packs=frozenset({Pack.ONLINE, Pack.DP}), consent_cycle=ConsentCycle.JOINING_ONLY)
    await sending.send(trust, Desk(lasting), now=DUE)
    assert "Consent: 1 form outstanding" in await to(trust, "h.moss")


async def test_answers_that_an_import_changed_are_counted_by_pupil_for_a_week(trust: Database, tmp_path: Path) -> None:
    heading, *rows = (SCHOOL / "consents.csv").read_text("utf-8").splitlines()
    async with trust.write() as session:  # everything so far came in long ago
        await session.execute(update(ConsentRow).values(recorded_at=FRIDAY - timedelta(days=30)))
        await session.execute(update(ImportRow).values(imported_at=FRIDAY - timedelta(days=30)))
    await sending.send(trust, Desk(), now=DUE)
    assert "Answers changed" not in await to(trust, "h.moss")
    toms = [row.replace(",no,mother", ",yes,mother") for row in rows if row.startswith("X380000000001")]
    toms = [row.replace("2026-09-10", "2026-11-24") for row in toms]
    (tmp_path / "consents.csv").write_text("\n".join((heading, *toms)) + "\n", "utf-8")
    await import_file(trust, Kind.CONSENTS, tmp_path / "consents.csv", now=DUE + timedelta(days=1))
    for week, words in ((1, "Answers changed for 1 pupil;"), (2, "")):
        await sending.send(trust, Desk(), now=DUE + timedelta(days=7 * week))
        monday = (DUE + timedelta(days=7 * week)).date()
        told = next(said for key, said in (await sent(trust, f"digest/{monday}/")).items() if "h.moss" in key)
        assert words in told
        assert bool(words) == ("Answers changed" in told)


async def test_staff_who_asked_or_reported_are_counted_once(trust: Database) -> None:
    await report(trust)
    for who in ("t.reed", "d.lane"):
        await Chat(trust, f"{who}@hartfield.example", now=FRIDAY, turns=50).says("what is our rule about phones?")
    await sending.send(trust, Desk(), now=DUE)
    words = await to(trust, "h.moss")
    assert "People: 2 of 9 staff (22%) asked or reported since Mon 2 Nov 2026." in words


async def test_what_is_kept_can_be_forgotten(trust: Database) -> None:
    await sending.send(trust, Desk(), now=DUE)
    async with trust.write() as session:
        assert await digests.forget(session, before=date(2026, 11, 23)) == 0
        assert await digests.forget(session, before=date(2026, 11, 24)) == 4
    async with trust.read() as session:
        assert len(await digests.not_sent(session, date(2026, 11, 23))) == 2
