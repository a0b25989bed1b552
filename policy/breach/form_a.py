"""Form A: what whoever noticed a breach tells about it, on four short cards (domain 2.2).

Reported at (FORMA-4) and the signature (FORMA-9) are stamped, never typed. Whatever is not known yet may stay so:
the form must exist for every suspicion, and quickly (BREACH-3.14).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from policy.forms import Answers, Choice, Field, Form, Kind, Page, at, instant, unknown

NO_LEAKED_DATA: Final = "Please describe it; don't paste the data itself or write pupils' names."
_AT_MOST: Final = 1_000_000
_SHORT: Final = 120

# The first choice of every list is the calm one: a slip of the finger must not set off an alarm.
_NO_YES: Final = (Choice("no", "No"), Choice("yes", "Yes"))
_CHILD: Final = (*_NO_YES, Choice("not-sure", "I'm not sure"))
_RECOVERED: Final = (Choice("no", "No, not yet"), Choice("partly", "Partly"), Choice("yes", "Yes, all of it"))
_SEEN_BY: Final = (
    Choice("nobody", "Nobody, as far as I can tell"),
    Choice("colleagues", "Colleagues who shouldn't have"),
    Choice("known", "Somebody outside whom we know, such as a parent"),
    Choice("stranger", "Somebody we don't know"),
    Choice("public", "Anybody: it was public"),
)
_PROTECTED: Final = (
    Choice("yes", "Yes: encrypted, locked or behind a password"),
    Choice("partly", "Partly"),
    Choice("no", "No"),
)
_KINDS: Final = (
    Choice("contact", "Names and contact details"),
    Choice("school", "School work, marks, reports or attendance"),
    Choice("pictures", "Photos or videos"),
    Choice("login", "Passwords or log-ins"),
    Choice("financial", "Money or bank details"),
    Choice("employment", "Staff records or pay"),
    Choice("special", "Health, SEN, religion, ethnicity or other sensitive details"),
    Choice("safeguarding", "Safeguarding or child protection"),
    Choice("other", "Something else"),
)
_PEOPLE: Final = (
    Choice("pupils", "Pupils"),
    Choice("families", "Parents and carers"),
    Choice("staff", "Staff"),
    Choice("others", "Somebody else"),
)


def form_a(workplaces: Sequence[Choice] = ()) -> Form:
    """Make the form for somebody who works at these schools; with one or none the workplace is a line of text.

    Name and workplace are filled in beforehand, to be confirmed (FORMA-1, FORMA-2).
    """
    several = tuple(workplaces) if len(workplaces) > 1 else ()
    place = Field(
        "workplace", "Where you work", Kind.CHOICE if several else Kind.TEXT, "FORMA-2", choices=several, most=_SHORT
    )
    return Form(
        "form-a", "Report a breach", (_WHEN, _WHAT, _DATA, Page("Last questions", (*_LAST, _NAME, place, _FOR)))
    )


def noticed_at(answers: Answers) -> datetime | None:
    """When anybody at school first knew, for the start of the 72 hours (C14)."""
    return instant(answers.get("noticed"))


def child_at_risk(answers: Answers) -> bool:
    """Whether the safeguarding lead is told: a doubt is enough (C13)."""
    return answers.get("child") in ("yes", "not-sure")


def workplace_of(answers: Answers) -> str:
    """Return the workplace that was confirmed: a choice's value where there was a choice, else words."""
    return str(answers.get("workplace", ""))


def near_miss_answers(words: str, *, name: str, workplace: str, now: datetime) -> Answers:
    """Fill the form for a near miss, which takes two taps: nothing got out, and `words` say what nearly did."""
    return {
        "noticed": at(now),
        "happened": unknown(),
        "what": words or "A near miss.",
        "going_on": "no",
        "seen_by": "nobody",
        "actions": "None needed: nothing got out.",
        "recovered": "yes",
        "recovered_how": "Nothing left our hands.",
        "data": "None: nothing got out.",
        "kinds": unknown(),
        "people": unknown(),
        "number": 0,
        "protected": unknown(),
        "child": "no",
        "name": name,
        "workplace": workplace,
    }


_WHEN: Final = Page(
    "When",
    (
        Field(
            "noticed",
            "When did anyone at school first notice?",
            Kind.WHEN,
            "BREACH-3.3",  # C14
            past=True,
            hint="The first person to notice or be told, you or a colleague. A rough time is fine.",
        ),
        Field(
            "happened",
            "When did it happen?",
            Kind.WHEN,
            "FORMA-3",
            unknown_ok=True,
            past=True,
            hint="If it went on for a while, when it began.",
        ),
        Field(
            "until",
            "Until when, if it went on for a while?",
            Kind.TEXT,
            "FORMA-3",
            required=False,
            most=_SHORT,
            hint="For example: until Tuesday lunchtime.",
        ),
    ),
)
_WHAT: Final = Page(
    "What happened",
    (
        Field(
            "what",
            "What happened?",
            Kind.LONG,
            "FORMA-5",
            hint=f"Who, what and how, in a few sentences. {NO_LEAKED_DATA}",
        ),
        Field("going_on", "Is it still going on?", Kind.CHOICE, "FORMA-5", unknown_ok=True, choices=_NO_YES),
        Field("seen_by", "Who may have seen it?", Kind.CHOICE, "FORMA-6", unknown_ok=True, choices=_SEEN_BY),
        Field(
            "actions",
            "What have you done about it so far?",
            Kind.LONG,
            "FORMA-7",
            hint='"None yet" is fine. Helpful now: recall it, ask for deletion, lock a device, change a password.',
        ),
        Field("recovered", "Do you have everything back?", Kind.CHOICE, "FORMA-8", unknown_ok=True, choices=_RECOVERED),
    ),
)
_DATA: Final = Page(
    "The information at risk",
    (
        Field(
            "data",
            "What information is it?",
            Kind.LONG,
            "FORMA-6",
            unknown_ok=True,
            hint=f"For example: reading scores of a Year 4 class. {NO_LEAKED_DATA}",
        ),
        Field("kinds", "Which kinds are in it?", Kind.SEVERAL, "FORMA-6", unknown_ok=True, choices=_KINDS),
        Field("people", "Whose is it?", Kind.SEVERAL, "FORMA-6", unknown_ok=True, choices=_PEOPLE),
        Field(
            "number",
            "About how many people is it about?",
            Kind.NUMBER,
            "FORMA-6",
            unknown_ok=True,
            greatest=_AT_MOST,
            hint="Those whose information it is. If unsure, the most it could be.",
        ),
        Field("protected", "Was it protected?", Kind.CHOICE, "FORMA-6", unknown_ok=True, choices=_PROTECTED),
    ),
)
_LAST: Final = (
    Field(
        "recovered_how",
        "How and when did you get it back?",
        Kind.LONG,
        "FORMA-8",
        unknown_ok=True,
        asked_if=lambda answers: answers.get("recovered") in ("yes", "partly"),
    ),
    Field(
        "child",
        "Could a child be in danger because of it?",
        Kind.CHOICE,
        "BREACH-3.13",
        choices=_CHILD,
        hint="If you are not sure, the safeguarding lead is told as well. Right now? Please ring them.",
    ),
)
_NAME: Final = Field("name", "Your name", Kind.TEXT, "FORMA-1", most=_SHORT)
_FOR: Final = Field(
    "colleague",
    "Reporting for a colleague? Their name",
    Kind.TEXT,
    "FORMA-1",
    required=False,
    most=_SHORT,
    hint="Leave it empty if you report for yourself.",
)
FORM_A: Final = form_a()
