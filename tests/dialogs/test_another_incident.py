"""Within the hour after something that may be illegal, another incident is reported by a press, and not by words."""

import pytest
from sqlalchemy import select

from dialogs.cards.incident_first import incident_another_card
from dialogs.conversation import Pressed, Reply
from policy.incident.case import Incident
from policy.incident.kinds import IncidentKind
from storage import cases
from storage.cases import CaseKind, CaseRow
from storage.database import Database
from tests.dialogs.conftest import Chat, inputs_of
from tests.dialogs.letterbox import letters, words_sent
from tests.dialogs.test_incidents import CHILD, ILLEGAL, everything, of, reporter, school

__all__ = ["reporter", "school"]  # fixtures
TOLD = "zzplanted Wren, a girl in 4B, says an older boy keeps asking where she lives in a game"
REPORT = "Report it without words"


async def incidents(db: Database) -> list[Incident]:
    from dialogs.incident import case_file  # noqa: PLC0415  beside its one use

    async with db.read() as session:
        numbers = await session.scalars(
            select(CaseRow.id).where(CaseRow.kind == CaseKind.INCIDENT).order_by(CaseRow.id)
        )
        found = [await case_file.read(session, number) for number in numbers]
    return [one for one in found if one is not None]


async def kinds(db: Database) -> list[str]:
    return [one.kind.value for one in await incidents(db)]


def titles(said: Reply) -> list[str]:
    return [action["title"] for action in (said.card or {})["actions"]]


@pytest.fixture
async def finder(reporter: Chat) -> Chat:
    """A teacher who reported something illegal a minute ago, and has put its questions away."""
    await reporter.says(ILLEGAL)
    await reporter.says("cancel")
    reporter.later(minutes=1)
    return reporter


async def test_what_names_a_child_is_refused_and_reported_by_a_press(finder: Chat, school: Database) -> None:
    refused = await finder.says(TOLD)
    assert refused.text.startswith("Please don't describe it")
    before = len(await words_sent(school))
    said = await finder.fills(REPORT, kind="grooming")

    assert said.text.startswith("Thank you for telling me")
    assert said.replace
    assert await kinds(school) == ["illegal", "grooming"]
    assert [person for person, _ in (await words_sent(school))[before:]] == ["s.bird"]
    await finder.presses("Continue")
    assert "What, where and when" in finder.last.text
    assert CHILD not in await everything(school)
    assert "Wren" not in await everything(school)


async def test_the_same_card_opens_one_case_however_often_it_is_pressed(finder: Chat, school: Database) -> None:
    refused = await finder.says(TOLD)
    first = await finder.fills(REPORT, kind="grooming")
    sent = await letters(school)
    for kind in ("grooming", "bullying"):
        finder.last = refused
        again = await finder.fills(REPORT, kind=kind)
        assert again.text == first.text
    assert await kinds(school) == ["illegal", "grooming"]
    assert await letters(school) == sent
    finder.last = await finder.says(f"{TOLD} again")
    await finder.fills(REPORT, kind="bullying")
    assert await kinds(school) == ["illegal", "grooming", "bullying"]


async def test_another_find_alerts_the_head_and_the_dsl_again(finder: Chat, school: Database) -> None:
    await finder.says("it was of zzplanted girls at a pool party")
    before = len(await words_sent(school))
    said = await finder.fills(REPORT, kind="illegal")
    assert said.text.startswith("Stop. Cover the screen now")
    assert [person for person, _ in (await words_sent(school))[before:]] == ["h.moss", "s.bird"]
    assert CHILD not in await everything(school)


async def test_with_the_questions_in_hand_the_way_to_another_incident_stands_below_them(
    reporter: Chat, school: Database
) -> None:
    await reporter.says(ILLEGAL)
    refused = await reporter.says(TOLD)
    assert "Please don't describe anything here" in refused.text
    assert titles(refused)[-1] == "Another incident"
    asked = await reporter.presses("Another incident")
    assert asked.text.startswith("Another incident")
    assert not asked.replace  # the form stays where it is
    await reporter.fills(REPORT, kind="bullying")
    assert await kinds(school) == ["illegal", "bullying"]

    await reporter.says("Room 12")  # an answer to nothing: both forms wait, and neither is in hand but the new one
    async with school.read() as session:
        assert len(await cases.at_schools(session, [1], CaseKind.INCIDENT)) == 2
    assert "Continue: Where, when and who knows" in titles(await reporter.says("my tasks"))
    assert CHILD not in await everything(school)


@pytest.mark.parametrize(
    ("part", "kind", "told"),
    [
        ("", "staff_misuse", ["h.moss"]),
        ("headteacher", "staff_misuse", ["s.bird"]),
        ("dsl", "grooming", ["d.deps"]),
        ("online_safety_champion", "bullying", ["i.tek"]),
        ("computing_coordinator", "security", ["c.vane"]),
        ("deputy_dsl", "grooming", ["s.bird"]),
    ],
)
async def test_whom_it_is_about_is_not_told(
    finder: Chat, school: Database, part: str, kind: str, told: list[str]
) -> None:
    await finder.says(TOLD)
    before = len(await words_sent(school))
    await finder.fills(REPORT, kind=kind, part=part)
    assert [person for person, _ in (await words_sent(school))[before:]] == told


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "nothing", "about": "1"}, {"kind": "bullying"}, {"kind": "bullying", "about": 7}, {"about": "1"}],
)
async def test_without_a_kind_it_asks_and_opens_nothing(
    finder: Chat, school: Database, data: dict[str, object]
) -> None:
    said = await finder.does(Pressed("incident.another", data))
    assert said.text.startswith("Another incident")
    assert await kinds(school) == ["illegal"]


async def test_somebody_elses_card_opens_a_case_of_ones_own(finder: Chat, school: Database) -> None:
    """What tells one press from the next is the presser's own."""
    refused = await finder.says(TOLD)
    await finder.fills(REPORT, kind="grooming")
    other = of(school, "o.finch")
    other.last = refused
    await other.fills(REPORT, kind="bullying")
    assert len({one.reporter for one in await incidents(school)}) == 2
    assert await kinds(school) == ["illegal", "grooming", "bullying"]


def test_every_kind_can_be_chosen() -> None:
    (kind, _) = inputs_of(incident_another_card(about="1"))
    assert {choice["value"] for choice in kind["choices"]} == {one.value for one in IncidentKind}
