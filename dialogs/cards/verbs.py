"""Every verb that a button of ours can send back. The server checks the presser's role at each of them."""

from enum import StrEnum


class Verb(StrEnum):
    """`noun.verb`, as it travels in a card's data."""

    DPO_ASK = "dpo.ask"  # question: ask the DPO what the bot could not answer
    ESCALATION_READ = "escalation.read"  # escalation: the DPO has read it
    HELP_SHOW = "help.show"
    PERMISSION_DECIDE = "permission.decide"  # request, allowed: "yes" or "no"; the headteacher alone
    PERMISSION_REQUEST = "permission.request"  # question
    PUPIL_CHOOSE = "pupil.choose"  # pending, rev, pupil0..: a pupil's id, or NONE_OF_THESE
    REVIEW_REQUEST = "review.request"  # question
    REVIEW_SEEN = "review.seen"  # review: the data lead or the DSL has looked
    SCHOOL_CHOOSE = "school.choose"  # pending, rev, school: a code
    USE_CHOOSE = "use.choose"  # pending, rev, use: a `Use`, or SOMETHING_ELSE
