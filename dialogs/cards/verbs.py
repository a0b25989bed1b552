"""Every verb that a button of ours can send back. The server checks the presser's role at each of them."""

from enum import StrEnum


class Verb(StrEnum):
    """`noun.verb`, as it travels in a card's data."""

    ANSWER_APPROVE = "answer.approve"  # proposal: a second pair of eyes says yes
    ANSWER_DECLINE = "answer.decline"  # proposal, note: or not yet
    AGENDA_OPEN = "agenda.open"  # entry: "breach/17", "request/17" or "plan/17", which look at the presser themselves
    ANSWER_PUBLISH = "answer.publish"  # escalation: keep its answer for the school
    ANSWER_RETIRE = "answer.retire"  # answer: a published one's number
    ANSWER_SHOW = "answer.show"  # answer: a published one's number, or the name of a library answer with its school
    BREACH_ACKNOWLEDGE = "breach.acknowledge"  # case: somebody at its table has it
    BREACH_ANOTHER = "breach.another"  # case: its reporter's last words are about something else
    BREACH_ANSWER = "breach.answer"  # case, answer: its reporter answers the DPO
    BREACH_FORM = "breach.form"  # case: its reporter goes on with Form A
    BREACH_NEAR_MISS = "breach.near_miss"  # case: the first of two taps
    BREACH_NEAR_MISS_SEND = "breach.near_miss_send"  # case
    BREACH_REPORT = "breach.report"  # question: report what was asked about
    BREACH_SHOW = "breach.show"  # case
    BREACH_STEP = "breach.step"  # case, step: a `Step`
    BREACH_TASK_DONE = "breach.task_done"  # case, task, note
    CLAUSE_SHOW = "clause.show"  # question, cited: the school's own words under one's answer
    DPO_ASK = "dpo.ask"  # question: ask the DPO what the bot could not answer
    ESCALATION_ANSWER = "escalation.answer"  # escalation, answer
    ESCALATION_ASSIGN = "escalation.assign"  # escalation, to: a person's id
    ESCALATION_SHOW = "escalation.show"  # escalation
    ESCALATION_READ = "escalation.read"  # escalation: the DPO has read it
    FORM_BACK = "form.back"  # draft, rev, and what is on the page
    FORM_CANCEL = "form.cancel"  # draft
    FORM_CONTINUE = "form.continue"  # draft, rev, and what is on the page
    FORM_EDIT = "form.edit"  # draft, rev, page: a page's place in the form
    FORM_RESUME = "form.resume"  # draft
    FORM_SEND = "form.send"  # draft, rev, and what is on the page where nothing is shown again
    HANDOVER_END = "handover.end"  # handover: either of the two ends it
    HANDOVER_GIVE = "handover.give"  # to: a person's id, first, last: days; the holder of a post lends it
    HELP_SHOW = "help.show"
    INBOX_OPEN = "inbox.open"  # entry: a verb and its values, "breach.show/17", which look at the presser themselves
    INCIDENT_ANOTHER = "incident.another"  # about: one's own press, kind: an `IncidentKind`, or none to be asked
    INCIDENT_BREACH = "incident.breach"  # case: its reporter opens the breach route beside it
    INCIDENT_FORM = "incident.form"  # case: its reporter goes on with the few questions
    INCIDENT_ILLEGAL = "incident.illegal"  # case: its reporter says that it may be illegal to hold
    INCIDENT_SEEN = "incident.seen"  # case: somebody who has it is on it
    INCIDENT_SHOW = "incident.show"  # case
    INCIDENT_STEP = "incident.step"  # case, step: an incident's `Step`
    PERMISSION_DECIDE = "permission.decide"  # request, allowed: "yes" or "no"; the headteacher alone
    PERMISSION_REQUEST = "permission.request"  # question
    PERMISSION_SHOW = "permission.show"  # request: the headteacher looks at it again
    PLAN_EDIT = "plan.edit"  # plan: whoever sent it changes it
    PLAN_SHOW = "plan.show"  # plan
    PLAN_STEP = "plan.step"  # plan, rev, step: a plan's `Step`; note where a change is asked for
    POLICY_CHOOSE = "policy.choose"  # question, answer: the name of a library answer
    POLICY_LOOKED_AT = "policy.looked_at"  # imported: the DPO has read what a new version of a policy changed
    PUPIL_CHOOSE = "pupil.choose"  # pending, rev, pupil0..: a pupil's id, or NONE_OF_THESE
    REFRESH_ASKED = "refresh.asked"  # refresh: somebody asked the family for a new form
    REFRESH_BEGIN = "refresh.begin"  # withdrawal, or review: the data lead or the DPO tells of changed circumstances
    REFRESH_RECORD = "refresh.record"  # refresh: the data lead or the DPO
    REFRESH_REFUSE = "refresh.refuse"  # refresh: the form stands as it did
    REQUEST_ANOTHER = "request.another"  # case: its taker's last words are about something else
    REQUEST_FORM = "request.form"  # case: its taker goes on with the few questions
    REQUEST_KEEP = "request.keep"  # case: somebody confirms that they delete nothing
    REQUEST_LETTER = "request.letter"  # case, letter: a `Letter`
    REQUEST_SETTLE = "request.settle"  # case, lines: done with a reminder
    REQUEST_SHOW = "request.show"  # case
    REQUEST_SNOOZE = "request.snooze"  # case, lines, days
    REQUEST_STEP = "request.step"  # case, step: a `Step`, or "letter-" and a `Letter`
    REQUEST_TASK = "request.task"  # case, task: its owner looks at it
    REQUEST_TASK_DONE = "request.task_done"  # case, task, found, note
    RETENTION_CLOCK = "retention.clock"  # day: the DPO says that it is today
    RETENTION_DECIDE = "retention.decide"  # lot, answer: "keep" or "go", case: a number or "all"; the DPO
    REVIEW_REQUEST = "review.request"  # question
    REVIEW_SEEN = "review.seen"  # review: the data lead or the DSL has looked
    SCHOOL_CHOOSE = "school.choose"  # pending, rev, school: a code
    SEARCH_MORE = "search.more"  # words, page: the next results of one's own search
    TASK_SHOW = "task.show"  # case, task: its owner looks at it; task 0: its reporter at the question they were asked
    USE_CHOOSE = "use.choose"  # pending, rev, use: a `Use`, or SOMETHING_ELSE
    WAITING_SHOW = "waiting.show"  # waits: "review/17", "proposal/17" …, which look at the presser themselves
    WITHDRAWAL_PUBLISHED = "withdrawal.published"  # withdrawal, answer: "stay" or "take_down"; the DPO
    WITHDRAWAL_RECORD = "withdrawal.record"  # withdrawal: the office or the data lead
    WITHDRAWAL_REFUSE = "withdrawal.refuse"  # withdrawal: the data lead
    WITHDRAWAL_REMOVED = "withdrawal.removed"  # withdrawal: the stored pictures are gone
