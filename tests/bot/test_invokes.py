"""Invokes: what people pressed is answered in the response itself, whatever it was."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Teams


async def test_a_pressed_card_is_replaced_in_the_answer_and_in_the_chat(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("card"))
    status, body = await host.post(teams.pressed("go", reply_to="1:1", x=1))
    assert status == 200
    assert body["statusCode"] == 200
    assert body["type"] == "application/vnd.microsoft.card.adaptive"
    assert body["value"]["body"][0]["text"] == 'go {"x": 1}'
    assert teams.sent[1].method == "PUT"
    assert teams.sent[1].body["attachments"][0]["content"] == body["value"]


async def test_an_answer_that_does_not_replace_is_said_below(host: "Host", teams: "Teams") -> None:
    status, body = await host.post(teams.pressed("say"))
    assert (status, body["value"], teams.said) == (200, "The answer is below.", ["say {}"])


async def test_a_pressed_button_delivered_twice_has_one_effect_and_the_same_answer(
    host: "Host", teams: "Teams"
) -> None:
    press = teams.pressed("go", x=1)
    first, second = await host.post(press), await host.post(press)
    assert (first, len(host.talk.effects)) == (second, 1)


async def test_a_press_is_answered_though_the_chat_cannot_be_updated(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("card"))
    teams.plan = [(500, {})]
    status, body = await host.post(teams.pressed("go", reply_to="1:1"))
    assert (status, body["statusCode"]) == (200, 200)


async def test_an_error_in_a_press_is_an_apology_in_the_card(host: "Host", teams: "Teams") -> None:
    host.talk.take = None
    status, body = await host.post(teams.pressed("go"))
    assert (status, body["value"]["body"][0]["text"]) == (200, "Sorry, that went wrong")


@pytest.mark.parametrize("value", [None, "text", 7, [], {}, {"action": None}, {"action": {"type": "Action.Execute"}}])
async def test_a_malformed_press_gets_a_sentence(host: "Host", teams: "Teams", value: object) -> None:
    status, body = await host.post(teams.activity(None, type="invoke", name="adaptiveCard/action", value=value))
    assert (status, body["statusCode"]) == (200, 400)
    assert "type your question" in body["value"]["message"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("message/submitAction", {}),
        ("task/fetch", {"task": {"type": "message"}}),
        ("task/submit", {"task": {"type": "message"}}),
        ("composeExtension/queryLink", {"composeExtension": {"type": "message"}}),
        ("composeExtension/fetchTask", {"task": {"type": "message"}}),
    ],
)
async def test_what_is_not_there_yet_says_so_politely(
    host: "Host", teams: "Teams", name: str, expected: dict[str, Any]
) -> None:
    status, body = await host.post(teams.activity(None, type="invoke", name=name, value={"actionName": "feedback"}))
    assert status == 200
    assert body.keys() == expected.keys()
    for part, shown in expected.items():
        assert body[part].items() >= shown.items()


async def test_an_invoke_that_nobody_knows_is_not_implemented(host: "Host", teams: "Teams") -> None:
    assert (await host.post(teams.activity(None, type="invoke", name="unknown/thing")))[0] == 501
