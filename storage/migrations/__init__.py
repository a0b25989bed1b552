"""The migrations travel inside the package and run from the program; no alembic.ini, no shell."""

from sqlalchemy import Connection, text


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415  heavy, and only migrations need it
    from alembic.config import Config  # noqa: PLC0415  see above

    if (
        connection.dialect.name == "postgresql"
    ):  # two servers that start at once take turns; SQLite's lock does it there
        connection.execute(text("SELECT pg_advisory_xact_lock(4150)"))
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
