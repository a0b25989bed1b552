"""The migrations travel inside the package and run from the program; no alembic.ini, no shell."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from storage.database import is_enough

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to the newest revision, or another, inside the caller's transaction; never back.

    A schema that a newer version has migrated is left as it is.
    """
    from alembic import command  # noqa: PLC0415  heavy, and only migrations need it
    from alembic.migration import MigrationContext  # noqa: PLC0415  see above

    if connection.dialect.name == "postgresql":  # two that start at once take turns; SQLite's lock does it there
        connection.execute(text("SELECT pg_advisory_xact_lock(4150)"))
    stored = MigrationContext.configure(connection).get_current_revision()
    if is_enough(stored):
        return
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def newest() -> str | None:
    """Return the newest revision there is; `database.HEAD` says the same without alembic."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  heavy, and only migrations need it

    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415  heavy, and only migrations need it

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
