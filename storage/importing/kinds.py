"""The files that can be imported, their columns, and the other names under which schools' systems export them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a file holds."""

    STAFF = "staff"
    PUPILS = "pupils"
    CONSENTS = "consents"
    RESTRICTIONS = "restrictions"
    ORGANISATIONS = "organisations"
    ACCOUNTS = "accounts"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the contract's name for it, and other headings that mean the same."""

    name: str
    aliases: tuple[str, ...] = ()  # as `heading` makes them
    required: bool = True


_UPN: Final = Column("upn", ("unique_pupil_number", "pupil_upn"))
_SCHOOL: Final = Column("school", ("school_code", "academy", "academy_code", "site"))
_YEAR: Final = Column("academic_year", ("year", "school_year", "acad_year"))

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    Kind.STAFF: (
        Column("aad_object_id", ("object_id", "entra_object_id", "azure_object_id", "aad_id", "entra_id", "objectid")),
        Column("email", ("e_mail", "email_address", "mail", "work_email", "user_principal_name", "upn", "username")),
        Column("display_name", ("name", "full_name", "displayname", "staff_name")),
        _SCHOOL,
        Column("roles", ("role",)),
    ),
    Kind.PUPILS: (
        _UPN,
        Column(
            "legal_first_name",
            (
                "legal_forename",
                "forename",
                "first_name",
                "firstname",
                "given_name",
                "legal_given_name",
                "pupil_forename",
            ),
        ),
        Column(
            "preferred_first_name",
            ("preferred_forename", "preferred_name", "chosen_name", "known_as", "chosen_first_name", "chosen_forename"),
            required=False,
        ),
        Column(
            "last_name",
            (
                "surname",
                "family_name",
                "lastname",
                "legal_surname",
                "legal_last_name",
                "preferred_surname",
                "pupil_surname",
            ),
        ),
        Column("date_of_birth", ("dob", "birth_date", "birthdate", "born", "d_o_b")),
        Column(
            "year_group",
            (
                "nc_year",
                "year",
                "yr",
                "national_curriculum_year",
                "nc_year_actual",
                "actual_nc_year",
                "curriculum_year",
            ),
        ),
        Column(
            "class",
            (
                "class_name",
                "reg",
                "reg_group",
                "registration_group",
                "form",
                "form_group",
                "tutor_group",
                "registration",
            ),
        ),
        _SCHOOL,
        Column("joined_on", ("admission_date", "date_of_admission", "doa", "entry_date", "start_date", "date_joined")),
        Column("left_on", ("leaving_date", "date_of_leaving", "dol", "leave_date", "end_date", "date_left")),
    ),
    Kind.CONSENTS: (
        _UPN,
        _YEAR,
        Column("item", ("consent", "consent_item", "consent_type", "permission", "permission_type")),
        Column("answer", ("response", "consent_given", "given", "value", "agreed")),
        Column("given_by", ("signed_by", "signer", "consenter", "signatory", "name_of_signer")),
        Column("capacity", ("signer_capacity", "consenter_capacity")),
        Column("method", ("channel", "how", "form_method"), required=False),
        Column("signed_on", ("date_signed", "signed", "signed_date", "signature_date")),
        Column("effective_from", ("valid_from", "from_date", "start_date"), required=False),
        Column("withdrawn_on", ("withdrawn", "date_withdrawn", "withdrawal_date", "withdrawn_date")),
        Column("evidence_ref", ("evidence", "reference", "document_ref", "form_ref"), required=False),
        Column("limits", ("limit", "limited_to"), required=False),
    ),
    Kind.RESTRICTIONS: (
        _UPN,
        Column("state", ("status",)),
        Column("level", ("measure_level", "dsl_level")),
        Column("court_order", ("court",)),
        Column("review_on", ("review_date", "date_of_review", "next_review"), required=False),
    ),
    Kind.ORGANISATIONS: (
        _SCHOOL,
        _YEAR,
        Column("name", ("organisation", "organisation_name", "organization")),
        Column("kind", ("type", "organisation_type"), required=False),
    ),
    Kind.ACCOUNTS: (
        _SCHOOL,
        Column("platform", ("network", "service")),
        Column("handle", ("account", "account_name", "username")),
        Column("listed_from", ("from_date", "listed", "valid_from", "start_date")),
    ),
    Kind.TERMS: (
        _SCHOOL,
        _YEAR,
        Column("name", ("term", "term_name")),
        Column("starts_on", ("start_date", "starts", "start", "first_day")),
        Column("ends_on", ("end_date", "ends", "end", "last_day")),
    ),
}


def heading(text: str) -> str:
    """Bring a heading to the form that names and aliases have: "Legal Forename" is legal_forename."""
    return "_".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
