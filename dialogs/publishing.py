"""An answer of the DPO's becomes everybody's, at the school or at every school where they are DPO.

Phrasings are proposed, versions kept, and it is taken back with a press. Where the school wants a second pair of eyes
(`answers.second_approval`) it waits for that first (dialogs/approving.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import approving
from dialogs.cards.publishing import published_card, retired_card, waits_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.escalating import theirs
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.thought import instead, reply
from policy.clauses import Citation, UnknownClauseError, clause
from policy.clocks.answering_time import ask_after
from policy.clocks.working_days import Division
from policy.forms import Choice, Field, Form, Kind, Page
from policy.named import names_in
from policy.phrasings import proposed
from policy.roles import May, may
from storage import audit, proposals, published, questions, reviews
from storage.drafts import Draft
from storage.reviews import ReviewState
from storage.schools import School

_GUIDE: Final = "publish-answer"
_WHERE: Final = Field(
    "where",
    "For whom",
    Kind.CHOICE,
    choices=(Choice("school", "This school"), Choice("trust", "Every school where I am the DPO")),
)


@dataclass(frozen=True, slots=True)
class _Written:
    """What the DPO wrote into the form, and the question that it answers."""

    review: int
    asks: tuple[str, ...]  # at least one
    text: str
    cites: tuple[str, str]  # document and clause, or two empty words
    lot: str  # the draft's id: what was published or proposed at once


def _form(*, many: bool) -> Form:
    """Return the form; the choice of schools is for those who are the DPO of several."""
    fields = (
        Field(
            "asks",
            "How staff may ask it, a line each",
            Kind.LONG,
            hint="Three to six ways, in their words; the first is its title. No names of pupils.",
        ),
        Field("text", "The answer", Kind.LONG, hint="Yes or no first, then why. No names."),
        Field("clause", "Its clause, if there is one", Kind.TEXT, required=False, hint="photography 7.3"),
        *((_WHERE,) if many else ()),
    )
    page = Page("The question and its answer", fields)
    return Form("publish-answer", "Keep an answer for everybody", (page,), send="Keep it", review=False)


async def publish(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Open the form, filled in with the question and its answer."""
    review = await theirs(session, known, pressed)
    if review is None or review.state is not ReviewState.ANSWERED or not _may_publish(known, review.school_id):
        return None
    question = await questions.by_number(session, review.question_id)
    mine = _schools_of(known)
    others = [asked for _, asked in await reviews.escalations(session, [each.id for each in mine])]
    ways = () if question is None else proposed(question.text, others)
    card = await filler.begin(
        session,
        guide=_GUIDE,
        person_id=known.person.id,
        school_id=review.school_id,
        subject=f"escalation/{review.number}",
        context={"review": review.number, "many": len(mine) > 1},
        answers={"asks": "\n".join(ways) or ("" if question is None else question.text), "text": review.answer},
        conversation=turn.conversation,
        now=turn.now,
    )
    return reply(card)


