"""Is everything ready? One finding a thing, and where it is not well, what to do about it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Final
from uuid import UUID

from bot import looked_after
from bot.credentials import Ask, NoTokenError, Tokens, asking_entra
from bot.finding import Finding
from bot.settings import AppType, Credentials, Settings, SettingsError, read_settings
from policy.roles import Role
from storage import audit, instants, people
from storage.database import Database
from storage.schools import School, schools
from storage.upkeep import upkeep

__all__ = ["AskFor", "Finding", "examine"]

CLOCKS_MAY_DIFFER: Final = timedelta(minutes=5)  # tokens of Entra are refused beyond that
RELEASED: Final = datetime(2026, 11, 1, tzinfo=UTC)  # no honest clock shows less
ENTRA_WITHIN: Final = 20.0  # seconds
POSTS: Final = {Role.DPO: "DPO", Role.DSL: "DSL", Role.HEADTEACHER: "headteacher"}  # each school needs one of each

AskFor = Callable[[Credentials], Ask]  # how Entra is asked; tests bring an Entra of their own


async def examine(
    *,
    local: bool,
    now: datetime,
    environment: Mapping[str, str] | None = None,
    dotenv: Path | None = None,
    ask_for: AskFor = asking_entra,
) -> AsyncIterator[Finding]:
    """Look at everything in turn; what cannot be looked at because of an earlier failure is left out."""
    settings: Settings | None = None
    try:
        settings = read_settings(environment, dotenv=dotenv)
    except SettingsError as wrong:
        yield Finding("settings", well=False, words=str(wrong))
    if settings is not None:
        yield _settings(settings, local=local)
        yield await _credentials(settings.credentials, local=local, ask_for=ask_for)
        async for finding in _database(settings, now):
            yield finding
        from bot.graph.checking import examine_graph  # noqa: PLC0415  only the doctor asks all of Graph

        async for finding in examine_graph(settings, local=local):
            yield finding
    yield _manifest(settings)
    yield _time_zone(now)


def _settings(settings: Settings, *, local: bool) -> Finding:
    try:
        host = settings.bind_address(local=local)
    except SettingsError as wrong:
        return Finding("settings", well=False, words=str(wrong))
    packs = ", ".join(sorted(settings.rules.packs))
    return Finding("settings", well=True, words=f"listening on {host}, port {settings.port}; packs {packs}.")


async def _credentials(credentials: Credentials | None, *, local: bool, ask_for: AskFor) -> Finding:
    """Look at the credentials, and try them: a secret past its end looks like any other."""
    if credentials is None:
        if local:
            return Finding("credentials", well=True, words="none, and --local needs none.")
        return Finding(
            "credentials",
            well=False,
            words="there are none. Set MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId.",
        )
    for name, value in (("MicrosoftAppId", credentials.app_id), ("MicrosoftAppTenantId", credentials.tenant)):
        if not _is_guid(value):
            return Finding("credentials", well=False, words=f"{name} is no GUID. Copy it from the app registration.")
    try:
        await asyncio.wait_for(Tokens(ask_for(credentials)).token(), ENTRA_WITHIN)
    except NoTokenError as refused:
        return Finding("credentials", well=False, words=_refused(credentials, str(refused)))
    except TimeoutError:
        return Finding("credentials", well=False, words=_UNREACHED)
    return Finding("credentials", well=True, words=f"Entra gave a token to {credentials.app_id}.")


def _refused(credentials: Credentials, code: str) -> str:
    match code:
        case "invalid_client" if credentials.certificate is not None:
            return "Entra refused ASKDPO_CERTIFICATE. Upload it in the app registration; they run out."
        case "invalid_client" if credentials.vouched_by:
            return "Entra refused ASKDPO_FEDERATED_IDENTITY. Add its federated credential in the app registration."
        case "invalid_client" if credentials.app_type is AppType.SINGLE_TENANT:
            return "Entra refused MicrosoftAppPassword. Make a new secret in the app registration; they run out."
        case "unauthorized_client" | "invalid_client":
            return "Entra does not know MicrosoftAppId in that tenant. Check both against the app registration."
        case _ if code[:1].isupper():  # the name of an exception: nobody answered
            return _UNREACHED
        case _:
            return f"Entra gave no token ({code}). Check the three values against the app registration."


_UNREACHED: Final = "Entra cannot be reached. Let this machine reach login.microsoftonline.com over HTTPS."


def _is_guid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


async def _database(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    """Look at the database and, as far as it lets us, at what is in it."""
    try:
        db = Database.connect(settings.database_url)
    except ValueError as wrong:
        yield Finding("database", well=False, words=str(wrong))
        return
    try:
        async for finding in _opened(db, now):
            yield finding
    finally:
        await db.dispose()


async def _opened(db: Database, now: datetime) -> AsyncIterator[Finding]:
    if db.file is not None and not db.file.is_file():  # asking would make an empty one
        yield Finding("database", well=False, words=f"there is no file {db.file}. Run: askdpo db upgrade")
        return
    try:
        current = await db.is_current()
    except Exception as failed:  # noqa: BLE001  drivers raise their own, OSError and timeouts: whichever, it does not answer
        yield Finding(
            "database",
            well=False,
            words=f"it does not answer ({type(failed).__name__}). Check ASKDPO_DATABASE_URL and that it is running.",
        )
        return
    yield Finding("database", well=True, words="it answers.")
    if not current:
        yield Finding("migrations", well=False, words="the tables are not this version's. Run: askdpo db upgrade")
        return
    yield Finding("migrations", well=True, words="the tables are this version's.")
    async with db.read() as session:
        broken = await audit.verify(session)
        known = await schools(session)
        held = {school: {role: await people.holding(session, school.id, role) for role in POSTS} for school in known}
        theirs, latest = await instants.database_now(session), await instants.latest(session)
        kept = await upkeep(session, now=now)
    yield Finding("audit log", well=broken is None, words=broken or "every line follows from the one before.")
    if not known:
        yield Finding("roles", well=False, words="no school is known. Import the staff: askdpo import staff FILE")
    for school, posts in held.items():
        yield _roles(school, posts)
    yield _clock(now, theirs, latest)
    yield looked_after.retention(kept, now)
    yield looked_after.backup(kept, now, on_file=db.file is not None)


def _roles(school: School, posts: Mapping[Role, tuple[people.Person, ...]]) -> Finding:
    missing = [f"no {POSTS[role]}" for role, holders in posts.items() if not holders]
    if not missing:
        return Finding("roles", well=True, words=f"{school.code} has a DPO, a DSL and a headteacher.")
    return Finding(
        "roles",
        well=False,
        words=f"{school.code} has {' and '.join(missing)}. Give somebody the role in the staff file and import it.",
    )


def _clock(now: datetime, theirs: datetime, latest: datetime | None) -> Finding:
    """Compare this machine's clock with the database's, and with what was already recorded."""
    if now < RELEASED:
        words = f"it shows {now:%Y-%m-%d}, before this version was made. Turn on time synchronisation."
    elif abs(now - theirs) > CLOCKS_MAY_DIFFER:
        apart = round(abs(now - theirs).total_seconds() / 60)
        words = f"it is {apart} minutes apart from the database's. Turn on time synchronisation on both."
    elif latest is not None and latest - now > CLOCKS_MAY_DIFFER:
        words = f"the audit log has a line from {latest:%Y-%m-%d %H:%M} UTC, which is still to come. Check the clock."
    else:
        return Finding("clock", well=True, words=f"{now:%Y-%m-%d %H:%M} UTC, and the database agrees.")
    return Finding("clock", well=False, words=words)


def _time_zone(now: datetime) -> Finding:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415  only where local time is wanted

    try:
        there = now.astimezone(ZoneInfo("Europe/London"))
    except ZoneInfoNotFoundError:
        return Finding("time zone", well=False, words="Europe/London is not known here. Run: pip install tzdata")
    return Finding("time zone", well=True, words=f"in Europe/London it is {there:%Y-%m-%d %H:%M}.")


def _manifest(settings: Settings | None) -> Finding:
    from manifest.package import Particulars, build  # noqa: PLC0415  only the doctor and the command build one

    particulars = Particulars(version=version("askdpo"))
    if settings is not None and settings.credentials is not None and _is_guid(settings.credentials.app_id):
        particulars = Particulars(app_id=settings.credentials.app_id, version=version("askdpo"))
    wrong = build(particulars).problems
    if wrong:
        return Finding("manifest", well=False, words=f"{wrong[0]} Install this version again.")
    return Finding("manifest", well=True, words="the Teams package builds and keeps to Microsoft's schema.")
