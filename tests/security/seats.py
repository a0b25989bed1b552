"""Whose each press is, by the table of domain 8, written down apart from the code that checks it."""

from collections.abc import Mapping
from typing import Final

from dialogs.cards.verbs import Verb
from policy.roles import Role

_LEADERS: Final = frozenset({Role.HEADTEACHER, Role.ACADEMY_LEADER})
_DPO: Final = frozenset({Role.DPO})
_TABLE: Final = _DPO | _LEADERS  # "all cases"; the DSL and IT where their seat is taken, which here it is not
_DATES: Final = _DPO | {Role.HEADTEACHER}  # dates, not content; an academy leader beside a head has search tasks
_TASK: Final = frozenset({Role.SBM})  # whom the prepared school's tasks were given to
_ILLEGAL: Final = frozenset({Role.HEADTEACHER, Role.DSL})
_LOOK_AT_PLANS: Final = frozenset({Role.DATA_LEAD, Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER})
_RECORD: Final = frozenset({Role.OFFICE, Role.DATA_LEAD})
_CAUSES: Final = frozenset({Role.DATA_LEAD, Role.DPO})  # who settles whether a form waits for a new one

# A verb that is not here is nobody's to press about somebody else's thing: a new one is refused to everybody until
# it has a line of its own.
SEATS: Final[Mapping[Verb, Mapping[str, frozenset[Role]]]] = {
    Verb.BREACH_ACKNOWLEDGE: {"breach": _TABLE},
    Verb.BREACH_SHOW: {"breach": _TABLE},
    Verb.BREACH_STEP: {"breach": _TABLE},
    Verb.BREACH_TASK_DONE: {"breach": _TABLE | _TASK},
    Verb.REQUEST_SHOW: {"request": _DATES},
    Verb.REQUEST_STEP: {"request": _DATES},
    Verb.REQUEST_LETTER: {"request": _DPO},
    Verb.REQUEST_SETTLE: {"request": _DATES | _TASK},
    Verb.REQUEST_SNOOZE: {"request": _DATES | _TASK},
    Verb.REQUEST_TASK: {"request": _TASK},
    Verb.REQUEST_TASK_DONE: {"request": _TASK},
    Verb.INCIDENT_SEEN: {"incident": frozenset({Role.ONLINE_SAFETY_CHAMPION}), "illegal": _ILLEGAL},
    Verb.INCIDENT_SHOW: {
        "incident": frozenset({Role.ONLINE_SAFETY_CHAMPION, Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL}),
        "illegal": _ILLEGAL | {Role.DEPUTY_DSL},
    },
    Verb.INCIDENT_STEP: {"incident": frozenset({Role.ONLINE_SAFETY_CHAMPION}), "illegal": _ILLEGAL},
    Verb.PLAN_SHOW: {"plan": _LOOK_AT_PLANS},
    Verb.PLAN_STEP: {"plan": _LOOK_AT_PLANS},
    Verb.ESCALATION_ANSWER: {"escalation": _DPO},
    Verb.ESCALATION_ASSIGN: {"escalation": _DPO},
    Verb.ESCALATION_READ: {"escalation": _DPO},
    Verb.ESCALATION_SHOW: {"escalation": _DPO},
    Verb.ANSWER_DECLINE: {"proposal": frozenset({Role.HEADTEACHER})},  # where there is no other DPO
    Verb.ANSWER_APPROVE: {"proposal": frozenset({Role.HEADTEACHER})},
    Verb.ANSWER_PUBLISH: {"escalation": _DPO},
    Verb.ANSWER_SHOW: {"published": frozenset(Role)},  # what the DPO keeps for everybody at the school
    Verb.ANSWER_RETIRE: {"published": _DPO},
    Verb.PERMISSION_DECIDE: {"permission": _LEADERS},
    Verb.PERMISSION_SHOW: {"permission": _LEADERS},
    Verb.POLICY_LOOKED_AT: {"imported": _DPO},
    Verb.AGENDA_OPEN: {},  # by its list's value alone, which the forger does not send: tests/dialogs/test_agenda.py
    Verb.INBOX_OPEN: {},  # by its list's value alone: tests/dialogs/test_inbox.py
    Verb.TASK_SHOW: {"breach": _TASK},
    Verb.WAITING_SHOW: {
        "review": frozenset({Role.DATA_LEAD}),
        "dsl review": frozenset({Role.DSL}),
        "proposal": frozenset({Role.HEADTEACHER}),
        "withdrawal": _RECORD,
        "refresh": _RECORD,
        "imported": _DPO,
        "lot": _DPO,
        "clock": _DPO,
    },
    Verb.HANDOVER_END: {"handover": frozenset({Role.DPO, Role.OFFICE})},  # the two whose it is
    Verb.HANDOVER_GIVE: {},
    Verb.REFRESH_ASKED: {"refresh": _RECORD},
    Verb.REFRESH_BEGIN: {"withdrawal": _CAUSES, "review": frozenset({Role.DATA_LEAD})},
    Verb.REFRESH_RECORD: {"refresh": _CAUSES},
    Verb.REFRESH_REFUSE: {"refresh": _CAUSES},
    Verb.RETENTION_CLOCK: {"clock": _DPO},
    Verb.RETENTION_DECIDE: {"lot": _DPO},
    Verb.REVIEW_SEEN: {"review": frozenset({Role.DATA_LEAD}), "dsl review": frozenset({Role.DSL})},
    Verb.WITHDRAWAL_RECORD: {"withdrawal": _RECORD},
    Verb.WITHDRAWAL_REFUSE: {"withdrawal": frozenset({Role.DATA_LEAD})},
    Verb.WITHDRAWAL_REMOVED: {"withdrawal": frozenset({Role.DATA_LEAD})},
    Verb.WITHDRAWAL_PUBLISHED: {"withdrawal": _DPO},
}
# These open nothing of anybody's: help is for all, and a question that waits says that it has moved on, whosever
# it was or whether it ever was.
NEUTRAL: Final = frozenset(
    {
        *(Verb.HELP_SHOW, Verb.SEARCH_MORE, Verb.PUPIL_CHOOSE, Verb.USE_CHOOSE, Verb.SCHOOL_CHOOSE),
        Verb.INCIDENT_ANOTHER,  # a report of one's own: tests/dialogs/test_another_incident.py
    }
)
