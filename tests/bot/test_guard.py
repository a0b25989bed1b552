"""Who may post: table by table, the tokens and the activities that never reach a dialog."""

import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Teams

HOUR = 3600


@pytest.mark.parametrize(
    ("reason", "claims"),
    [
        ("expired", {"exp": int(time.time()) - HOUR, "nbf": int(time.time()) - 2 * HOUR}),
        ("not yet valid", {"nbf": int(time.time()) + HOUR}),
        ("without an end", {"exp": None}),
        ("without an issuer", {"iss": None}),
        ("from another issuer", {"iss": "https://issuer.example"}),
        (
            "from the emulator's issuer",
            {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/", "ver": "1.0"},
        ),
        ("for another bot", {"aud": "99999999-2222-4333-8444-555555555555"}),
        ("for another service address", {"serviceurl": "https://elsewhere.example"}),
        ("for no service address", {"serviceurl": None}),
        ("unsigned", {"alg": "none"}),
        ("signed with an unknown key", {"kid": "k9"}),
        ("signed with no key named", {"kid": None}),
    ],
)
async def test_a_bad_token_gets_401_and_nothing_is_said(
    guarded: "Host", teams: "Teams", reason: str, claims: dict[str, Any]
) -> None:
    status, _ = await guarded.post(teams.activity(), token=teams.token(**claims))
    assert (status, guarded.talk.effects, teams.sent) == (401, [], []), reason


async def test_a_token_signed_by_somebody_else_gets_401(guarded: "Host", teams: "Teams") -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  only here

    forger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert (await guarded.post(teams.activity(), token=teams.token(key=forger)))[0] == 401


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c"])
async def test_a_header_that_is_no_token_gets_401(guarded: "Host", teams: "Teams", header: str) -> None:
    assert (await guarded.post(teams.activity(), Authorization=header))[0] == 401


@pytest.mark.parametrize(
    ("reason", "over", "expected"),
    [
        ("another tenant", {"channelData": {"tenant": {"id": "x"}}, "conversation": {"id": "c", "tenantId": "x"}}, 403),
        ("two tenants", {"conversation": {"id": "c", "tenantId": "x"}}, 403),
        ("no tenant", {"channelData": None, "conversation": {"id": "c"}}, 403),
        ("a channel that did not endorse the key", {"channelId": "directline"}, 401),
        ("no service address", {"serviceUrl": None}, 400),
        ("no channel", {"channelId": None}, 400),
    ],
)
async def test_an_activity_from_elsewhere_never_reaches_a_dialog(
    guarded: "Host", teams: "Teams", reason: str, over: dict[str, Any], expected: int
) -> None:
    status, _ = await guarded.post(teams.activity(**over), token=teams.token())
    assert (status, guarded.talk.effects) == (expected, []), reason


async def test_a_good_token_is_let_in_and_answered_with_ours(guarded: "Host", teams: "Teams") -> None:
    status, _ = await guarded.post(teams.activity("hello"), token=teams.token())
    assert (status, teams.said) == (200, ["hello"])
    assert teams.sent[0].authorization == "Bearer ours"


async def test_a_rotated_key_is_found_at_once(guarded: "Host", teams: "Teams") -> None:
    await guarded.post(teams.activity(), token=teams.token())
    teams.keys = {"k2": next(iter(teams.keys.values()))}
    status, _ = await guarded.post(teams.activity(), token=teams.token(kid="k2"))
    assert (status, teams.key_requests) == (200, 2)


async def test_a_flood_of_unknown_keys_asks_the_issuer_only_a_few_times(guarded: "Host", teams: "Teams") -> None:
    for number in range(20):
        await guarded.post(teams.activity(), token=teams.token(kid=f"no{number}"))
    assert teams.key_requests <= 6


async def test_without_signing_keys_the_answer_is_503(guarded: "Host", teams: "Teams") -> None:
    teams.keys_work = False
    assert (await guarded.post(teams.activity(), token=teams.token()))[0] == 503


async def test_known_keys_outlast_the_issuer(guarded: "Host", teams: "Teams") -> None:
    await guarded.post(teams.activity(), token=teams.token())
    teams.keys_work = False
    assert (await guarded.post(teams.activity(), token=teams.token()))[0] == 200


async def test_local_mode_takes_any_tenant_without_a_token(host: "Host", teams: "Teams") -> None:
    status, _ = await host.post(
        teams.activity(conversation={"id": "c", "conversationType": "personal", "tenantId": "any"})
    )
    assert (status, teams.sent[0].authorization) == (200, None)


@pytest.mark.parametrize(
    "address",
    [
        "https://smba.trafficmanager.net/teams/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://evil.example\\@127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://[::1",
        "127.0.0.1",
    ],
)
async def test_local_mode_answers_to_this_machine_only(host: "Host", teams: "Teams", address: str) -> None:
    status, _ = await host.post(teams.activity(serviceUrl=address))
    assert (status, host.talk.effects) == (403, [])


async def test_local_mode_is_for_teams_activities_only(host: "Host", teams: "Teams") -> None:
    assert (await host.post(teams.activity(channelId="webchat")))[0] == 403
