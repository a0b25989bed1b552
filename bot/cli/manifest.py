"""`askdpo manifest build`: the app package that an administrator uploads to Teams."""

from importlib.metadata import version
from pathlib import Path
from uuid import UUID

import click


@click.group(epilog="Example: askdpo manifest build --out dist")
def command() -> None:
    """Build the Teams app package."""


@command.command(epilog="Example: askdpo manifest build --out dist --domain www.school.example")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The folder for askdpo-teams.zip; this one where none is given.",
)
@click.option(
    "--app-id", type=click.UUID, metavar="ID", help="The bot's application id; MicrosoftAppId where none is given."
)
@click.option("--domain", "domains", multiple=True, metavar="HOST", help="A host of the school's that Teams may open.")
@click.option("--developer", metavar="NAME", default="Ask DPO", help="Who answers for the app: the school or trust.")
@click.option("--website", metavar="URL", help="The school's page about the bot; the first --domain's otherwise.")
@click.option("--privacy", metavar="URL", help="The privacy notice; /privacy of the website otherwise.")
@click.option("--terms", metavar="URL", help="The terms of use; /terms of the website otherwise.")
def build(
    *,
    out: Path,
    app_id: UUID | None,
    domains: tuple[str, ...],
    developer: str,
    website: str | None,
    privacy: str | None,
    terms: str | None,
) -> None:
    """Write askdpo-teams.zip, checked against Microsoft's published schema without a network."""
    from manifest import package  # noqa: PLC0415  only for those who build one

    found = str(app_id) if app_id else _app_id()
    particulars = package.Particulars(
        app_id=found or package.TRIAL_ID,
        version=version("askdpo"),
        domains=domains,
        developer=developer,
        website=website,
        privacy=privacy,
        terms=terms,
    )
    built = package.build(particulars)
    if built.problems:
        raise click.ClickException("The package is not fit to upload.\n" + "\n".join(built.problems))
    path = out / "askdpo-teams.zip"
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(built.content)
    except OSError as failed:
        raise click.ClickException(f"{path} cannot be written: {failed.strerror}.") from failed
    click.echo(f"{path}: checked against Microsoft's manifest schema, nothing to mend.")
    if found is None:
        click.echo(
            "It carries no real bot: set MicrosoftAppId or give --app-id, and build again before uploading.", err=True
        )
    if not domains and website is None:
        click.echo(
            f"Its links point to {package.TRIAL_DOMAIN}: give --domain or --website with the school's own.", err=True
        )


def _app_id() -> str | None:
    from bot.settings import SettingsError, read_settings  # noqa: PLC0415  only where no id was given

    try:
        credentials = read_settings().credentials
    except SettingsError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    return None if credentials is None else credentials.app_id
