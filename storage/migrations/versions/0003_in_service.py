"""What a trust in service needs: only additions, so that a replica of the version before goes on beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT = sa.String()


def upgrade() -> None:
    """Go forward, by additions only: new tables, and columns that may be empty or have a server default."""
    _handovers()


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("giver_id", ID, nullable=False),
        sa.Column("deputy_id", ID, nullable=False),
        sa.Column("agreed_at", MOMENT, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("ended_by", ID),
        sa.Column("begin_said_at", MOMENT),
        sa.Column("end_said_at", MOMENT),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_handovers_school_id_schools"),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name="fk_handovers_giver_id_people"),
        sa.ForeignKeyConstraint(["deputy_id"], ["people.id"], name="fk_handovers_deputy_id_people"),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name="fk_handovers_ended_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
    )
    op.create_index("ix_handovers_school_id", "handovers", ["school_id"])
    op.create_index("ix_handovers_giver_id", "handovers", ["giver_id"])
    op.create_index("ix_handovers_deputy", "handovers", ["deputy_id", "ends_at"])
    op.create_index("ix_handovers_ends", "handovers", ["ends_at"])
