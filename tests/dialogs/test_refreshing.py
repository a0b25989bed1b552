"""A pupil's circumstances change: told in a sentence, counted at once, settled by who may know, and no reason kept."""

import asyncio
import json
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from dialogs.conversation import Pressed, Reply, Said
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage import audit, refreshes
from storage.database import Database
from storage.drafts import DraftRow
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.questions import QuestionRow
from storage.refreshes import Refresh, State
from storage.tables import METADATA
from storage.week import Span, rows_of
from tests.dialogs.conftest import MONDAY, SCHOOL, Chat
from tests.dialogs.letterbox import letters
from tests.dialogs.test_event_plan import plans

WORDS = "circumstances changed for {}"
_TURNS = count(100, 100)
WEBSITE = "Can I put a photo of {} on the school website?"


def of(db: Database, who: str) -> Chat:
    return Chat(db, f"{who}@hartfield.example", turns=next(_TURNS))  # each press is a message of its own


async def tells(chat: Chat, pupil: str = "Amelia Hart", **more: str) -> Reply:
    await chat.says(WORDS.format(pupil))
    await chat.presses("Continue")
    return await chat.fills("Send report", **more)


async def row(db: Database, number: int = 1) -> Refresh | None:
    async with db.read() as session:
        return await refreshes.by_number(session, number)


async def audited(db: Database) -> list[str]:
    async with db.read() as session:
        assert await audit.verify(session) is None
        return [line.action for line in await audit.lines(session) if line.action.startswith("refresh")]


async def settles(chat: Chat, verb: str = "record", number: int = 1) -> Reply:
    return await chat.does(Pressed(f"refresh.{verb}", {"refresh": number}))


# --- telling


@pytest.mark.parametrize(
    "words",
    [
        "Amelia Hart's parents have separated, her form may be out of date",
        "circumstances changed for Amelia Hart",
        "refresh consent for Amelia Hart",
        "Amelia Hart's family situation has changed",
        "Amelia Hart now lives with her gran",
        "we need a new photo form for Amelia Hart",
    ],
)
async def test_a_sentence_opens_the_form_with_the_pupil_in_it(teacher: Chat, words: str) -> None:
    said = await teacher.says(words)
    assert said.text.startswith("A form may be out of date")
    assert (said.answer["intent"], said.answer["shape"]) == ("consent_refresh", "flow")
    assert "Amelia Hart 4B" in (await teacher.presses("Continue")).text


async def test_without_a_name_the_form_asks(teacher: Chat) -> None:
    await teacher.says("a pupil's circumstances have changed")
    await teacher.presses("Continue")
    assert "Tom Bell, 4B" in (await teacher.fills("Send report", pupil="Tom Bell")).text


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("Tom Bell's parents have separated, is his form still good?", None),
        ("what happens when a pupil's circumstances change?", None),
        ("Tom Bell's mum has withdrawn her consent since they separated", "consent_withdrawal"),
        ("Tom Bell's parents have separated and I sent his report to the wrong parent", "report_breach"),
        ("Tom Bell's parents have separated, register left on the bus", "report_breach"),  # only its dialog says so
    ],
)
async def test_a_question_and_what_has_a_dialog_of_its_own_stay_what_they_are(
    teacher: Chat, words: str, intent: str | None
) -> None:
    said = await teacher.says(words)
    assert said.answer["intent"] != "consent_refresh"
    assert intent in {None, said.answer["intent"]}


