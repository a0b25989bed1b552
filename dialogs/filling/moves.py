"""What can happen to a form in somebody's hand: on, back, sent, left. Buttons and typed words both end here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.form import form_closed_card, form_left_card
from dialogs.conversation import Reply, Turn
from dialogs.desk import Desk
from dialogs.filling.guide import Guide
from dialogs.filling.guides import guide_of
from dialogs.filling.pages import card_of, page_ahead
from dialogs.known import Known
from dialogs.thought import reply
from policy.filled import Problem, read, read_page
from policy.forms import Field, Form, Value, missing
from storage import drafts
from storage.drafts import LEFT, SENT, Draft


@dataclass(frozen=True, slots=True)
class InHand:
    """A draft that this transaction holds, for the person whose it is."""

    desk: Desk
    session: AsyncSession
    known: Known
    turn: Turn
    guide: Guide
    draft: Draft

    @property
    def form(self) -> Form:
        """The form, made for this draft."""
        return self.guide.form(self.draft.context)

    def at(self, page: int) -> "InHand":
        """Return the same on another page."""
        return replace(self, draft=replace(self.draft, page=page))


async def held(desk: Desk, session: AsyncSession, known: Known, turn: Turn, draft_id: str) -> InHand | None:
    """Take a draft for this transaction; None where it is not this person's, or not any more (domain 8)."""
    draft = await drafts.take(session, draft_id)
    if draft is None or draft.person_id != known.person.id or not known.is_at(draft.school_id):
        return None
    guide = guide_of(draft.form)
    if guide.may is not None and not await guide.may(desk, session, known, draft):
        return None
    return InHand(desk, session, known, turn, guide, draft)


async def as_it_is(hand: InHand, *, problems: Sequence[Problem] = (), notes: Sequence[str] = ()) -> Reply:
    """Show where a form is; one that was sent or left answers as it did then."""
    draft = hand.draft
    if not draft.open:
        return reply(form_closed_card() if draft.outcome is None else draft.outcome)
    if draft.in_hand != hand.turn.conversation:
        await drafts.hold(hand.session, draft.id, conversation=hand.turn.conversation, now=hand.turn.now)
    return reply(card_of(hand.form, draft, problems=problems, notes=notes))


async def go_on(hand: InHand, raw: Mapping[str, str]) -> Reply:
    """Keep a page and show the next, or the same one with what is wrong beside its fields."""
    form, draft = hand.form, hand.draft
    if draft.page >= len(form.pages):
        return await as_it_is(hand)
    answers, problems = read_page(form.pages[draft.page], raw, answers=draft.answers, now=hand.turn.now)
    if not problems:
        hand = hand.at(_ahead(form, replace(draft, answers=answers)))
    return await as_it_is(await keep(hand, answers), problems=problems)


async def ahead(hand: InHand) -> InHand:
    """Turn to the next page, with nothing new on this one."""
    page = _ahead(hand.form, hand.draft)
    return hand if page == hand.draft.page else await keep(hand.at(page), hand.draft.answers)


async def go_back(hand: InHand, raw: Mapping[str, str]) -> Reply:
    """Show the page before; blanks and what is wrong do not stop it and change nothing."""
    form, draft = hand.form, hand.draft
    answers = dict(draft.answers)
    for field in form.pages[draft.page].asked(answers) if draft.page < len(form.pages) else ():
        found = read(field, raw, now=hand.turn.now) if _is_filled(field, raw) else None
        if found is not None and not isinstance(found, Problem):
            answers[field.name] = found
    before = form.page_before(draft.page, answers)
    return await as_it_is(await keep(hand if before is None else hand.at(before), answers))


async def go_to(hand: InHand, page: int) -> Reply:
    """Show a page that was asked for, if the form has it."""
    form = hand.form
    if page >= len(form.pages) or not form.pages[page].asked(hand.draft.answers):
        return await as_it_is(hand)
    return await as_it_is(await keep(hand.at(page), hand.draft.answers))


