"""Between people and the forms of an incident: what reads like a description is refused before the form filler sees it.

The filler shows a refused answer again so that it can be mended; here it is not kept, not even on a card (domain 5).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.incident_first import incident_no_words_card, with_another
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler, moves, talking
from dialogs.filling.pages import next_field
from dialogs.incident import case_file
from dialogs.incident.asking_facts import GUIDE, ILLEGAL_GUIDE
from dialogs.incident.reporting import KEPT_ILLEGAL
from dialogs.incident.stepping import STEP_GUIDE
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import Thought, contract, instead, reply
from policy.filled import Problem, plain, read_page
from policy.forms import Field, Kind
from policy.incident.forms import GUARDS
from policy.incident.guarding import NO_DESCRIPTION, describes
from policy.understanding.flows import flow_of
from policy.understanding.heard import Intent
from policy.understanding.illegal_content import is_illegal
from policy.understanding.telling import tale_of
from storage import cases, drafts
from storage.cases import CaseKind
from storage.drafts import Draft

Press: TypeAlias = Callable[[Desk, AsyncSession, Known, Pressed, Turn], Awaitable[Reply | None]]

_FORMS: Final = frozenset({ILLEGAL_GUIDE, GUIDE, STEP_GUIDE})
_LATER: Final = timedelta(hours=1)  # from then on it is another find, and the head and the DSL must hear of it
_LAST: Final = 5  # reports of one's own that are looked at
_LOGGED: Final = frozenset({Intent.UNKNOWN.value, Intent.POLICY_QUESTION.value, Intent.ASK_DPO.value})
_LIKE_IT: Final = frozenset({Intent.ILLEGAL_CONTENT.value, Intent.ONLINE_SAFETY_INCIDENT.value})
_TIMES: Final = frozenset({Kind.WHEN, Kind.DATE})  # their inputs hold nothing but a day or a time


async def forward(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Answer Continue."""
    return await _guarded(desk, session, known, pressed, turn, by=filler.forward)


async def back(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Answer Back."""
    draft = await drafts.find(session, words_in(pressed, "draft"))
    if draft is not None and draft.form in _FORMS:  # whatever stands in the inputs is left behind
        pressed = replace(pressed, data={key: pressed.data.get(key) for key in ("draft", "rev")})
    return await filler.back(desk, session, known, pressed, turn)


async def send(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Answer the last button."""
    return await _guarded(desk, session, known, pressed, turn, by=filler.send)


async def is_for_the_form(desk: Desk, session: AsyncSession, known: Known, text: str, *, now: datetime) -> bool:
    """Whether typed words are for the form in hand. A description never gets past it, into the log of questions."""
    draft = await _in_hand(session, known, {ILLEGAL_GUIDE}) if describes(text) else None
    if draft is not None and not (now - draft.touched_at > _LATER and is_illegal(tale_of(text))):
        return True
    return await talking.is_for_the_form(desk, session, known, text, now=now)


async def hear(desk: Desk, session: AsyncSession, known: Known, text: str, turn: Turn) -> Reply | None:
    """Take typed words for the form in hand."""
    draft = await _in_hand(session, known, _FORMS)
    hand = None if draft is None else await moves.held(desk, session, known, turn, draft.id)
    if hand is None:
        return await talking.hear(desk, session, known, text, turn)
    field = next_field(hand.form, hand.draft)
    refused = _refused(field, text) if field is not None else None
    if refused is None and hand.draft.form == ILLEGAL_GUIDE and describes(text):
        refused = NO_DESCRIPTION
    if refused is None:
        return await talking.hear(desk, session, known, text, turn)
    problems = [] if field is None else [Problem(field, refused, {})]
    again = await moves.as_it_is(hand, problems=problems, notes=[] if problems else [refused])
    return reply(with_another(again.card, about=turn.activity)) if again.card else again  # it may be about another one


async def without_words(session: AsyncSession, known: Known, thought: Thought, text: str, *, now: datetime) -> Thought:
    """Keep no words of somebody who goes on describing what they reported, with no form in hand.

    What tells of another find by itself opens its case; what only resembles one is more of the same. Whatever else
    is reported, by a pattern or by its likeness, is taken.
    """
    intent = thought.contract["intent"]
    resembles = intent in _LIKE_IT and flow_of(tale_of(text), photo=False) != intent
    if not (intent in _LOGGED or resembles) or not await goes_on_describing(session, known, text, now=now):
        return thought
    told = contract(None, shape="refused") | {"intent": Intent.ILLEGAL_CONTENT.value}
    return Thought(KEPT_ILLEGAL, None, lambda ids: incident_no_words_card(about=str(ids.question)), told, thought.asker)


async def goes_on_describing(session: AsyncSession, known: Known, text: str, *, now: datetime) -> bool:
    """Whether words read like a description, from somebody who reported something illegal within the hour."""
    if not describes(text):
        return False
    for case in await cases.reported_by(session, known.person.id, most=_LAST):
        if case.kind is not CaseKind.INCIDENT or now - case.opened_at > _LATER:
            continue
        incident = await case_file.read(session, case.number)
        if incident is not None and incident.is_illegal:
            return True
    return False


async def _guarded(
    desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn, *, by: Press
) -> Reply | None:
    found = await drafts.find(session, words_in(pressed, "draft"))
    if found is None or found.form not in _FORMS:
        return await by(desk, session, known, pressed, turn)
    hand = await moves.held(desk, session, known, turn, found.id)
    if hand is None:
        return None
    form, draft = hand.form, hand.draft
    if not draft.open or draft.page >= len(form.pages) or draft.revision != number_in(pressed, "rev"):
        return await by(desk, session, known, pressed, turn)
    raw = {name: value for name, value in pressed.data.items() if isinstance(value, str)}
    page = form.pages[draft.page]
    refusals = {field.name: words for field in page.fields if (words := _refused(field, raw.get(field.name, "")))}
    kept = {name: value for name, value in raw.items() if name not in refusals}
    answers, problems = read_page(page, kept, answers=draft.answers, now=turn.now)
    wrong = [problem for problem in problems if problem.field.name not in refusals]
    if not wrong and not refusals:
        return await by(desk, session, known, pressed, turn)
    hand = await moves.keep(hand, answers)
    again = [_unshown(problem) for problem in wrong]
    again += [Problem(field, refusals[field.name], {}) for field in page.fields if field.name in refusals]
    return instead(await moves.as_it_is(hand, problems=again))


async def _in_hand(session: AsyncSession, known: Known, forms: frozenset[str] | set[str]) -> Draft | None:
    if known.form is None or not known.form.in_hand:
        return None
    draft = await drafts.find(session, known.form.draft)
    return draft if draft is not None and draft.open and draft.form in forms else None


def _refused(field: Field, words: str) -> str | None:
    words = plain(words, lines=False)
    guard = GUARDS.get(field.name) if field.kind is Kind.TEXT and words else None
    return None if guard is None else guard(words)


def _unshown(problem: Problem) -> Problem:
    raw: Mapping[str, str] = problem.raw if problem.field.kind in _TIMES else {}
    return replace(problem, raw=raw)