async def test_nothing_that_was_said_of_the_family_is_kept(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("Amelia Hart's parents have separated, her form may be out of date")
    await teacher.presses("Continue")
    await teacher.fills("Send report")
    await settles(of(hartfield, "d.lane"))
    async with hartfield.read() as session:
        for table in METADATA.sorted_tables:
            for kept in await session.execute(select(table)):
                assert "separated" not in str(kept), table.name
        assert "circumstances" in (await session.scalar(select(QuestionRow.text)) or "")
        drafted = await session.scalar(select(DraftRow.answers).where(DraftRow.form == "refresh"))
    assert set(json.loads(drafted or "{}")) == {"pupil", "heard"}


async def test_the_reply_is_the_same_whatever_is_on_record(teacher: Chat) -> None:
    said = [
        (await tells(teacher, name)).text.replace(name, "…").replace("2C", "4B")
        for name in ("Amelia Hart", "Tom Bell", "Iris Cole", "Ned Dove", "Uma Vale")
    ]
    assert len(set(said)) == 1
    assert said[0].startswith("Passed on")


@pytest.mark.parametrize(("typed", "offered"), [("Sam Smith", "Sam Smith, 2C"), ("Zoe Quill", "")])
async def test_a_name_that_is_not_certain_is_asked_again(
    teacher: Chat, hartfield: Database, typed: str, offered: str
) -> None:
    await teacher.says("refresh consent")
    await teacher.presses("Continue")
    said = await teacher.fills("Send report", pupil=typed)
    assert await row(hartfield) is None
    assert offered in said.text
    assert "Whose form may be out of date" in said.text


async def test_whoever_sees_no_pupil_data_is_shown_no_form(hartfield: Database) -> None:
    said = await of(hartfield, "m.gate").says(WORDS.format("Amelia Hart"))
    assert "[Continue]" not in said.text
    assert said.answer["shape"] == "answer"


@pytest.mark.parametrize("form", ["refresh consent", "I sent an e-mail about a pupil to the wrong parent"])
@pytest.mark.parametrize("words", ["Tom Bell's parents have separated", "Tom Bell's circumstances have changed"])
async def test_it_is_never_taken_for_an_answer_to_the_form_in_hand(
    teacher: Chat, hartfield: Database, form: str, words: str
) -> None:
    await teacher.says(form)
    await teacher.presses("Continue")
    said = await teacher.says(words)
    assert said.text.startswith("A form may be out of date")
    assert "Tom Bell 4B" in (await teacher.presses("Continue")).text
    async with hartfield.read() as session:
        kept = str((await session.execute(select(DraftRow.answers))).all())
    assert "separated" not in kept
    assert "circumstances" not in kept


async def test_an_ask_starts_nothing(teacher: Chat, hartfield: Database) -> None:
    await teacher.does(Said(WORDS.format("Amelia Hart")))
    assert await row(hartfield) is None
    assert await letters(hartfield) == []


async def test_somebody_of_two_schools_is_asked_at_which_and_their_words_are_not_kept(hartfield: Database) -> None:
    both = of(hartfield, "q.two")
    await both.says("Amelia Hart's parents have separated")
    assert "At which school?" in (await both.presses("Continue")).text
    async with hartfield.read() as session:
        assert "separated" not in str((await session.execute(select(QuestionRow.text))).all())


async def test_a_report_delivered_twice_is_one(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS.format("Amelia Hart"))
    await teacher.presses("Continue")
    page = teacher.last
    said = await teacher.fills("Send report")
    teacher.last = page
    assert (await teacher.fills("Send report", pupil="Tom Bell")).text == said.text
    assert await row(hartfield, 2) is None


# --- what it does


async def test_it_counts_at_once_and_looks_like_any_other_no(teacher: Chat, hartfield: Database) -> None:
    assert (await teacher.says(WEBSITE.format("Amelia Hart"))).answer["decision"] == "yes"
    await tells(teacher)
    said = await teacher.says(WEBSITE.format("Amelia Hart"))
    other = await teacher.says(WEBSITE.format("Tom Bell"))
    assert said.answer["shape"] == "R"
    assert said.text.replace("Amelia Hart", "…") == other.text.replace("Tom Bell", "…")


@pytest.mark.parametrize(("signed", "decision"), [("2026-11-20", "no"), ("2026-11-23", "yes")])
async def test_a_new_form_of_that_day_or_later_lifts_it(
    teacher: Chat, hartfield: Database, tmp_path: Path, signed: str, decision: str
) -> None:
    await tells(teacher)
    heading, *rows = (SCHOOL / "consents.csv").read_text("utf-8").splitlines()
    again = [line.replace("2026-09-10", signed) for line in rows if line.startswith("H38")]
    (tmp_path / "again.csv").write_text("\n".join([heading, *again]) + "\n", "utf-8")
    await import_file(hartfield, Kind.CONSENTS, tmp_path / "again.csv", now=MONDAY)
    assert (await teacher.says(WEBSITE.format("Amelia Hart"))).answer["decision"] == decision


async def test_the_data_lead_alone_gets_it_and_the_office_learns_no_cause(teacher: Chat, hartfield: Database) -> None:
    await tells(teacher)
    assert [(person, key) for person, key, _ in await letters(hartfield)] == [("d.lane", "refresh/1/card/2")]
    said = await settles(of(hartfield, "d.lane"))
    assert "Recorded: Dora Lane" in said.text
    assert said.replace
    forms = {person: words for person, key, words in await letters(hartfield) if "/form/" in key}
    assert set(forms) == {"d.lane", "o.finch"}
    assert "Send the new list" in forms["d.lane"]
    for told in ("circumstances", "changed", "Tessa", "say no", "list"):
        assert told not in forms["o.finch"]
    assert "Amelia Hart, 4B" in forms["o.finch"]
    report = next(words for _, key, words in await letters(hartfield) if key == "refresh/1/card/2")
    assert "[Record it]" not in report


async def test_the_form_stands_where_there_was_no_change(teacher: Chat, hartfield: Database) -> None:
    await tells(teacher)
    said = await settles(of(hartfield, "d.lane"), "refuse")
    assert "The form stands: Dora Lane" in said.text
    assert (await teacher.says(WEBSITE.format("Amelia Hart"))).answer["decision"] == "yes"
    assert await audited(hartfield) == ["refresh.reported", "refresh.mistaken"]
    assert "Passed on" not in str(await letters(hartfield, "t.reed"))


@pytest.mark.parametrize("who", ["d.lane", "p.owen"])
async def test_the_data_lead_and_the_dpo_put_their_own_on_record_at_once(hartfield: Database, who: str) -> None:
    said = await tells(of(hartfield, who))
    assert said.text.startswith("It is on record")
    found = await row(hartfield)
    assert found is not None
    assert found.state is State.RECORDED
    assert await audited(hartfield) == ["refresh.reported", "refresh.recorded"]


async def test_settled_twice_and_by_two_at_once_it_is_settled_once(teacher: Chat, hartfield: Database) -> None:
    await tells(teacher)
    lead, dpo = of(hartfield, "d.lane"), of(hartfield, "p.owen")
    said = await asyncio.gather(settles(lead), settles(dpo, "refuse"))
    assert len(await audited(hartfield)) == 2
    assert len({line for one in said for line in one.text.splitlines() if ": " in line and "Nov" in line}) <= 3
    sent = len(await letters(hartfield))
    again = await settles(lead)
    assert ("Recorded: " in again.text) != ("The form stands: " in again.text)
    assert len(await letters(hartfield)) == sent


@pytest.mark.parametrize("verb", ["record", "refuse", "asked"])
@pytest.mark.parametrize("who", ["t.reed", "h.moss", "s.bird", "m.gate", "b.away", "p.far", "o.finch"])
async def test_nobody_else_settles_it(teacher: Chat, hartfield: Database, who: str, verb: str) -> None:
    await tells(teacher)
    before = await row(hartfield)
    said = await settles(of(hartfield, who), verb)
    assert "Amelia" not in said.text
    assert await row(hartfield) == before


@pytest.mark.parametrize("who", ["t.reed", "h.moss", "p.owen", "p.far"])
async def test_only_who_was_asked_to_says_that_the_family_was(teacher: Chat, hartfield: Database, who: str) -> None:
    await tells(teacher)
    await settles(of(hartfield, "d.lane"))
    assert "Amelia" not in (await settles(of(hartfield, who), "asked")).text
    found = await row(hartfield)
    assert found is not None
    assert found.asked_at is None


async def test_leads_of_events_with_that_class_hear_that_the_list_changed(hartfield: Database) -> None:
    planner = of(hartfield, "t.reed")
    await plans(planner, event="Carol service", classes="4B")
    await tells(of(hartfield, "d.lane"))
    told = [words for person, key, words in await letters(hartfield, "/list/refresh/1") if person == "t.reed"]
    assert len(told) == 1
    assert "Amelia" not in told[0]


# --- asking the family


async def test_whoever_asks_the_family_says_so_once(teacher: Chat, hartfield: Database) -> None:
    await tells(teacher)
    await settles(of(hartfield, "d.lane"))
    said = await settles(of(hartfield, "o.finch"), "asked")
    assert "Family asked: Otto Finch" in said.text
    assert "Family asked: Otto Finch" in (await settles(of(hartfield, "d.lane"), "asked")).text
    forms = [words for _, key, words in await letters(hartfield) if "/form/" in key]
    assert all("Family asked: Otto Finch" in words and "[Family asked]" not in words for words in forms)
    assert await audited(hartfield) == ["refresh.reported", "refresh.recorded", "refresh.family_asked"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [(False, {23: 0, 25: 2, 90: 2, 14 * 24 + 1: 4, 900: 4}), (True, {25: 0, 14 * 24 + 1: 2, 900: 2})],
)
async def test_it_is_reminded_of_a_day_and_two_weeks_later(
    teacher: Chat, hartfield: Database, expected: dict[int, int], *, asked: bool
) -> None:
    await tells(teacher)
    await settles(of(hartfield, "d.lane"))
    if asked:
        await settles(of(hartfield, "o.finch"), "asked")
    for hours, many in expected.items():
        await sweep(hartfield, Desk(), now=MONDAY + timedelta(hours=hours))
        sent = [key for _, key, _ in await letters(hartfield) if "/unasked/" in key or "/out/" in key]
        assert len(sent) == many, hours


async def test_no_reminder_comes_once_the_new_form_is_here(teacher: Chat, hartfield: Database, tmp_path: Path) -> None:
    await tells(teacher)
    await settles(of(hartfield, "d.lane"))
    heading, *rows = (SCHOOL / "consents.csv").read_text("utf-8").splitlines()
    again = [line.replace("2026-09-10", "2026-11-23") for line in rows if line.startswith("H38")]
    (tmp_path / "again.csv").write_text("\n".join([heading, *again]) + "\n", "utf-8")
    await import_file(hartfield, Kind.CONSENTS, tmp_path / "again.csv", now=MONDAY)
    await sweep(hartfield, Desk(), now=MONDAY + timedelta(days=20))
    assert not [key for _, key, _ in await letters(hartfield) if "/unasked/" in key or "/out/" in key]


@pytest.mark.parametrize(("verb", "counted"), [("record", 1), ("refuse", 0)])
async def test_the_digest_counts_the_pupil_once(hartfield: Database, verb: str, counted: int) -> None:
    teacher, later = of(hartfield, "t.reed"), MONDAY + timedelta(days=2)
    teacher.now = later
    await tells(teacher, "Uma Vale")
    await tells(teacher, "Uma Vale")
    for number in (1, 2):
        await settles(of(hartfield, "d.lane"), verb, number)
    async with hartfield.read() as session:
        found = await refreshes.by_number(session, 1)
        assert found is not None
        week = Span(later, later + timedelta(hours=1), later.date(), "2026/27")  # after the school's own imports
        assert (await rows_of(session, [found.school_id], week))[found.school_id].changed == counted


# --- where the pupil is before one


async def test_a_review_opens_the_form_for_the_data_lead(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WEBSITE.format("Tom Bell"))
    await teacher.presses("Request review")
    lead = of(hartfield, "d.lane")
    said = await lead.does(Pressed("refresh.begin", {"review": 1}))
    assert "Tom Bell 4B" in said.text
    assert (await lead.fills("Send report")).text.startswith("It is on record")


@pytest.mark.parametrize("who", ["t.reed", "s.bird", "o.finch", "p.far", "p.owen"])
async def test_a_review_of_another_post_opens_nothing(teacher: Chat, hartfield: Database, who: str) -> None:
    await teacher.says(WEBSITE.format("Tom Bell"))
    await teacher.presses("Request review")
    assert "Tom Bell" not in (await of(hartfield, who).does(Pressed("refresh.begin", {"review": 1}))).text


async def test_a_withdrawal_opens_the_form_for_who_may_know_alone(teacher: Chat, hartfield: Database) -> None:
    await teacher.says("family no longer agree to social media")
    await teacher.presses("Continue")
    await teacher.fills("Continue", uses="social_image", received="2026-11-20", how="letter", erasure="no")
    await teacher.fills("Send report", pupil="Amelia Hart", capacity="parent")
    cards = {person: words for person, _, words in await letters(hartfield)}
    assert "[Circumstances changed too]" in cards["d.lane"]
    assert "[Circumstances changed too]" not in cards["o.finch"]
    for who, opens in (("d.lane", True), ("p.owen", True), ("o.finch", False), ("t.reed", False)):
        said = await of(hartfield, who).does(Pressed("refresh.begin", {"withdrawal": 1}))
        assert ("Amelia Hart 4B" in said.text) is opens


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [("d.lane", "put on record", "asked for a new photo form"), ("o.finch", "", "asked for a new photo form")],
)
async def test_it_waits_in_the_inbox(teacher: Chat, hartfield: Database, who: str, before: str, after: str) -> None:
    await tells(teacher)
    chat = of(hartfield, who)
    said = (await chat.says("inbox")).text
    assert (before in said) if before else ("form" not in said)
    await settles(of(hartfield, "d.lane"))
    assert after in (await chat.says("inbox")).text
    assert "Amelia Hart, 4B" in (await chat.does(Pressed("waiting.show", {"waits": "refresh/1"}))).text
