"""The inbox holds what waits for its reader, once each, and whatever it offers opens: for them and for nobody else."""

import pytest

from dialogs.cards.ways import ENTRY
from dialogs.conversation import Json, Pressed
from storage.database import Database
from tests.dialogs.conftest import Chat, inputs_of
from tests.security.forging import REFUSED
from tests.security.prepared_school import EVERY_ROLE, OUTSIDERS, PLANTED, of

PEOPLE = (*(role.value for role in EVERY_ROLE), *OUTSIDERS, "t.reed")


async def offered(chat: Chat, command: str = "inbox") -> list[str]:
    """The list's values, or what the buttons send, as one would choose it from a list."""
    card: Json = (await chat.says(command)).card or {}
    listed = [choice["value"] for each in inputs_of(card) if each["id"] == ENTRY for choice in each["choices"]]
    buttons = [each["data"] for each in card.get("actions", ()) if each["title"] != "Open"]
    return listed + ["/".join(str(value) for value in data.values()) for data in buttons]


@pytest.mark.parametrize("who", PEOPLE)
async def test_everything_in_it_is_there_once_and_opens(who: str, school: Database) -> None:
    chat = of(school, who, turns=4000)
    found = await offered(chat)
    assert len(found) == len(set(found))
    for entry in found:
        told = await chat.does(Pressed("inbox.open", {ENTRY: entry}))
        assert told.text != REFUSED.text, entry


@pytest.mark.parametrize(
    ("who", "waits"),
    [
        ("data_lead", {"waiting.show/review", "waiting.show/withdrawal", "plan.show"}),
        ("dsl", {"waiting.show/review", "incident.show"}),
        ("headteacher", {"permission.show", "waiting.show/proposal", "breach.show", "request.show", "incident.show"}),
        ("dpo", {"escalation.show", "waiting.show/imported", "breach.show", "request.show"}),
        ("office", {"waiting.show/withdrawal"}),
        ("online_safety_champion", {"incident.show"}),
        ("sbm", {"task.show", "request.task"}),
    ],
)
async def test_what_waits_for_a_post_is_in_its_holders_inbox(who: str, waits: set[str], school: Database) -> None:
    found = {entry.rpartition("/")[0] for entry in await offered(of(school, who, turns=4000))}
    assert {kind for kind in waits if not any(each.startswith(kind) for each in found)} == set()


async def test_what_is_in_somebody_elses_inbox_does_not_open(school: Database) -> None:
    theirs = {who: set(await offered(of(school, who, turns=4000))) for who in PEOPLE}
    everything = set().union(*theirs.values())
    assert len(everything) > 12
    for who in ("governor", "web_editor", "technician", *OUTSIDERS):
        chat = of(school, who, turns=5000)
        for entry in sorted(everything - theirs[who]):
            assert (await chat.does(Pressed("inbox.open", {ENTRY: entry}))).text == REFUSED.text, f"{who}: {entry}"


@pytest.mark.parametrize("entry", ["", "breach.show", "breach.show/1/2", "form.cancel/x", "waiting.show/", "x/1"])
async def test_a_value_that_no_list_has_opens_nothing(entry: str, school: Database) -> None:
    assert (await of(school, "dpo", turns=6000).does(Pressed("inbox.open", {ENTRY: entry}))).text == REFUSED.text


@pytest.mark.parametrize("who", PEOPLE)
async def test_no_word_of_anybodys_is_in_it(who: str, school: Database) -> None:
    told = await of(school, who, turns=7000).says("inbox")
    assert not [word for word in PLANTED.values() if word in told.text]
    assert "Wren" not in told.text
    assert "Ned Dove" not in told.text