async def retire(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see publish
    """Take a published answer back."""
    one = await published.by_number(session, number_in(pressed, "answer"))
    if one is None or not _may_publish(known, one.school_id):
        return None
    together = await published.of_lot(session, one.lot) if one.lot else ()
    for each in {each.number: each for each in (one, *together)}.values():
        if not _may_publish(known, each.school_id):
            continue
        if await published.retire(session, each.number, by=known.person.id, now=turn.now):
            await _note(session, known, "answer.retired", school_id=each.school_id, number=each.number, turn=turn)
    return instead(reply(retired_card(title=one.asks[0])))


async def may_keep_on(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether whoever began the form still answers questions there: a deputy does for their days alone."""
    return _may_publish(known, draft.school_id)


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  a guide's shape
    """Say what is wrong with what was filled in."""
    if draft.answers.get("clause") and _cited(draft.answers["clause"]) is None:
        return "I don't know that clause. Write it as photography 7.3, or leave it empty."
    asks = _asks(draft.answers)
    if not asks:
        return "Please write at least one way of asking it."
    for school in _targets(known, draft, draft.school_id):
        if names_in((*asks, str(draft.answers.get("text", ""))), await desk.rolls.of(session, school)):
            return "A pupil is named in it. Please write it so that it is true of any pupil."
    return None


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    """Publish it where that needs nobody else; where it does, ask them."""
    review = await reviews.by_number(session, int(draft.context["review"]))
    if review is None or not _may_publish(known, review.school_id):
        return None
    schools, written = _targets(known, draft, review.school_id), _written(draft, review.number)
    await proposals.supersede(session, written.review, [each.id for each in schools], by=known.person.id, now=turn.now)
    at_once = [each for each in schools if not desk.rules_at(each).second_approval]
    numbers = [await _give(session, known, written, school, turn) for school in at_once]
    to_approve = [each for each in schools if desk.rules_at(each).second_approval]
    waits = await _propose(session, known, written, to_approve, turn) if to_approve else ""
    if not numbers:
        return waits_card(title=written.asks[0], waits=waits)
    first = await published.by_number(session, numbers[0])
    if first is None:
        raise LookupError(f"published answer {numbers[0]} is not there")
    names = ", ".join(each.name for each in at_once)
    return published_card(title=written.asks[0], version=first.version, number=first.number, schools=names, waits=waits)


async def _give(session: AsyncSession, known: Known, written: _Written, school: School, turn: Turn) -> int:
    """Give it at a school from now on; return its number there."""
    number = await published.publish(
        session,
        school_id=school.id,
        review=written.review,
        asks=written.asks,
        text=written.text,
        cites=written.cites,
        by=known.person.id,
        now=turn.now,
        lot=written.lot,
    )
    await _note(session, known, "answer.published", school_id=school.id, number=number, turn=turn)
    return number


async def _propose(
    session: AsyncSession, known: Known, written: _Written, schools: Sequence[School], turn: Turn
) -> str:
    """Let it wait at these schools for whoever approves it there; say for whom, in a sentence."""
    await proposals.propose(
        session,
        lot=written.lot,
        due={each.id: ask_after(turn.now, division=Division(each.division)) for each in schools},
        review=written.review,
        asks=written.asks,
        text=written.text,
        cites=written.cites,
        by=known.person.id,
        now=turn.now,
    )
    waiting = await proposals.of_lot(session, written.lot)
    actor = f"person/{known.person.id}"
    for one in waiting:
        await audit.record(
            session, actor, "answer.proposed", f"proposal/{one.number}", now=turn.now, school_id=one.school_id
        )
    return await approving.ask(session, waiting, known.person, turn)


def _targets(known: Known, draft: Draft, school_id: int) -> tuple[School, ...]:
    """Return the schools that it is for: never one where this person is not the DPO now."""
    trust = draft.answers.get("where") == "trust"
    return tuple(each for each in _schools_of(known) if trust or each.id == school_id)


def _schools_of(known: Known) -> tuple[School, ...]:
    return tuple(each for each in known.schools if _may_publish(known, each.id))


def _written(draft: Draft, review: int) -> _Written:
    cited = _cited(draft.answers.get("clause", ""))
    cites = ("", "") if cited is None else (cited.document, cited.clause)
    return _Written(review, _asks(draft.answers), str(draft.answers["text"]).strip(), cites, draft.id)


def _asks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(answers.get("asks", "")).splitlines() if line.strip())


def _cited(words: str) -> Citation | None:
    document, _, number = str(words).strip().lower().rpartition(" ")
    try:
        clause(document, number)
    except UnknownClauseError:
        return None
    return Citation(document, number)


def _may_publish(known: Known, school_id: int) -> bool:
    return may(known.person.roles_at(school_id), May.ANSWER_ESCALATIONS)


async def _note(session: AsyncSession, known: Known, what: str, *, school_id: int, number: int, turn: Turn) -> None:
    await audit.record(
        session, f"person/{known.person.id}", what, f"answer/{number}", now=turn.now, school_id=school_id
    )


def _form_for(context: Mapping[str, Any]) -> Form:
    return _form(many=bool(context.get("many")))


PUBLISH_GUIDE: Final = Guide(form=_form_for, completed=completed, checked=checked, may=may_keep_on)
