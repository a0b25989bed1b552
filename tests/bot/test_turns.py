"""One activity, one effect, one answer: also twice at once, later, and after a restart."""

import asyncio
from typing import TYPE_CHECKING

import pytest

from storage import deliveries
from storage.database import Database

if TYPE_CHECKING:
    from tests.bot.conftest import Host, Start, Teams


async def test_a_message_is_answered_where_it_was_asked(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("card please", id="m1"))
    (sent,) = teams.sent
    assert sent.path == "/v3/conversations/a:teacher/activities/m1"
    assert sent.body["summary"] == "Ask DPO"
    assert "text" not in sent.body, "a card speaks for itself"
    assert sent.body["replyToId"] == "m1"


async def test_words_are_sent_as_plain_text_so_that_names_are_not_markdown(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("**Amelia**"))
    assert (teams.sent[0].body["text"], teams.sent[0].body["textFormat"]) == ("**Amelia**", "plain")


async def test_the_same_activity_twice_at_once_has_one_effect_and_one_answer(host: "Host", teams: "Teams") -> None:
    host.talk.pause = 0.05
    one = teams.activity("hello")
    answers = await asyncio.gather(*(host.post(one) for _ in range(5)))
    assert [status for status, _ in answers] == [200] * 5
    assert (len(host.talk.effects), teams.said) == (1, ["hello"])


async def test_the_same_activity_later_has_one_effect_and_one_answer(host: "Host", teams: "Teams") -> None:
    one = teams.activity("twice")
    assert [(await host.post(one))[0] for _ in range(3)] == [200] * 3
    assert (len(host.talk.effects), teams.said) == (1, ["one", "two"])


async def test_the_same_activity_after_a_restart_has_one_effect_and_one_answer(
    start: "Start", staff: None, teams: "Teams"
) -> None:
    one = teams.activity("hello")
    for _ in range(2):
        running = await start()
        assert (await running.post(one))[0] == 200
        await running.stop()
    assert (len(running.talk.effects), teams.said) == (0, ["hello"])


async def test_an_answer_that_was_never_delivered_is_given_when_the_activity_comes_again(
    host: "Host", teams: "Teams", sqlite_url: str
) -> None:
    teams.plan = [(403, {})]
    one = teams.activity("hello")
    await host.post(one)
    await host.post(one)
    assert (len(host.talk.effects), teams.said) == (1, ["hello", "hello"]), (
        "Teams refused the first and took the second"
    )
    db = Database.connect(sqlite_url)
    async with db.read() as session:
        assert await deliveries.of(session, "a:teacher", one["id"]) == {0: "1:2"}
    await db.dispose()


async def test_the_same_id_in_another_conversation_is_another_activity(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("one", id="m1"))
    await host.post(teams.activity("two", id="m1", conversation={"id": "b", "conversationType": "personal"}))
    assert teams.said == ["one", "two"]


async def test_messages_without_an_id_are_each_answered(host: "Host", teams: "Teams") -> None:
    for _ in range(2):
        await host.post(teams.activity("hello", id=None))
    assert teams.said == ["hello", "hello"]
    assert teams.sent[0].path == "/v3/conversations/a:teacher/activities"


async def test_a_slow_answer_shows_dots_first(host: "Host", teams: "Teams") -> None:
    host.talk.pause = 0.8
    await host.post(teams.activity("hello"))
    assert [each.body["type"] for each in teams.sent] == ["typing", "message"]


async def test_a_quick_answer_shows_none(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello"))
    assert [each.body["type"] for each in teams.sent] == ["message"]


async def test_the_last_resort_apologises_with_a_number_and_logs_nobodys_words(
    host: "Host", teams: "Teams", caplog: pytest.LogCaptureFixture
) -> None:
    status, _ = await host.post(teams.activity("boom"))
    assert (status, teams.said) == (200, ["Sorry, that went wrong"])
    (entry,) = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert entry.split("reference=")[1].split(" ")[0] in str(teams.sent[0].body)
    assert "error=RuntimeError at bot/conftest.py" in entry
    assert "Amelia" not in caplog.text
    assert "Tess" not in caplog.text


async def test_in_a_channel_the_mention_is_left_out_and_other_names_stay(host: "Host", teams: "Teams") -> None:
    bot = teams.activity()["recipient"]
    await host.post(
        teams.activity(
            "<at>Ask DPO</at>&nbsp;may <at>Tom</at> be filmed?",
            conversation={"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel"},
            entities=[
                {"type": "mention", "text": "<at>Ask DPO</at>", "mentioned": {"id": bot["id"], "name": "Ask DPO"}},
                {"type": "mention", "text": "<at>Tom</at>", "mentioned": {"id": "29:tom", "name": "Tom"}},
                {"type": "clientInfo", "locale": "en-GB"},
            ],
        )
    )
    (turn,) = host.talk.effects
    assert (turn.scope, turn.event.text) == ("channel", "may Tom be filmed?")
    assert teams.sent[0].path.startswith("/v3/conversations/19:x@thread.tacv2;messageid=1/activities/")


async def test_a_press_by_submit_is_the_same_as_by_execute(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity(None, value={"verb": "use.choose", "pending": "p1", "msteams": {"x": 1}}))
    await host.post(teams.pressed("use.choose", verb_is_not_data=1, pending="p1"))
    submitted, executed = (turn.event for turn in host.talk.effects)
    assert (submitted.verb, submitted.data) == ("use.choose", {"pending": "p1"})
    assert (executed.verb, executed.data["pending"]) == ("use.choose", "p1")


async def test_a_submitted_card_takes_the_place_of_the_one_we_sent(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("card"))
    await host.post(teams.activity(None, value={"verb": "go"}, replyToId="1:1"))
    assert [(each.method, each.path) for each in teams.sent[1:]] == [
        ("PUT", "/v3/conversations/a:teacher/activities/1:1")
    ]


async def test_a_message_that_we_did_not_send_is_never_overwritten(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity(None, value={"verb": "go"}, replyToId="somebody-elses"))
    assert [each.method for each in teams.sent] == ["POST"]


async def test_a_stranger_without_an_object_id_is_told_so_and_meets_no_dialog(host: "Host", teams: "Teams") -> None:
    await host.post(teams.activity("hello", **{"from": {"id": "29:x", "name": "X"}}))
    assert host.talk.effects == []
    assert teams.said == ["Sorry, I can only talk with staff who are on the school's list."]


async def test_an_installation_is_welcomed_once_though_teams_tells_of_it_twice(host: "Host", teams: "Teams") -> None:
    bot = teams.activity()["recipient"]
    await host.post(teams.activity(None, type="installationUpdate", action="add"))
    await host.post(teams.activity(None, type="conversationUpdate", membersAdded=[bot]))
    assert teams.said == ["welcome"]


async def test_somebody_else_joining_is_nothing_to_talk_about(host: "Host", teams: "Teams") -> None:
    for kind in ("conversationUpdate", "messageReaction", "typing", "endOfConversation", "somethingNew"):
        assert (await host.post(teams.activity(None, type=kind, membersAdded=[{"id": "29:x"}])))[0] == 200
    assert (host.talk.effects, teams.sent) == ([], [])
