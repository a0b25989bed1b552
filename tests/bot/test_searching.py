"""The search box on the wire: a list for whoever types, an empty one for everybody else."""

from typing import TYPE_CHECKING, Any

import pytest

from storage import chats
from storage.database import Database

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Teams

NOTHING = {
    "composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": []},
    "cacheInfo": {"cacheType": "no-cache"},
}


def typed(teams: "Teams", words: object, **over: object) -> dict[str, Any]:
    value = {
        "commandId": "searchAnswers",
        "parameters": [{"name": "words", "value": words}],
        "queryOptions": {"skip": 0, "count": 25},
    }
    return teams.activity(None, type="invoke", name="composeExtension/query", value=value, **over)


async def test_results_are_previews_for_the_typist_and_cards_for_the_chat(host: "Host", teams: "Teams") -> None:
    status, body = await host.post(typed(teams, "phone"))
    (hit,) = body["composeExtension"]["attachments"]
    assert (status, body["composeExtension"]["type"], body["cacheInfo"]) == (200, "result", {"cacheType": "no-cache"})
    assert hit["preview"]["contentType"] == "application/vnd.microsoft.card.thumbnail"
    assert hit["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert hit["content"]["body"][0]["text"] == "anybody may read this"
    assert teams.sent == []


async def test_nothing_in_a_preview_is_read_as_html(host: "Host", teams: "Teams") -> None:
    _, body = await host.post(typed(teams, "phone"))
    shown = body["composeExtension"]["attachments"][0]["preview"]["content"]
    assert not set("<>&") & set(shown["title"] + shown["text"])


@pytest.mark.parametrize(
    "value",
    [
        None,
        "words",
        {},
        {"commandId": "other", "parameters": [{"name": "words", "value": "phone"}]},
        {"commandId": "searchAnswers"},
        {"commandId": "searchAnswers", "parameters": "phone"},
        {"commandId": "searchAnswers", "parameters": [7, {"name": "words", "value": ["phone"]}]},
        {"commandId": "searchAnswers", "parameters": [{"name": "initialRun", "value": "true"}]},
        {
            "commandId": "searchAnswers",
            "parameters": [{"name": "words", "value": "phone"}],
            "queryOptions": {"skip": 25, "count": 25},
        },
    ],
)
async def test_what_is_no_search_of_ours_finds_nothing(host: "Host", teams: "Teams", value: object) -> None:
    sent = teams.activity(None, type="invoke", name="composeExtension/query", value=value)
    assert await host.post(sent) == (200, NOTHING)
    assert host.talk.sought == []


async def test_nobody_in_particular_finds_nothing(host: "Host", teams: "Teams") -> None:
    assert await host.post(typed(teams, "phone", **{"from": {"id": "29:guest"}})) == (200, NOTHING)
    assert host.talk.sought == []


async def test_the_words_are_cut_where_no_search_is_longer(host: "Host", teams: "Teams") -> None:
    await host.post(typed(teams, "x" * 100_000))
    assert len(host.talk.sought[0].words) == 300


async def test_an_error_is_a_sentence_that_quotes_nothing(host: "Host", teams: "Teams") -> None:
    status, body = await host.post(typed(teams, "boom"))
    assert (status, body["composeExtension"]["type"]) == (200, "message")
    assert "Amelia" not in str(body)


async def test_the_chat_that_is_typed_in_is_not_taken_for_ones_own(
    host: "Host", teams: "Teams", sqlite_url: str
) -> None:
    """A chat of two people looks personal too: a letter sent there would be read by both."""
    between_two = {"id": "19:two@unq.gbl.spaces", "conversationType": "personal", "tenantId": teams_tenant(teams)}
    flagged = {"commandId": "reportBreach", "messagePayload": {"body": {"content": "hello"}}}
    await host.post(typed(teams, "phone", conversation=between_two))
    await host.post(
        teams.activity(None, type="invoke", name="composeExtension/fetchTask", value=flagged, conversation=between_two)
    )
    db = Database.connect(sqlite_url)
    async with db.read() as session:
        kept = await chats.of(session, teams.activity()["from"]["aadObjectId"])
    await db.dispose()
    assert kept is None


def teams_tenant(teams: "Teams") -> str:
    return str(teams.activity()["conversation"]["tenantId"])


async def test_a_search_needs_a_good_token_and_our_own_tenant(guarded: "Host", teams: "Teams") -> None:
    assert (await guarded.post(typed(teams, "phone")))[0] == 401
    assert (await guarded.post(typed(teams, "phone"), token=teams.token(aud="somebody-else")))[0] == 401
    elsewhere = typed(teams, "phone", channelData={"tenant": {"id": "00000000-1111-4222-8333-444444444444"}})
    assert (await guarded.post(elsewhere, token=teams.token()))[0] == 403
    assert guarded.talk.sought == []
    assert (await guarded.post(typed(teams, "phone"), token=teams.token()))[0] == 200
    assert len(guarded.talk.sought) == 1
