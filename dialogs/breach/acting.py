"""What is pressed on a case's card: acknowledged, opened, asked, answered, done. Each is checked against the case."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.breach.at_table import table_of
from dialogs.breach.refusing import refused_to
from dialogs.breach.stepping import begin_step
from dialogs.cards.breach_news import answer_sent_card, task_done_card
from dialogs.casework.tables import Table
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, reply
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.seats import Seat
from policy.breach.steps import Step
from storage import audit


async def acknowledge(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Note that somebody has it: the chasers stop, the reporter hears of it."""
    opened = await _at_the_table(session, known, pressed, turn)
    if opened is None:
        return None
    breach, at_table = opened
    person = known.person.id
    data = {"by_dpo": Seat.DPO in at_table.acts_from(person)}
    refused = refused_to(breach, Step.ACKNOWLEDGE, at_table, person, turn, data=data)
    if refused is None:
        before = breach
        breach = await case_file.add(
            session, breach, Event(Happened.ACKNOWLEDGED, turn.now, person, data), now=turn.now
        )
        at_table = await telling.changed(session, before, breach, now=turn.now)
        await note(session, breach, known, "breach.acknowledged", turn)
    return instead(reply(telling.card_for(breach, at_table, person, now=turn.now, note=refused or "")))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see acknowledge
    """Show the case as it is now."""
    opened = await _at_the_table(session, known, pressed, turn)
    if opened is None:
        return None
    breach, at_table = opened
    return reply(telling.card_for(breach, at_table, known.person.id, now=turn.now))


async def step(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see acknowledge
    """Open what was chosen under "What next?": a form, or for what needs no words, do it."""
    opened = await _at_the_table(session, known, pressed, turn)
    if opened is None:
        return None
    breach, at_table = opened
    chosen = words_in(pressed, "step")
    if chosen not in set(Step):
        note_ = "Please choose what you want to do under “What next?”."
        return instead(reply(telling.card_for(breach, at_table, known.person.id, now=turn.now, note=note_)))
    wanted = Step(chosen)
    refused = refused_to(breach, wanted, at_table, known.person.id, turn)
    if refused is not None:
        return instead(reply(telling.card_for(breach, at_table, known.person.id, now=turn.now, note=refused)))
    return await begin_step(session, known, breach=breach, at_table=at_table, step=wanted, turn=turn)


async def answer(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see acknowledge
    """Pass the reporter's answer on, into the case."""
    breach = await case_file.read(session, number_in(pressed, "case"), hold=True)
    if breach is None or breach.reporter != known.person.id:
        return None
    data = {"text": words_in(pressed, "answer").strip()}
    at_table = await table_of(session, breach, now=turn.now)
    refused = refused_to(breach, Step.ANSWER, at_table, known.person.id, turn, data=data)
    if refused is not None:
        return Reply(text=refused)
    breach = await case_file.add(
        session, breach, Event(Happened.ANSWERED, turn.now, known.person.id, data), now=turn.now
    )
    await telling.tell(session, breach, now=turn.now, note="The reporter has answered.")
    await telling.news_to_dpo(
        session, breach, "The reporter has answered your question:", turn=turn, theirs=data["text"]
    )
    return instead(reply(answer_sent_card(case=breach.number, answer=data["text"])))


async def task_done(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see acknowledge
    """Note that a containment task is done."""
    breach = await case_file.read(session, number_in(pressed, "case"), hold=True)
    number = number_in(pressed, "task")
    task = None if breach is None else next((each for each in breach.tasks if each.number == number), None)
    if breach is None or task is None or not known.is_at(breach.school_id):
        return None
    words = words_in(pressed, "note").strip()
    at_table = await table_of(session, breach, now=turn.now)
    data = {"task": number, "note": words}
    if task.done_at is None:
        refused = refused_to(breach, Step.FINISH_TASK, at_table, known.person.id, turn, data=data)
        if refused is not None:
            return None if task.owner != known.person.id else Reply(text=refused)
        breach = await case_file.add(
            session, breach, Event(Happened.TASK_DONE, turn.now, known.person.id, data), now=turn.now
        )
        await telling.tell(session, breach, now=turn.now, note="A containment task is done.")
        await telling.news_to_dpo(session, breach, f"Done: {task.what}.", turn=turn, theirs=words)
    elif task.owner != known.person.id and known.person.id not in at_table.seats:
        return None
    else:
        words = task.note
    return instead(reply(task_done_card(case=breach.number, what=task.what, note=words)))


async def note(session: AsyncSession, breach: Breach, known: Known, what: str, turn: Turn) -> None:
    """Write into the audit log who did it."""
    await audit.record(
        session,
        f"person/{known.person.id}",
        what,
        f"case/{breach.number}",
        now=turn.now,
        school_id=breach.school_id,
    )


async def _at_the_table(
    session: AsyncSession, known: Known, pressed: Pressed, turn: Turn
) -> tuple[Breach, Table] | None:
    """Return the case, held, if the presser has a seat in it: a card proves nothing (domain 8)."""
    breach = await case_file.read(session, number_in(pressed, "case"), hold=True)
    if breach is None:
        return None
    at_table = await table_of(session, breach, now=turn.now)
    return (breach, at_table) if known.person.id in at_table.seats else None
