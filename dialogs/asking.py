"""A new message: whose school, what is meant, and which of our answers it gets."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import deadlines, dpo_answers, listing, photo, policy_answers, statuses
from dialogs.breach import reporting
from dialogs.cards.help import help_card
from dialogs.cards.missing import which_school_card
from dialogs.cards.pointers import pointer_card, too_long_card
from dialogs.cards.unknown import send_to_dpo_card, thanked_card
from dialogs.cards.welcome import welcome_card
from dialogs.conversation import Json
from dialogs.desk import Desk
from dialogs.incident import reporting as incident_reporting
from dialogs.known import Known
from dialogs.missing import PHOTO
from dialogs.planning import asking_plan
from dialogs.refreshing import reporting as refreshing
from dialogs.request import taking
from dialogs.thought import Asked, Ids, Thought, Waiting, contract, local_day
from dialogs.withdrawing import reporting as withdrawal_reporting
from policy.names import Roll
from policy.records import SchoolRecords
from policy.understanding import answer_to, read
from policy.understanding.heard import Heard, Intent, When
from policy.understanding.illegal_content import is_illegal
from policy.understanding.telling import tale_of
from policy.understanding.who import Group, Nobody, Pupils, Unsure
from storage.schools import School

# What starts a guided dialog: told at once, written with the turn.
FLOWS: Final[Mapping[Intent, Callable[[Asked], Thought]]] = {
    Intent.ILLEGAL_CONTENT: incident_reporting.think_illegal,
    Intent.ONLINE_SAFETY_INCIDENT: incident_reporting.think,
    Intent.REPORT_BREACH: reporting.think,
    Intent.PLAN_EVENT: asking_plan.think,
    Intent.CONSENT_WITHDRAWAL: withdrawal_reporting.think,
    Intent.SAR_RECEIVED: taking.think,
    Intent.RIGHTS_REQUEST: taking.think,
    Intent.COMPLAINT_RECEIVED: taking.think,
    Intent.CCTV_REQUEST: taking.think,
}
_LIBRARY: Final = frozenset({Intent.UNKNOWN, Intent.POLICY_QUESTION, Intent.DEADLINE_QUESTION})
_THANKS: Final = frozenset(  # the whole message, not how one begins
    {"thanks", "thank you", "many thanks", "thanks a lot", "thank you very much", "ta", "cheers", "thx", "ok", "okay"}
    | {"ok thanks", "ok thank you", "okay thanks", "great", "great thanks", "perfect", "lovely", "brilliant"}
)
SCHOOL = "school"  # the kind of a question that waits for the choice of a school


async def think(desk: Desk, session: AsyncSession, known: Known, text: str, *, now: datetime) -> Thought:
    """Understand a message and answer it, as the continuation of what was open or as something new."""
    chosen = _school_typed(known, text)
    if chosen is not None and known.pending is not None:
        alone = replace(known, pending=None)
        return await answer(
            session, await at(desk, session, alone, chosen, str(known.pending.payload["text"]), now=now)
        )
    each = [await at(desk, session, known, school, text, now=now) for school in known.schools]
    changed = [asked for asked in each if tells_of_change(asked)]
    if changed:  # before its words are kept anywhere
        surest = max(changed, key=_certainty)
        return replace(refreshing.think(surest), asked=surest)
    best = max(map(_certainty, each))
    likely = [asked for asked in each if _certainty(asked) == best]
    if len(likely) == 1 or likely[0].heard.intent not in {Intent.PHOTO_PERMISSION, Intent.RESTRICTED_LIST}:
        return await answer(session, likely[0])
    if best > 0:
        return _which_school(text, likely)
    thoughts = [await answer(session, asked) for asked in likely]
    same = len({thought.reply(Ids()).text for thought in thoughts}) == 1
    return thoughts[0] if same and not thoughts[0].for_the_dpo else _which_school(text, likely)


def tells_of_change(asked: Asked) -> bool:
    """Whether a message tells of a pupil's changed circumstances, and of nothing that has a dialog of its own."""
    return asked.heard.intent not in FLOWS and refreshing.is_told(asked)


async def at(desk: Desk, session: AsyncSession, known: Known, school: School, text: str, *, now: datetime) -> Asked:
    """Read a message as it is meant at one of the asker's schools."""
    roll = await desk.rolls.of(session, school)
    lists = await desk.lists(session, school)
    heard = _heard(known, school, text, roll, lists, today=local_day(now))
    return Asked(desk.asker(known.person, school), heard, text, roll, lists, now, known.last_understood)


