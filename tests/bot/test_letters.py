"""A courier on its own: letters that change, people who refuse, chats that are overrun, alerts that cannot wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import wall_clock
from bot.connector import Connector, new_session
from bot.courier import Courier
from bot.lanes import AT_ONCE
from bot.pace import OF_TEAMS, Pace
from bot.postman import Arrived, Later, Outcome, TeamsPostman
from storage import chats, outbox
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter, LetterRow, Standing, State

if TYPE_CHECKING:
    from tests.bot.conftest import Teams

DPO = "00000000-0000-0000-0000-00000000000d"
HEAD = "00000000-0000-0000-0000-00000000000e"


async def post(db: Database, *keys: str, to: str = DPO, urgent: bool = False) -> None:
    async with db.write() as session:
        for key in keys:
            await outbox.post(
                session,
                key=key,
                addressee=to,
                card=None,
                text=f"letter {key}",
                summary="Ask DPO",
                now=datetime.now(UTC),
                subject="breach/17",
                urgent=urgent,
            )


async def revise(db: Database, key: str, text: str) -> None:
    async with db.write() as session:
        assert await outbox.revise(session, key, card=None, text=text, now=datetime.now(UTC))


async def standing(db: Database) -> tuple[Standing, ...]:
    async with db.read() as session:
        return await outbox.of_subject(session, "breach/17")


@pytest.fixture
async def postman(sqlite_db: Database, teams: "Teams") -> AsyncIterator[TeamsPostman]:
    async with sqlite_db.write() as session:
        for person in (DPO, HEAD):
            await chats.keep(
                session, Chat(person, teams.url, f"a:{person[-1]}", "28:bot", "tenant"), now=datetime.now(UTC)
            )
    async with new_session() as http:
        yield TeamsPostman(sqlite_db, Connector(http, None), None, clock=wall_clock)


@pytest.fixture
def courier(sqlite_db: Database, postman: TeamsPostman) -> Courier:
    return Courier(sqlite_db, postman)


async def test_a_revised_letter_is_put_where_the_first_one_is(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    await post(sqlite_db, "card")
    await courier.deliver_due()
    await revise(sqlite_db, "card", "acknowledged")
    await courier.deliver_due()
    first, second = teams.sent
    assert (first.method, first.path) == ("POST", "/v3/conversations/a:d/activities")
    assert (second.method, second.path) == ("PUT", "/v3/conversations/a:d/activities/1:1")
    assert second.body["text"] == "acknowledged"
    assert await standing(sqlite_db) == (Standing("card", DPO, State.SENT, revision=2, delivered=2),)


async def test_a_letter_revised_on_its_way_arrives_and_is_then_updated(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    teams.delays = [0.3]
    await post(sqlite_db, "card")
    under_way = asyncio.create_task(courier.deliver_due())
    await asyncio.sleep(0.1)
    await revise(sqlite_db, "card", "acknowledged")
    await under_way
    assert [(each.method, each.body["text"]) for each in teams.sent] == [
        ("POST", "letter card"),
        ("PUT", "acknowledged"),
    ]


@pytest.mark.parametrize("status", [403, 404])
async def test_an_update_of_a_message_that_is_gone_is_dropped(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams", status: int
) -> None:
    told: list[str] = []
    courier = Courier(sqlite_db, postman, on_undeliverable=telling(told))
    await post(sqlite_db, "card")
    await courier.deliver_due()
    await revise(sqlite_db, "card", "acknowledged")
    teams.plan = [(status, {})]
    assert [await courier.deliver_due(), await courier.deliver_due()] == [1, 0]
    assert (len(teams.sent), told) == (2, [])
    assert (await standing(sqlite_db))[0].state == State.SENT


async def test_an_update_that_fails_for_a_while_is_tried_again(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    await post(sqlite_db, "card")
    await courier.deliver_due()
    await revise(sqlite_db, "card", "acknowledged")
    teams.plan = [(503, {})]
    async with running(courier):
        await until(lambda: len(teams.sent) == 3)
    assert [each.method for each in teams.sent] == ["POST", "PUT", "PUT"]
    assert teams.sent[2].at - teams.sent[1].at < 2


async def test_every_try_of_a_letter_carries_the_same_id_and_no_other_letter_does(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    teams.plan = [(500, {})]
    await post(sqlite_db, "one", "two")
    async with running(courier):
        await until(lambda: len(teams.sent) == 3)
    ids = [(each.body["text"], each.body["channelData"]["clientActivityID"]) for each in teams.sent]
    assert len(set(ids)) == 2
    assert len({given for _, given in ids}) == 2


def telling(told: list[str]) -> Callable[[AsyncSession, Letter, str], "asyncio.Future[None]"]:
    async def tell(session: AsyncSession, letter: Letter, reason: str) -> None:
        told.append(f"{letter.key}: {reason}")
        await outbox.post(
            session,
            key=f"{letter.key}/head",
            addressee=HEAD,
            card=None,
            text=f"instead of the DPO: {letter.text}",
            summary="Ask DPO",
            now=datetime.now(UTC),
        )

    return tell  # type: ignore[return-value]


async def test_a_refused_person_is_not_tried_again_and_the_next_in_line_is_told_at_once(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams"
) -> None:
    told: list[str] = []
    courier = Courier(sqlite_db, postman, on_undeliverable=telling(told))
    await post(sqlite_db, "one", "two", "three")
    teams.plan = [(403, {})]
    await courier.deliver_due()
    assert sorted(told) == ["one: status 403", "three: status 403", "two: status 403"]
    assert [each.path.split("/")[3] for each in teams.sent] == ["a:d", "a:e", "a:e", "a:e"]
    assert {each.state for each in await standing(sqlite_db)} == {State.UNDELIVERABLE}


async def test_a_letter_that_does_not_fit_stops_that_letter_only(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams"
) -> None:
    told: list[str] = []
    courier = Courier(sqlite_db, postman, on_undeliverable=telling(told))
    await post(sqlite_db, "one", "two")
    teams.plan = [(413, {})]
    await courier.deliver_due()
    assert told == ["one: status 413"]
    assert [each.state for each in await standing(sqlite_db)] == [State.UNDELIVERABLE, State.SENT]


async def test_a_letter_whose_failure_nobody_could_be_told_is_not_marked_and_comes_again(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams", caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    tell = telling(told)

    async def breaks_once(session: AsyncSession, letter: Letter, reason: str) -> None:
        await tell(session, letter, reason)
        if len(told) == 1:
            raise RuntimeError("Amelia Hart")

    courier = Courier(sqlite_db, postman, on_undeliverable=breaks_once)
    await post(sqlite_db, "one")
    teams.plan = [(403, {}), (403, {})]
    async with running(courier):
        await until(lambda: len(teams.sent) == 3)
    assert told == ["one: status 403"] * 2
    assert teams.said == ["letter one", "letter one", "instead of the DPO: letter one"]
    assert "Amelia" not in caplog.text


async def test_letters_to_one_person_arrive_in_order(sqlite_db: Database, courier: Courier, teams: "Teams") -> None:
    keys = [f"{number:02}" for number in range(30)]
    teams.delays = [0.02, 0.0, 0.01] * 10
    await post(sqlite_db, *keys)
    await courier.deliver_due()
    assert teams.said == [f"letter {key}" for key in keys]


async def test_an_overrun_chat_is_left_alone_as_long_as_asked_and_holds_up_nobody_else(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    teams.plan = [(429, {"Retry-After": "2"})]
    await post(sqlite_db, "one", "two")
    async with running(courier):
        await until(lambda: len(teams.sent) == 1)
        await post(sqlite_db, "three")
        await post(sqlite_db, "head", to=HEAD)
        await until(lambda: len(teams.sent) == 5)
    assert teams.said[1] == "letter head"
    assert teams.said[2:] == ["letter one", "letter two", "letter three"]
    assert teams.sent[1].at - teams.sent[0].at < 1
    assert 2 <= teams.sent[2].at - teams.sent[0].at < 3


async def test_a_slow_chat_lets_others_go_first(sqlite_db: Database, courier: Courier, teams: "Teams") -> None:
    teams.delays = [1.1]
    await post(sqlite_db, *(f"d{number}" for number in range(3)))
    async with running(courier):
        await until(lambda: len(teams.sent) == 1)
        await post(sqlite_db, "head", to=HEAD)
        await until(lambda: len(teams.sent) == 4)
    assert teams.said == ["letter d0", "letter head", "letter d1", "letter d2"]


async def test_one_person_gets_no_more_than_teams_allows(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams"
) -> None:
    courier = Courier(sqlite_db, postman, pace=Pace(((3, 0.5), (5, 3.0))))
    await post(sqlite_db, *(f"{number}" for number in range(7)))
    async with running(courier):
        await until(lambda: len(teams.sent) == 7)
    at = [each.at for each in teams.sent]
    assert all(at[number + 3] - at[number] > 0.45 for number in range(4))
    assert all(at[number + 5] - at[number] > 2.9 for number in range(2))
    assert teams.said == [f"letter {number}" for number in range(7)]


async def known_by(teams: "Teams", db: Database) -> None:
    async with db.write() as session:
        await chats.keep(session, Chat(DPO, teams.url, "a:d", "28:bot", "tenant"), now=datetime.now(UTC))


@pytest.mark.usefixtures("guarded")
async def test_a_bot_in_teams_keeps_to_what_teams_takes_in_one_chat(sqlite_db: Database, teams: "Teams") -> None:
    await known_by(teams, sqlite_db)
    await post(sqlite_db, *(f"{number:02}" for number in range(16)))
    await until(lambda: len(teams.sent) == 16)
    at = [each.at for each in teams.sent]
    for count, seconds in OF_TEAMS[:2]:
        assert min(after - before for before, after in zip(at, at[count:], strict=False)) > seconds - 0.1
    assert teams.said == [f"letter {number:02}" for number in range(16)]


@pytest.mark.usefixtures("host")
async def test_a_bot_on_this_machine_has_no_limits(sqlite_db: Database, teams: "Teams") -> None:
    await known_by(teams, sqlite_db)
    await post(sqlite_db, *(f"{number:02}" for number in range(16)))
    await until(lambda: len(teams.sent) == 16)
    assert teams.sent[-1].at - teams.sent[0].at < 1.9


def test_the_pace_stays_within_what_teams_documents() -> None:
    documented = {1.0: 7, 2.0: 8, 30.0: 60, 3600.0: 1800}  # platform 4
    assert all(count < documented[seconds] for count, seconds in OF_TEAMS)
    assert len(OF_TEAMS) == len(documented)


@dataclass
class Pigeons:
    """A postman whose usual letters take for ever; urgent ones fly."""

    flown: list[tuple[str, float]] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    async def deliver(self, letter: Letter, chat: Chat | None = None) -> Outcome:
        if letter.urgent:
            self.flown.append((letter.key, time.monotonic()))
            return Arrived("a", str(letter.id))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            await asyncio.sleep(1)
        finally:
            self.under_way -= 1
        return Later("slow")


async def test_an_alert_leaves_at_once_while_hundreds_of_letters_wait_for_a_slow_teams(sqlite_db: Database) -> None:
    pigeons = Pigeons()
    courier = Courier(sqlite_db, pigeons)
    for number in range(200):
        await post(sqlite_db, f"{number}/one", f"{number}/two", to=f"p{number}")
    async with running(courier):
        await until(lambda: pigeons.most == AT_ONCE)
        written = time.monotonic()
        await post(sqlite_db, "alert", urgent=True)
        await until(lambda: bool(pigeons.flown))
    assert pigeons.flown[0][1] - written < 0.5


async def test_what_was_not_yet_sent_when_the_courier_stops_is_free_for_the_next_at_once(sqlite_db: Database) -> None:
    courier = Courier(sqlite_db, Pigeons())
    await post(sqlite_db, "one", "two", "three")
    async with running(courier):
        await asyncio.sleep(0.2)
    async with sqlite_db.write() as session:
        left = await outbox.claim(session, now=datetime.now(UTC))
    assert [letter.key for letter in left] == ["two", "three"]


async def test_a_letter_under_way_for_long_is_not_taken_by_another_courier(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr("storage.settling.LEASE", timedelta(seconds=0.6))
    monkeypatch.setattr("bot.courier.RENEWAL", 0.15)
    pigeons = Pigeons()
    await post(sqlite_db, "one")
    async with running(Courier(sqlite_db, pigeons)), running(Courier(sqlite_db, pigeons)):
        await asyncio.sleep(0.95)
    assert pigeons.most == 1


async def test_two_letters_to_a_newcomer_open_one_chat(sqlite_db: Database, courier: Courier, teams: "Teams") -> None:
    await post(sqlite_db, "one", "two", to="newcomer", urgent=True)
    await post(sqlite_db, "three", to="newcomer")
    await courier.deliver_due()
    opened = [each for each in teams.sent if each.path == "/v3/conversations"]
    assert len(opened) == 1
    assert "activity" not in opened[0].body, "opening shows nothing"
    assert len({each.path for each in teams.sent}) == 2


async def test_a_lost_mark_is_written_when_the_database_is_back(
    sqlite_db: Database, courier: Courier, teams: "Teams", monkeypatch: pytest.MonkeyPatch
) -> None:
    teams.delays = [0.2]
    await post(sqlite_db, "one")
    under_way = asyncio.create_task(courier.deliver_due())
    await asyncio.sleep(0.1)
    with broken_writes(monkeypatch):
        await asyncio.sleep(0.4)
        assert (await standing(sqlite_db))[0].state == State.WAITING
    await under_way
    assert (await standing(sqlite_db))[0].state == State.SENT
    assert len(teams.sent) == 1


@contextmanager
def broken_writes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def away(*_: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", away)
        yield


class running:  # noqa: N801  reads as a sentence
    """A courier at work."""

    def __init__(self, courier: Courier) -> None:
        self._courier = courier

    async def __aenter__(self) -> None:
        self._task = asyncio.create_task(self._courier.run())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def until(true: Callable[[], bool], *, within: float = 8.0) -> None:
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110  what is waited for is a list
            await asyncio.sleep(0.01)


async def test_a_letter_to_somebody_who_moved_to_another_chat_follows_them(
    sqlite_db: Database, postman: TeamsPostman, teams: "Teams"
) -> None:
    letter = Letter(1, "one", DPO, None, "hello", "Ask DPO", 1, datetime.now(UTC))
    teams.plan = [(403, {})]
    outcome = await postman.deliver(letter, Chat(DPO, teams.url, "a:old", "28:bot", "tenant"))
    assert outcome == Arrived("a:d", "1:2")


async def test_the_row_of_a_sent_letter_knows_where_it_is(
    sqlite_db: Database, courier: Courier, teams: "Teams"
) -> None:
    await post(sqlite_db, "one")
    await courier.deliver_due()
    async with sqlite_db.read() as session:
        row = (await session.scalars(select(LetterRow))).one()
    assert (row.conversation, row.activity_id, row.delivered, row.reason) == ("a:d", "1:1", 1, None)
