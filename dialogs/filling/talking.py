"""A form by typing: what is an answer to it, what is its button, and what is something else with its own answer."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import asking
from dialogs.cards.as_text import as_text
from dialogs.cards.elements import MOST_ACTIONS, fits
from dialogs.cards.form import GOES_ON, still_open
from dialogs.cards.reading import Button, read_through
from dialogs.conversation import Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import moves
from dialogs.filling.guide import Guide
from dialogs.filling.guides import guide_of
from dialogs.filling.moves import InHand
from dialogs.filling.pages import next_field
from dialogs.giving_way import begins_like_a_command
from dialogs.known import Known
from policy.filled import Problem, says_unknown
from policy.forms import Field, Form, Kind, Value, is_missing, missing, shown, unknown
from policy.typed import typed
from policy.understanding.flows import DIALOGS, flow_of
from policy.understanding.heard import Heard, Intent
from policy.understanding.mood import QUESTION
from policy.understanding.telling import tale_of
from storage import drafts
from storage.drafts import Draft

# What is never eaten by a form: each has its own answer, and the form waits.
_NEVER: Final = frozenset(
    {
        *(Intent.PHOTO_PERMISSION, Intent.RESTRICTED_LIST, Intent.HELP, Intent.STATUS, Intent.ILLEGAL_CONTENT),
        *(Intent.GREETING, Intent.ASK_DPO),
    }
)
_STATEMENTS: Final = frozenset({Intent.UNKNOWN, Intent.POLICY_QUESTION, Intent.DEADLINE_QUESTION})  # unless asked
_WORDS: Final = frozenset({Kind.TEXT, Kind.LONG})
_ABOUT_PICTURES: Final = frozenset(  # or about whether something is allowed
    {
        *("photo", "photos", "photograph", "photographs", "picture", "pictures", "pic", "pics", "image", "images"),
        *("film", "films", "filming", "video", "videos", "camera", "snap", "snaps", "record", "recording", "footage"),
        *("portrait", "selfie", "photographing", "photographed", "filmed", "can", "may", "could", "am", "is", "are"),
        *("ok", "okay", "allowed", "what", "who", "how", "about"),
    }
)
_ON: Final = frozenset({"continue", "next", "go on", "carry on"})
_BACK: Final = frozenset({"back", "go back"})
_SKIP: Final = frozenset({"skip", "leave it empty", "leave blank"})
_SEND: Final = frozenset({"send", "send it", "send report", "sign", "submit"})
_MUST: Final = "This one is needed, if only in a few words."
_ALL_ANSWERED: Final = "Everything here is answered. Type continue to go on, or change it on the card."
_AGAIN: Final = timedelta(minutes=10)
_OR_GO_ON: Final = "Or type continue to go on."
_HOW_TO_SEND: Final = "Type send to send it, back to change something, or cancel to put it away."


async def is_for_the_form(desk: Desk, session: AsyncSession, known: Known, text: str, *, now: datetime) -> bool:
    """Whether words typed after a form's page are meant for it. Only read: another message may still come first."""
    if known.form is None or not known.form.in_hand:
        return False
    draft = await drafts.find(session, known.form.draft)
    if draft is None or not draft.open:
        return False
    guide = guide_of(draft.form)
    form = guide.form(draft.context)
    if _plain(text) in _ON | _BACK | _SKIP | _SEND | {form.send.casefold()}:
        return True
    alone = replace(known, pending=None, last_understood=None)  # those were asked before the form's page
    school = known.school(draft.school_id)
    asked = await asking.at(desk, session, alone, school, text, now=now)
    if asking.tells_of_change(asked):  # of a family: no form keeps a word of it (domain 1.1)
        return False
    return _is_answer(guide, next_field(form, draft), text, asked.heard, now)


async def hear(desk: Desk, session: AsyncSession, known: Known, text: str, turn: Turn) -> Reply | None:
    """Take typed words for the form in hand: a button's words, or the answer to the next field."""
    hand = None if known.form is None else await moves.held(desk, session, known, turn, known.form.draft)
    if hand is None:
        return None
    form, said = hand.form, _plain(text)
    if not hand.draft.open:
        return await moves.as_it_is(hand)
    if said in _BACK:
        return await moves.go_back(hand, {})
    if said in _SEND | {form.send.casefold()}:
        return await moves.send(hand, {})
    if hand.draft.page >= len(form.pages):
        return await moves.as_it_is(hand, notes=[_HOW_TO_SEND])
    return await (moves.go_on(hand, {}) if said in _ON else _answer(hand, form, text, skips=said in _SKIP))


async def beside(session: AsyncSession, known: Known, told: Reply, *, now: datetime, always: bool = False) -> Reply:
    """Say under another answer that a form is still open, where that helps; from here on nothing typed is for it.

    `always`: whoever put something else away should see what is left, however lately they did.
    """
    draft = None if known.form is None else await drafts.find(session, known.form.draft)
    if known.form is None or draft is None or not draft.open or told.card is None:
        return told
    if _offers(told, draft.id) or _opens_its_case(told, draft):
        await passed_over(session, known, told)
        return told
    await passed_over(session, known, told)
    if not (always or _helps(told, draft, just_left=known.form.in_hand, now=now)):
        return told
    own = [button.title for button in _buttons(told)]
    fits_in = len(own) < MOST_ACTIONS and GOES_ON not in own  # two of one name, and nobody knows which is which
    title = guide_of(draft.form).form(draft.context).title
    card = still_open(told.card, title=title, draft=draft.id, button=fits_in)
    if not fits(card):
        return told
    await drafts.reminded(session, draft.id, now=now)
    text = as_text(card)
    return replace(told, card=card, text=text, answer={**told.answer, "text": text} if told.answer else {})


