"""The question log: its words go first, the line that something was asked later."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Table, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage.feedback import FeedbackRow
from storage.forgetting.protecting import is_newest, is_open_review, others_point_at
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.people import PersonRow
from storage.published import PublishedRow
from storage.pupils import PupilRow, in_lots
from storage.questions import QuestionCauseRow, QuestionRow
from storage.reviews import ReviewRow

_TABLE: Table = QuestionRow.__table__  # type: ignore[assignment]  # a Table is what it is
_Q: Final = _TABLE.c
_REVIEWS: Table = ReviewRow.__table__  # type: ignore[assignment]  # see above
_WAITS: Final = exists().where(ReviewRow.question_id == QuestionRow.id, is_open_review())
_OWN: Final = ("question_causes", "feedback", "reviews")  # they go with their question


class Words:
    """The words of a question, what was read out of them, why it was answered so, and what was said of the answer."""

    kind: Final = Kind.WORDS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that still have any."""
        has_any = or_(
            _Q.text != "",
            _Q.understood.is_not(None),
            exists().where(QuestionCauseRow.question_id == _Q.id),
            exists().where(FeedbackRow.question_id == _Q.id),
        )
        return await _items(session, has_any, due, after, most)

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Empty them."""
        numbers = [item.key[0] for item in items]
        for row in (QuestionCauseRow, FeedbackRow):
            gone = delete(row).where(row.question_id.in_(numbers))
            await session.execute(gone.execution_options(synchronize_session=False))
        emptied = update(QuestionRow).where(_Q.id.in_(numbers)).values(text="", understood=None)
        await session.execute(emptied.execution_options(synchronize_session=False))


class Questions:
    """The whole line, with the request that somebody look at it."""

    kind: Final = Kind.QUESTIONS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next."""
        return await _items(session, None, due, after, most)

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them; an answer that the DPO published no longer says which question it began with."""
        numbers = [item.key[0] for item in items]
        of_these = select(ReviewRow.id).where(ReviewRow.question_id.in_(numbers))
        for change in (
            update(PublishedRow).where(PublishedRow.review_id.in_(of_these)).values(review_id=None),
            delete(QuestionCauseRow).where(QuestionCauseRow.question_id.in_(numbers)),
            delete(FeedbackRow).where(FeedbackRow.question_id.in_(numbers)),
            delete(ReviewRow).where(ReviewRow.question_id.in_(numbers)),
            delete(QuestionRow).where(QuestionRow.id.in_(numbers)),
        ):
            await session.execute(change.execution_options(synchronize_session=False))


async def _items(session: AsyncSession, only: Any, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:  # noqa: ANN401  a condition of SQL, or None
    review_named = exists(
        select(1).where(ReviewRow.question_id == _Q.id, others_point_at(_REVIEWS, but=("published_answers",)))
    )
    named = or_(others_point_at(_TABLE, but=_OWN), review_named, is_newest(session, _TABLE, _REVIEWS))
    query = (
        select(_Q.id, _Q.asked_at, _Q.school_id, _Q.text, _Q.understood, _Q.pupil_ids, PersonRow.display_name, _WAITS)
        .add_columns(named.label("named") if only is None else _WAITS)
        .join(PersonRow, PersonRow.id == _Q.person_id)
        .where(_Q.asked_at < due.before)
    )
    if only is not None:
        query = query.where(only)
    if after:
        query = query.where(_Q.id > after[0])
    rows = (await session.execute(query.order_by(_Q.id).limit(most))).all()
    names = await _names(session, {pupil for row in rows for pupil in msgspec.json.decode(row.pupil_ids)})
    items = []
    for number, asked_at, school, text, understood, pupil_ids, asker, waits, is_named in rows:
        about = " ".join(names.get(pupil, "") for pupil in msgspec.json.decode(pupil_ids))
        why = Why.OPEN if waits else Why.RECORD if is_named else None
        words = says(asker, text, understood, about)
        items.append(Item((number,), asked_at.date(), frozenset(filter(None, (school,))), words, why))
    return items


async def _names(session: AsyncSession, pupils: set[int]) -> dict[int, str]:
    columns = (PupilRow.legal_first_name, PupilRow.preferred_first_name, PupilRow.last_name)
    found: dict[int, str] = {}
    for some in in_lots(sorted(pupils)):
        rows = await session.execute(select(PupilRow.id, *columns).where(PupilRow.id.in_(some)))
        found |= {number: " ".join(name) for number, *name in rows}
    return found
