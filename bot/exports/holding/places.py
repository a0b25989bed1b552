"""Where the bot holds something about a member of staff or a pupil: every table is told of here, or left out with why.

A test compares this with the tables: a new one that refers to anybody needs its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """Rows of one table. Without `who` they are found by something else than a column of their own."""

    table: str
    title: str
    shows: tuple[str, ...]
    words: tuple[str, ...] = ()  # of `shows`: typed by people, so that names are taken out
    who: tuple[str, ...] = ()  # columns with a person's or a pupil's id


STAFF: Final = (
    Place("people", "Who you are", ("display_name", "email", "aad_object_id"), who=("id",)),
    Place("memberships", "What you are at this school", ("roles",), who=("person_id",)),
    Place("chats", "Your chat with Ask DPO", ("kept_at", "welcomed_at", "tenant", "conversation")),
    Place("turns", "Messages of yours that were taken in the last days", ("at",), who=("person_id",)),
    Place(
        "questions",
        "What you asked",
        ("asked_at", "text", "intent", "uses", "media", "on", "decision", "conditions", "answered_with"),
        words=("text",),
        who=("person_id",),
    ),
    Place("feedback", "What you said of answers", ("at", "helpful", "words"), words=("words",), who=("person_id",)),
    Place(
        "reviews",
        "Questions that went to somebody, as asker or as reviewer",
        ("opened_at", "state", "seen_at", "answered_at"),
        who=("asker_id", "seen_by", "answered_by", "assigned_to"),
    ),
    Place("pending", "What Ask DPO waits for you to say", ("created_at", "expires_at", "open"), who=("person_id",)),
    Place(
        "drafts",
        "Forms that you began",
        ("opened_at", "touched_at", "form", "subject", "open", "answers"),
        words=("answers",),
        who=("person_id",),
    ),
    Place("cases", "What you reported", ("id", "kind", "status", "opened_at", "closed_at"), who=("reporter_id",)),
    Place(
        "case_events",
        "What you wrote, signed and did in cases",
        ("case_id", "at", "kind", "data"),
        words=("data",),
        who=("actor_id",),
    ),
    Place("letters", "What Ask DPO sent you", ("posted_at", "sent_at", "state", "summary"), words=("summary",)),
    Place("digests", "Summaries of the week that you got", ("week", "sent_at"), who=("person_id",)),
    Place("departures", "Since when you have had no role", ("noticed_at",), who=("person_id",)),
    Place(
        "case_periods",
        "Old cases that you kept or let go",
        ("case_id", "decision", "decided_at", "until"),
        who=("decided_by",),
    ),
    Place(
        "handovers",
        "Posts that you lent or were lent",
        ("role", "agreed_at", "begins_at", "ends_at"),
        who=("giver_id", "deputy_id", "ended_by"),
    ),
    Place("permissions", "What you allowed for a day", ("on", "kind", "allowed", "recorded_at"), who=("decided_by",)),
    Place("objections", "Objections to pictures that you recorded", ("recorded_at",), who=("recorded_by",)),
    Place("suspensions", "Changes in a family that you recorded", ("recorded_at",), who=("recorded_by",)),
    Place(
        "withdrawals",
        "Withdrawals that you reported or saw to",
        ("id", "reported_at", "settled_at", "removed_at", "published_at"),
        who=("reported_by", "settled_by", "removed_by", "published_by"),
    ),
    Place(
        "refreshes",
        "Changes in a family that you told of or saw to",
        ("id", "reported_at", "settled_at", "asked_at"),
        who=("reported_by", "settled_by", "asked_by"),
    ),
    Place("policy_flags", "New policies that you looked at", ("document", "seen_at"), who=("seen_by",)),
    Place(
        "published_answers",
        "Answers for staff that you wrote or took back",
        ("published_at", "text", "retired_at"),
        words=("text",),
        who=("published_by", "retired_by"),
    ),
    Place(
        "answer_proposals",
        "Answers for everybody that you proposed or looked at",
        ("proposed_at", "text", "state", "decided_at", "note"),
        words=("text", "note"),
        who=("proposed_by", "decided_by"),
    ),
    Place("imports", "Files that you brought in", ("imported_at", "kind", "file_name"), words=("file_name",)),
    Place("audit", "What the audit log says that you did", ("at", "action")),
)
TASKS: Final = Place("case_events", "What you were asked to do in cases", ("case_id", "at", "data"), words=("data",))

PUPIL: Final = (
    Place(
        "pupils",
        "As the roll says",
        (
            *("upn", "legal_first_name", "preferred_first_name", "last_name", "born", "class_name", "year_group"),
            *("joined_on", "left_on"),
        ),
        who=("id",),
    ),
    Place(
        "consents",
        "Consents and extra permissions, as they came in",
        (
            *("academic_year", "item", "answer", "limits", "capacity", "method", "signed_on", "effective_from"),
            *("withdrawn_on", "recorded_at"),
        ),
        who=("pupil_id",),
    ),
    Place("objections", "Objections to all pictures", ("received_on", "ruling", "recorded_at"), who=("pupil_id",)),
    Place("suspensions", "Forms that wait for new ones", ("suspended_from", "recorded_at"), who=("pupil_id",)),
    Place(
        "refreshes",
        "Forms that wait for new ones, as staff told of it",
        ("heard_on", "state", "reported_at", "settled_at", "asked_at"),
        who=("pupil_id",),
    ),
    Place(
        "withdrawals",
        "Consent that was taken back",
        (
            *("received_on", "items", "method", "capacity", "erasure", "state", "reported_at", "settled_at"),
            *("removed_at", "published", "published_at"),
        ),
        who=("pupil_id",),
    ),
    # Never what was answered: beside consents of all Yes, a No would tell that somebody else had a say (domain 1.6).
    Place("questions", "What staff asked about pictures", ("asked_at", "text", "uses", "media", "on"), words=("text",)),
    Place("cases", "Events planned with the class as it is now", ("id", "opened_at", "on", "classes")),
)

NOT_ABOUT_ANYBODY: Final = "about the school or about how the bot works, not about anybody"
NOT_ABOUT_PUPILS: Final = "about staff: it refers to no pupil"
BY_HAND: Final = "typed words: the DPO is told which cases have this name in them, and looks at them by hand"
OF_THE_DSL: Final = "the safeguarding lead's alone: the file never tells, the DPO is told to ask them"
_BOTH: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("accounts", "audit_head", "consent_rounds", "digest_rounds", "organisations", "policy_clauses"),
        NOT_ABOUT_ANYBODY,
    ),
    **dict.fromkeys(("policy_documents", "schools", "terms", "deliveries", "retention_runs"), NOT_ABOUT_ANYBODY),
    **dict.fromkeys(("policy_findings", "directory_syncs"), NOT_ABOUT_ANYBODY),
    "letter_mails": "a mail that says “open Teams”; the letter that it announces is told instead",
    "question_causes": "reasons are for reviewers' eyes only (domain 1.6)",
    "restrictions": OF_THE_DSL,
    "letter_contents": "letters are about cases and other people; when each was sent is told instead",
    "holds": BY_HAND,
}
LEFT_OUT_OF_STAFF: Final[Mapping[str, str]] = {
    **_BOTH,
    "pupils": "about pupils: it refers to no member of staff",
    "consents": "about pupils: it refers to no member of staff",
}
LEFT_OUT_OF_PUPILS: Final[Mapping[str, str]] = {
    **_BOTH,
    **dict.fromkeys(("people", "memberships", "chats", "turns", "digests", "permissions", "imports"), NOT_ABOUT_PUPILS),
    **dict.fromkeys(("policy_flags", "pending", "audit", "letters", "departures", "case_periods"), NOT_ABOUT_PUPILS),
    "handovers": NOT_ABOUT_PUPILS,
    "reviews": "whom a question went to would tell why (domain 1.6)",
    **dict.fromkeys(("case_events", "drafts", "feedback", "published_answers", "answer_proposals"), BY_HAND),
}
