"""Cases with their events, forms being filled in, and letters that are updated in place."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT = sa.String()


def upgrade() -> None:
    """Go forward."""
    _cases()
    _case_events()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("reporter_id", ID, nullable=False),
        sa.Column("born_of", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("due_at", MOMENT),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_cases_school_id_schools"),
        sa.ForeignKeyConstraint(["reporter_id"], ["people.id"], name="fk_cases_reporter_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("born_of", name="uq_cases_born_of"),
    )
    op.create_index("ix_cases_school", "cases", ["school_id", "kind", "id"])
    op.create_index("ix_cases_reporter_id", "cases", ["reporter_id"])
    waiting = sa.text("due_at IS NOT NULL")
    op.create_index("ix_cases_due", "cases", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)


def _case_events() -> None:
    op.create_table(
        "case_events",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", ID),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("data", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_events_case_id_cases"),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_case_events_actor_id_people"),
        sa.PrimaryKeyConstraint("case_id", "place", name="pk_case_events"),
    )
