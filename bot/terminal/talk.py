"""A conversation in a terminal: what is typed or pressed becomes a turn, what comes back is drawn."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import uuid4

import click

from bot.clock import Clock
from bot.logbook import Log, turn_mark
from bot.terminal import screen
from bot.terminal.filling import fill
from bot.terminal.keyboard import ReadLine
from bot.terminal.mailbag import Arrival, Mailbag
from bot.terminal.screen import Pressable
from dialogs.conversation import Arrived, Pressed, Reply, Said, Scope, Turn
from policy.roles import Role
from storage import people, schools
from storage.database import Database
from storage.people import Person

_LEAVE: Final = frozenset({"exit", "quit"})
_BE: Final = "/as"
_SHORT: Final = {Role.DPO: "DPO", Role.DSL: "DSL", Role.DEPUTY_DSL: "deputy DSL", Role.SBM: "SBM", Role.CEO: "CEO"}

log = Log(__name__)


class Talk(Protocol):
    """What answers a turn: `dialogs.root.Dialogs`."""

    async def take(self, turn: Turn) -> tuple[Reply, ...]:
        """Answer one turn."""


class NobodyError(Exception):
    """Nobody has that address; the message is a sentence."""


@dataclass(slots=True)
class Conversation:
    """One person at a terminal, until they leave or become somebody else."""

    db: Database
    dialogs: Talk
    clock: Clock
    mailbag: Mailbag | None  # None: letters go out through Teams
    runner: asyncio.Runner
    read: ReadLine
    me: Person
    buttons: list[Pressable] = field(default_factory=list)  # of what was shown last

    def go_on(self) -> None:
        """Talk until the input ends or somebody leaves. Ctrl-C leaves too."""
        try:
            self._introduce()
            self._take(Arrived())
            while (line := self.read(">")) is not None and line.strip().casefold() not in _LEAVE:
                self._hear(line.strip())
        except KeyboardInterrupt:  # during a turn; at the prompt it ends the input
            pass
        click.echo("Bye.")

    def _hear(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        if not line:
            return
        if command == _BE:
            self._become(rest)
        elif line.isdecimal() and 0 < int(line) <= len(self.buttons):
            self._press(self.buttons[int(line) - 1])
        else:
            self._take(Said(line))

    def _press(self, pressed: Pressable) -> None:
        click.echo(f"[{pressed.button.title}]")
        filled = fill(pressed.fields, self.read)
        if filled is not None:
            self._take(Pressed(pressed.button.verb, {**pressed.button.data, **filled}))

    def _take(self, event: Said | Pressed | Arrived) -> None:
        turn = Turn(
            conversation=f"terminal/{self.me.aad_object_id}",
            activity=uuid4().hex,
            asker=self.me.aad_object_id,
            scope=Scope.PERSONAL,
            event=event,
            now=self.clock(),
        )
        self.buttons = []
        replies = self.runner.run(self._answered(turn))
        for reply in replies:
            self._show(reply)
        self._empty_mailbag(seen={reply.text for reply in replies})

    async def _answered(self, turn: Turn) -> Sequence[Reply]:
        try:
            return await self.dialogs.take(turn)
        except Exception as error:  # noqa: BLE001  as bot/errors.py does, whose web server is loaded only when needed
            from bot.errors import apology, new_reference  # noqa: PLC0415  see above

            reference = new_reference()
            log.failure(
                "turn failed", turn=turn_mark(turn.conversation, turn.activity), reference=reference, error=error
            )
            return (apology(reference),)

    def _show(self, reply: Reply) -> None:
        if reply.card is None:
            screen.say(reply.text)
        else:
            self.buttons += screen.draw(reply.card, first=len(self.buttons) + 1)
        screen.gap()

    def _empty_mailbag(self, seen: Collection[str] = ()) -> None:
        if self.mailbag is None:
            return
        for arrival in self.runner.run(self.mailbag.arrived(self.me, seen=seen)):
            self._deliver(arrival)

    def _deliver(self, arrival: Arrival) -> None:
        letter = arrival.letter
        mine = letter.addressee == self.me.aad_object_id
        click.echo("→ for you:" if mine else f"→ for {_named(arrival.person)}:")
        if letter.card is None:
            screen.say(letter.text)
        elif mine:
            self.buttons += screen.draw(letter.card, first=len(self.buttons) + 1)
        else:
            screen.draw_for_another(letter.card)
        screen.gap()

    def _become(self, email: str) -> None:
        try:
            self.me = self.runner.run(somebody(self.db, email))
        except NobodyError as nobody:
            click.echo(str(nobody))
            return
        self.buttons = []
        self._introduce()
        self._empty_mailbag()

    def _introduce(self) -> None:
        at = self.runner.run(_school_of(self.db, self.me))
        click.echo(f"You are {_named(self.me)}{f' at {at}' if at else ''}.")
        click.echo("Type a question, the number of a button, /as and an address to be somebody else, or exit.")


async def somebody(db: Database, email: str) -> Person:
    """Find the person with that address. Raises NobodyError."""
    async with db.read() as session:
        person = await people.by_email(session, email)
    if person is None:
        raise NobodyError(f"Nobody on the staff list has the address {email.strip() or '(none given)'}.")
    return person


async def _school_of(db: Database, person: Person) -> str:
    codes = {membership.school_code for membership in person.memberships}
    async with db.read() as session:
        return " and ".join(school.name for school in await schools.schools(session) if school.code in codes)


def _named(person: Person | None) -> str:
    """Name somebody with what they are: "Gwen Pascoe (data lead)"."""
    if person is None:
        return "somebody who left"
    held = frozenset[Role]().union(*(membership.roles for membership in person.memberships))
    telling = sorted(held - {Role.STAFF}) or sorted(held)
    roles = ", ".join(_SHORT.get(role, role.replace("_", " ")) for role in telling)
    return f"{person.display_name} ({roles})" if roles else person.display_name
