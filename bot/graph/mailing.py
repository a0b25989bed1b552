"""Tells people by mail to open Teams, where Teams would not take an urgent message for them.

A mail is read on lock screens and by whoever shares a mailbox: it says nothing but that there is something, and the
numbers of cases. It is sent at most once: "sending" is committed before the call (storage/mailed.py).
"""

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, wall_clock
from bot.connector import backoff
from bot.errors import survive
from bot.graph.client import Graph, GraphError
from bot.logbook import Log
from dialogs.unreached import say_mailed
from storage import mailed, people
from storage.database import Database
from storage.mailed import Claimed, Mail
from storage.outbox import Letter

ROUND: Final = 5.0  # seconds between two looks
STUCK_AFTER: Final = timedelta(minutes=15)  # urgent and tried, and still not there: Teams itself may be away
MOST_TRIES: Final = 40
LONGEST_PAUSE: Final = 900.0  # seconds
_CASE: Final = re.compile(r"[a-z]+/(\d+)")
_NOT_TAKEN: Final = frozenset({401, 429})  # certainly not done, and it may work later
_SERVERS: Final = 500  # and above: it may have gone out

log = Log(__name__)


def is_worth_a_mail(letter: Letter) -> bool:
    """Say whether somebody is told of this by mail: alerts, and reminders of statutory days; not the digest."""
    return letter.urgent or mailed.counts_days(letter.key)


async def want(session: AsyncSession, letter: Letter, *, now: datetime) -> None:
    """Have a letter that Teams will not deliver announced by mail, in the transaction that gives it up."""
    if is_worth_a_mail(letter):
        await mailed.want(session, [letter.id], now=now)


def message(letters: Claimed, to: str) -> dict[str, Any]:
    """Write the mail: no name, no pupil, no kind of case."""
    found = sorted({int(case[1]) for each in letters.letters if (case := _CASE.match(each.subject))})
    about = f" about case {found[0]}" if len(found) == 1 else f" about cases {', '.join(map(str, found))}"
    what = "a message" if len(letters.letters) == 1 else "messages"
    content = (
        f"Ask DPO has {what} for you{about if found else ''} that could not be delivered in Teams.\n\n"
        "Please open Teams now and write “inbox” to Ask DPO. If you cannot find it there, ask your IT administrator "
        "to give you the app, and ring your data protection officer meanwhile.\n\n"
        "This mail says no more on purpose."
    )
    return {
        "message": {
            "subject": "Ask DPO: please open Teams",
            "body": {"contentType": "Text", "content": content},
            "toRecipients": [{"emailAddress": {"address": to}}],
        },
        "saveToSentItems": True,
    }


class Mailing:
    """One a process; several processes may share the letters."""

    def __init__(self, db: Database, graph: Graph, mailbox: str, *, clock: Clock = wall_clock) -> None:
        self._db = db
        self._graph = graph
        self._path = f"/users/{mailbox}/sendMail"
        self._clock = clock

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            await survive(self._round(), "mail about letters")
            await asyncio.sleep(ROUND)

    async def send_due(self) -> int:
        """Send what is due, once; give how many people were written to."""
        await self._look()
        written = 0
        while (claimed := await self._claim()) is not None:
            await self._send(claimed)
            written += 1
        return written

    async def _round(self) -> None:
        if await self._db.is_current():
            await self.send_due()

    async def _look(self) -> None:
        """Find urgent letters that are stuck although nobody gave them up, and mails of whoever died."""
        now = self._clock()
        async with self._db.read() as session:
            stuck = await mailed.stuck(session, since=now - STUCK_AFTER)
            due = await mailed.is_due(session, now=now)
        if not stuck and not due:
            return
        async with self._db.write() as session:
            await mailed.want(session, stuck, now=now)
            lost = await mailed.give_up_lost(session, now=now)
        if lost:
            log.warning("mails of which nobody knows", count=lost)

    async def _claim(self) -> Claimed | None:
        async with self._db.read() as session:
            if not await mailed.is_due(session, now=self._clock()):
                return None
        async with self._db.write() as session:
            return await mailed.claim(session, now=self._clock())

    async def _send(self, claimed: Claimed) -> None:
        """Send one mail, which is marked as being sent by now, and write down what came of it."""
        async with self._db.read() as session:
            person = await people.by_aad(session, claimed.addressee)
        if person is None or not person.memberships:
            await self._settle(claimed, Mail.REFUSED, reason="no longer here")
            return
        try:
            await self._graph.post(self._path, message(claimed, person.email))
        except GraphError as failed:
            log.warning("mail not sent", person=person.id, status=failed.status or 0, why=failed.code or "no answer")
            await self._settle(claimed, *_judged(failed), retry_after=failed.retry_after)
        else:
            log.info("mail sent", person=person.id, count=len(claimed.letters))
            await self._settle(claimed, Mail.ACCEPTED)

    async def _settle(
        self, claimed: Claimed, state: Mail, reason: str | None = None, *, retry_after: float | None = None
    ) -> None:
        tries, again = max(each.attempts for each in claimed.letters), None
        if state is Mail.DUE and tries >= MOST_TRIES:
            state = Mail.REFUSED
        if state is Mail.DUE:
            pause = retry_after if retry_after is not None else backoff(tries, longest=LONGEST_PAUSE)
            again = self._clock() + timedelta(seconds=pause)
        async with self._db.write() as session:
            await mailed.settle(session, claimed.numbers, state, reason=reason, next_try_at=again)
        if state is Mail.ACCEPTED:
            for each in claimed.letters:
                work = say_mailed(self._db, each.key, claimed.addressee, now=self._clock())
                await survive(work, "a word about a mail")


def _judged(failed: GraphError) -> tuple[Mail, str]:
    """Say what a failure means: only what certainly did not go out may be tried again."""
    if not failed.sent or failed.status in _NOT_TAKEN:
        return Mail.DUE, str(failed)
    if failed.status is None or failed.status >= _SERVERS:
        return Mail.UNKNOWN, str(failed)
    return Mail.REFUSED, str(failed)