async def passed_over(session: AsyncSession, known: Known, told: Reply) -> None:
    """Note that something else was said after a form's page, unless it is that form's."""
    if known.form is not None and known.form.in_hand and not _offers(told, known.form.draft):
        await drafts.let_go(session, known.form.draft)


async def leave(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Reply | None:
    """`cancel`: put the form away that is in hand, or else the one touched last."""
    hand = None if known.form is None else await moves.held(desk, session, known, turn, known.form.draft)
    return None if hand is None else await moves.leave(hand)


async def resume(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Reply | None:
    """`resume`: bring the form back that was touched last."""
    hand = None if known.form is None else await moves.held(desk, session, known, turn, known.form.draft)
    return None if hand is None else await moves.as_it_is(hand)


def _helps(told: Reply, draft: Draft, *, just_left: bool, now: datetime) -> bool:
    """Whether to remind: under the first answer after the form, under what may have been meant for it, and then seldom.

    Never under what to do about something illegal: nothing else matters there.
    """
    intent = told.answer.get("intent")
    if intent == Intent.ILLEGAL_CONTENT.value:
        return False
    not_understood = told.answer.get("shape") == "unknown" and intent != Intent.ASK_DPO.value
    if just_left or not_understood or draft.reminded_at is None:
        return True
    return now - draft.reminded_at >= _AGAIN


def _buttons(told: Reply) -> list[Button]:
    return [piece for piece in read_through(told.card or {}) if isinstance(piece, Button)]


def _offers(told: Reply, draft: str) -> bool:
    return any(button.data.get("draft") == draft for button in _buttons(told))


def _opens_its_case(told: Reply, draft: Draft) -> bool:
    """Whether a button of the answer's own goes on with the form, by the number of its case."""
    kind, _, number = draft.subject.partition("/")
    wanted = (f"{kind}.form", number)
    return any((button.verb, str(button.data.get("case"))) == wanted for button in _buttons(told))


def _is_answer(guide: Guide, field: Field | None, text: str, heard: Heard, now: datetime) -> bool:
    asks = text.rstrip().endswith("?") and not says_unknown(text)
    if heard.probing or asks or (heard.intent in _NEVER and not _names_only(text, heard)):
        return False
    if field is None:
        return heard.intent is Intent.UNKNOWN  # then the form says what can be typed
    if heard.intent in _STATEMENTS or _only_resembles(guide, text, heard.intent):
        first = next(iter(_plain(text).split()), "")
        return heard.intent is Intent.UNKNOWN or first not in QUESTION
    taken = not isinstance(typed(field, text, now=now), Problem)
    return taken and (field.kind not in _WORDS or heard.intent in {*guide.hears, Intent.PHOTO_PERMISSION})


def _only_resembles(guide: Guide, text: str, intent: Intent) -> bool:
    """Whether it is like what the form is about, or begins like a command, and tells of nothing else by itself.

    What is like anything else is never taken for an answer: somebody may have to hear of it at once.
    """
    tells = flow_of(tale_of(text), photo=False) is intent
    if begins_like_a_command(text):
        return intent in DIALOGS and (intent in guide.hears or not tells)
    return intent in guide.hears and not tells


def _names_only(text: str, heard: Heard) -> bool:
    """Whether it names a pupil or a class and says nothing of pictures or a use: "the class list of 4B"."""
    keys = set(_plain(text).split())
    return heard.intent is Intent.PHOTO_PERMISSION and heard.uses is None and keys.isdisjoint(_ABOUT_PICTURES)


async def _answer(hand: InHand, form: Form, text: str, *, skips: bool) -> Reply:
    field = next_field(form, hand.draft)
    if field is None:
        return await moves.as_it_is(hand, notes=[_ALL_ANSWERED])
    hand = hand.at(form.page_of(field.name))
    if skips and not field.required:
        return await moves.go_on(hand, {})
    found = _skipped(field) if skips else typed(field, text, now=hand.turn.now)
    if isinstance(found, Problem):
        hand = await moves.keep(hand, hand.draft.answers)
        return await moves.as_it_is(hand, problems=[found], notes=[f"About: {field.label}"])
    return await _noted(await moves.keep(hand, {**hand.draft.answers, field.name: found}), form, field, found)


async def _noted(hand: InHand, form: Form, field: Field, found: Value) -> Reply:
    """Say how an answer was read, and what comes next: on this page, on the next one, or the review."""
    label = field.label if field.label.endswith("?") else f"{field.label}:"
    notes = [f"Noted. {label} {shown(field, found)}"]
    following = next_field(form, hand.draft)
    if following is None or form.page_of(following.name) != hand.draft.page:
        hand = await moves.ahead(hand)
    if hand.draft.page < len(form.pages) and (following := next_field(form, hand.draft)) is not None:
        must = is_missing(following, hand.draft.answers.get(following.name))
        notes += [f"Next: {following.label}"] if must else [f"If you like: {following.label}", _OR_GO_ON]
    elif hand.draft.page >= len(form.pages) and not missing(form, hand.draft.answers):
        notes.append(_HOW_TO_SEND)
    return await moves.as_it_is(hand, notes=notes)


def _skipped(field: Field) -> Value | Problem:
    return unknown() if field.unknown_ok and not field.expected_by else Problem(field, _MUST, {})


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!")
