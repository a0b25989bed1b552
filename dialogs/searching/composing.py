"""The search box over a message that somebody writes: the rules to share, and a pupil's answer for their eyes alone.

Every keystroke may be a search, so nothing is started, sent or kept by one. The only trace is that of a decision about
a pupil that was shown: noted once an hour, in the same statements whatever was decided.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import asking, dpo_answers, policy_answers, writing
from dialogs.cards.private_please import private_please_card
from dialogs.cards.shared_answer import SharedAnswer, shared_answer_card
from dialogs.conversation import Hit, Sought
from dialogs.desk import Desk
from dialogs.known import Known, known
from dialogs.searching.previews import RULES, preview, rule_line
from dialogs.thought import Asker, Thought, contract, local_day
from policy import own_answers
from policy.clauses import Citation
from policy.library import library, told
from policy.matching import related
from policy.photos.decision import PhotoAnswer
from policy.understanding.heard import Intent
from storage import published, questions, turns
from storage.database import Database
from storage.handovers import as_of
from storage.opening import opening

_SHORTEST: Final = 3  # letters; fewer are nobody's question
_MOST: Final = 5
_KEPT_UNDER: Final = "search/"  # no chat of Teams' has such an id, so that no follow-up leans on what was searched


async def hits(db: Database, desk: Desk, sought: Sought) -> tuple[Hit, ...]:
    """Return what to show for the words so far; nothing to somebody whom no school knows."""
    words = " ".join(sought.words.split())
    if len(words) < _SHORTEST:
        return ()
    async with db.read() as session:
        as_of(session, sought.now)
        who = known(await opening(session, sought.asker, ""), now=sought.now)
        if who is None:
            return ()
        who = replace(who, pending=None, last_understood=None, form=None)  # it goes on from nothing
        thought = await _think(desk, session, who, words, now=sought.now)
        found = [*_private(thought, today=local_day(sought.now)), *await _general(session, desk, who, thought, words)][
            :_MOST
        ]
        answer, key = thought.answer, ""
        if answer is not None and answer.verdicts:
            key = _key(thought, answer, sought.now)
            if await turns.reply_to(session, _kept_under(who), key) is not None:
                key = ""
    if key:
        await _note(db, thought, who, key, now=sought.now)
    return tuple(found)


async def _think(desk: Desk, session: AsyncSession, who: Known, words: str, *, now: datetime) -> Thought:
    """Think what the chat would; but what is only a rule is not looked up here: the search does that itself."""
    if len(who.schools) > 1:
        return await asking.think(desk, session, who, words, now=now)
    asked = await asking.at(desk, session, who, who.schools[0], words, now=now)
    heard = asked.heard
    if heard.intent in RULES and not (heard.probing or heard.too_long or policy_answers.names_a_pupil(heard)):
        said = contract(heard, shape="answer")
        return Thought(words, None, lambda _: private_please_card(), said, asked.asker)
    return await asking.answer(session, asked)


def _private(thought: Thought, *, today: date) -> Iterator[Hit]:
    """Show what is for the asker's eyes: chosen by mistake it puts the same neutral pointer into any chat."""
    shown = preview(thought, today=today)
    if shown is not None:
        yield Hit(*shown, card=private_please_card())


async def _general(session: AsyncSession, desk: Desk, who: Known, thought: Thought, words: str) -> list[Hit]:
    """Show the rules that the words may be about, as the school has them; none where a pupil is named or meant."""
    heard = thought.heard or (thought.asked.heard if thought.asked else None)
    about_somebody = thought.text == policy_answers.UNSAID or (
        heard is not None and (policy_answers.names_a_pupil(heard) or bool(thought.answer and thought.answer.verdicts))
    )
    if about_somebody or thought.contract["shape"] == "refused" or thought.contract["intent"] == Intent.ILLEGAL_CONTENT:
        return []
    asker = thought.asker or desk.asker(who.person, who.schools[0])
    return [*await _own(session, asker, words), *_library(asker, words)]


async def _own(session: AsyncSession, asker: Asker, words: str) -> list[Hit]:
    there = [dpo_answers.as_answer(one) for one in await published.standing(session, asker.school.id)]
    by = f"Answered by the DPO of {asker.school.name}."
    return [_shared(one.title, one.text, one.clauses, by) for one in own_answers.related(words, there)]


def _library(asker: Asker, words: str) -> Iterator[Hit]:
    for answer in related(words, library(), rules=asker.rules):
        said = told(answer, asker.rules)
        yield _shared(answer.title, said.text, said.citations, f"From Ask DPO, for {asker.school.name}.")


def _shared(title: str, words: str, cited: tuple[Citation, ...], by: str) -> Hit:
    citations = tuple((each.document, each.clause) for each in cited)
    card = shared_answer_card(SharedAnswer(title, words, citations, by))
    return Hit(title[:1].upper() + title[1:], rule_line(words, citations), card)


def _key(thought: Thought, answer: PhotoAnswer, now: datetime) -> str:
    """Name a decision that was shown: the same one in the same hour is one look-up, however it was typed."""
    heard, school = thought.heard, None if thought.asker is None else thought.asker.school.id
    asked = [] if heard is None else [heard.on.isoformat(), sorted(heard.uses or ()), sorted(heard.media), heard.alters]
    about = sorted(verdict.pupil.id for verdict in answer.verdicts)
    told_so = (answer.decision.value, answer.shape.value, list(answer.conditions), list(answer.leave_out))
    hour = now.strftime("%Y-%m-%dT%H")
    return sha256(msgspec.json.encode([school, asked, about, told_so, hour])).hexdigest()


def _kept_under(who: Known) -> str:
    return f"{_KEPT_UNDER}{who.person.id}"


async def _note(db: Database, thought: Thought, who: Known, key: str, *, now: datetime) -> None:
    """Keep what was told of a pupil, as the chat does: somebody may act on it. Written before it is shown."""
    question, reason = writing.noted(thought, who.person, conversation=_kept_under(who), activity=key, now=now)
    async with db.write() as session:
        if await turns.first_time(session, _kept_under(who), key, now, person_id=who.person.id, reply=[]):
            await questions.note(session, question, reason)
