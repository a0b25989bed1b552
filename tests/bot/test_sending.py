"""The road out: answers and letters over a Teams that is slow, overrun, away, or wants nothing to do with us."""

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot import connector
from storage import chats, outbox
from storage.database import Database
from storage.outbox import LetterRow

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Start, Teams

DPO = "00000000-0000-0000-0000-00000000000d"
TEACHER = "00000000-0000-0000-0000-00000000000a"


async def post(db: Database, key: str = "case/1/opened", addressee: str = TEACHER) -> None:
    async with db.write() as session:
        await outbox.post(
            session,
            key=key,
            addressee=addressee,
            card=None,
            text=f"letter {key}",
            summary="Ask DPO",
            now=datetime.now(UTC),
        )


async def letters(db: Database) -> list[LetterRow]:
    async with db.read() as session:
        return list(await session.scalars(select(LetterRow).order_by(LetterRow.id)))


async def until(teams: "Teams", count: int, *, within: float = 6.0) -> float:
    """Wait for that many sends; give the seconds it took."""
    began = time.monotonic()
    while len(teams.sent) < count:
        assert time.monotonic() - began < within, f"{len(teams.sent)} of {count} sends after {within} s: {teams.sent}"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


@pytest.mark.parametrize("status", [412, 429, 500, 502, 503, 504])
async def test_an_answer_is_tried_again_within_two_seconds(host: "Host", teams: "Teams", status: int) -> None:
    teams.plan = [(status, {})]
    await host.post(teams.activity("hello"))
    assert teams.said == ["hello", "hello"]
    assert 0.4 < teams.sent[1].at - teams.sent[0].at < 2


async def test_an_answer_waits_as_long_as_it_is_told_to(host: "Host", teams: "Teams") -> None:
    teams.plan = [(429, {"Retry-After": "2"})]
    await host.post(teams.activity("hello"))
    assert 2 <= teams.sent[1].at - teams.sent[0].at < 2.5


@pytest.mark.parametrize("status", [400, 403, 404, 413])
async def test_what_no_further_try_would_help_is_not_tried_again(host: "Host", teams: "Teams", status: int) -> None:
    teams.plan = [(status, {})]
    assert (await host.post(teams.activity("hello")))[0] == 200
    assert len(teams.sent) == 1


async def test_an_answer_that_has_to_wait_too_long_goes_by_the_courier(
    host: "Host", teams: "Teams", sqlite_db: Database
) -> None:
    teams.plan = [(429, {"Retry-After": "30"}), (429, {"Retry-After": "1"})]
    began = time.monotonic()
    one = teams.activity("hello")
    assert (await host.post(one))[0] == 200
    assert time.monotonic() - began < 2, "the turn does not wait"
    assert await until(teams, 3) < 3
    await host.post(one)
    assert (len(host.talk.effects), len(teams.sent)) == (1, 3), "the courier's letter was the answer"


