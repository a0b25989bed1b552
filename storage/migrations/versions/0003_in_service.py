"""What a trust in service needs: only additions, so that a replica of the version before goes on beside it."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Go forward, by additions only: new tables, and columns that may be empty or have a server default."""
