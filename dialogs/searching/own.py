"""One's own reports and questions, searched: each with how far it is, and no more than its reporter is told."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import statuses
from dialogs.cards.search import Result
from dialogs.known import Known
from policy.sought import Search
from storage import cases, reviews
from storage.cases import Case, CaseKind, Entry
from storage.reviews import ReviewState

_MOST = 50


async def found(session: AsyncSession, known: Known, search: Search) -> list[Result]:
    """Return one's own cases, newest first, then one's own questions to the DPO."""
    reported = await cases.reported_by(session, known.person.id, most=_MOST)
    told = await cases.events_of(session, [case.number for case in reported]) if reported else {}
    results = []
    for case in reported:
        if case.kind is CaseKind.PLAN:  # found with its title, by whoever may open it
            continue
        line = statuses.reported(case)
        if search.finds([line, *_own_words(case, told.get(case.number, ()))], number=case.number):
            results.append(Result(f"Yours: {line}"))
    return [*results, *await _asked(session, known, search)]


def _own_words(case: Case, entries: tuple[Entry, ...]) -> list[str]:
    """Return what the reporter wrote when they told of it: nobody else's words."""
    first = next(iter(entries), None)
    if first is None or first.actor != case.reporter_id:
        return []
    return [value for value in first.data.values() if isinstance(value, str)]


async def _asked(session: AsyncSession, known: Known, search: Search) -> list[Result]:
    results = []
    for review, asked in await reviews.escalations_of(session, known.person.id):
        if not search.finds((asked, review.answer), number=review.number):
            continue
        answered = review.state is ReviewState.ANSWERED
        words = f"{asked} The answer: {review.answer}" if answered else asked
        how_far = "answered" if answered else "with the DPO"
        results.append(Result(f"Yours: question {review.number}, {how_far}:", words))
    return results
