"""Activities that come twice, late, or all at once: one effect each, and everybody reads the truth (contract 5)."""

import asyncio
from typing import TYPE_CHECKING, Any

from policy.breach.events import Happened
from storage.database import Database
from tests.stories.killing import at_rest
from tests.stories.school import letter_ids, read_answers, reports, wrong
from tests.stories.serving import Server
from tests.stories.teams import Json, Teams

if TYPE_CHECKING:
    from tests.stories.conftest import Staff
    from tests.stories.people import Person

WORDS = "I have just sent Year 4's reading scores to the wrong parent"


async def test_a_report_whose_every_activity_comes_three_times_is_one_report(
    school: Database, server: Server, teams: Teams, staff: "Staff"
) -> None:
    said: list[Json] = []

    async def thrice(activity: Json) -> tuple[int, Any]:
        said.append(activity)
        first, second = await asyncio.gather(server.post(activity), server.post(activity))
        third = await server.post(activity)
        assert first == second == third
        return third

    teacher = await staff.person("t.reed", thrice)
    await teacher.reports(WORDS, wanders=0.3)
    await at_rest(school, server)
    (report,) = await reports(school)
    (signed,) = report.signed
    assert report.words == WORDS
    assert signed.items() >= read_answers(teacher.told, teacher.now).items()
    assert len(report.alerts) == len(set(report.alerts)) >= 2
    typed = [activity["id"] for activity in said if activity["type"] == "message"]
    answers = [message.answers for message in teacher.seen if message.answers]
    assert answers == typed, "each message is answered once"
    assert await letter_ids(school) == teams.letters.keys()
    assert {letter.posted for letter in teams.letters.values()} == {1}
    assert await wrong(school) + server.troubles == []


async def test_what_comes_after_the_form_was_sent_changes_nothing_and_says_so(
    school: Database, server: Server, staff: "Staff"
) -> None:
    teacher = await staff.person("t.reed", server.post)
    await teacher.says(WORDS)
    old = [teacher.pressed("Continue")]
    await teacher.presses("Continue")
    old.append(teacher.pressed("Continue", noticed_date="2026-01-01", noticed_time="00:01"))
    await teacher.fills_page()
    old += [teacher.pressed("Continue", what="late words", actions="late"), teacher.pressed("Back")]
    await teacher.walks()
    old.append(teacher.pressed("Send report"))
    await teacher.presses("Send report")
    assert "Form A sent" in teacher.shown
    before = await reports(school)
    for late in old:
        status, body = await server.post(late)
        assert (status, "Form A sent" in str(body)) == (200, True), late["value"]
    assert [(one.events, one.signed) for one in await reports(school)] == [(one.events, one.signed) for one in before]
    assert len(before[0].signed) == 1
    assert "late" not in str(before[0].signed)


async def test_an_old_page_sent_again_never_undoes_a_later_one(
    school: Database, server: Server, staff: "Staff"
) -> None:
    teacher = await staff.person("t.reed", server.post)
    await teacher.begins(WORDS)
    first = teacher.pressed("Continue", noticed_date="2026-01-01", noticed_time="00:01")
    await teacher.fills_page()
    second = teacher.pressed("Continue", what="the first words", actions="late", going_on="no", seen_by="nobody")
    await teacher.fills_page()
    for late in (first, second):
        _, body = await server.post(late)
        assert body["value"] == teacher.card, "the page that they are on is shown"
    await teacher.walks()
    await teacher.presses("Send report")
    ((signed,),) = [report.signed for report in await reports(school)]
    assert signed.items() >= read_answers(teacher.told, teacher.now).items()


async def test_two_who_acknowledge_at_once_and_twice_are_noted_once_each_and_told_once(
    school: Database, server: Server, teams: Teams, staff: "Staff"
) -> None:
    teacher = await staff.person("t.reed", server.post)
    await teacher.says(WORDS)
    await at_rest(school)
    leaders = [await staff.person(name, server.post) for name in ("p.owen", "h.moss")]
    for leader in leaders:
        look_at_the_alert(leader)
    presses = [leader.pressed("Acknowledge") for leader in leaders for _ in range(2)]
    answers = await asyncio.gather(*(server.post(press) for press in presses * 2))
    assert {status for status, _ in answers} == {200}
    assert all("cknowledged" in str(body) for _, body in answers)
    await at_rest(school, server)
    (report,) = await reports(school)
    acknowledged = [event.actor for event in report.events if event.kind == Happened.ACKNOWLEDGED]
    assert len(acknowledged) == len(set(acknowledged))
    assert 1 <= len(acknowledged) <= 2
    told = [message for message in teacher.seen if "is on it" in message.everything]
    assert len(told) == 1
    for leader in leaders:
        (alert,) = [message for message in leader.seen if WORDS in message.everything]
        assert "Acknowledged" in str(alert.card), "the card is up to date wherever it went"
    assert await wrong(school) + server.troubles == []


async def test_everybody_at_once_on_one_case_gets_an_answer(
    school: Database, server: Server, teams: Teams, staff: "Staff"
) -> None:
    for number in range(6):
        teacher = await staff.person("t.reed", server.post)
        await teacher.says(f"{WORDS}, no {number}")
        opened = teacher.pressed("Continue")
        await teacher.presses("It was a near miss")
        near_miss = teacher.pressed("Send report")
        _, form = await server.post(opened)
        teacher.card = form["value"]
        page = teacher.pressed("Continue", noticed_date="2026-11-01", noticed_time="09:00")
        await at_rest(school)
        leaders = [await staff.person(name, server.post) for name in ("p.owen", "h.moss")]
        for leader in leaders:
            look_at_the_alert(leader)
        at_once = [page, near_miss, opened, teacher.typed("and another thing got lost, a pupil's report")]
        at_once += [leader.pressed("Acknowledge") for leader in leaders]
        answers = await asyncio.gather(*(server.post(activity) for activity in at_once))
        assert {status for status, _ in answers} <= {200, 201, 202}
        assert all("went wrong" not in str(body) for _, body in answers)
        assert not server.troubles
        await teacher.says("cancel")
    await at_rest(school, server)
    assert all(len(report.signed) <= 1 for report in await reports(school))
    assert await letter_ids(school) == teams.letters.keys()
    assert await wrong(school) + server.troubles == []


def look_at_the_alert(leader: "Person") -> None:
    alert = next(each for each in reversed(leader.seen) if "Acknowledge" in str(each.card))
    leader.card, leader.message = alert.card or {}, alert.id
