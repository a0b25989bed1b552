"""Hartfield with a case of everything open, one holder of each role, and an own planted word in every report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy import select

from dialogs.conversation import Pressed, Reply
from dialogs.policy_changes import tell
from policy.roles import Role
from storage import people, retaining
from storage.cases import CaseKind, CaseRow
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.policy import import_policy
from storage.importing.run import import_file
from storage.people import PersonRow
from storage.proposals import propose
from storage.reviews import ReviewRow
from tests.dialogs.conftest import MONDAY, SCHOOL, Chat, inputs_of
from tests.dialogs.conftest import _something as anything
from tests.dialogs.letterbox import newest
from tests.dialogs.test_event_plan import plans
from tests.dialogs.test_requests_taken import SAID as REQUESTED

EVERY_ROLE: Final = tuple(Role)
# Nobody of these holds a role that has a seat: they bring the cases in.
REPORTERS: Final = ("t.reed", "n.base", "w.ill", "r.oak", "i.lay")
OUTSIDERS: Final = (
    "x.other",
    "x.left",
    "x.nobody",
)  # every role at another school; every role until they left; unknown

# What each report has in it that stands nowhere else in the world, in the words of whoever reported.
PLANTED: Final[Mapping[str, str]] = {
    "breach": "qxbreach",
    "form_a": "qxforma",
    "answer": "qxreply",
    "task": "qxtask",
    "request": "qxrequest",
    "scope": "qxscope",
    "withdrawal": "qxsigner",
    "plan": "qxplan",
    "incident": "qxincident",
    "question": "qxquestion",
    "published": "qxpublished",
    "proposed": "qxproposed",
    "draft": "qxdraft",
    "illegal": "qxillegal",
}


def staff() -> str:
    """The staff file: a person a role, the reporters, and a stranger to this school who is everything elsewhere."""
    lines = ["aad_object_id,email,display_name,school,roles"]
    everyone = [(role.value, f"Holder {role.value.replace('_', ' ').title()}", "HFD", role.value) for role in Role]
    everyone += [(name, f"Reporter {name[2:].title()}", "HFD", "staff") for name in REPORTERS]
    everyone += [("x.other", "Olly Other", "OTH", ";".join(Role)), ("x.left", "Lee Left", "HFD", ";".join(Role))]
    for number, (name, shown, school, roles) in enumerate(everyone, 1):
        lines.append(f"00000000-0000-4000-8000-{number:012d},{name}@hartfield.example,{shown},{school},{roles}")
    return "\n".join(lines) + "\n"


async def prepare(db: Database, folder: Path) -> None:
    """Import the school and bring in a case of every kind, half of them in somebody's hands."""
    (folder / "staff.csv").write_text(staff(), "utf-8")
    await import_file(db, Kind.STAFF, folder / "staff.csv", now=MONDAY)
    for kind in ("pupils", "terms", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    async with db.read() as session:
        dsl = await people.by_email(session, "dsl@hartfield.example")
    await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=MONDAY)
    (folder / "staff.csv").write_text(staff().replace(f"Lee Left,HFD,{';'.join(Role)}", "Lee Left,HFD,"), "utf-8")
    await import_file(db, Kind.STAFF, folder / "staff.csv", now=MONDAY)
    await _policies(db, folder)
    await _breach(db)
    await _request(db)
    await _incidents(db)
    await _pictures(db)
    await _questions(db)
    await _half_done(db)
    await _hands_over(db)
    async with db.write() as session:  # the DPO was asked about an old case
        plan = await session.scalar(select(CaseRow.id).where(CaseRow.kind == CaseKind.PLAN.value))
        await retaining.ask(session, [int(plan or 0)], lot="old", now=MONDAY)


async def _hands_over(db: Database) -> None:
    """The DPO lends the office their post for a day that is still to come."""
    dpo = of(db, "dpo", turns=120)
    await dpo.says("hand over to Holder Office from 21 December to 22 December")
    await dpo.fills("Hand over")


