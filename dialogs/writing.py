"""From a thought to rows, in the caller's transaction: the question, what waits, what goes to the DPO."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import escalating
from dialogs.conversation import Reply, Turn
from dialogs.known import Known
from dialogs.thought import TOPIC, Ids, Thought, reply, until
from policy.photos.decision import PhotoAnswer
from storage import pending, questions
from storage.people import Person


async def write(session: AsyncSession, thought: Thought, who: Known, turn: Turn) -> Reply:
    """Note the question, open what waits for an answer, send what the DPO decides; return the words to say.

    Whatever was open is closed by it: an old question of ours must never take a later message for its answer.
    """
    person = who.person
    noted_question, reason = noted(
        thought, person, conversation=turn.conversation, activity=turn.activity, now=turn.now
    )
    question = await questions.note(session, noted_question, reason)
    ids = Ids(question)
    if thought.waiting is not None:
        waiting = await pending.wait_for(
            session,
            person_id=person.id,
            school_id=None if thought.asker is None else thought.asker.school.id,
            conversation=turn.conversation,
            kind=thought.waiting.kind,
            payload=thought.waiting.payload,
            now=turn.now,
            expires_at=until(turn.now),
        )
        ids = Ids(question, waiting.id, waiting.revision)
    elif who.pending is not None and not thought.is_aside:
        await pending.answered(session, who.pending.id, who.pending.revision)
    if thought.for_the_dpo and thought.asker is not None:
        await escalating.escalate(session, thought.asker.school, question=question, asker=person, now=turn.now)
    if thought.starts is not None:
        return reply(await thought.starts(session, who, turn), answer=thought.contract)
    return thought.reply(ids)


def noted(
    thought: Thought, person: Person, *, conversation: str, activity: str, now: datetime
) -> tuple[questions.Question, questions.Reason | None]:
    """Return what the log keeps of a question, and apart from it why it was answered so."""
    heard, school = thought.heard, None if thought.asker is None else thought.asker.school
    answer = thought.answer
    question = questions.Question(
        person_id=person.id,
        conversation=conversation,
        activity=activity,
        asked_at=now,
        text=thought.text,
        intent=thought.contract["intent"],
        shape=thought.contract["shape"],
        school_id=None if school is None else school.id,
        understood=_thread(thought),
        uses=() if heard is None else sorted(heard.uses or ()),
        media=() if heard is None else sorted(heard.media),
        on=None if heard is None else heard.on,
        pupil_ids=() if answer is None else [verdict.pupil.id for verdict in answer.verdicts],
        decision=thought.contract["decision"],
        conditions=() if answer is None else answer.conditions,
        answered_with=thought.answered_with,
        rules_version="" if thought.asker is None else thought.asker.rules.version,
        roll_version=None if school is None else school.roll_version,
        consents_version=None if school is None else school.consents_version,
        list_as_of=None if school is None else school.list_as_of,
    )
    return question, _reason(answer)


def _thread(thought: Thought) -> dict[str, Any] | None:
    """Keep what a follow-up may go on from: an aside leaves the thread as it was, a refusal ends it."""
    if thought.heard is not None:
        return thought.heard.to_json() | ({TOPIC: thought.topic} if thought.topic else {})
    if thought.topic:
        return {TOPIC: thought.topic}  # about nobody, so nobody is talked about any more
    return None if thought.is_aside else {}


def _reason(answer: PhotoAnswer | None) -> questions.Reason | None:
    if answer is None:
        return None
    causes = {one.pupil.id: (one.row, one.cause.value if one.cause else "") for one in answer.verdicts}
    return questions.Reason(answer.row, causes)
