"""A week's facts of many schools at once: the same few statements, however many schools they are about.

None of them reads a restriction, a name, anybody's words, or why a question about a pupil was answered as it was.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Index, Select, func, or_, select, text, union
from sqlalchemy.ext.asyncio import AsyncSession

from policy.digest.wants import PERMISSIONS
from policy.photos.uses import FORM_ITEMS
from policy.understanding.heard import Intent
from storage import questions
from storage.cases import CaseKind, CaseRow
from storage.consents import ConsentRow
from storage.feedback import FeedbackRow
from storage.imports import ImportRow
from storage.letter_rows import LETTERS, State
from storage.people import MembershipRow, PersonRow
from storage.policies import PolicyDocumentRow
from storage.pupils import PupilRow
from storage.questions import QuestionRow
from storage.refreshes import RefreshRow
from storage.refreshes import State as RefreshState
from storage.reviews import ReviewKind, ReviewRow, ReviewState
from storage.schools import PermissionRow, SchoolRow, TermRow
from storage.withdrawals import State as WithdrawalState
from storage.withdrawals import WithdrawalRow

_UNDELIVERABLE: Final = text(f"state = '{State.UNDELIVERABLE.value}'")
Index(
    "ix_letters_undeliverable", LETTERS.c.posted_at, sqlite_where=_UNDELIVERABLE, postgresql_where=_UNDELIVERABLE
)  # a week's are found without reading the others
_TO_DELETE_WITHIN: Final = timedelta(hours=24)  # of the record of a withdrawal (PHOTO-9.5)
_C: Final = CaseRow.__table__.c
_Q: Final = QuestionRow.__table__.c
_R: Final = ReviewRow.__table__.c
_P: Final = PupilRow.__table__.c
_A: Final = ConsentRow.__table__.c
_M: Final = MembershipRow.__table__.c
_W: Final = WithdrawalRow.__table__.c
_F: Final = RefreshRow.__table__.c
_D: Final = PolicyDocumentRow.__table__.c


@dataclass(slots=True)
class Rows:
    """One school's rows and counts."""

    cases: dict[CaseKind, list[int]] = field(default_factory=dict)
    reporters: dict[int, int] = field(default_factory=dict)  # case: who opened it
    outstanding: dict[str, int] = field(default_factory=dict)  # class: pupils without a signed form
    changed: int = 0  # pupils with an answer recorded, taken back, or to be given anew
    asked: dict[str, int] = field(default_factory=dict)  # intent: questions
    unanswered: int = 0
    unhelpful: int = 0
    undeliverable: int = 0
    escalations: list[datetime] = field(default_factory=list)  # when each that waits was opened
    permissions: list[int] = field(default_factory=list)  # that wait for the head
    permission_rules: dict[int, str] = field(default_factory=dict)  # which rule each of them would lift: "A4"
    in_force: int = 0
    undeleted: int = 0  # withdrawals whose stored pictures should be gone
    staff: Counter[str] = field(default_factory=Counter)  # people, by their roles as the row holds them
    active: Counter[str] = field(default_factory=Counter)  # of those, who asked or reported
    terms: list[tuple[date, date]] = field(default_factory=list)
    reviews: dict[str, tuple[date, str] | None] = field(default_factory=dict)  # imported document: what it states


@dataclass(frozen=True, slots=True)
class Span:
    """The week that is read: what was recorded after its last instant is not there yet. `today` is its last day."""

    since: datetime
    until: datetime
    today: date
    year: str  # the academic year's label
    forms_last: frozenset[int] = frozenset()  # schools whose forms outlive it (C7)


async def rows_of(session: AsyncSession, school_ids: Collection[int], span: Span) -> dict[int, Rows]:
    """Read what happened at these schools in that week, and what was open at its end.

    Who works there, and the dates of terms and reviews, are read as they are now: no row knows what they were. A form
    counts from the day it was signed on, whenever it was recorded.
    """
    found = {school: Rows() for school in school_ids}
    await _cases(session, found, span)
    for read in (_forms, _answers, _pictures, _questions, _permissions, _staff, _waiting):
        await read(session, found, span)
    await _asked_of_the_head(session, found)
    await _terms_and_policies(session, found)
    return found


