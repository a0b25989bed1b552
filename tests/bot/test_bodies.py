"""What comes through the door: strict JSON, of a size, of a depth, or a status code; never an error page."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Teams


@pytest.mark.parametrize(
    ("reason", "body", "expected"),
    [
        ("empty", b"", 400),
        ("not JSON", b"{bad", 400),
        ("a list", b"[]", 400),
        ("null", b"null", 400),
        ("an empty object", b"{}", 400),
        ("not UTF-8", b'{"type":"message","text":"\xff"}', 400),
        ("half an emoji", b'{"type":"\\ud800"}', 400),
        ("not a number", b'{"type":NaN}', 400),
        ("deep without end", b"[" * 200_000, 400),
        ("deep and closed", b'{"value":' + b"[" * 50_000 + b"]" * 50_000 + b"}", 400),
        ("too large", b'{"text":"' + b"a" * 300_000 + b'"}', 413),
    ],
)
async def test_a_bad_body_gets_a_status(host: "Host", reason: str, body: bytes, expected: int) -> None:
    status, _ = await host.post(body)
    assert (status, host.talk.effects) == (expected, []), reason


@pytest.mark.parametrize(
    "over",
    [
        {"type": 7},
        {"text": ["a"]},
        {"id": {"$ne": None}},
        {"from": "me"},
        {"conversation": "c"},
        {"conversation": {"id": ""}},
        {"channelData": "x"},
        {"entities": [1]},
        {"type": ""},
    ],
)
async def test_a_field_of_the_wrong_type_is_a_bad_request(host: "Host", teams: "Teams", over: dict[str, Any]) -> None:
    assert (await host.post(teams.activity(**over)))[0] == 400


@pytest.mark.parametrize("number", ["a" * 1025, "one\nline more", "nul\0", "\u202ebackwards"])
@pytest.mark.parametrize("part", ["id", "replyToId", "conversation", "from"])
async def test_an_id_that_no_log_line_or_address_can_hold_is_a_bad_request(
    host: "Host", teams: "Teams", part: str, number: str
) -> None:
    odd = number if part in {"id", "replyToId"} else {"id": number}
    assert (await host.post(teams.activity(**{part: odd})))[0] == 400
    assert host.talk.effects == []


async def test_data_deeper_than_any_card_is_a_bad_request(host: "Host", teams: "Teams") -> None:
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    assert (await host.post(teams.activity(None, value={"verb": "go", "x": deep})))[0] == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json5"])
async def test_another_content_type_is_not_supported(host: "Host", teams: "Teams", kind: str) -> None:
    assert (await host.post(teams.activity(), **{"Content-Type": kind}))[0] == 415


async def test_a_character_set_may_be_named(host: "Host", teams: "Teams") -> None:
    assert (await host.post(teams.activity(), **{"Content-Type": "application/json; charset=utf-8"}))[0] == 200


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a" * 30_000,
        "👩🏽‍🏫" * 500,
        "\u202e\u05de\u05d9",
        "\x01\x02\x1b[31m",
        "'; DROP TABLE pupils; --",
        "<b>x</b> **y** [z](q)",
    ],
)
async def test_odd_words_arrive_as_they_are_and_are_answered(host: "Host", teams: "Teams", text: str) -> None:
    status, _ = await host.post(teams.activity(text))
    assert (status, host.talk.effects[0].event.text, len(teams.sent)) == (200, text.strip(), 1)


async def test_a_nul_character_is_dropped_wherever_it_is(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("a\0b"))
    await host.post(teams.activity(None, value={"verb": "go", "\0k": ["\0v"]}))
    said, pressed = (turn.event for turn in host.talk.effects)
    assert (said.text, pressed.data) == ("ab", {"k": ["v"]})


async def test_only_posts_are_taken(host: "Host") -> None:
    async with host.http.get(f"{host.url}/api/messages") as answer:
        assert answer.status == 405
    async with host.http.get(f"{host.url}/elsewhere") as answer:
        assert answer.status == 404
