"""What Teams posts, read into what happened; what is malformed is nothing of ours."""

from typing import Any

import pytest
from botbuilder.schema import Activity, ConversationAccount

from bot.events import event_of


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("composeExtension/fetchTask", {"commandId": ["reportBreach"]}),
        ("composeExtension/fetchTask", {"commandId": {}}),
        ("composeExtension/submitAction", {"commandId": 7}),
        ("composeExtension/fetchTask", "reportBreach"),
        ("composeExtension/fetchTask", None),
        ("message/submitAction", {"actionValue": {"reaction": ["like"]}}),
        ("message/submitAction", {"actionValue": {"reaction": {}}}),
        ("message/submitAction", {"actionValue": "like"}),
        ("adaptiveCard/action", {"action": {"verb": ["x"]}}),
        ("adaptiveCard/action", {"action": []}),
        ("adaptiveCard/action", 3),
    ],
)
def test_an_invoke_that_is_malformed_is_nothing_of_ours(name: str, value: Any) -> None:  # noqa: ANN401  JSON
    posted = Activity(
        type="invoke", name=name, value=value, reply_to_id="m1", conversation=ConversationAccount(id="a:1")
    )
    assert event_of(posted) is None
