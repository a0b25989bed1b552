"""Too much from one person: slowed first, then told; nothing that somebody reports is lost, and nobody else waits."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

from bot.limits import PATIENCE, STRANGERS, Limits, limit_of, read_limit
from bot.watched import TOO_MUCH, TOO_MUCH_PRESSED
from dialogs.conversation import Said

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Start, Teams

FLAGGED = {"body": {"contentType": "text", "content": "somebody sent a nude of a pupil round"}}
BREACH = "I've sent the reading scores to the wrong parent"


class Now:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


# --- the buckets


def test_a_minutes_messages_go_at_once_then_they_are_slowed_then_turned_away() -> None:
    limits = Limits(60, clock=Now())
    assert [limits.wait("a") for _ in range(60)] == [0.0] * 60
    assert [limits.wait("a") for _ in range(8)] == [pytest.approx(n) for n in range(1, 9)]
    assert limits.wait("a") is None
    assert limits.wait("b") == 0.0


def test_time_gives_back_what_it_brings_and_no_more_than_a_minutes() -> None:
    now = Now()
    limits = Limits(60, clock=now)
    for _ in range(68):
        limits.wait("a")
    now.at += 10
    assert limits.wait("a") == 0.0
    now.at += 3600
    assert [limits.wait("a") for _ in range(61)] == [*[0.0] * 60, pytest.approx(1.0)]


def test_strangers_get_less_and_are_not_waited_for() -> None:
    limits = Limits(60, clock=Now())
    assert [limits.wait("s", stranger=True) for _ in range(STRANGERS + 1)] == [*[0.0] * STRANGERS, None]


def test_no_wait_is_longer_than_teams_would_have() -> None:
    limits = Limits(3, clock=Now())
    waits = [limits.wait("a") for _ in range(20)]
    assert max(wait for wait in waits if wait is not None) <= PATIENCE
    assert None in waits


def test_without_a_limit_nobody_waits() -> None:
    limits = Limits(0)
    assert {limits.wait("a") for _ in range(1000)} == {0.0}


def test_memory_has_an_end_and_whoever_wrote_last_is_remembered() -> None:
    limits = Limits(1, clock=Now())
    for number in range(10_001):
        limits.wait(str(number))
    assert limits.wait("0") == 0.0  # forgotten, and had a full bucket anyway
    assert limits.wait("10000") is None


@pytest.mark.parametrize(("given", "read"), [({}, None), ({"ASKDPO_MESSAGES_PER_MINUTE": "5"}, 5)])
def test_the_setting_is_read(given: dict[str, str], read: int | None) -> None:
    assert read_limit(given) == read


@pytest.mark.parametrize("wrong", ["-1", "many", "1.5", "٣", "1" * 7])
def test_a_wrong_setting_is_a_sentence(wrong: str) -> None:
    with pytest.raises(ValueError, match="must be a whole number"):
        read_limit({"ASKDPO_MESSAGES_PER_MINUTE": wrong})


@pytest.mark.parametrize(
    ("chosen", "local", "expected"), [(None, False, 60), (None, True, 0), (5, True, 5), (0, False, 0)]
)
def test_only_production_has_a_limit_unless_one_is_set(chosen: int | None, *, local: bool, expected: int) -> None:
    assert limit_of(chosen, local=local) == expected


# --- the bot behind them


@pytest.fixture
async def busy(start: "Start", on_the_list: None) -> AsyncIterator["Host"]:
    """A bot that takes three messages a minute: the fourth would wait for twenty seconds."""
    running = await start(messages=3)
    yield running
    await running.stop()


async def flood(host: "Host", teams: "Teams", count: int, **over: Any) -> None:  # noqa: ANN401  parts of an activity
    for number in range(count):
        await host.post(teams.activity(f"message {number}", **over))


async def test_a_fourth_message_is_not_read_and_one_sentence_says_so(busy: "Host", teams: "Teams") -> None:
    await flood(busy, teams, 6)
    assert [turn.event.text for turn in busy.talk.effects] == ["message 0", "message 1", "message 2"]
    assert teams.said == ["message 0", "message 1", "message 2", TOO_MUCH]


async def test_words_that_tell_of_a_breach_are_never_turned_away(busy: "Host", teams: "Teams") -> None:
    await flood(busy, teams, 5)
    await busy.post(teams.activity(BREACH))
    assert busy.talk.effects[-1].event.text == BREACH
    assert teams.said[-1] == BREACH


@pytest.mark.parametrize(
    "more",
    [
        {"text": "a pupil sent a nuude photo"},
        {"text": "mailing went out with all addresses in the open"},
        {"text": BREACH, "value": {}},
        {"text": f"<at>Ask DPO</at> {BREACH}"},
    ],
)
async def test_so_is_a_report_with_a_slip_in_other_words_or_beside_a_cards_value(
    busy: "Host", teams: "Teams", more: dict[str, Any]
) -> None:
    await flood(busy, teams, 4)
    await busy.post(teams.activity(**more))
    assert len(busy.talk.effects) == 4


async def test_what_it_says_gets_through_does(busy: "Host", teams: "Teams") -> None:
    await flood(busy, teams, 4)
    _, example, _ = TOO_MUCH.split('"')
    await busy.post(teams.activity(example))
    assert busy.talk.effects[-1].event == Said(example)


async def test_nobody_else_waits(busy: "Host", teams: "Teams") -> None:
    await flood(busy, teams, 5)
    other = {"id": "29:dpo", "aadObjectId": "00000000-0000-0000-0000-00000000000d"}
    began = time.monotonic()
    await busy.post(
        teams.activity("hello", **{"from": other}, conversation={"id": "a:d", "conversationType": "personal"})
    )
    assert teams.said[-1] == "hello"
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("adaptiveCard/action", {"action": {"type": "Action.Execute", "verb": "go", "data": {}}}, TOO_MUCH_PRESSED),
        ("composeExtension/query", {"commandId": "searchAnswers"}, None),
    ],
)
async def test_a_press_beyond_the_limit_is_answered_and_can_be_made_again(
    busy: "Host", teams: "Teams", name: str, value: dict[str, Any], said: str | None
) -> None:
    await flood(busy, teams, 3)
    status, body = await busy.post(teams.activity(None, type="invoke", name=name, value=value))
    assert status == 200
    assert (said is None) or said in str(body)
    assert len(busy.talk.effects) == 3


@pytest.mark.parametrize("name", ["composeExtension/fetchTask", "composeExtension/submitAction"])
async def test_a_message_that_is_flagged_gets_through_before_and_after_it_is_confirmed(
    busy: "Host", teams: "Teams", name: str
) -> None:
    """At the first press already, for one that may tell of illegal pictures is not asked about again."""
    await flood(busy, teams, 3)
    value = {"commandId": "reportBreach", "data": {"text": "wrong parent"}, "messagePayload": FLAGGED}
    await busy.post(teams.activity(None, type="invoke", name=name, value=value))
    assert len(busy.talk.effects) == 4


async def test_a_stranger_beyond_the_limit_gets_no_answer_and_leaves_no_row(start: "Start", teams: "Teams") -> None:
    host = await start(messages=60)
    try:
        for _ in range(STRANGERS + 5):
            await host.post(teams.activity(BREACH, **{"from": {"id": "29:x", "aadObjectId": "nobody"}}))
        assert len(host.talk.effects) == len(teams.sent) == STRANGERS
    finally:
        await host.stop()


async def test_somebody_a_little_too_quick_is_slowed_and_answered(
    start: "Start", on_the_list: None, teams: "Teams"
) -> None:
    host = await start(messages=120)  # two a second
    try:
        began = time.monotonic()
        await asyncio.gather(*(host.post(teams.activity(f"message {number}")) for number in range(123)))
        took = time.monotonic() - began
        assert len(host.talk.effects) == 123
        assert took >= 0.4, "three of them had to wait"
    finally:
        await host.stop()
