"""What a turn needs before it can think, in one statement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Select, and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import handovers
from storage.drafts import DraftRow
from storage.pending import COLUMNS as PENDING_COLUMNS
from storage.pending import Pending, PendingRow, pending
from storage.people import LENT, LENT_AT, MembershipRow, Person, PersonRow, person
from storage.questions import QuestionRow
from storage.schools import SCHOOL_COLUMNS, School, SchoolRow
from storage.turns import TurnRow


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that the person has begun and neither sent nor left."""

    draft: str
    school_id: int
    in_hand: bool  # its page is the last thing that was said in this conversation


@dataclass(frozen=True, slots=True)
class Opening:
    """Who talks, in which schools, and where the conversation is."""

    person: Person | None  # None: nobody we know
    schools: tuple[School, ...]  # the person's, by code
    last_question: int | None  # the number of the conversation's last understood question
    last_understood: dict[str, Any] | None  # and what was understood
    last_asked_at: datetime | None
    pending: Pending | None  # open, perhaps expired
    replied: Any  # what this very activity was answered before; None: it is new
    form: OpenForm | None = None  # the one in hand here, else the one touched last

    def school(self, school_id: int) -> School:
        """Return one of the person's schools."""
        return next(school for school in self.schools if school.id == school_id)


# On the tables, not the classes: every turn asks this, and the ORM takes longer over a row than the database.
_PEOPLE: Final = PersonRow.__table__
_MEMBERSHIPS: Final = MembershipRow.__table__
_SCHOOLS: Final = SchoolRow.__table__
_QUESTIONS: Final = QuestionRow.__table__
_TURNS: Final = TurnRow.__table__
_PENDING: Final = PendingRow.__table__
_DRAFTS: Final = DraftRow.__table__
_LAST: Final = (
    select(func.max(_QUESTIONS.c.id))
    .where(
        _QUESTIONS.c.conversation == bindparam("conversation"),
        _QUESTIONS.c.person_id == _PEOPLE.c.id,
        _QUESTIONS.c.understood.is_not(None),
    )
    .correlate(_PEOPLE)
    .scalar_subquery()
)
_FORM: Final = (
    select(_DRAFTS.c.id)
    .where(_DRAFTS.c.person_id == _PEOPLE.c.id, _DRAFTS.c.open)
    .order_by(case((_DRAFTS.c.in_hand == bindparam("conversation"), 0), else_=1), _DRAFTS.c.touched_at.desc())
    .limit(1)
    .correlate(_PEOPLE)
    .scalar_subquery()
)
_PERSON_COLUMNS: Final = (_PEOPLE.c.id, _PEOPLE.c.aad_object_id, _PEOPLE.c.email, _PEOPLE.c.display_name)
_OPENING: Final[Select[*tuple[Any, ...]]] = (
    select(
        *_PERSON_COLUMNS,
        _SCHOOLS.c.id,
        _SCHOOLS.c.code,
        _MEMBERSHIPS.c.roles,
        LENT,
        *(column.label(f"school_{column.name}") for column in SCHOOL_COLUMNS),
        _QUESTIONS.c.id,
        _QUESTIONS.c.understood,
        _QUESTIONS.c.asked_at,
        _TURNS.c.reply,
        *(column.label(f"pending_{column.name}") for column in PENDING_COLUMNS),
        _DRAFTS.c.id.label("draft_id"),
        _DRAFTS.c.school_id.label("draft_school_id"),
        _DRAFTS.c.in_hand,
    )
    .select_from(_PEOPLE)
    .outerjoin(_MEMBERSHIPS, _MEMBERSHIPS.c.person_id == _PEOPLE.c.id)
    .outerjoin(_SCHOOLS, _SCHOOLS.c.id == _MEMBERSHIPS.c.school_id)
    .outerjoin(_QUESTIONS, _QUESTIONS.c.id == _LAST)
    .outerjoin(
        _TURNS,
        and_(_TURNS.c.conversation == bindparam("conversation"), _TURNS.c.activity == bindparam("activity")),
    )
    .outerjoin(
        _PENDING,
        and_(
            _PENDING.c.conversation == bindparam("conversation"), _PENDING.c.person_id == _PEOPLE.c.id, _PENDING.c.open
        ),
    )
    .outerjoin(_DRAFTS, _DRAFTS.c.id == _FORM)
    .where(_PEOPLE.c.aad_object_id == bindparam("who"))
    .order_by(_SCHOOLS.c.code)
)
_SCHOOL_AT: Final = len(_PERSON_COLUMNS) + 4
_QUESTION_AT: Final = _SCHOOL_AT + len(SCHOOL_COLUMNS)
_PENDING_AT: Final = _QUESTION_AT + 4
_FORM_AT: Final = _PENDING_AT + len(PENDING_COLUMNS)


async def opening(session: AsyncSession, aad_object_id: str, conversation: str, activity: str = "") -> Opening:
    """Return who it is and where the conversation was; with `activity`, also what it was answered before."""
    asked = {"who": aad_object_id.lower(), "conversation": conversation, "activity": activity}
    found = await session.execute(_OPENING, asked | {LENT_AT: handovers.moment(session)})
    rows = found.all()
    if not rows:
        return Opening(None, (), None, None, None, None, None)
    first = rows[0]
    known = person(rows)
    number, understood, asked_at, reply = first[_QUESTION_AT:_PENDING_AT]
    waiting = first[_PENDING_AT:_FORM_AT]
    draft, draft_school, in_hand = first[_FORM_AT:]
    mine = {own.school_id for own in known.memberships}
    return Opening(
        person=known,
        schools=tuple(School(*row[_SCHOOL_AT:_QUESTION_AT]) for row in rows if row[_SCHOOL_AT] in mine),
        last_question=number,
        last_understood=None if understood is None else msgspec.json.decode(understood),
        last_asked_at=asked_at,
        pending=None if waiting[0] is None else pending(waiting),
        replied=None if reply is None else msgspec.json.decode(reply),
        form=None if draft is None else OpenForm(draft, draft_school, in_hand == conversation),
    )
