"""What the doctor asks Graph: each part that is switched on, tried without changing anything and without one mail."""

import base64
import binascii
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from msgspec import DecodeError, json

from bot.credentials import NoTokenError
from bot.finding import Finding
from bot.graph.client import Graph, GraphError
from bot.graph.groups import NEEDED as TO_READ
from bot.graph.groups import trouble
from bot.graph.installing import NEEDED as TO_INSTALL
from bot.graph.opening import open_graph
from bot.graph.wanted import Directory, GraphWanted
from bot.settings import Settings
from policy.roles import Role
from storage import people
from storage.database import Database
from storage.directory import standing

TENANT_WIDE: Final = frozenset({"Mail.Send", "Mail.ReadWrite"})
_OFF: Final = "not switched on."
_BAD: Final = 400
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody on record, to try things with that must be refused or change nothing."""

    object_id: str
    email: str


async def examine_graph(settings: Settings, *, local: bool) -> AsyncIterator[Finding]:
    """Try each part that is switched on."""
    if not settings.graph.anything:
        yield Finding("graph", well=True, words=_OFF)
        return
    if local or settings.credentials is None:
        yield Finding("graph", well=True, words="not tried: --local has no credentials to try it with.")
        return
    somebody, refused = await _on_record(settings)
    async with open_graph(settings.credentials) as graph:
        async for finding in check(graph, settings.graph, somebody=somebody):
            yield finding
    if refused:
        yield Finding("staff sync", well=False, words=f"the last one wrote nothing. {refused}")


async def _on_record(settings: Settings) -> tuple[Elsewhere | None, str | None]:
    """Return somebody to try things with, and why the last sync wrote nothing; neither where there is no database."""
    db = Database.connect(settings.database_url)
    try:
        if (db.file is not None and not db.file.is_file()) or not await db.is_current():
            return None, None
        async with db.read() as session:
            staff = await people.holding_any(session, Role)
            refused = (await standing(session)).refused
    except Exception:  # noqa: BLE001  drivers raise their own; that the database does not answer is another finding
        return None, None
    finally:
        await db.dispose()
    mailbox = settings.graph.mailbox
    others = [person for person in staff if person.email != mailbox] or list(staff)
    return (Elsewhere(others[0].aad_object_id, others[0].email) if others else None), refused


async def check(graph: Graph, wanted: GraphWanted, *, somebody: Elsewhere | None) -> AsyncIterator[Finding]:
    """Try each part in turn; where there is no token, nothing else."""
    try:
        granted = _granted(await graph.tokens.token())
    except NoTokenError as refused:
        yield Finding("graph", well=False, words=f"Entra gave no token for Graph ({refused}). See credentials above.")
        return
    yield _permissions(granted, wanted)
    yield (
        Finding("groups", well=True, words=_OFF) if wanted.directory is None else await _groups(graph, wanted.directory)
    )
    yield (
        Finding("app", well=True, words=_OFF)
        if wanted.teams_app is None
        else await _app(graph, wanted.teams_app, somebody)
    )
    yield (
        Finding("mailbox", well=True, words=_OFF)
        if wanted.mailbox is None
        else await _mailbox(graph, wanted.mailbox, somebody)
    )


def _permissions(granted: frozenset[str] | None, wanted: GraphWanted) -> Finding:
    """Compare what was granted with what is needed: too little does not work, too much is a risk for nothing."""
    if granted is None:
        return Finding("graph", well=True, words="Entra gave a token; what it allows cannot be read from it.")
    needed = {*(TO_READ if wanted.directory else ()), *((TO_INSTALL,) if wanted.teams_app else ())}
    missing, wide = sorted(needed - granted), sorted(granted & TENANT_WIDE)
    if missing:
        words = f"{', '.join(missing)} is missing. Grant it as an application permission, with admin consent."
    elif wide:
        words = (
            f"{', '.join(wide)} is granted for every mailbox of the tenant. Take that away in Entra, and allow the "
            "one mailbox in Exchange: docs/install.md."
        )
    elif unused := sorted(granted - needed):
        words = f"Entra gave a token. Nothing here uses {', '.join(unused)}: take it away if no other program does."
        return Finding("graph", well=True, words=words)
    else:
        return Finding("graph", well=True, words="Entra gave a token that allows what is needed, and nothing else.")
    return Finding("graph", well=False, words=words)


async def _groups(graph: Graph, directory: Directory) -> Finding:
    accounts, groups = 0, sorted({rule.group for rule in directory.rules})
    fields = "id,accountEnabled,userType"
    for group in groups:
        path = f"/groups/{group}/transitiveMembers/microsoft.graph.user?$select={fields}&$count=true&$top=1"
        try:
            page = await graph.get(path, eventual=True)
        except GraphError as failed:
            return Finding("groups", well=False, words=trouble(failed, group))
        if any(isinstance(one, dict) and one.get("accountEnabled") is None for one in page.get("value") or ()):
            words = f"Graph does not say which accounts are in use, so nobody is let in. Grant {TO_READ[1]}."
            return Finding("groups", well=False, words=words)
        count: Any = page.get("@odata.count")
        accounts += count if isinstance(count, int) else 0
    words = f"{len(groups)} can be read, with {accounts} accounts in all. Try: askdpo sync staff --dry-run"
    return Finding("groups", well=True, words=words)


async def _app(graph: Graph, teams_app: str, somebody: Elsewhere | None) -> Finding:
    """Ask who has the app: that needs the permission which installing needs, and changes nothing."""
    if somebody is None:
        return Finding("app", well=True, words="nobody is on record yet to try it with.")
    wanted = f"$expand=teamsApp&$filter=teamsApp/id eq '{teams_app}'"
    try:
        await graph.get(f"/users/{somebody.object_id}/teamwork/installedApps?{wanted}")
    except GraphError as failed:
        if failed.status == _FORBIDDEN:
            words = f"Graph does not let the bot install its app ({failed}). Grant {TO_INSTALL}."
        elif failed.status == _NOT_FOUND:
            words = f"Graph knows no {somebody.email}, or they have no Teams ({failed})."
        else:
            words = f"Graph did not answer well ({failed}). Try again later."
        return Finding("app", well=False, words=words)
    return Finding("app", well=True, words="the bot may install it.")


async def _mailbox(graph: Graph, mailbox: str, somebody: Elsewhere | None) -> Finding:
    """Try to send a mail to nobody: from the mailbox that must be allowed, and from one that must not be."""
    own = await _send_to_nobody(graph, mailbox)
    if own is None or own.status != _BAD:
        if own is not None and own.status == _FORBIDDEN:
            words = (
                f"the bot may not send from {mailbox} ({own}). Allow it in Exchange: docs/install.md, and wait a day."
            )
        elif own is not None and own.status == _NOT_FOUND:
            words = f"there is no mailbox {mailbox} ({own}). Check ASKDPO_MAILBOX."
        else:
            words = f"Graph did not answer as expected ({own}). Try again later."
        return Finding("mailbox", well=False, words=words)
    if somebody is None or somebody.email == mailbox:
        return Finding("mailbox", well=True, words=f"the bot may send from {mailbox}; no other was tried.")
    other = await _send_to_nobody(graph, somebody.email)
    if other is not None and other.status in {_FORBIDDEN, _NOT_FOUND}:
        return Finding("mailbox", well=True, words=f"the bot may send from {mailbox}, and not from another.")
    words = (
        f"the bot may send from {somebody.email} too, so rather from everybody's. Take Mail.Send away in Entra, and "
        "allow the one mailbox in Exchange: docs/install.md."
        if other is not None and other.status == _BAD
        else f"whether the bot may send from others cannot be told ({other}). Try again later."
    )
    return Finding("mailbox", well=False, words=words)


async def _send_to_nobody(graph: Graph, mailbox: str) -> GraphError | None:
    """Send a mail that has no recipient. Whoever may send is told that it is none; nothing leaves either way."""
    nothing = {"message": {"subject": "A test", "toRecipients": []}, "saveToSentItems": False}
    try:
        await graph.post(f"/users/{mailbox}/sendMail", nothing)
    except GraphError as refused:
        return refused
    return None


def _granted(token: str) -> frozenset[str] | None:
    """Read the permissions from a token of our own; None where it cannot be read. Nothing is decided by them."""
    parts = token.split(".")
    if len(parts) != 3:  # noqa: PLR2004  head, claims, seal
        return None
    try:
        claims = json.decode(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, DecodeError, ValueError):
        return None
    roles = claims.get("roles", []) if isinstance(claims, Mapping) else None
    return frozenset(map(str, roles)) if isinstance(roles, list) else None
