"""Who may ask, see and do what: the one table of domain 8. Checked on the server at every action."""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """The roles of the contract's `staff` file (contract 6)."""

    STAFF = "staff"
    OFFICE = "office"
    DATA_LEAD = "data_lead"
    DSL = "dsl"
    DEPUTY_DSL = "deputy_dsl"
    HEADTEACHER = "headteacher"
    ACADEMY_LEADER = "academy_leader"
    HEAD_OF_DEPARTMENT = "head_of_department"
    DPO = "dpo"
    SBM = "sbm"
    ONLINE_SAFETY_CHAMPION = "online_safety_champion"
    COMPUTING_COORDINATOR = "computing_coordinator"
    TECHNICIAN = "technician"
    FAMILY_SUPPORT_LEAD = "family_support_lead"
    SITE_MANAGER = "site_manager"
    SLT = "slt"
    CEO = "ceo"
    GOVERNOR = "governor"
    WEB_EDITOR = "web_editor"


class May(StrEnum):
    """What a person may do; one entry per kind of action that exists in the product."""

    ASK_ABOUT_PUPILS = "ask about pupils"
    ASK_IDENTITY = "ask about identity pictures"
    SEE_CONSENT_CAUSE = "see consent causes"
    SEE_RESTRICTION = "see restrictions"
    SEE_RESTRICTION_EXISTS = "see that the school restricted a pupil"
    REVIEW_CONSENT = "review consent answers"
    REVIEW_RESTRICTION = "review restricted answers"
    IMPORT_RESTRICTIONS = "import restrictions"
    ANSWER_ESCALATIONS = "answer escalated questions"
    EXPORT_RESTRICTED_LIST = "export the restricted list"
    EXPORT_QUESTIONS = "export questions"
    EXPORT_AUDIT = "export the audit log"


_PUPILS: Final = frozenset({May.ASK_ABOUT_PUPILS})
_SAFEGUARDING: Final = _PUPILS | {
    May.ASK_IDENTITY,
    May.SEE_CONSENT_CAUSE,
    May.SEE_RESTRICTION,
    May.REVIEW_RESTRICTION,
    May.IMPORT_RESTRICTIONS,
    May.EXPORT_RESTRICTED_LIST,
}

# Domain 8, row by row. A person with several roles may do what any of them may (C29).
TABLE: Final[dict[Role, frozenset[May]]] = {
    Role.STAFF: _PUPILS,
    Role.OFFICE: frozenset({May.ASK_IDENTITY}),
    Role.DATA_LEAD: _PUPILS
    | {
        May.ASK_IDENTITY,
        May.SEE_CONSENT_CAUSE,
        May.SEE_RESTRICTION_EXISTS,
        May.REVIEW_CONSENT,
        May.EXPORT_RESTRICTED_LIST,
    },
    Role.DSL: _SAFEGUARDING,
    Role.DEPUTY_DSL: _SAFEGUARDING,
    Role.HEADTEACHER: _PUPILS
    | {May.ASK_IDENTITY, May.SEE_CONSENT_CAUSE, May.SEE_RESTRICTION, May.EXPORT_RESTRICTED_LIST},
    Role.ACADEMY_LEADER: _PUPILS,
    Role.HEAD_OF_DEPARTMENT: _PUPILS,
    Role.DPO: _PUPILS
    | {
        May.ASK_IDENTITY,
        May.SEE_CONSENT_CAUSE,
        May.SEE_RESTRICTION_EXISTS,
        May.ANSWER_ESCALATIONS,
        May.EXPORT_RESTRICTED_LIST,
        May.EXPORT_QUESTIONS,
        May.EXPORT_AUDIT,
    },
    Role.SBM: _PUPILS | {May.ASK_IDENTITY},
    Role.ONLINE_SAFETY_CHAMPION: _PUPILS,
    Role.COMPUTING_COORDINATOR: _PUPILS,
    Role.TECHNICIAN: _PUPILS,
    Role.FAMILY_SUPPORT_LEAD: _PUPILS,
    Role.SLT: _PUPILS,
    Role.SITE_MANAGER: frozenset(),  # no pupil data
    Role.CEO: frozenset(),  # no pupil data
    Role.GOVERNOR: frozenset(),  # no pupil data
    Role.WEB_EDITOR: frozenset(),  # a decision reference only
}


def may(roles: frozenset[Role], what: May) -> bool:
    """Whether any of a person's roles allows it."""
    return any(what in TABLE[role] for role in roles)
