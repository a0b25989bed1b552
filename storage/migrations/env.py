"""What alembic runs: our metadata over the connection that `upgrade` was given."""

from alembic import context

from storage.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the caller's transaction holds everything
)
context.run_migrations()