async def test_a_send_is_given_up_after_a_while_and_tried_again(
    start: "Start", staff: None, teams: "Teams", monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connector.GIVEN_UP == 5
    monkeypatch.setattr(connector, "GIVEN_UP", 0.2)
    running = await start()
    teams.delays = [0.4]
    await running.post(teams.activity("hello"))
    await running.stop()
    assert teams.said == ["hello", "hello"]
    assert 0.2 < teams.sent[1].at - teams.sent[0].at < 0.2 + 2


async def test_a_refused_token_is_asked_for_again_once(
    start: "Start", staff: None, teams: "Teams", monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def entra() -> dict[str, Any]:
        given.append(1)
        return {"access_token": f"token-{len(given)}", "expires_in": 3600}

    monkeypatch.setattr("bot.app.asking_entra", lambda _: entra)
    running = await start(local=False)
    teams.plan = [(401, {})]
    await running.post(teams.activity("hello"), token=teams.token())
    await running.post(teams.activity("again"), token=teams.token())
    await running.stop()
    assert [sent.authorization for sent in teams.sent] == ["Bearer token-1", "Bearer token-2", "Bearer token-2"]


async def test_a_letter_leaves_at_once_to_the_chat_that_is_kept(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    await post(host.talk.db)
    assert await until(teams, 2) < 1
    assert (teams.sent[1].path, teams.said[1]) == ("/v3/conversations/a:teacher/activities", "letter case/1/opened")


async def test_a_letter_that_another_process_wrote_leaves_within_five_seconds(
    host: "Host", teams: "Teams", sqlite_db: Database
) -> None:
    await host.post(teams.activity("hello"))
    await post(sqlite_db)
    assert await until(teams, 2) < 5


async def test_a_chat_is_opened_for_whoever_has_none(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    await post(host.talk.db, addressee=DPO)
    await until(teams, 3)
    opened = teams.sent[1]
    assert (opened.path, opened.body["members"]) == ("/v3/conversations", [{"id": DPO}])
    assert opened.body["tenantId"] == opened.body["channelData"]["tenant"]["id"]
    assert teams.sent[2].path == "/v3/conversations/1:2/activities"
    async with host.talk.db.read() as session:
        kept = await chats.of(session, DPO)
    assert kept is not None
    assert kept.conversation == "1:2"


async def test_a_chat_that_was_removed_is_opened_again(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    teams.plan = [(404, {})]
    await post(host.talk.db)
    await until(teams, 4)
    assert [sent.path for sent in teams.sent[2:]] == ["/v3/conversations", "/v3/conversations/1:3/activities"]


async def test_a_refused_letter_is_undeliverable_and_says_why(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    teams.plan = [(403, {})]
    await post(host.talk.db)
    await until(teams, 2)
    await host.stop()
    (letter,) = await letters(host.talk.db)
    assert (letter.state, letter.reason) == ("undeliverable", "status 403")


async def test_the_first_retry_of_a_letter_comes_within_two_seconds(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    teams.plan = [(503, {})]
    await post(host.talk.db)
    await until(teams, 3)
    assert teams.sent[2].at - teams.sent[1].at < 2


async def test_retry_after_is_kept_across_a_restart(start: "Start", staff: None, teams: "Teams") -> None:
    first = await start()
    await first.post(teams.activity("hello"))
    teams.plan = [(429, {"Retry-After": "3"})]
    await post(first.talk.db)
    await until(teams, 2)
    await first.stop()
    second = await start()
    await until(teams, 3)
    await second.stop()
    assert 3 <= teams.sent[2].at - teams.sent[1].at < 4


async def test_the_card_of_a_letter_can_be_replaced_when_it_is_pressed(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    await post(host.talk.db)
    await until(teams, 2)
    await host.post(teams.pressed("review.seen", reply_to="1:2"))
    assert (teams.sent[2].method, teams.sent[2].path) == ("PUT", "/v3/conversations/a:teacher/activities/1:2")


async def test_a_stranger_is_not_kept(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello", **{"from": {"id": "29:x", "aadObjectId": "somebody-else"}}))
    async with host.talk.db.read() as session:
        assert await chats.of(session, "somebody-else") is None


async def test_stopping_finishes_what_is_under_way(start: "Start", staff: None, teams: "Teams") -> None:
    running = await start()
    running.talk.pause = 0.3
    turn = asyncio.create_task(running.post(teams.activity("hello")))
    await asyncio.sleep(0.1)
    await running.server.close()
    assert ((await turn)[0], teams.said) == (200, ["hello"])
    await running.stop()


async def test_a_flock_of_letters_all_arrive_a_few_at_a_time(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    teams.delays = [0.05] * 40
    async with host.talk.db.write() as session:
        for number in range(40):
            await outbox.post(
                session,
                key=f"k{number}",
                addressee=TEACHER,
                card=None,
                text=f"letter {number}",
                summary="Ask DPO",
                now=datetime.now(UTC),
            )
    await until(teams, 41)
    assert sorted(teams.said[1:]) == sorted(f"letter {number}" for number in range(40))
    assert teams.most_at_once <= 16


async def test_a_wait_without_end_is_a_day_at_most() -> None:
    assert connector.seconds("9" * 500) == 86_400
    assert connector.seconds("Tue, 08 Dec 2015 10:30:00 GMT") == 0
    assert connector.seconds("soon") is None
