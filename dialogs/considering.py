"""What the bot would say: a question answered without a conversation, for `askdpo ask` and `askdpo evaluate`.

It starts nothing that lasts: no open question, no letter. The question is noted like any other.
"""

from datetime import datetime
from typing import Final

from dialogs import asking, policy_answers, writing
from dialogs.cards.refused import refused_card
from dialogs.conversation import Reply
from dialogs.desk import Desk
from dialogs.known import known
from dialogs.thought import Ids, contract, reply
from storage import people, questions
from storage.database import Database
from storage.handovers import as_of
from storage.opening import opening

CONVERSATION: Final = "askdpo ask"  # where such questions are noted; never read back, so no line leans on another


async def consider(db: Database, desk: Desk, *, email: str, text: str, now: datetime) -> Reply:
    """Answer as that person, as if asked at that moment; somebody unknown gets the neutral refusal."""
    async with db.read() as session:
        as_of(session, now)
        person = await people.by_email(session, email)
        who = None if person is None else known(await opening(session, person.aad_object_id, ""), now=now)
        if who is None:
            return reply(refused_card(), answer=contract(None, shape="refused"))
        thought = await asking.think(desk, session, who, text, now=now)
        if thought.asked is not None:  # looked up here alone: whoever starts a dialog must not wait for it
            thought = policy_answers.with_clauses(thought.asked, thought)
    async with db.write() as session:
        noted, reason = writing.noted(thought, who.person, conversation=CONVERSATION, activity="", now=now)
        await questions.note(session, noted, reason)
    return thought.reply(Ids())
