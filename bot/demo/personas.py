"""The people whom a newcomer can be: each has a Playground, or is named to the terminal chat."""

from dataclasses import dataclass
from typing import Final

from bot.demo.cast import STAFF
from bot.demo.trust import address, object_id


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the trust, as a Teams-like client knows them."""

    key: str
    title: str
    name: str
    email: str
    aad_object_id: str

    @property
    def channel_id(self) -> str:
        """The id that the client gives them."""
        return f"29:demo-{self.key}"

    @property
    def conversation(self) -> str:
        """The id of their own chat with the bot."""
        return f"demo-chat-{self.key}"


def _persona(key: str, title: str, name: str) -> Persona:
    person = next(each for each in STAFF if each.name == name)
    return Persona(key, title, name, address(person), object_id(person))


PERSONAS: Final = (
    _persona("teacher", "Teacher", "Nia Protherow"),
    _persona("data-lead", "Data lead", "Marcus Ellerdale"),
    _persona("dsl", "Safeguarding lead", "Sunniva Okafor-Lyle"),
    _persona("headteacher", "Headteacher", "Helen Ashdown-Pike"),
    _persona("dpo", "DPO", "Priya Vanterpoole"),
)
# A Playground's settings name exactly five other people; this is the one who has none.
EVERYBODY: Final = (*PERSONAS, _persona("office", "Office", "Bernard Sallowfield"))
