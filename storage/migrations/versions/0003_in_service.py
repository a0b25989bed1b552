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
    _proposals()
    _findings()
    _directory()
    _retention()
    _mailed()
    _put_off()
    _controllers()


def _proposals() -> None:
    op.add_column("published_answers", sa.Column("lot", TEXT))
    op.create_table(
        "answer_proposals",
        sa.Column("id", ID, nullable=False),
        sa.Column("lot", TEXT, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("review_id", ID),
        sa.Column("asks", TEXT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("document", TEXT, nullable=False),
        sa.Column("clause", TEXT, nullable=False),
        sa.Column("proposed_by", ID, nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", MOMENT),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("due_at", MOMENT),
        sa.Column("chased", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_answer_proposals_school_id_schools"),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name="fk_answer_proposals_proposed_by_people"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_answer_proposals_decided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_proposals"),
        sa.UniqueConstraint("lot", "school_id", name="uq_answer_proposals_lot_school_id"),
    )
    op.create_index("ix_answer_proposals_review", "answer_proposals", ["review_id"])
    due = sa.text("due_at IS NOT NULL")
    op.create_index("ix_answer_proposals_due", "answer_proposals", ["due_at"], sqlite_where=due, postgresql_where=due)


def _findings() -> None:
    op.create_table(
        "policy_findings",
        sa.Column("document_id", ID, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["policy_documents.id"], name="fk_policy_findings_document_id_policy_documents"
        ),
        sa.PrimaryKeyConstraint("document_id", "place", name="pk_policy_findings"),
    )


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


def _retention() -> None:
    op.create_table(
        "retention_runs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.PrimaryKeyConstraint("day", name="pk_retention_runs"),
    )
    op.create_table(
        "departures",
        sa.Column("person_id", ID, autoincrement=False, nullable=False),
        sa.Column("noticed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_departures_person_id_people"),
        sa.PrimaryKeyConstraint("person_id", name="pk_departures"),
    )
    op.create_table(
        "case_periods",
        sa.Column("case_id", ID, autoincrement=False, nullable=False),
        sa.Column("lot", TEXT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decision", TEXT, nullable=False),
        sa.Column("decided_by", ID),
        sa.Column("decided_at", MOMENT),
        sa.Column("until", sa.Date()),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_periods_case_id_cases"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_case_periods_decided_by_people"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_periods"),
    )
    op.create_index("ix_case_periods_lot", "case_periods", ["lot"])
    # Words that only a replica from before 0002 read, and that deletion by age would not find.
    if any(column["name"] == "text" for column in sa.inspect(op.get_bind()).get_columns("letters")):
        op.execute("UPDATE letters SET card = NULL, text = '' WHERE text <> ''")


def _directory() -> None:
    op.create_table(
        "directory_syncs",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", TEXT),
        sa.Column("lease_until", MOMENT),
        sa.Column("tried_at", MOMENT),
        sa.Column("done_at", MOMENT),
        sa.Column("read_at", MOMENT),
        sa.Column("fingerprint", TEXT),
        sa.Column("links", sa.JSON()),
        sa.Column("watched", sa.JSON()),
        sa.Column("refused", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_directory_syncs"),
    )


def _controllers() -> None:
    for name in ("controller", "controller_number"):
        op.add_column("schools", sa.Column(name, TEXT, nullable=False, server_default=""))


def _put_off() -> None:
    op.add_column("letters", sa.Column("put_off_at", MOMENT))


def _mailed() -> None:
    op.create_table(
        "letter_mails",
        sa.Column("letter_id", ID, autoincrement=False, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("wanted_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT),
        sa.Column("tried_at", MOMENT),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reason", TEXT),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_letter_mails_letter_id_letters"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_letter_mails"),
    )
    due = sa.text("state = 'due'")
    op.create_index("ix_letter_mails_due", "letter_mails", ["letter_id"], sqlite_where=due, postgresql_where=due)
