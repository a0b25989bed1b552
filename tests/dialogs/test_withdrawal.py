"""A family takes consent back: it counts from the report on, is recorded once, and leaves no trace in any answer."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dialogs.conversation import Pressed, Reply, Said
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from policy.packs import PublishedCopies, SchoolRules
from storage import audit, withdrawals
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.objections import ObjectionRow
from storage.schools import SchoolRow
from storage.withdrawals import WithdrawalRow
from tests.dialogs.conftest import MONDAY, SCHOOL, Chat
from tests.dialogs.letterbox import letters

WORDS = "family no longer agree to social media"
WEBSITE = "Can I put a photo of {} on the school website?"
SOCIAL = "Can I put a photo of {} on our Facebook page?"


def of(db: Database, who: str) -> Chat:
    return Chat(db, f"{who}@hartfield.example")


async def reports(
    chat: Chat, *, pupil: str = "Amelia Hart", uses: str = "social_image,social_video", erasure: str = "no"
) -> Reply:
    await chat.says(WORDS)
    await chat.presses("Continue")
    await chat.fills("Continue", uses=uses, received="2026-11-20", how="letter", erasure=erasure)
    return await chat.fills("Send report", pupil=pupil, capacity="parent", given_by="Jo Hart")


async def row(db: Database, number: int = 1) -> withdrawals.Recorded | None:
    async with db.read() as session:
        return await withdrawals.by_number(session, number)


async def version(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(SchoolRow.consents_version).where(SchoolRow.code == "HFD")) or 0


async def audited(db: Database) -> list[str]:
    async with db.read() as session:
        assert await audit.verify(session) is None
        return [line.action for line in await audit.lines(session) if line.action.startswith("withdrawal")]


def without_name(said: Reply, name: str) -> str:
    return said.text.replace(name, "…")


# --- reporting


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        "guardian submits note refusing further images",
        "mum has changed her mind about the website",
    ],
)
async def test_the_first_card_says_that_it_counts_and_goes_on(teacher: Chat, words: str) -> None:
    said = await teacher.says(words)
    assert said.text.startswith("It counts from now on")
    assert "[Continue]" in said.text
    assert (said.answer["intent"], said.answer["shape"]) == ("consent_withdrawal", "flow")


async def test_a_teachers_report_goes_to_the_office_and_the_data_lead(teacher: Chat, hartfield: Database) -> None:
    said = await reports(teacher)
    assert said.text.startswith("Noted, and it counts already")
    assert "Amelia Hart, 4B" in said.text
    told = await letters(hartfield)
    assert {person for person, _, _ in told} == {"d.lane", "o.finch"}
    for person, _, words in told:
        assert "photos on social media and video on social media" in words
        assert "[Record it]" in words
        assert ("[It was not one]" in words) == (person == "d.lane")


async def test_from_the_report_on_the_answer_is_the_neutral_no_of_any_other_cause(
    teacher: Chat, hartfield: Database
) -> None:
    before = await teacher.says(SOCIAL.format("Amelia Hart"))
    assert before.answer["decision"] == "yes"
    await reports(teacher)
    said = await teacher.says(SOCIAL.format("Amelia Hart"))
    other = await teacher.says(SOCIAL.format("Tom Bell"))
    assert said.answer["shape"] == "R"
    assert without_name(said, "Amelia Hart") == without_name(other, "Tom Bell")
    assert {**said.answer, "pupils": (), "text": "", "leave_out": ()} == {
        **other.answer,
        "pupils": (),
        "text": "",
        "leave_out": (),
    }


async def test_other_items_stay(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    assert (await teacher.says(WEBSITE.format("Amelia Hart"))).answer["decision"] == "yes"


async def test_nothing_becomes_a_yes(teacher: Chat) -> None:
    for name in ("Tom Bell", "Iris Cole", "Ned Dove"):
        await reports(teacher, pupil=name, uses="website_video")
        assert (await teacher.says(WEBSITE.format(name))).answer["shape"] == "R"


async def test_the_reply_to_the_reporter_is_the_same_whatever_is_on_record(teacher: Chat) -> None:
    said = [
        (await reports(teacher, pupil=name)).text.replace(name, "…").replace(f"Withdrawal: {n}", "Withdrawal: …")
        for n, name in enumerate(("Amelia Hart", "Tom Bell", "Iris Cole", "Ned Dove"), 1)
    ]
    assert len(set(said)) == 1


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Sam Smith", ("Sam Smith, 4B", "Sam Smith, 2C")),
        ("Amelia Heart", ("Amelia Hart, 4B",)),
        ("Zoe Quill", ()),  # a pupil of another school
        ("Tom Bell 2C", ("Tom Bell, 4B",)),
    ],
)
async def test_a_name_that_is_not_certain_is_asked_again(
    teacher: Chat, hartfield: Database, typed: str, offered: tuple[str, ...]
) -> None:
    said = await reports(teacher, pupil=typed)
    assert await row(hartfield) is None
    assert "Who it is about" in said.text
    for one in offered:
        assert one in said.text
    if not offered:
        assert "I know no pupil called" in said.text or "Is it one of these" in said.text
    assert "2019" not in said.text
    said = await teacher.fills("Send report", pupil="Sam Smith 2C")
    assert "Sam Smith, 2C" in said.text


async def test_the_pupil_of_the_words_is_filled_in(teacher: Chat) -> None:
    await teacher.says("Tom Bell's mum has changed her mind about the website")
    await teacher.presses("Continue")
    said = await teacher.fills("Continue", uses="everything", received="2026-11-20", how="letter", erasure="no")
    assert "Tom Bell 4B" in said.text


async def test_a_day_to_come_is_refused(teacher: Chat) -> None:
    await teacher.says(WORDS)
    await teacher.presses("Continue")
    said = await teacher.fills("Continue", uses="everything", received="2026-11-24", how="letter", erasure="no")
    assert "Please check" in said.text


async def test_erasure_is_named_as_a_request_of_its_own(teacher: Chat) -> None:
    assert "a family asks us to delete their data" in (await reports(teacher, erasure="yes")).text
    assert "delete" not in (await reports(teacher, pupil="Tom Bell")).text


async def test_whoever_sees_no_pupil_data_is_shown_no_form(hartfield: Database) -> None:
    said = await of(hartfield, "m.gate").says(WORDS)
    assert "[Continue]" not in said.text
    assert said.answer["shape"] == "answer"


async def test_a_report_delivered_twice_is_one(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await teacher.presses("Continue")
    await teacher.fills("Continue", uses="everything", received="2026-11-20", how="letter", erasure="no")
    page = teacher.last
    said = await teacher.fills("Send report", pupil="Amelia Hart", capacity="parent")
    teacher.last = page  # the old card, pressed once more
    again = await teacher.fills("Send report", pupil="Tom Bell", capacity="parent")
    assert again.text == said.text
    assert await row(hartfield, 2) is None
    assert len(await letters(hartfield)) == 2


async def test_an_ask_starts_nothing(teacher: Chat, hartfield: Database) -> None:
    await teacher.does(Said(WORDS))
    assert await row(hartfield) is None
    assert await letters(hartfield) == []


# --- recording


@pytest.mark.parametrize("who", ["d.lane", "o.finch"])
async def test_recorded_it_tells_whoever_has_something_to_do(teacher: Chat, hartfield: Database, who: str) -> None:
    await teacher.says(WEBSITE.format("Amelia Hart"))
    await reports(teacher, uses="website_image")
    lead, before = of(hartfield, who), await version(hartfield)
    said = await lead.does(Pressed("withdrawal.record", {"withdrawal": 1}))
    assert "Recorded: " in said.text
    assert said.replace
    assert await version(hartfield) == before + 1
    assert await audited(hartfield) == ["withdrawal.reported", "withdrawal.recorded"]
    after = {person: words for person, key, words in await letters(hartfield) if "/after/" in key}
    assert set(after) == {"d.lane", "p.owen", "h.moss"}
    assert "Send the new list" in after["d.lane"]
    assert "[Stored pictures removed]" in after["d.lane"]
    assert "photos for the school website, Mon 23 Nov 2026" in after["p.owen"]
    assert "[Take them down]" in after["p.owen"]
    assert "[" not in after["h.moss"]
    for person, key, words in await letters(hartfield):
        if "/after/" not in key:
            assert "Recorded: " in words, f"{person}'s card is up to date"
            assert "[Record it]" not in words
    assert (await teacher.says(WEBSITE.format("Amelia Hart"))).answer["shape"] == "R"


async def test_recorded_twice_and_by_two_it_is_recorded_once(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    lead, office = of(hartfield, "d.lane"), of(hartfield, "o.finch")
    first = await lead.does(Pressed("withdrawal.record", {"withdrawal": 1}))
    sent = len(await letters(hartfield))
    again = await lead.again(Pressed("withdrawal.record", {"withdrawal": 1}))
    assert again[0].text == first.text
    assert "Recorded: Dora Lane" in (await office.does(Pressed("withdrawal.record", {"withdrawal": 1}))).text
    assert "Recorded: Dora Lane" in (await lead.does(Pressed("withdrawal.refuse", {"withdrawal": 1}))).text
    assert len(await letters(hartfield)) == sent
    assert await audited(hartfield) == ["withdrawal.reported", "withdrawal.recorded"]


@pytest.mark.parametrize("who", ["o.finch", "d.lane"])
async def test_the_office_and_the_data_lead_record_their_own_at_once(hartfield: Database, who: str) -> None:
    said = await reports(of(hartfield, who))
    assert "It is on record" in said.text
    found = await row(hartfield)
    assert found is not None
    assert found.state == "recorded"
    assert {person for person, _, _ in await letters(hartfield)} == {"d.lane", "p.owen", "h.moss"}


@pytest.mark.parametrize(
    ("who", "verb", "more"),
    [
        ("t.reed", "withdrawal.record", {}),
        ("h.moss", "withdrawal.record", {}),
        ("p.owen", "withdrawal.record", {}),
        ("s.bird", "withdrawal.record", {}),
        ("m.gate", "withdrawal.record", {}),
        ("b.away", "withdrawal.record", {}),
        ("o.finch", "withdrawal.refuse", {}),
        ("t.reed", "withdrawal.refuse", {}),
        ("o.finch", "withdrawal.removed", {}),
        ("t.reed", "withdrawal.removed", {}),
        ("d.lane", "withdrawal.published", {"answer": "stay"}),
        ("p.far", "withdrawal.published", {"answer": "stay"}),
        ("p.owen", "withdrawal.published", {"answer": "whatever"}),
        ("d.lane", "withdrawal.record", {"withdrawal": 99}),
        ("d.lane", "withdrawal.record", {"withdrawal": "x"}),
    ],
)
async def test_a_press_that_is_not_theirs_changes_nothing(
    teacher: Chat, hartfield: Database, who: str, verb: str, more: dict[str, object]
) -> None:
    await reports(teacher)
    before, sent = await row(hartfield), await letters(hartfield)
    said = await of(hartfield, who).does(Pressed(verb, {"withdrawal": 1, **more}))
    assert "Amelia" not in said.text
    assert await row(hartfield) == before
    assert await letters(hartfield) == sent


async def test_what_was_none_gives_the_answer_back(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    lead = of(hartfield, "d.lane")
    assert "It was not one: Dora Lane" in (await lead.does(Pressed("withdrawal.refuse", {"withdrawal": 1}))).text
    assert (await teacher.says(SOCIAL.format("Amelia Hart"))).answer["decision"] == "yes"
    await lead.does(Pressed("withdrawal.record", {"withdrawal": 1}))
    found = await row(hartfield)
    assert found is not None
    assert found.state == "mistaken"


async def test_no_pictures_at_all_is_an_objection_too(teacher: Chat, hartfield: Database) -> None:
    lessons = "Can I use a photo of {} in a classroom display?"
    assert (await teacher.says(lessons.format("Amelia Hart"))).answer["decision"] == "yes"
    await reports(teacher, uses="no-pictures")
    assert (await teacher.says(lessons.format("Amelia Hart"))).answer["shape"] == "R"
    await of(hartfield, "o.finch").does(Pressed("withdrawal.record", {"withdrawal": 1}))
    assert (await teacher.says(lessons.format("Amelia Hart"))).answer["shape"] == "R"
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(ObjectionRow)) == 1


async def test_everything_on_the_form_leaves_lessons_as_they_were(teacher: Chat) -> None:
    await reports(teacher, uses="everything")
    for question in (WEBSITE, SOCIAL, "Can I put a photo of {} in the prospectus?"):
        assert (await teacher.says(question.format("Amelia Hart"))).answer["shape"] == "R"
    said = await teacher.says("Can I use a photo of Amelia Hart in a classroom display?")
    assert said.answer["decision"] == "yes"


async def test_the_old_form_read_once_more_does_not_undo_it(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    await of(hartfield, "o.finch").does(Pressed("withdrawal.record", {"withdrawal": 1}))
    await import_file(hartfield, Kind.CONSENTS, SCHOOL / "consents.csv", now=MONDAY)
    assert (await teacher.says(SOCIAL.format("Amelia Hart"))).answer["shape"] == "R"


async def test_stored_pictures_are_ticked_off_once(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    lead = of(hartfield, "d.lane")
    await lead.does(Pressed("withdrawal.removed", {"withdrawal": 1}))
    found = await row(hartfield)
    assert found is not None
    assert found.removed_at is None, "it is not on record yet"
    await lead.does(Pressed("withdrawal.record", {"withdrawal": 1}))
    said = await lead.does(Pressed("withdrawal.removed", {"withdrawal": 1}))
    assert "Stored pictures removed: Dora Lane" in said.text
    await lead.does(Pressed("withdrawal.removed", {"withdrawal": 1}))
    assert (await audited(hartfield)).count("withdrawal.pictures_removed") == 1


async def test_the_dpo_decides_once_about_copies_that_are_out(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    await of(hartfield, "d.lane").does(Pressed("withdrawal.record", {"withdrawal": 1}))
    dpo = of(hartfield, "p.owen")
    said = await dpo.does(Pressed("withdrawal.published", {"withdrawal": 1, "answer": "take_down"}))
    assert "come down: Petra Owen" in said.text
    await dpo.does(Pressed("withdrawal.published", {"withdrawal": 1, "answer": "stay"}))
    found = await row(hartfield)
    assert found is not None
    assert found.published == "take_down"
    asked = [(person, words) for person, key, words in await letters(hartfield) if "/take-down/" in key]
    assert [person for person, _ in asked] == ["d.lane"]
    assert "take the published copies down too" in asked[0][1]


async def test_the_log_keeps_no_name(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    await of(hartfield, "d.lane").does(Pressed("withdrawal.record", {"withdrawal": 1}))
    async with hartfield.read() as session:
        lines = [line for line in await audit.lines(session) if line.action.startswith("withdrawal")]
        assert "Amelia" not in str(lines)
        assert await session.scalar(select(func.count()).select_from(WithdrawalRow)) == 1


async def test_two_who_record_at_the_same_moment_record_it_once(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher, uses="no-pictures")
    both = [of(hartfield, "d.lane"), of(hartfield, "o.finch")]
    said = await asyncio.gather(*(one.does(Pressed("withdrawal.record", {"withdrawal": 1})) for one in both))
    assert len({line for one in said for line in one.text.splitlines() if line.startswith("Recorded")}) == 1
    assert (await audited(hartfield)).count("withdrawal.recorded") == 1
    async with hartfield.read() as session:
        assert await session.scalar(select(func.count()).select_from(ObjectionRow)) == 1


async def test_a_day_after_the_removal_is_overdue_and_reminded_of_once(teacher: Chat, hartfield: Database) -> None:
    await reports(teacher)
    await reports(teacher, pupil="Tom Bell")
    lead = of(hartfield, "d.lane")
    for number in (1, 2):
        await lead.does(Pressed("withdrawal.record", {"withdrawal": number}))
    await lead.does(Pressed("withdrawal.removed", {"withdrawal": 2}))
    for hours in (23, 24, 25, 90):
        await sweep(hartfield, Desk(), now=MONDAY + timedelta(hours=hours))
        reminded = [(person, key) for person, key, _ in await letters(hartfield) if "/overdue/" in key]
        assert len(reminded) == (hours > 23)
    assert [person for person, _ in reminded] == ["d.lane"]
    assert reminded[0][1].startswith("withdrawal/1/")


async def test_where_the_school_rules_so_copies_that_are_out_come_down_at_once(
    teacher: Chat, hartfield: Database
) -> None:
    await reports(teacher)
    lead = of(hartfield, "d.lane")
    lead.rules = SchoolRules(published_copies=PublishedCopies.TAKE_DOWN)
    await lead.does(Pressed("withdrawal.record", {"withdrawal": 1}))
    asked = [(person, words) for person, key, words in await letters(hartfield) if "/take-down/" in key]
    assert [person for person, _ in asked] == ["d.lane"]
    assert "Copies that are out come down: the school's rule" in asked[0][1]
    dpo = of(hartfield, "p.owen")
    assert (
        "[May stay]" not in (await dpo.does(Pressed("withdrawal.published", {"withdrawal": 1, "answer": "stay"}))).text
    )
    found = await row(hartfield)
    assert found is not None
    assert (found.published, found.published_by) == ("take_down", None)
