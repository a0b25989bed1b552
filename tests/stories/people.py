"""Somebody with a chat window: types, fills in whatever inputs a card shows, presses its buttons, presses again."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.stories.teams import Json, Message, Teams

Post = Callable[[Json], Awaitable[tuple[int, Any]]]
_numbers = count(1)


@dataclass
class Person:
    """`card` is what they look at, in `message`; `told` what they filled in and saw taken, by the inputs' names."""

    teams: Teams
    post: Post
    aad: str
    dice: random.Random
    mark: str = "words"  # begins everything that they write
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    card: Json = field(default_factory=dict)
    message: str = ""
    told: dict[str, str] = field(default_factory=dict)

    @property
    def chat(self) -> str:
        return f"a:{self.aad}"

    @property
    def seen(self) -> list[Message]:
        return self.teams.chat(self.chat)

    def typed(self, text: str) -> Json:
        return self._activity(type="message", text=text)

    def pressed(self, title: str, **fields: str) -> Json:
        """A press of a button of the card in front of them, with every input as it stands but for `fields`."""
        action = next((one for one in actions(self.card) if one["title"] == title), None)
        assert action is not None, f"{title} is not on {self.shown}"
        inputs = {} if action.get("associatedInputs") == "none" else {**_standing(self.card), **fields}
        execute = {"type": "Action.Execute", "verb": action["verb"], "data": {**action["data"], **inputs}}
        value = {"action": execute, "trigger": "manual"}
        return self._activity(type="invoke", name="adaptiveCard/action", value=value, replyToId=self.message)

    async def says(self, text: str) -> None:
        """Type something, and look at the answer."""
        await self.does(self.typed(text))

    async def presses(self, title: str, **fields: str) -> None:
        """Press a button, and look at what comes in the card's place or below."""
        await self.does(self.pressed(title, **fields))

    async def does(self, activity: Json) -> None:
        """Have an activity delivered. Where it was lost, a person presses again, which is another activity."""
        before = len(self.teams.messages)
        status, body = await self.post(activity)
        while status == 0:
            status, body = await self.post(activity | {"id": _new_id()})
        assert status in {200, 201, 202}, (status, body)
        if isinstance(body, dict) and isinstance(body.get("value"), dict):
            self.card = body["value"]
            return
        async with asyncio.timeout(30):
            while (found := self._answered(activity["id"], before)) is None:  # noqa: ASYNC110  what is waited for is a list
                await asyncio.sleep(0.02)
        self.card, self.message = found.card or {}, found.id

    async def begins(self, words: str) -> None:
        """Tell of a breach and open the form."""
        await self.says(words)
        await self.presses("Continue")

    async def fills_page(self) -> bool:
        """Fill in one page and go on; say whether it was taken: else something is to be looked at again."""
        fields = {each["id"]: self._something(each) for each in inputs(self.card)}
        before = self.shown
        await self.presses("Continue", **fields)
        assert any(one["title"] in {"Continue", "Send report"} for one in actions(self.card)), self.shown
        if "Please look again" in self.shown or self.shown == before:
            return False
        self.told |= fields
        return True

    async def walks(self, *, wanders: float = 0.0) -> None:
        """Fill in page after page until all is shown once more; `wanders` is how often something comes between."""
        for _ in range(60):
            if any(one["title"] == "Send report" for one in actions(self.card)):
                return
            if self.dice.random() < wanders:
                await self._wanders()
            else:
                await self.fills_page()
        raise AssertionError(f"there is no end to it: {self.shown}")

    async def reports(self, words: str, *, wanders: float = 0.0) -> None:
        """Do a whole report."""
        await self.begins(words)
        await self.walks(wanders=wanders)
        await self.presses("Send report")
        assert "Form A sent" in self.shown, self.shown

    async def _wanders(self) -> None:
        """Do something else in between, and come back to the form."""
        match self.dice.choice(("back", "away", "status", "cancel")):
            case "back" if any(one["title"] == "Back" for one in actions(self.card)):
                await self.presses("Back")
            case "cancel":
                await self.presses("Cancel")
                await self.presses("Continue")
            case "status":
                await self.says("status")
                await self.says("resume")
            case _:
                await self.says("resume")

    @property
    def shown(self) -> str:
        return str(self.card)

    def _answered(self, activity: str, before: int) -> Message | None:
        """The reply; where Teams was away it comes later, as a letter that answers nothing."""
        reply = self.teams.answer_to(activity)
        if reply is not None:
            return reply
        later = list(self.teams.messages.values())[before:]
        return next((each for each in later if each.chat == self.chat and each.letter and _is_reply(each)), None)

    def _activity(self, **what: Any) -> Json:  # noqa: ANN401  JSON
        return {
            "id": _new_id(),
            "serviceUrl": self.teams.url,
            "channelId": "msteams",
            "from": {"id": f"29:{self.aad}", "name": "Somebody", "aadObjectId": self.aad},
            "conversation": {"id": self.chat, "conversationType": "personal", "tenantId": "tenant"},
            "recipient": {"id": "28:bot", "name": "Ask DPO"},
            "channelData": {"tenant": {"id": "tenant"}},
            **what,
        }

    def _something(self, each: Json) -> str:
        match each["type"]:
            case "Input.Date":
                return (self.now - timedelta(days=self.dice.randint(2, 20))).date().isoformat()
            case "Input.Time":
                return f"{self.dice.randint(0, 23):02}:{self.dice.randint(0, 59):02}"
            case "Input.Number":
                return str(self.dice.randint(int(each["min"]), min(500, int(each["max"]))))
            case "Input.ChoiceSet" if each.get("isMultiSelect"):
                values = [choice["value"] for choice in each["choices"]]
                return ",".join(self.dice.sample(values, self.dice.randint(1, len(values))))
            case "Input.ChoiceSet":
                return str(self.dice.choice(each["choices"])["value"])
            case _:
                return f"{self.mark} about {each['id']} no {self.dice.randint(1, 10**6)}"


def actions(card: Json) -> list[Json]:
    found = list(card.get("actions", ()))
    for element in card.get("body", ()):
        found += element.get("actions", ())
    return found


def inputs(card: Json) -> list[Json]:
    """List what can be filled in, however deep it is nested."""
    inside = [*card.get("body", ()), *card.get("items", ())]
    found = [each for each in inside if each["type"].startswith("Input.")]
    return [*found, *(deep for each in inside for deep in inputs(each))]


def _standing(card: Json) -> dict[str, str]:
    return {each["id"]: str(each.get("value", "")) for each in inputs(card)}


def _is_reply(message: Message) -> bool:
    return "has something for you" not in str(message.bodies[-1].get("summary"))


def _new_id() -> str:
    return f"in{next(_numbers)}"