async def answer(session: AsyncSession, asked: Asked) -> Thought:
    """Give a message that was understood the answer that its intent asks for."""
    heard = asked.heard
    if heard.too_long:
        return _too_long(asked)
    if heard.probing or heard.intent is Intent.PHOTO_PERMISSION:
        return policy_answers.with_the_rule(asked, await photo.think(session, asked))
    if heard.intent is Intent.RESTRICTED_LIST:
        return await listing.think(session, asked)
    if heard.intent is Intent.STATUS:
        card = await statuses.card_of(session, asked.asker.person)
        return _plain(asked, "answer", lambda _: card)
    if heard.intent in FLOWS:
        return replace(FLOWS[heard.intent](asked), asked=asked)
    return deadlines.think(asked) or await _published(session, asked) or _without_records(asked)


async def _published(session: AsyncSession, asked: Asked) -> Thought | None:
    """Answer as the school's own DPO did, where they kept an answer for everybody and no pupil is named."""
    if asked.heard.intent not in _LIBRARY or policy_answers.names_a_pupil(asked.heard):
        return None
    return await dpo_answers.think(session, asked)


def _too_long(asked: Asked) -> Thought:
    """Read nothing into a long story, but what may be illegal is told at once, and not kept (domain 5)."""
    if is_illegal(tale_of(asked.text)):
        return incident_reporting.think_illegal(asked)
    return _plain(asked, "unknown", lambda _: too_long_card())


def _without_records(asked: Asked) -> Thought:
    if asked.text.strip(" .!").casefold() in _THANKS:
        return _plain(asked, "answer", lambda _: thanked_card())
    match asked.heard.intent:
        case Intent.HELP | Intent.GREETING as wanted:
            return _plain(asked, "answer", lambda _: help_card() if wanted is Intent.HELP else welcome_card())
        case Intent.ASK_DPO:
            return _plain(asked, "unknown", lambda ids: send_to_dpo_card(question=str(ids.question)))
        case Intent.UNKNOWN | Intent.POLICY_QUESTION | Intent.DEADLINE_QUESTION:
            return policy_answers.think(asked)
        case other:
            return _pointed(asked, other)


def _pointed(asked: Asked, intent: Intent) -> Thought:
    clauses = policy_answers.clauses_about(asked)
    return Thought(
        asked.text,
        None,
        lambda ids: pointer_card(intent.value, question=str(ids.question), citations=clauses),
        contract(asked.heard, shape="unknown", citations=clauses),
        asked.asker,
    )


def _plain(asked: Asked, shape: str, say: Callable[[Ids], Json]) -> Thought:
    return Thought(asked.text, None, say, contract(asked.heard, shape=shape), asked.asker)


def _certainty(asked: Asked) -> int:
    """Say how well a school knows whom the message is about."""
    match asked.heard.who:
        case Pupils() | Group():
            return 2
        case Unsure(asks) if any(ask.candidates for ask in asks):
            return 1
        case Unsure() | Nobody():
            return 0


def _heard(known: Known, school: School, text: str, roll: Roll, lists: SchoolRecords, *, today: date) -> Heard:
    waiting = known.pending
    if waiting is not None and waiting.kind == PHOTO and waiting.school_id == school.id:
        answered = answer_to(as_of(Heard.from_json(waiting.payload["heard"], roll), today), text, roll, today=today)
        if answered is not None:
            return answered
    kept = known.last_understood
    before = as_of(Heard.from_json(kept, roll), today) if kept is not None and "intent" in kept else None
    organisations = [listed.name for listed in lists.organisations] + [name for _, name in lists.rounds_open]
    return read(text, today=today, roll=roll, organisations=organisations, previous=before)


def as_of(heard: Heard, today: date) -> Heard:
    """Put a kept question to today: "today" moves on with the clock, and a day gone by counts as today."""
    on = today if heard.when is When.UNSAID else max(heard.on, today)
    return replace(heard, on=on, asked_on=today)


def _school_typed(known: Known, text: str) -> School | None:
    """Return the school that answers our question at which one it is."""
    if known.pending is None or known.pending.kind != SCHOOL:
        return None
    said = text.strip().casefold()
    return next((school for school in known.schools if said in {school.code.casefold(), school.name.casefold()}), None)


def _which_school(text: str, likely: list[Asked]) -> Thought:
    schools = [(asked.asker.school.code, asked.asker.school.name) for asked in likely]
    return Thought(
        text,
        None,
        lambda ids: which_school_card(schools, pending=ids.pending, revision=ids.revision),
        contract(likely[0].heard, shape="clarify", choices=tuple(name for _, name in schools)),
        waiting=Waiting(SCHOOL, {"text": text}),
    )
