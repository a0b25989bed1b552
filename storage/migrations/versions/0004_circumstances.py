"""Forms that wait for a new one, and when a form in hand was last named: only additions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT = sa.String()


def upgrade() -> None:
    """Go forward, by additions only: new tables, and columns that may be empty or have a server default."""
    _refreshes()
    _reminded()


def _refreshes() -> None:
    people = ("reported_by", "settled_by", "asked_by")
    op.create_table(
        "refreshes",
        sa.Column("id", ID, nullable=False),
        sa.Column("born_of", TEXT, nullable=False),
        sa.Column("pupil_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reported_by", ID, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("settled_by", ID),
        sa.Column("settled_at", MOMENT),
        sa.Column("asked_by", ID),
        sa.Column("asked_at", MOMENT),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_refreshes_pupil_id_pupils"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_refreshes_school_id_schools"),
        *(sa.ForeignKeyConstraint([one], ["people.id"], name=f"fk_refreshes_{one}_people") for one in people),
        sa.PrimaryKeyConstraint("id", name="pk_refreshes"),
        sa.UniqueConstraint("born_of", name="uq_refreshes_born_of"),
    )
    op.create_index("ix_refreshes_pupil_id", "refreshes", ["pupil_id"])
    op.create_index("ix_refreshes_school_id", "refreshes", ["school_id"])
    report = sa.ForeignKey("refreshes.id", name="fk_suspensions_refresh_id_refreshes")
    op.add_column("suspensions", sa.Column("refresh_id", ID, report), inline_references=True)


def _reminded() -> None:
    op.add_column("drafts", sa.Column("reminded_at", MOMENT))
