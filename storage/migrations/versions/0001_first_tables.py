"""The tables of the first release."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT = sa.String()


def upgrade() -> None:
    """Go forward."""
    _audit_head()
    _chats()
    _deliveries()
    _imports()
    _letters()
    _people()
    _schools()
    _accounts()
    _audit()
    _consent_rounds()
    _memberships()
    _organisations()
    _pending()
    _permissions()
    _pupils()
    _questions()
    _terms()
    _turns()
    _consents()
    _objections()
    _question_causes()
    _restrictions()
    _reviews()
    _suspensions()
    op.bulk_insert(
        sa.table("audit_head", sa.column("id", sa.Integer()), sa.column("number", ID), sa.column("seal", TEXT)),
        [{"id": 1, "number": 0, "seal": "0" * 64}],
    )


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", ID, nullable=False),
        sa.Column("seal", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("aad_object_id", TEXT, nullable=False),
        sa.Column("service_url", TEXT, nullable=False),
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("bot", TEXT, nullable=False),
        sa.Column("tenant", TEXT, nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("welcomed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("aad_object_id", name="pk_chats"),
    )
    op.create_index("ix_chats_kept_at", "chats", ["kept_at"], unique=False)


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("activity", TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "activity", "place", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_at", "deliveries", ["at"], unique=False)


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("file_name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("schools", sa.JSON(), nullable=False),
        sa.Column("imported_by", TEXT, nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("addressee", TEXT, nullable=False),
        sa.Column("card", sa.JSON(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("summary", TEXT, nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("conversation", TEXT, nullable=True),
        sa.Column("activity_id", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("key", name="uq_letters_key"),
    )
    op.create_index(
        "ix_letters_waiting",
        "letters",
        ["next_try_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("aad_object_id", TEXT, nullable=False),
        sa.Column("email", TEXT, nullable=False),
        sa.Column("display_name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("aad_object_id", name="uq_people_aad_object_id"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )


def _schools() -> None:
    op.create_table(
        "schools",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("division", TEXT, nullable=False),
        sa.Column("roll_version", sa.Integer(), nullable=False),
        sa.Column("consents_version", sa.Integer(), nullable=False),
        sa.Column("lists_version", sa.Integer(), nullable=False),
        sa.Column("list_as_of", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_schools"),
        sa.UniqueConstraint("code", name="uq_schools_code"),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("platform", TEXT, nullable=False),
        sa.Column("handle", TEXT, nullable=False),
        sa.Column("listed_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_accounts_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("school_id", "platform", "handle", name="uq_accounts_school_id_platform_handle"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", ID, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("details", TEXT, nullable=False),
        sa.Column("seal", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_audit_school_id"),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_index("ix_audit_school_id", "audit", ["school_id"], unique=False)


def _consent_rounds() -> None:
    op.create_table(
        "consent_rounds",
        sa.Column("school_id", ID, nullable=False),
        sa.Column("academic_year", TEXT, nullable=False),
        sa.Column("organisation", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_consent_rounds_school_id"),
        sa.PrimaryKeyConstraint("school_id", "academic_year", "organisation", name="pk_consent_rounds"),
    )


def _memberships() -> None:
    op.create_table(
        "memberships",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("roles", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_memberships_school_id"),
        sa.PrimaryKeyConstraint("person_id", "school_id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_school_id", "memberships", ["school_id"], unique=False)


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("academic_year", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_organisations_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("school_id", "academic_year", "name", name="uq_organisations_school_id_academic_year_name"),
    )


def _pending() -> None:
    op.create_table(
        "pending",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("payload", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_pending_person_id"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_pending_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pending"),
    )
    op.create_index("ix_pending_expires_at", "pending", ["expires_at"], unique=False)
    op.create_index(
        "ux_pending_open_in",
        "pending",
        ["conversation", "person_id"],
        unique=True,
        sqlite_where=sa.text("open"),
        postgresql_where=sa.text("open"),
    )


def _permissions() -> None:
    op.create_table(
        "permissions",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("decided_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_permissions_decided_by"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_permissions_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_permissions"),
    )
    op.create_index("ix_permissions_school_id", "permissions", ["school_id"], unique=False)


def _pupils() -> None:
    op.create_table(
        "pupils",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("upn", TEXT, nullable=False),
        sa.Column("legal_first_name", TEXT, nullable=False),
        sa.Column("preferred_first_name", TEXT, nullable=False),
        sa.Column("last_name", TEXT, nullable=False),
        sa.Column("class_name", TEXT, nullable=False),
        sa.Column("year_group", TEXT, nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_pupils_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pupils"),
        sa.UniqueConstraint("upn", name="uq_pupils_upn"),
    )
    op.create_index("ix_pupils_school_id", "pupils", ["school_id"], unique=False)


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("activity", TEXT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("intent", TEXT, nullable=False),
        sa.Column("understood", TEXT, nullable=True),
        sa.Column("uses", TEXT, nullable=False),
        sa.Column("media", TEXT, nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("pupil_ids", TEXT, nullable=False),
        sa.Column("shape", TEXT, nullable=False),
        sa.Column("decision", TEXT, nullable=True),
        sa.Column("conditions", TEXT, nullable=False),
        sa.Column("rules_version", TEXT, nullable=False),
        sa.Column("roll_version", sa.Integer(), nullable=True),
        sa.Column("consents_version", sa.Integer(), nullable=True),
        sa.Column("list_as_of", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_questions_person_id"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_questions_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_asked_in", "questions", ["conversation", "person_id", "id"], unique=False)
    op.create_index("ix_questions_school_id", "questions", ["school_id"], unique=False)


def _terms() -> None:
    op.create_table(
        "terms",
        sa.Column("id", ID, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("academic_year", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_terms_school_id"),
        sa.PrimaryKeyConstraint("id", name="pk_terms"),
        sa.UniqueConstraint("school_id", "academic_year", "name", name="uq_terms_school_id_academic_year_name"),
    )


def _turns() -> None:
    op.create_table(
        "turns",
        sa.Column("conversation", TEXT, nullable=False),
        sa.Column("activity", TEXT, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reply", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_turns_person_id"),
        sa.PrimaryKeyConstraint("conversation", "activity", name="pk_turns"),
    )
    op.create_index("ix_turns_at", "turns", ["at"], unique=False)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", ID, nullable=False),
        sa.Column("pupil_id", ID, nullable=False),
        sa.Column("academic_year", TEXT, nullable=False),
        sa.Column("item", TEXT, nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=False),
        sa.Column("given_by", TEXT, nullable=False),
        sa.Column("capacity", TEXT, nullable=False),
        sa.Column("method", TEXT, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("limits", TEXT, nullable=False),
        sa.Column("evidence_ref", TEXT, nullable=False),
        sa.Column("import_id", ID, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_consents_import_id"),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_consents_pupil_id"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_pupil_id", "consents", ["pupil_id"], unique=False)


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", ID, nullable=False),
        sa.Column("pupil_id", ID, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("ruling", TEXT, nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_objections_pupil_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_objections_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    op.create_index("ix_objections_pupil_id", "objections", ["pupil_id"], unique=False)


def _question_causes() -> None:
    op.create_table(
        "question_causes",
        sa.Column("question_id", ID, autoincrement=False, nullable=False),
        sa.Column("row", TEXT, nullable=False),
        sa.Column("causes", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_question_causes_question_id"),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_causes"),
    )


def _restrictions() -> None:
    op.create_table(
        "restrictions",
        sa.Column("id", ID, nullable=False),
        sa.Column("pupil_id", ID, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("court_order", sa.Boolean(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_restrictions_pupil_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_restrictions_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_restrictions"),
    )
    op.create_index("ix_restrictions_pupil_id", "restrictions", ["pupil_id"], unique=False)


def _reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("school_id", ID, nullable=False),
        sa.Column("question_id", ID, nullable=False),
        sa.Column("asker_id", ID, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("state", TEXT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("answered_by", ID, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name="fk_reviews_answered_by"),
        sa.ForeignKeyConstraint(["asker_id"], ["people.id"], name="fk_reviews_asker_id"),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name="fk_reviews_question_id"),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_reviews_school_id"),
        sa.ForeignKeyConstraint(["seen_by"], ["people.id"], name="fk_reviews_seen_by"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
        sa.UniqueConstraint("question_id", "kind", "role", name="uq_reviews_question_id_kind_role"),
    )
    op.create_index("ix_reviews_asker_id", "reviews", ["asker_id"], unique=False)
    op.create_index("ix_reviews_to_do", "reviews", ["school_id", "role", "state"], unique=False)


def _suspensions() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", ID, nullable=False),
        sa.Column("pupil_id", ID, nullable=False),
        sa.Column("suspended_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", ID, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name="fk_suspensions_pupil_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["people.id"], name="fk_suspensions_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_suspensions"),
    )
    op.create_index("ix_suspensions_pupil_id", "suspensions", ["pupil_id"], unique=False)
