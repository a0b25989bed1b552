"""A pupil's circumstances changed: the form that tells of it, and who may put it on record (domain 1.3, PHOTO-4.9).

What changed is asked nowhere and kept nowhere: the bot holds no cause (domain 1.1).
"""

from collections.abc import Sequence
from typing import Final

from policy.clauses import Citation
from policy.forms import Choice, Field, Form, Kind, Page
from policy.roles import Role

RECORDERS: Final = frozenset({Role.DATA_LEAD, Role.DPO})  # domain 8: they may see why a form does not count
CLAUSES: Final = (Citation("photography", "4.9"), Citation("photography", "B"))
KEPT: Final = "(A change in a pupil's circumstances. Its words are not kept.)"  # in the log of questions


def may_record(roles: frozenset[Role]) -> bool:
    """Whether somebody may put it on record that a form waits for a new one."""
    return not roles.isdisjoint(RECORDERS)


def refresh_form(schools: Sequence[Choice] = ()) -> Form:
    """Make the form; `schools` where the reporter is at several. Nothing in it takes a reason."""
    which = (Field("school", "At which school?", Kind.CHOICE, choices=tuple(schools)),) if schools else ()
    return Form(
        "refresh",
        "Changed circumstances",
        (
            Page(
                "Whose form may be out of date",
                (
                    *which,
                    Field("pupil", "Which pupil? Full name and class", Kind.TEXT, hint="Kit Marlow 3A", most=80),
                    Field("heard", "Which day did the school hear of the change?", Kind.DATE, past=True),
                ),
            ),
        ),
        review=False,
    )
