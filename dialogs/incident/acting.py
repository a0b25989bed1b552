"""What is pressed on an incident's cards. Each is checked against the case, for a card proves nothing."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import reporting as breach_reporting
from dialogs.cards.incident_first import incident_sent_card
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.incident import asking_facts, case_file, telling
from dialogs.incident.at_table import Table, table_of
from dialogs.incident.case_file import happened
from dialogs.incident.reporting import note, own
from dialogs.incident.stepping import begin_step
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, reply
from policy.incident.case import Incident
from policy.incident.events import Happened
from policy.incident.kinds import BREACH_TOO, IncidentKind
from policy.incident.steps import OFFERED, Step, may_see, refusal

_BREACH_WORDS = {  # fixed words of ours: the reporter's own were not kept
    IncidentKind.SPAM: "Somebody may have clicked on a link or given away a password after a phishing message.",
    IncidentKind.SECURITY: "An account or the network may not be safe.",
}


async def form(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show the reporter's form where they are in it, opened again where they left it."""
    incident = await own(session, known, pressed)
    if incident is None:
        return None
    if incident.sent_at is not None or not incident.is_open:
        return instead(reply(incident_sent_card(case=incident.number, illegal=incident.is_illegal)))
    at_table = await table_of(session, incident)
    draft = await asking_facts.open_form(session, known, incident, at_table, turn)
    told = await filler.show(session, draft, known, turn)
    return told if incident.is_illegal else instead(told)  # the do and the don't stay in sight


async def breach(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Open the breach route beside the incident: data may be out as well (C13)."""
    incident = await own(session, known, pressed)
    if incident is None or incident.kind not in BREACH_TOO:
        return None
    if not incident.breach_too:
        incident = await case_file.add(session, incident, happened(Happened.BREACH, turn.now, known.person.id))
        await note(session, incident, known.person.id, "incident.breach", turn)
    school = next((each for each in known.schools if each.id == incident.school_id), known.schools[0])
    return reply(await breach_reporting.begin(session, known, turn, school=school, text=_BREACH_WORDS[incident.kind]))


async def seen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Note that somebody is on it: the chasers stop, the reporter hears of it."""
    opened = await _at_the_table(session, known, pressed)
    if opened is None:
        return None
    incident, at_table = opened
    refused = refusal(incident, Step.SEEN, by=known.person.id, seats=at_table.seats)
    if refused is None:
        before = incident
        incident = await case_file.add(session, incident, happened(Happened.SEEN, turn.now, known.person.id))
        at_table = await telling.changed(session, before, incident, now=turn.now)
        await note(session, incident, known.person.id, "incident.seen", turn)
    return instead(reply(telling.card_for(incident, at_table, known.person.id, note=refused or "")))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Show the case as it is now, to whoever has it and to whoever may see it (domain 8)."""
    incident = await case_file.read(session, number_in(pressed, "case"))
    if incident is None:
        return None
    at_table, person = await table_of(session, incident), known.person
    roles = person.roles_for(incident.school_id, incident.concerned)
    if not may_see(incident, person=person.id, roles=roles, seats=at_table.seats):
        return None
    return reply(telling.draw(incident, at_table, person.id))


async def step(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see form
    """Open what was chosen under "What next?": a form, or for what needs no words, do it."""
    opened = await _at_the_table(session, known, pressed)
    if opened is None:
        return None
    incident, at_table = opened
    chosen = words_in(pressed, "step")
    wanted = Step(chosen) if chosen in set(OFFERED) else None
    if wanted is None:
        refused: str | None = "Please choose what you want to do under “What next?”."
    else:
        refused = refusal(incident, wanted, by=known.person.id, seats=at_table.seats)
    if refused is not None or wanted is None:
        return instead(reply(telling.card_for(incident, at_table, known.person.id, note=refused or "")))
    return await begin_step(session, known, incident, wanted, turn)


async def _at_the_table(session: AsyncSession, known: Known, pressed: Pressed) -> tuple[Incident, Table] | None:
    incident = await case_file.read(session, number_in(pressed, "case"), hold=True)
    if incident is None:
        return None
    at_table = await table_of(session, incident)
    return (incident, at_table) if known.person.id in at_table.seats else None