def of(db: Database, who: str, *, turns: int = 0) -> Chat:
    """Somebody's chat; `turns` past those that the scene took, for the same activity twice has no effect."""
    return Chat(db, f"{who}@hartfield.example", turns=turns)


async def steps(chat: Chat, verb: str, case: int, step: str, **fields: str) -> Reply:
    """Take a step of a case as the person whose it is, form and all."""
    told = await chat.does(Pressed(verb, {"case": case, "step": step}))
    for _ in range(8):
        titles = [action["title"] for action in (told.card or {}).get("actions", ())]
        if "Cancel" not in titles:
            return told
        inputs = {each["id"] for each in inputs_of(told.card or {})}
        sends = next(title for title in titles if title not in {"Back", "Cancel"})
        told = await chat.fills(sends, **{name: value for name, value in fields.items() if name in inputs})
    raise AssertionError(f"{step} never ended: {told.text}")


async def number_of(db: Database, who: str) -> str:
    """Somebody's number, as a list of people sends it."""
    async with db.read() as session:
        return str(await session.scalar(select(PersonRow.id).where(PersonRow.email == f"{who}@hartfield.example")))


async def case_of(db: Database, kind: str) -> int:
    """The number of the newest case of a kind."""
    async with db.read() as session:
        found = await session.scalar(select(CaseRow.id).where(CaseRow.kind == kind).order_by(CaseRow.id.desc()))
    assert found is not None, f"no {kind}"
    return found


async def _policies(db: Database, folder: Path) -> None:
    """Two versions of one document, so that the DPO has a change to look at."""
    for words in ("Cameras sleep in the cupboard.", "Cameras sleep in the safe."):
        path = folder / "photography.md"
        path.write_text(f"Photography Policy\n\n7 Cameras\n\n7.7 {words}\n\n7.4 The office has the key.\n", "utf-8")
        await import_policy(db, path, documents=["photography"], school="HFD", now=MONDAY, tell=tell)


async def _fills_in(chat: Chat, words: str, *, until: str) -> None:
    """Fill every page in, the same words wherever there is room for words."""
    for _ in range(10):
        if f"[{until}]" in chat.last.text:
            break
        empty = [each for each in inputs_of(chat.last.card or {}) if "value" not in each]
        filled = {each["id"]: words if each["type"] == "Input.Text" else anything(each, MONDAY) for each in empty}
        await chat.fills("Continue", **filled)
    await chat.fills(until)


async def _breach(db: Database) -> None:
    teacher, dpo = of(db, "t.reed"), of(db, "dpo")
    await teacher.says(f"I have just sent the {PLANTED['breach']} scores to the wrong parent")
    await teacher.fills("Continue")
    await _fills_in(teacher, PLANTED["form_a"], until="Send report")
    case, colleague = await case_of(db, "breach"), await number_of(db, "sbm")
    await dpo.does(Pressed("breach.acknowledge", {"case": case}))
    await steps(dpo, "breach.step", case, "asked", text="Which address was it?")
    await steps(dpo, "breach.step", case, "task_set", kind="ask-deletion", what=PLANTED["task"], owner=colleague)
    teacher.last = await newest(db, "t.reed", "/asked/")
    await teacher.fills("Send answer", answer=f"The {PLANTED['answer']} one")


async def _request(db: Database) -> None:
    clerk, dpo = of(db, "r.oak"), of(db, "dpo", turns=40)
    await clerk.says(f"grandad asked what the {PLANTED['request']} has written down about the twins")
    await clerk.fills("Continue")
    await clerk.fills("Continue", **REQUESTED)
    await clerk.fills("Pass it on")
    case = await case_of(db, "request")
    await steps(dpo, "request.step", case, "accepted")
    owner = await number_of(db, "sbm")
    await steps(dpo, "request.step", case, "task_set", kind="search", what=PLANTED["scope"], owner=owner)