async def send(hand: InHand, raw: Mapping[str, str]) -> Reply | None:
    """Send what is complete, else show what is missing. None: this person may not send it any more."""
    form, draft = hand.form, hand.draft
    if draft.page < len(form.pages):
        if form.review:
            return await go_on(hand, raw)
        answers, problems = read_page(form.pages[draft.page], raw, answers=draft.answers, now=hand.turn.now)
        hand = await keep(hand, answers)
        following = page_ahead(form, hand.draft)
        if problems or following < len(form.pages):
            hand = hand if problems else await keep(hand.at(following), answers)
            return await as_it_is(hand, problems=problems)
    if lacking := missing(form, hand.draft.answers):
        return await go_to(hand, form.page_of(lacking[0].name))
    return await _complete(hand)


async def leave(hand: InHand) -> Reply:
    """Close a form that is not sent; what was filled in is kept."""
    draft, guide = hand.draft, hand.guide
    if not draft.open:
        return await as_it_is(hand)
    await drafts.close(hand.session, draft.id, draft.revision, ended=LEFT, now=hand.turn.now)
    card = None if guide.left is None else await guide.left(hand.desk, hand.session, hand.known, draft, hand.turn)
    if card is None:
        card = form_left_card(title=hand.form.title, draft=draft.id)
    await drafts.keep_outcome(hand.session, draft.id, card)
    return reply(card)


async def take_up(hand: InHand) -> Reply:
    """Show a form again; one that was left is opened again, unless its own feature says how."""
    draft = hand.draft
    if draft.ended != LEFT or hand.guide.left is not None:
        return await as_it_is(hand)
    for other in await drafts.open_of(hand.session, draft.person_id):
        if (other.form, other.subject) == (draft.form, draft.subject):
            return await as_it_is(replace(hand, draft=other))
    await drafts.reopen(hand.session, draft.id, now=hand.turn.now)
    return await as_it_is(replace(hand, draft=replace(draft, open=True, ended=None)))


async def keep(hand: InHand, answers: Mapping[str, Value]) -> InHand:
    """Save the draft with these answers, on the page that it says; nobody else changes it meanwhile."""
    draft, turn = hand.draft, hand.turn
    furthest = max(draft.furthest, draft.page)
    await drafts.save(
        hand.session,
        draft.id,
        draft.revision,
        answers=answers,
        page=draft.page,
        furthest=furthest,
        in_hand=turn.conversation,
        now=turn.now,
    )
    kept = replace(
        draft,
        answers=dict(answers),
        furthest=furthest,
        revision=draft.revision + 1,
        in_hand=turn.conversation,
        touched_at=turn.now,
    )
    if answers != draft.answers and hand.guide.saved is not None:
        await hand.guide.saved(hand.desk, hand.session, hand.known, kept, turn)
    return replace(hand, draft=kept)


async def _complete(hand: InHand) -> Reply | None:
    draft, turn = hand.draft, hand.turn
    sent = replace(draft, answers=_asked(hand.form, draft))
    if hand.guide.checked is not None:
        wanting = await hand.guide.checked(hand.desk, hand.session, hand.known, sent, turn)
        if wanting is not None:
            return await as_it_is(hand, notes=[wanting])
    await drafts.close(hand.session, draft.id, draft.revision, ended=SENT, now=turn.now)
    card = await hand.guide.completed(hand.desk, hand.session, hand.known, sent, turn)
    if card is None:
        await drafts.reopen(hand.session, draft.id, now=turn.now)
        return None
    await drafts.keep_outcome(hand.session, draft.id, card)
    return reply(card)


def _ahead(form: Form, draft: Draft) -> int:
    """Return the page that comes next; a form without a review stays on its last, where its button is."""
    following = page_ahead(form, draft)
    return following if following < len(form.pages) or form.review else draft.page


def _asked(form: Form, draft: Draft) -> dict[str, Any]:
    """Leave out the answers to questions that later answers took back."""
    gone = {field.name for field in form.fields} - {field.name for field in form.asked(draft.answers)}
    return {name: value for name, value in draft.answers.items() if name not in gone}


def _is_filled(field: Field, raw: Mapping[str, str]) -> bool:
    return any(raw.get(name, "").strip() for name in field.inputs)