async def cases_of(session: AsyncSession, school_ids: Collection[int], span: Span) -> dict[int, Rows]:
    """Read no more than a line about each of many schools needs: their cases, and what waits for an answer."""
    found = {school: Rows() for school in school_ids}
    await _cases(session, found, span)
    await _waiting(session, found, span)
    return found


async def _cases(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    cases = select(_C.school_id, _C.kind, _C.id, _C.reporter_id).where(
        _C.school_id.in_(found),
        _C.opened_at <= span.until,
        or_(_C.closed_at.is_(None), _C.closed_at > span.until, _C.opened_at >= span.since),
    )
    for school, kind, number, reporter in await session.execute(cases.order_by(_C.id)):
        found[school].cases.setdefault(CaseKind(kind), []).append(number)
        found[school].reporters[number] = reporter


async def _forms(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count forms without asking why one is missing: what the DSL decided makes no difference here (domain 1.6)."""
    of_the_year: ColumnElement[bool] = _A.academic_year == span.year
    if span.forms_last:
        of_the_year |= _P.school_id.in_(span.forms_last) & (_A.academic_year <= span.year)
    signed = (
        select(_A.id)
        .where(
            _A.pupil_id == _P.id,
            of_the_year,
            _A.item.in_(FORM_ITEMS),
            _A.signed_on <= span.today,
        )
        .exists()
    )
    on_roll = (_P.joined_on <= span.today) & (or_(_P.left_on.is_(None), _P.left_on >= span.today))
    missing = (
        select(_P.school_id, _P.class_name, func.count())
        .where(_P.school_id.in_(found), on_roll, ~signed)
        .group_by(_P.school_id, _P.class_name)
    )
    for school, class_name, count in await session.execute(missing):
        found[school].outstanding[class_name] = count


async def _answers(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count the pupils with an answer that was recorded or taken back, or whose form waits for a new one."""
    taken_back = select(_W.pupil_id.label("pupil")).where(
        _W.school_id.in_(found),
        _W.reported_at.between(span.since, span.until),
        _W.state != WithdrawalState.MISTAKEN.value,
    )
    told = select(_F.pupil_id.label("pupil")).where(
        _F.school_id.in_(found),
        _F.reported_at.between(span.since, span.until),
        _F.state != RefreshState.MISTAKEN.value,
    )
    changing = await _with_new_consents(session, found, span)
    recorded = select(_A.pupil_id).where(
        _A.recorded_at.between(span.since, span.until), _A.pupil_id.in_(select(_P.id).where(_P.school_id.in_(changing)))
    )
    touched = union(taken_back, told, *((recorded,) if changing else ())).subquery()
    changed = (
        select(_P.school_id, func.count())
        .join(touched, touched.c.pupil == _P.id)
        .where(_P.school_id.in_(found))
        .group_by(_P.school_id)
    )
    for school, count in (await _pairs(session, changed)).items():
        found[school].changed = count


async def _pictures(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count the withdrawals whose stored pictures should be gone."""
    undeleted = select(_W.school_id, func.count()).where(
        _W.school_id.in_(found),
        _W.settled_at <= span.until - _TO_DELETE_WITHIN,
        _W.state == WithdrawalState.RECORDED.value,
        or_(_W.removed_at.is_(None), _W.removed_at > span.until),
    )
    for school, count in (await _pairs(session, undeleted.group_by(_W.school_id))).items():
        found[school].undeleted = count


async def _with_new_consents(session: AsyncSession, school_ids: Collection[int], span: Span) -> list[int]:
    """Return the schools whose consents an import touched: only their rows need to be looked through."""
    imports = select(ImportRow.schools).where(
        ImportRow.kind == "consents", ImportRow.imported_at.between(span.since, span.until)
    )
    codes = {str(code) for (named,) in await session.execute(imports) for code in named}
    if not codes:
        return []
    touched = select(SchoolRow.id).where(SchoolRow.id.in_(school_ids), SchoolRow.code.in_(codes))
    return list(await session.scalars(touched))


async def _questions(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count what was asked, what of it went unanswered, and what was found unhelpful."""
    asked = (
        select(_Q.school_id, _Q.intent, _Q.shape, func.count())
        .where(_Q.school_id.in_(found), _Q.asked_at.between(span.since, span.until))
        .group_by(_Q.school_id, _Q.intent, _Q.shape)
    )
    for school, intent, shape, count in await session.execute(asked):
        found[school].asked[intent] = found[school].asked.get(intent, 0) + count
        wanted_the_dpo = intent == Intent.ASK_DPO  # then nothing was asked of the bot
        found[school].unanswered += count if shape == "unknown" and not wanted_the_dpo else 0
    unhelpful = (
        select(_Q.school_id, func.count())
        .join(FeedbackRow, FeedbackRow.question_id == _Q.id)
        .where(_Q.school_id.in_(found), FeedbackRow.at.between(span.since, span.until), ~FeedbackRow.helpful)
        .group_by(_Q.school_id)
    )
    for school, count in (await _pairs(session, unhelpful)).items():
        found[school].unhelpful = count


async def _permissions(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count what the head allowed for days to come; of two words on a day the later stands."""
    allowed = (
        select(PermissionRow.school_id, PermissionRow.kind, PermissionRow.on, PermissionRow.allowed)
        .where(
            PermissionRow.school_id.in_(found),
            PermissionRow.on >= span.today,
            PermissionRow.recorded_at <= span.until,
        )
        .order_by(PermissionRow.id)
    )
    standing = {(school, kind, on): yes for school, kind, on, yes in await session.execute(allowed)}
    for school, _, _ in (key for key, yes in standing.items() if yes):
        found[school].in_force += 1


async def _staff(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    """Count who works there, and the week's letters that reached nobody."""
    there = select(_M.school_id, _M.roles, func.count()).where(_M.school_id.in_(found), _M.roles != "")
    for school, roles, count in await session.execute(there.group_by(_M.school_id, _M.roles)):
        found[school].staff[roles] = count
    lost = (
        select(_M.school_id, func.count())
        .select_from(LETTERS)
        .join(PersonRow, PersonRow.aad_object_id == LETTERS.c.addressee)
        .join(MembershipRow, (_M.person_id == PersonRow.id) & (_M.roles != ""))
        .where(_UNDELIVERABLE, LETTERS.c.posted_at.between(span.since, span.until), _M.school_id.in_(found))
        .group_by(_M.school_id)
    )
    for school, count in (await _pairs(session, lost)).items():
        found[school].undeliverable = count


async def _waiting(session: AsyncSession, found: dict[int, Rows], span: Span) -> None:
    waiting = select(_R.school_id, _R.kind, _R.id, _R.opened_at).where(
        _R.school_id.in_(found),
        _R.opened_at <= span.until,
        or_(_R.state != ReviewState.ANSWERED.value, _R.answered_at > span.until),
        _R.kind != ReviewKind.REVIEW.value,
    )
    for school, kind, number, opened in await session.execute(waiting.order_by(_R.id)):
        if kind == ReviewKind.PERMISSION:
            found[school].permissions.append(number)
        else:
            found[school].escalations.append(opened)


async def _asked_of_the_head(session: AsyncSession, found: dict[int, Rows]) -> None:
    """Read which rule each request to the head would lift: one of the school's own, that depends on no pupil."""
    waiting = {number: school for school, rows in found.items() for number in rows.permissions}
    if not waiting:
        return
    reviews = select(_R.id, _R.question_id).where(_R.id.in_(waiting))
    asked = {number: question for number, question in await session.execute(reviews)}  # noqa: C416  rows are no pairs to mypy
    rules = await questions.rows_among(session, asked.values(), PERMISSIONS)
    for number, question in asked.items():
        if question in rules:
            found[waiting[number]].permission_rules[number] = rules[question]


async def _terms_and_policies(session: AsyncSession, found: dict[int, Rows]) -> None:
    terms = select(TermRow.school_id, TermRow.starts_on, TermRow.ends_on).where(TermRow.school_id.in_(found))
    for school, first, last in await session.execute(terms.order_by(TermRow.starts_on)):
        found[school].terms.append((first, last))
    versions = select(_D.school_id, _D.document, _D.named, _D.review_on, _D.review_said).where(_D.school_id.in_(found))
    for school, document, named, due, said in await session.execute(versions.order_by(_D.version)):
        if named:  # an appendix goes with its policy
            found[school].reviews[document] = (due, said) if due else None


async def _pairs(session: AsyncSession, query: Select[Any]) -> dict[int, int]:
    return {key: value for key, value in await session.execute(query)}  # noqa: C416  rows are not pairs to mypy
