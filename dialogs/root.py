"""Whose turn is it: a button, a command, an answer to a question of ours, or a new question."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import (
    approving,
    asked_of_me,
    asking,
    doubting,
    escalating,
    flagging,
    giving_way,
    inbox,
    letting_go,
    permitting,
    policy_answers,
    policy_changes,
    pressing,
    publishing,
    quoting,
    rating,
    reviewing,
    waiting,
    writing,
)
from dialogs.agenda import showing as agenda
from dialogs.breach import acting, form_a, reporting
from dialogs.cards.form import no_form_card
from dialogs.cards.no_files import no_files_card
from dialogs.cards.private_please import private_please_card
from dialogs.cards.refused import refused_card
from dialogs.cards.verbs import Verb
from dialogs.cards.welcome import welcome_card
from dialogs.commands import command_in
from dialogs.conversation import Arrived, Flagged, Hit, Pressed, Rated, Reply, Said, Scope, Sought, Turn
from dialogs.desk import Desk
from dialogs.filling import filler, talking
from dialogs.handing_over import asking as handing_over
from dialogs.incident import acting as incident_acting
from dialogs.incident import guarded
from dialogs.incident import reporting as incident_reporting
from dialogs.known import Known, known
from dialogs.planning import acting as plans
from dialogs.refreshing import beginning as refreshing
from dialogs.refreshing import recording as refreshes
from dialogs.request import acting as desk_of_requests
from dialogs.request import helping, intake, putting_off, taking
from dialogs.searching import answers, composing, finding
from dialogs.thought import Thought, reply
from dialogs.withdrawing import recording
from storage import audit, turns
from storage.database import Database
from storage.engines.contention import is_contention
from storage.handovers import as_of
from storage.opening import opening

_Ahead: TypeAlias = Thought | Reply | None  # what was thought, or found, before the writer is asked for
Press = Callable[[Desk, AsyncSession, Known, Pressed, Turn], Awaitable[Reply | None]]

# Every button of ours and who answers it. Each checks the presser itself, for a card proves nothing, and returns
# None where this person may not (domain 8).
VERBS: Final[Mapping[str, Press]] = {
    Verb.AGENDA_OPEN: agenda.chosen,
    Verb.TASK_SHOW: asked_of_me.show,
    Verb.PUPIL_CHOOSE: pressing.pupil_chosen,
    Verb.USE_CHOOSE: pressing.use_chosen,
    Verb.SCHOOL_CHOOSE: pressing.school_chosen,
    Verb.REVIEW_REQUEST: reviewing.request,
    Verb.REVIEW_SEEN: reviewing.seen,
    Verb.PERMISSION_REQUEST: permitting.request,
    Verb.PERMISSION_SHOW: permitting.show,
    Verb.PERMISSION_DECIDE: permitting.decide,
    Verb.BREACH_ACKNOWLEDGE: acting.acknowledge,
    Verb.BREACH_ANOTHER: reporting.another,
    Verb.BREACH_ANSWER: acting.answer,
    Verb.BREACH_FORM: form_a.form,
    Verb.BREACH_NEAR_MISS: form_a.near_miss,
    Verb.BREACH_NEAR_MISS_SEND: form_a.near_miss_send,
    Verb.BREACH_REPORT: reporting.report,
    Verb.BREACH_SHOW: acting.show,
    Verb.BREACH_STEP: acting.step,
    Verb.BREACH_TASK_DONE: acting.task_done,
    Verb.CLAUSE_SHOW: quoting.show,
    Verb.DPO_ASK: escalating.ask,
    Verb.ANSWER_APPROVE: approving.approve,
    Verb.ANSWER_DECLINE: approving.decline,
    Verb.ANSWER_PUBLISH: publishing.publish,
    Verb.ANSWER_RETIRE: publishing.retire,
    Verb.ANSWER_SHOW: answers.show,
    Verb.ESCALATION_ANSWER: escalating.answer,
    Verb.ESCALATION_ASSIGN: escalating.assign,
    Verb.ESCALATION_READ: escalating.read,
    Verb.ESCALATION_SHOW: escalating.show,
    Verb.FORM_BACK: guarded.back,
    Verb.FORM_CANCEL: filler.cancel,
    Verb.FORM_CONTINUE: guarded.forward,
    Verb.FORM_EDIT: filler.edit,
    Verb.FORM_RESUME: filler.resume,
    Verb.FORM_SEND: guarded.send,
    Verb.HANDOVER_END: handing_over.end,
    Verb.HANDOVER_GIVE: handing_over.give,
    Verb.HELP_SHOW: pressing.help_shown,
    Verb.INBOX_OPEN: inbox.chosen,
    Verb.INCIDENT_ANOTHER: incident_reporting.another,
    Verb.INCIDENT_BREACH: incident_acting.breach,
    Verb.INCIDENT_FORM: incident_acting.form,
    Verb.INCIDENT_ILLEGAL: incident_reporting.illegal,
    Verb.INCIDENT_SEEN: incident_acting.seen,
    Verb.INCIDENT_SHOW: incident_acting.show,
    Verb.INCIDENT_STEP: incident_acting.step,
    Verb.PLAN_EDIT: plans.edit,
    Verb.PLAN_SHOW: plans.show,
    Verb.PLAN_STEP: plans.step,
    Verb.POLICY_CHOOSE: policy_answers.chosen,
    Verb.POLICY_LOOKED_AT: policy_changes.looked_at,
    Verb.WAITING_SHOW: waiting.show,
    Verb.WITHDRAWAL_PUBLISHED: recording.published,
    Verb.WITHDRAWAL_RECORD: recording.record,
    Verb.WITHDRAWAL_REFUSE: recording.refuse,
    Verb.WITHDRAWAL_REMOVED: recording.removed,
    Verb.SEARCH_MORE: finding.more,
    Verb.RETENTION_CLOCK: doubting.confirm,
    Verb.RETENTION_DECIDE: letting_go.decide,
    Verb.REFRESH_ASKED: refreshes.asked,
    Verb.REFRESH_BEGIN: refreshing.begin,
    Verb.REFRESH_RECORD: refreshes.record,
    Verb.REFRESH_REFUSE: refreshes.refuse,
    Verb.REQUEST_ANOTHER: taking.another,
    Verb.REQUEST_FORM: intake.form,
    Verb.REQUEST_KEEP: helping.keep,
    Verb.REQUEST_LETTER: desk_of_requests.letter,
    Verb.REQUEST_SETTLE: putting_off.settle,
    Verb.REQUEST_SHOW: desk_of_requests.show,
    Verb.REQUEST_SNOOZE: putting_off.snooze,
    Verb.REQUEST_STEP: desk_of_requests.step,
    Verb.REQUEST_TASK: helping.task,
    Verb.REQUEST_TASK_DONE: helping.task_done,
}

_TRIES: Final = 3  # before the last, where another transaction had to go first


class _Again(Exception):  # noqa: N818  not an error: the same activity was taken a moment ago
    """Another worker took this activity first; what this one wrote is undone."""


@dataclass(slots=True)
class Dialogs:
    """Answers a turn: reads what it needs, thinks, and writes everything that must last in one transaction."""

    db: Database
    desk: Desk = field(default_factory=Desk)

    async def take(self, turn: Turn) -> tuple[Reply, ...]:
        """Answer one turn. The same activity again has no second effect and gets the same words (contract 5)."""
        for _ in range(_TRIES):
            try:
                return await self._take(turn)
            except DBAPIError as error:  # nothing of the turn was kept: it is one transaction
                if not is_contention(error):
                    raise
        return await self._take(turn)

    async def search(self, sought: Sought) -> tuple[Hit, ...]:
        """Return what to show under the search box; it is no turn, and starts nothing."""
        return await composing.hits(self.db, self.desk, sought)

    async def _take(self, turn: Turn) -> tuple[Reply, ...]:
        async with self.db.read() as session:
            as_of(session, turn.now)
            opened = await opening(session, turn.asker, turn.conversation, turn.activity)
            if opened.replied is not None:
                return _kept(opened.replied)
            who = known(opened, now=turn.now)
            ahead = None if who is None else await self._ahead(session, who, turn)
        try:
            async with self.db.write() as session:
                as_of(session, turn.now)
                told = (await self._write(session, who, ahead, turn), *_about_files(turn))
                await _keep(session, turn, who, told)
        except _Again:
            async with self.db.read() as session:
                return _kept(await turns.reply_to(session, turn.conversation, turn.activity))
        return told

    async def _ahead(self, session: AsyncSession, who: Known, turn: Turn) -> _Ahead:
        """Think, or search, with a reader's session: only what must last waits for the writer, and makes others wait.

        None for what is neither a question nor a search: any other button or command, words for the form in hand.
        """
        if turn.scope is not Scope.PERSONAL:
            return None
        match turn.event:
            case Pressed(verb=Verb.SEARCH_MORE):
                return await finding.more(self.desk, session, who, turn.event, turn)
            case Said() as said if not _is_only_files(said):
                command = command_in(said.text, who)
                if command is None:
                    return await self._think(session, who, said.text, turn)
                return await command(self.desk, session, who, turn) if command is finding.command else None
        return None

    async def _think(self, session: AsyncSession, who: Known, text: str, turn: Turn) -> Thought | None:
        if await guarded.is_for_the_form(self.desk, session, who, text, now=turn.now):
            return None
        thought = await asking.think(self.desk, session, who, giving_way.told_in(text), now=turn.now)
        return await guarded.without_words(session, who, thought, text, now=turn.now)

    async def _write(self, session: AsyncSession, who: Known | None, ahead: _Ahead, turn: Turn) -> Reply:
        if who is None:
            await audit.record(session, f"stranger/{turn.asker[:40]}", "turn.refused", "", now=turn.now)
            return reply(refused_card())
        if ahead is not None:
            told = ahead if isinstance(ahead, Reply) else await writing.write(session, ahead, who, turn)
            return told if told.replace else await talking.beside(session, who, told, now=turn.now)
        if turn.scope is not Scope.PERSONAL and not isinstance(turn.event, Arrived | Flagged | Rated):
            return reply(private_please_card())  # nothing about anybody where others read along (domain 0)
        return await self._event(session, who, turn)

    async def _event(self, session: AsyncSession, who: Known, turn: Turn) -> Reply:
        match turn.event:
            case Arrived():
                return reply(welcome_card())
            case Rated():
                return await rating.keep(session, who, turn.event, turn)
            case Flagged():
                return await flagging.take(session, who, turn.event, turn)
            case Pressed():
                return await self._press(session, who, turn.event, turn)
            case Said():
                return await self._say(session, who, turn.event, turn)

    async def _say(self, session: AsyncSession, who: Known, said: Said, turn: Turn) -> Reply:
        if _is_only_files(said):
            return reply(no_files_card())
        command = command_in(said.text, who)
        if command is not None:
            return await command(self.desk, session, who, turn)
        return await guarded.hear(self.desk, session, who, said.text, turn) or reply(no_form_card())

    async def _press(self, session: AsyncSession, who: Known, pressed: Pressed, turn: Turn) -> Reply:
        press = VERBS.get(pressed.verb)
        told = None if press is None else await press(self.desk, session, who, pressed, turn)
        if told is None:  # forged, or no longer this person's to press: a neutral word and a trace
            await audit.record(session, f"person/{who.person.id}", "press.refused", pressed.verb[:40], now=turn.now)
            return reply(refused_card())
        if not told.replace:
            await talking.passed_over(session, who, told)
        return told


def _is_only_files(said: Said) -> bool:
    return bool(said.files) and not said.text.strip()


def _about_files(turn: Turn) -> tuple[Reply, ...]:
    """Say, besides the answer to the words, that files are refused."""
    said = turn.event
    if isinstance(said, Said) and said.files and said.text.strip() and turn.scope is Scope.PERSONAL:
        return (reply(no_files_card()),)
    return ()


async def _keep(session: AsyncSession, turn: Turn, who: Known | None, told: tuple[Reply, ...]) -> None:
    """Take the activity together with its replies; raises _Again where another worker was first."""
    kept = [{"text": each.text, "card": each.card, "summary": each.summary, "replace": each.replace} for each in told]
    person_id = None if who is None else who.person.id
    if not await turns.first_time(session, turn.conversation, turn.activity, turn.now, person_id=person_id, reply=kept):
        raise _Again


def _kept(replies: Any) -> tuple[Reply, ...]:  # noqa: ANN401  JSON that we wrote
    return tuple(Reply(**each, again=True) for each in replies or ())
