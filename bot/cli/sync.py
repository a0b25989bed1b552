"""`askdpo sync`: what Microsoft Graph knows: who the staff are, and that they have the app."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

import click

from bot.cli.local import database
from bot.clock import wall_clock
from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from bot.graph.client import Graph
    from bot.graph.groups import Progress
    from bot.graph.planning import Plan
    from bot.graph.reaching import Reach
    from bot.graph.staff import Outcome

FORMATS: Final = ("text", "json", "csv")
_FAILED: Final = 1
_EVERY_SECONDS: Final = 5.0  # between two lines of progress in a pipe


@click.group(epilog="Example: askdpo sync staff --dry-run")
def command() -> None:
    """Bring staff up to date from Entra's groups, and give them the app."""


@command.command(epilog="Example: askdpo sync staff --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--allow-removals", is_flag=True, help="Let more people lose every role than is usual in one go.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to show what changes.")
def staff(*, dry_run: bool, yes: bool, allow_removals: bool, form: str) -> None:
    """Give everybody the roles of their groups, at the schools of ASKDPO_DIRECTORY, and take every other role there.

    What changes is shown first, and written all at once or not at all. A school never loses its last DPO.
    """
    settings = read_settings()
    if settings.graph.directory is None:
        raise click.ClickException("ASKDPO_DIRECTORY is not set: no file says which group gives which roles.")
    if dry_run and yes:
        raise click.UsageError("--dry-run and --yes contradict each other.")
    outcome = asyncio.run(_staff(settings, dry_run=dry_run, yes=yes, allow_removals=allow_removals, form=form))
    sys.exit(_told(outcome, form, dry_run=dry_run))


@command.command(epilog="Example: askdpo sync install --dry-run")
@click.option("--dry-run", is_flag=True, help="Say for whom; install nothing.")
def install(*, dry_run: bool) -> None:
    """Install the app for everybody on the staff list who has no chat with the bot, and open one."""
    settings = read_settings()
    if settings.graph.teams_app is None:
        raise click.ClickException("ASKDPO_TEAMS_APP_ID is not set: docs/install.md says where to find it.")
    sys.exit(asyncio.run(_install(settings, dry_run=dry_run)))


async def _staff(settings: Settings, *, dry_run: bool, yes: bool, allow_removals: bool, form: str) -> "Outcome":
    from bot.graph.staff import Sync  # noqa: PLC0415  SQLAlchemy and aiohttp, which --help can do without

    directory = settings.graph.directory
    if directory is None:
        raise SettingsError("ASKDPO_DIRECTORY is not set.")

    async def agree(plan: "Plan") -> bool:
        _show(plan, form)
        if yes:
            return True
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return False
        return await asyncio.to_thread(click.confirm, "Write this?", err=True)

    async with database(settings) as db, _graph(settings) as graph:
        with _progress() as progress:
            sync = Sync(
                db,
                graph,
                directory,
                wall_clock,
                "administrator",
                agree=agree,
                allow_removals=allow_removals,
                progress=progress,
            )
            return await (sync.look() if dry_run else sync.run())


def _told(outcome: "Outcome", form: str, *, dry_run: bool) -> int:
    """Say what came of it, on standard error where standard output is for machines; return the exit code."""
    from bot.graph.staff import Declined, Done, Refused  # noqa: PLC0415  see _staff

    match outcome:
        case Done(plan) if not plan.is_nothing:
            click.echo("Written.", err=form != "text")
            return 0
        case Done(plan):
            _show(plan, form)
            click.echo("Nothing changed.", err=form != "text")
            return 0
        case Declined(plan) if dry_run:
            _show(plan, form)
            click.echo("This was a dry run: nothing was written.", err=True)
            return 0
        case Declined():
            click.echo("Say --yes to write it.", err=True)
        case Refused(plan):
            _show(plan, form)
            for refusal in plan.refusals:
                click.echo(f"Refused: {refusal.words}", err=True)
        case _:
            click.echo(_in_the_way(outcome), err=True)
    click.echo("Nothing was written.", err=True)
    return _FAILED


def _in_the_way(outcome: "Outcome") -> str:
    from bot.graph.staff import Busy, Failed  # noqa: PLC0415  see _staff

    match outcome:
        case Failed(words):
            return words
        case Busy(until):
            return "Another sync is under way." + (f" If it died, try again at {until:%H:%M:%S} UTC." if until else "")
        case _:
            return "The staff list changed while this was shown. Run it again."


def _show(plan: "Plan", form: str) -> None:
    from bot.graph.showing import SHOWN  # noqa: PLC0415  see _staff

    for line in SHOWN[form](plan):
        click.echo(line)


async def _install(settings: Settings, *, dry_run: bool) -> int:
    async with _reaching(settings) as reach:
        people = await reach.unreached()
        if dry_run:
            for person in people:
                click.echo(f"{person.display_name} <{person.email}>")
            click.echo(f"{len(people)} without a chat. This was a dry run: nothing was installed.", err=True)
            return 0
        failed = 0
        with _progress() as progress:
            for done, person in enumerate(people):
                progress(done, len(people))
                if words := await reach.reach(person):
                    failed += 1
                    click.echo(f"{person.display_name} <{person.email}>: {words}", err=True)
    click.echo(f"{len(people) - failed} of {len(people)} can be reached now.")
    return _FAILED if failed else 0


@asynccontextmanager
async def _graph(settings: Settings) -> AsyncIterator["Graph"]:
    from bot.graph.opening import open_graph  # noqa: PLC0415  see _staff

    async with open_graph(settings.credentials_needed()) as graph:
        yield graph


@asynccontextmanager
async def _reaching(settings: Settings) -> AsyncIterator["Reach"]:
    from bot.connector import Connector, new_session  # noqa: PLC0415  see _staff
    from bot.credentials import Tokens, asking_entra  # noqa: PLC0415  see _staff
    from bot.graph.installing import Installer  # noqa: PLC0415  see _staff
    from bot.graph.reaching import Reach  # noqa: PLC0415  see _staff
    from bot.postman import TeamsPostman  # noqa: PLC0415  see _staff

    credentials = settings.credentials_needed()
    async with database(settings) as db, _graph(settings) as graph, new_session() as http:
        connector = Connector(http, Tokens(asking_entra(credentials)))
        postman = TeamsPostman(db, connector, credentials, clock=wall_clock)
        yield Reach(db, Installer(graph, settings.graph.teams_app or ""), postman)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """Show a bar on a terminal, and a line now and then in a pipe."""
    bars: list[ProgressBar[int]] = []
    loop = asyncio.get_running_loop()
    told = [loop.time()]

    def bar(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=max(total, 1), label="asking Graph", file=sys.stderr))
        bars[0].update(done - bars[0].pos)

    def line(done: int, total: int) -> None:
        if loop.time() - told[0] >= _EVERY_SECONDS:
            told[0] = loop.time()
            click.echo(f"asking Graph: {done} of {total}", err=True)

    yield bar if sys.stderr.isatty() else line
    for each in bars:
        each.render_finish()
