"""An answer kept for everybody: at a school or the trust, at once or after a second pair of eyes, never with a name."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from dialogs.cards.elements import card, fits, heading
from dialogs.cards.policy_answer import with_rule_below
from dialogs.conversation import Arrived, Pressed, Reply, Said, Sought, Turn
from dialogs.desk import Desk
from dialogs.root import Dialogs
from dialogs.sweeping import sweep
from policy.packs import SchoolRules
from storage import people
from storage.audit import AuditRow
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.proposals import ProposalRow
from storage.published import PublishedRow
from tests.dialogs.conftest import MONDAY, SCHOOL, Chat, inputs_of
from tests.dialogs.letterbox import newest, words_to
from tests.dialogs.test_ask_the_dpo import QUESTION

TWO_PAIRS = Desk(SchoolRules(second_approval=True))
HERE_ONLY = Desk(rules_by_school={"HFD": SchoolRules(second_approval=True)})
ASKS = "May we lend the hamster register?"
HAMSTER = "may we lend the hamster register"


@dataclass(slots=True)
class At(Chat):
    """A chat at a school with these switches."""

    desk: Desk = field(default_factory=Desk)

    async def again(self, event: Said | Pressed | Arrived) -> tuple[Reply, ...]:
        async with self.db.read() as session:
            person = await people.by_email(session, self.email)
        asker = person.aad_object_id if person else "00000000-0000-4000-8000-000000000000"
        turn = Turn(f"chat/{self.email}", f"m{self.turns}", asker, self.scope, event, self.now)
        return await Dialogs(self.db, self.desk).take(turn)


async def answered(db: Database, desk: Desk, *, question: str = QUESTION) -> At:
    """The DPO, with the form open that keeps their answer for everybody."""
    asker = At(db, "t.reed@hartfield.example", desk=desk, turns=900)
    await asker.says(question)
    title = next(title for title in ("Send to the DPO", "Ask the DPO") if f"[{title}]" in asker.last.text)
    await asker.presses(title)
    dpo = At(db, "p.owen@hartfield.example", desk=desk)
    dpo.last = await newest(db, "p.owen", "/card/")
    await dpo.fills("Send answer", answer="Yes: it holds no personal data.")
    await dpo.presses("Keep it for everybody")
    return dpo


async def hears(db: Database, who: str, turns: int) -> bool:
    told = await Chat(db, f"{who}@hartfield.example", turns=turns).says(HAMSTER)
    return "holds no personal data" in told.text


@pytest.fixture
async def trust(hartfield: Database, tmp_path: Path) -> Database:
    """Petra Owen is the DPO of both schools; Bea Away teaches at the other, which has a head of its own."""
    rows = (SCHOOL / "staff.csv").read_text("utf-8")
    rows += "97d44209-fca8-5bb2-8723-84b294b811c7,p.owen@hartfield.example,Petra Owen,OTH,dpo\n"
    rows += "97d44209-fca8-5bb2-8723-84b294b811d8,h.far@hartfield.example,Hugo Far,OTH,headteacher\n"
    rows = rows.replace("Pia Far,OTH,dpo", "Pia Far,OTH,staff")
    (tmp_path / "staff.csv").write_text(rows, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    return hartfield


async def test_phrasings_are_proposed(hartfield: Database) -> None:
    dpo = await answered(hartfield, Desk())
    proposed = next(each["value"] for each in inputs_of(dpo.last.card or {}) if each["id"] == "asks").splitlines()
    assert 3 <= len(proposed) <= 6
    assert proposed[0] == QUESTION


@pytest.mark.parametrize("asks", ["May Amelia Hart borrow it?", "May amelia hart's register go out?"])
async def test_a_pupils_name_is_never_published(hartfield: Database, asks: str) -> None:
    dpo = await answered(hartfield, Desk())
    told = await dpo.fills("Keep it", asks=asks)
    assert "A pupil is named in it" in told.text
    async with hartfield.read() as session:
        assert (await session.scalars(select(PublishedRow))).all() == []


async def test_a_pupil_of_any_school_it_is_for_is_looked_for(trust: Database) -> None:
    dpo = await answered(trust, Desk())
    told = await dpo.fills("Keep it", asks="May Zoe Quill borrow it?", where="trust")
    assert "A pupil is named in it" in told.text


async def test_it_is_given_at_every_school_where_they_are_the_dpo_and_taken_back_at_all(trust: Database) -> None:
    dpo = await answered(trust, Desk())
    kept = await dpo.fills("Keep it", asks=ASKS, where="trust")
    assert "HFD" in kept.text
    assert "OTH" in kept.text
    assert await hears(trust, "d.lane", 0)
    assert await hears(trust, "b.away", 0)
    await dpo.presses("Take it back")
    assert not await hears(trust, "d.lane", 10)
    assert not await hears(trust, "b.away", 10)


async def test_this_school_alone_is_this_school_alone(trust: Database) -> None:
    dpo = await answered(trust, Desk())
    await dpo.fills("Keep it", asks=ASKS, where="school")
    assert await hears(trust, "d.lane", 0)
    assert not await hears(trust, "b.away", 0)


async def test_the_trust_is_no_more_than_the_schools_where_somebody_is_the_dpo(hartfield: Database) -> None:
    """The choice is not even offered to the DPO of one school, and a forged one changes nothing."""
    dpo = await answered(hartfield, Desk())
    assert "where" not in {each["id"] for each in inputs_of(dpo.last.card or {})}
    button = next(each for each in (dpo.last.card or {})["actions"] if each["title"] == "Keep it")
    sent = {"asks": ASKS, "text": "Yes: it holds no personal data.", "where": "trust"}
    await dpo.does(Pressed(button["verb"], {**button["data"], **sent}))
    assert await hears(hartfield, "d.lane", 0)
    assert not await hears(hartfield, "b.away", 0)


async def test_a_second_version_replaces_the_first_at_every_school(trust: Database) -> None:
    dpo = await answered(trust, Desk())
    await dpo.fills("Keep it", asks=ASKS, where="trust")
    await dpo.does(Pressed("answer.publish", {"escalation": 1}))
    kept = await dpo.fills("Keep it", asks=ASKS, text="No, after all.", where="trust")
    assert "version 2" in kept.text
    for who in ("d.lane", "b.away"):
        told = await Chat(trust, f"{who}@hartfield.example").says(HAMSTER)
        assert "After all." in told.text


async def test_nothing_is_given_before_a_second_pair_of_eyes_has_seen_it(hartfield: Database) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    told = await dpo.fills("Keep it", asks=ASKS)
    assert "for Hetty Moss" in told.text
    assert not await hears(hartfield, "d.lane", 0)
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    before = head.last
    approved = await head.presses("Yes, give it")
    assert "Decided: approved by Hetty Moss" in approved.text
    assert await hears(hartfield, "d.lane", 10)
    assert "Your answer was approved" in (await newest(hartfield, "p.owen", "/approved/")).text
    head.last = before
    again = await head.presses("Yes, give it")
    assert "It was decided already." in again.text
    async with hartfield.read() as session:
        assert len((await session.scalars(select(PublishedRow))).all()) == 1
        noted = (await session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("answer.")))).all()
    assert sorted(noted) == ["answer.approved", "answer.proposed"]


async def test_not_yet_goes_back_with_its_reason_and_the_dpo_sends_it_again(hartfield: Database) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    assert "what is missing" in (await head.fills("Not yet")).text
    assert "not yet, by Hetty Moss" in (await head.fills("Not yet", note="Say which register.")).text
    news = (await newest(hartfield, "p.owen", "/declined/")).text
    assert "Say which register." in news
    assert not await hears(hartfield, "d.lane", 0)
    await dpo.does(Pressed("answer.publish", {"escalation": 1}))
    await dpo.fills("Keep it", asks=ASKS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    await head.presses("Yes, give it")
    assert await hears(hartfield, "d.lane", 10)


async def test_a_newer_answer_supersedes_the_one_that_waits(hartfield: Database) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    await dpo.does(Pressed("answer.publish", {"escalation": 1}))
    await dpo.fills("Keep it", asks=ASKS, text="No, after all.")
    told = await head.presses("Yes, give it")
    assert "It was decided already." in told.text
    assert not await hears(hartfield, "d.lane", 0)


@pytest.mark.parametrize("who", ["p.owen", "t.reed", "d.lane", "s.bird", "p.far", "o.finch"])
async def test_nobody_else_approves_not_even_its_writer(hartfield: Database, who: str) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    for verb in ("answer.approve", "answer.decline"):
        told = await At(hartfield, f"{who}@hartfield.example", desk=TWO_PAIRS, turns=len(verb) * 50).does(
            Pressed(verb, {"proposal": 1, "note": "x"})
        )
        assert "hamster" not in told.text
    async with hartfield.read() as session:
        assert (await session.scalars(select(ProposalRow.state))).all() == ["waiting"]
    assert not await hears(hartfield, "d.lane", 300)


async def test_another_dpo_comes_before_the_head(hartfield: Database, tmp_path: Path) -> None:
    rows = (SCHOOL / "staff.csv").read_text("utf-8").replace("Dora Lane,HFD,data_lead;staff", "Dora Lane,HFD,dpo")
    (tmp_path / "staff.csv").write_text(rows, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    dpo = await answered(hartfield, TWO_PAIRS)
    told = await dpo.fills("Keep it", asks=ASKS)
    assert "for Dora Lane" in told.text
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    assert "hamster" not in (await head.does(Pressed("answer.approve", {"proposal": 1}))).text


async def test_each_school_decides_for_itself(trust: Database) -> None:
    dpo = await answered(trust, HERE_ONLY)
    told = await dpo.fills("Keep it", asks=ASKS, where="trust")
    assert "for Hetty Moss" in told.text
    assert await hears(trust, "b.away", 0), "that school wants no second pair of eyes"
    assert not await hears(trust, "d.lane", 0)
    both = await newest(trust, "h.moss", "/ask/")
    assert "OTH" not in both.text


async def test_what_a_former_dpo_wrote_is_not_given_any_more(hartfield: Database, tmp_path: Path) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    rows = (SCHOOL / "staff.csv").read_text("utf-8").replace("Petra Owen,HFD,dpo", "Petra Owen,HFD,staff")
    (tmp_path / "staff.csv").write_text(rows, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    assert "no longer the DPO" in (await head.presses("Yes, give it")).text
    assert not await hears(hartfield, "d.lane", 0)


async def test_whoever_approves_is_reminded_on_working_days_three_times(hartfield: Database) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    for days in range(14):
        for _ in range(2):  # the sweep may come as often as it likes
            await sweep(hartfield, TWO_PAIRS, now=MONDAY + timedelta(days=days, minutes=1))
    told = (await words_to(hartfield))["h.moss"]
    assert len([text for text in told if "This answer still waits for you." in text]) == 3
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/reminder/")
    await head.presses("Yes, give it")
    assert await hears(hartfield, "d.lane", 0)


async def test_what_is_decided_is_not_reminded_of(hartfield: Database) -> None:
    dpo = await answered(hartfield, TWO_PAIRS)
    await dpo.fills("Keep it", asks=ASKS)
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/ask/")
    await head.presses("Yes, give it")
    await sweep(hartfield, TWO_PAIRS, now=MONDAY + timedelta(days=7))
    assert "still waits" not in str((await words_to(hartfield))["h.moss"])


async def test_who_becomes_the_head_later_gets_it_too(hartfield: Database, tmp_path: Path) -> None:
    rows = (SCHOOL / "staff.csv").read_text("utf-8")
    (tmp_path / "staff.csv").write_text(rows.replace("HFD,headteacher;slt", "HFD,slt"), "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    dpo = await answered(hartfield, TWO_PAIRS)
    assert "Nobody can approve it" in (await dpo.fills("Keep it", asks=ASKS)).text
    (tmp_path / "staff.csv").write_text(rows, "utf-8")
    await import_file(hartfield, Kind.STAFF, tmp_path / "staff.csv", now=MONDAY)
    await sweep(hartfield, TWO_PAIRS, now=MONDAY + timedelta(days=3))
    head = At(hartfield, "h.moss@hartfield.example", desk=TWO_PAIRS)
    head.last = await newest(hartfield, "h.moss", "/reminder/")
    await head.presses("Yes, give it")
    assert await hears(hartfield, "d.lane", 0)


CONDITION = "But never one with a pupil's name in it."
LONGEST = f"Yes, you may. {'It is fine. ' * 200}"[: 1998 - len(CONDITION)].rstrip() + f" {CONDITION}"


@pytest.mark.parametrize("text", [LONGEST, LONGEST.replace("may. It", "may.\n\nIt", 1)], ids=["one part", "two"])
async def test_as_much_as_can_be_kept_is_given_whole_wherever_it_is_given(hartfield: Database, text: str) -> None:
    """The exception stands at the end: without it the yes would be another answer."""
    dpo = await answered(hartfield, Desk())
    await dpo.fills("Keep it", asks=ASKS, text=text)
    given = await Chat(hartfield, "d.lane@hartfield.example").says(HAMSTER)
    assert CONDITION in given.text
    assert fits(given.card or {})
    async with hartfield.read() as session:
        lane = await people.by_email(session, "d.lane@hartfield.example")
    assert lane is not None
    hits = await Dialogs(hartfield).search(Sought(lane.aad_object_id, HAMSTER, MONDAY))
    assert CONDITION in str(hits[0].card)
    picture = card(heading("Yes"))
    assert CONDITION in str(with_rule_below(picture, words=text, citations=(("photography", "7.3"),)))


async def test_a_form_begun_by_a_deputy_shows_nothing_once_their_days_are_over(hartfield: Database) -> None:
    """It has the question and the answer in it, which are the DPO's and whoever asked."""
    dpo = Chat(hartfield, "p.owen@hartfield.example")
    await dpo.says("hand over to Otto Finch from 23 November to 23 November")
    await dpo.fills("Hand over")
    teacher = Chat(hartfield, "t.reed@hartfield.example", now=MONDAY + timedelta(hours=1))
    await teacher.says(QUESTION)
    await teacher.presses(next(each for each in ("Send to the DPO", "Ask the DPO") if f"[{each}]" in teacher.last.text))
    deputy = Chat(hartfield, "o.finch@hartfield.example", now=MONDAY + timedelta(hours=1))
    deputy.last = await newest(hartfield, "o.finch", "/card/")
    await deputy.fills("Send answer", answer="Yes: it holds no personal data.")
    form = await deputy.presses("Keep it for everybody")
    (resume,) = {str(each["data"]["draft"]) for each in (form.card or {})["actions"]}
    words = ("no personal data", "hamster")
    shown = await deputy.does(Pressed("form.resume", {"draft": resume}))
    assert all(word in shown.text for word in words)

    deputy.later(days=1)
    for told in (
        await deputy.does(Pressed("form.resume", {"draft": resume})),
        await deputy.says("resume"),
        await deputy.says("continue"),
        await deputy.does(Pressed("form.send", {"draft": resume, "rev": 1, "asks": ASKS, "text": "Yes."})),
        await deputy.does(Pressed("form.cancel", {"draft": resume, "rev": 1})),
    ):
        assert not any(word in told.text for word in words), told.text
    assert not await hears(hartfield, "d.lane", 0)