async def _incidents(db: Database) -> None:
    """One that the champion has, and one that may be illegal, which the head and the DSL have."""
    reporter = of(db, "n.base")
    await reporter.says(f"{PLANTED['incident']} is being cyberbullied on snapchat")
    finder = of(db, "i.lay")
    await finder.says(f"I have found {PLANTED['illegal']} child abuse images on a {PLANTED['illegal']} laptop")
    await finder.says(f"it shows a {PLANTED['illegal']} girl")
    await finder.presses("Continue", place=f"{PLANTED['illegal']} picture of a boy", device=PLANTED["illegal"])


async def _pictures(db: Database) -> None:
    """A family takes consent back, another's circumstances change, and an event is planned."""
    office = of(db, "w.ill")
    await office.says("family no longer agree to social media")
    await office.presses("Continue")
    await office.fills("Continue", uses="social_image", received="2026-11-20", how="letter", erasure="no")
    await office.fills("Send report", pupil="Wren Ashby", capacity="parent", given_by=PLANTED["withdrawal"])
    await office.says("circumstances changed for Uma Vale")
    await office.presses("Continue")
    await office.fills("Send report")
    lead = of(db, "data_lead", turns=20)
    await lead.does(Pressed("refresh.record", {"refresh": 1}))
    await plans(of(db, "w.ill", turns=20), event=f"{PLANTED['plan']} service")


async def _questions(db: Database) -> None:
    """A review, a question for the DPO, one for the head, and a question of the bot's that waits."""
    teacher = of(db, "t.reed", turns=40)
    await teacher.says("website photo of Tom Bell and Ned Dove")
    await teacher.presses("Request review")
    await teacher.says("can families film the concert on 10 December?")
    await teacher.presses("Ask the headteacher")
    await teacher.says(f"May we lend the class {PLANTED['question']} register to the science club?")
    title = next(title for title in ("Send to the DPO", "Ask the DPO") if f"[{title}]" in teacher.last.text)
    await teacher.presses(title)
    await _published(db)
    await teacher.says("Sam Smith on the website?")


async def _published(db: Database) -> None:
    """One question was answered, and its answer kept for everybody."""
    asker, dpo = of(db, "r.oak", turns=40), of(db, "dpo", turns=60)
    await asker.says("how is the salary scale calculated")
    await asker.presses("Ask the DPO")
    async with db.read() as session:
        review = await session.scalar(select(ReviewRow.id).order_by(ReviewRow.id.desc()).limit(1))
    await dpo.does(
        Pressed("escalation.answer", {"escalation": review, "answer": f"Ask {PLANTED['published']} in the office."})
    )
    await dpo.presses("Keep it for everybody")
    await dpo.fills("Keep it")
    async with db.write() as session:  # and one that waits for a second pair of eyes
        writer = await people.by_email(session, "dpo@hartfield.example")
        assert writer is not None
        await propose(
            session,
            lot="prepared",
            due={writer.memberships[0].school_id: None},
            review=None,
            asks=["what about the other register"],
            text=f"Not without {PLANTED['proposed']}.",
            by=writer.id,
            now=MONDAY,
        )


async def _half_done(db: Database) -> None:
    """Forms in somebody's hands: a second breach, which nobody has acknowledged, with a page of Form A kept."""
    reporter = of(db, "w.ill", turns=60)
    await reporter.says("my work laptop was stolen from the car this morning")
    await reporter.fills("Continue")
    for _ in range(2):  # the first page asks for times alone
        empty = [each for each in inputs_of(reporter.last.card or {}) if "value" not in each]
        words = {each["id"]: PLANTED["draft"] for each in empty if each["type"] == "Input.Text"}
        await reporter.fills("Continue", **{each["id"]: anything(each, MONDAY) for each in empty} | words)
    dpo = of(db, "dpo", turns=80)
    await dpo.does(Pressed("breach.step", {"case": 1, "step": "noted"}))
