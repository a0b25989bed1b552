"""`status`: one's own requests and how far they are, in the same words whomever they went to."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.words import HOW_FAR, UNFINISHED
from dialogs.cards.status import status_card
from dialogs.conversation import Json
from dialogs.incident import statuses as incidents
from dialogs.request.words import HOW_FAR as OF_A_REQUEST
from dialogs.said import moment
from policy.planning.plan import WORDS as OF_A_PLAN
from storage import cases, reviews
from storage.cases import Case, CaseKind
from storage.people import Person
from storage.reviews import Review, ReviewKind, ReviewState

_MOST = 10
_REPORTED = {
    CaseKind.BREACH: "a suspected breach",
    CaseKind.INCIDENT: "an incident",
    CaseKind.REQUEST: "a request for data",
    CaseKind.PLAN: "an event plan",
}
_HOW_FAR: Final[Mapping[CaseKind, Mapping[str, str]]] = {
    CaseKind.BREACH: HOW_FAR,
    CaseKind.REQUEST: OF_A_REQUEST,
    CaseKind.PLAN: OF_A_PLAN,
}
_WHAT = {
    ReviewKind.REVIEW: "A review",
    ReviewKind.ESCALATION: "A question for the DPO",
    ReviewKind.PERMISSION: "A request to the headteacher",
}
_FURTHER = {state: place for place, state in enumerate(ReviewState)}
_AT = {ReviewState.OPEN: "passed on", ReviewState.SEEN: "looked at"}
# A review stays "looked at" whoever closed it: its words must not tell whom it went to (domain 1.6.2).
_ANSWERED = {
    ReviewKind.ESCALATION: "answered, above in this chat",
    ReviewKind.PERMISSION: "decided, above in this chat",
}


async def card_of(session: AsyncSession, person: Person) -> Json:
    """List the person's requests, newest first; a question counts once, however many people look at it."""
    latest: dict[tuple[ReviewKind, int], Review] = {}
    for review in await reviews.asked_by(session, person.id):
        key = (review.kind, review.question_id)
        if key not in latest or _FURTHER[review.state] > _FURTHER[latest[key].state]:
            latest[key] = review
    own_cases = await cases.reported_by(session, person.id, most=_MOST)
    return status_card(
        [*map(reported, own_cases), *(_line(review) for review in list(latest.values())[:_MOST])],
        unfinished=[case.number for case in own_cases if case.kind is CaseKind.BREACH and case.status in UNFINISHED],
    )


def reported(case: Case) -> str:
    """Say how far a case is, to whoever reported it, and no more than that."""
    if case.kind is CaseKind.INCIDENT:
        return incidents.line(case)
    what = _REPORTED[case.kind]
    how_far = _HOW_FAR.get(case.kind, {}).get(case.status, "with the DPO")
    return f"Case {case.number}, {what}, reported {moment(case.opened_at)}: {how_far}."


def _line(review: Review) -> str:
    how_far = _ANSWERED.get(review.kind, "looked at") if review.state is ReviewState.ANSWERED else _AT[review.state]
    what = _WHAT[review.kind]
    return f"{what}, asked {moment(review.opened_at)}: {how_far}."
