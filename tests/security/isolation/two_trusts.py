"""Four schools of two trusts in one database, each with a case of its own and words that stand nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.policy import import_policy
from storage.importing.run import import_file
from tests.dialogs.conftest import MONDAY, Chat

TRUSTS: Final[Mapping[str, tuple[str, str]]] = {"north": ("ASH", "BIR"), "south": ("CED", "DOG")}
SCHOOLS: Final = tuple(code for schools in TRUSTS.values() for code in schools)
PROBE: Final = "probe@trusts.example"
# Every post is held at every school, so that nobody sits in a seat for want of somebody better.
POSTS: Final = (
    *("headteacher", "academy_leader", "dsl", "deputy_dsl", "data_lead", "office", "online_safety_champion"),
    *("computing_coordinator", "technician", "sbm", "slt", "ceo", "governor", "site_manager"),
)
KINDS: Final = ("breach", "request", "incident", "question", "policy", "pupil")


@dataclass(frozen=True, slots=True)
class Planted:
    """A word and where alone it stands."""

    word: str
    school: str
    kind: str


WORDS: Final = tuple(Planted(f"qx{code.lower()}{kind}", code, kind) for code in SCHOOLS for kind in KINDS)


def word(code: str, kind: str) -> str:
    """Return the word of a school for a kind of thing."""
    return next(one.word for one in WORDS if (one.school, one.kind) == (code, kind))


async def build(db: Database, folder: Path) -> None:
    """Bring in the schools, and at each of them one thing of each kind."""
    (folder / "staff.csv").write_text("\n".join(_staff()) + "\n", "utf-8")
    (folder / "pupils.csv").write_text("\n".join(_pupils()) + "\n", "utf-8")
    await import_file(db, Kind.STAFF, folder / "staff.csv", now=MONDAY)
    await import_file(db, Kind.PUPILS, folder / "pupils.csv", now=MONDAY)
    for code in SCHOOLS:
        path = folder / "photography.md"
        path.write_text(f"Photography Policy\n\n7 Cameras\n\n7.7 Cameras sleep in {word(code, 'policy')}.\n", "utf-8")
        await import_policy(db, path, documents=["photography"], school=code, now=MONDAY)
        one, two, three, four = (Chat(db, f"{name}.{code.lower()}@trusts.example") for name in ("one", "two", "s", "t"))
        await one.says(f"I have just sent the {word(code, 'breach')} scores to the wrong parent")
        await two.says(f"grandad asked what the {word(code, 'request')} has written down about the twins")
        await three.says(f"{word(code, 'incident')} is being cyberbullied on snapchat")
        await four.says(f"how is the {word(code, 'question')} salary scale calculated")
        await four.presses(next(t for t in ("Send to the DPO", "Ask the DPO") if f"[{t}]" in four.last.text))


def _staff() -> list[str]:
    people = [(f"dpo.{trust}", [(code, "dpo") for code in schools]) for trust, schools in TRUSTS.items()]
    for code in SCHOOLS:
        people += [(f"{post}.{code.lower()}", [(code, post)]) for post in POSTS]
        people += [(f"{name}.{code.lower()}", [(code, "staff")]) for name in ("one", "two", "s", "t")]
    people.append(("both", [("ASH", "staff"), ("CED", "staff")]))
    people.append(("probe", [(code, "staff") for code in SCHOOLS]))
    lines = ["aad_object_id,email,display_name,school,roles"]
    for number, (name, held) in enumerate(people, 1):
        object_id, shown = f"00000000-0000-4000-8000-{number:012d}", name.replace(".", " ").replace("_", " ").title()
        lines += [f"{object_id},{name}@trusts.example,{shown},{code},{role}" for code, role in held]
    return lines


def _pupils() -> list[str]:
    heading = (
        "upn,legal_first_name,preferred_first_name,last_name,date_of_birth,year_group,class,school,joined_on,left_on"
    )
    return [
        heading,
        *(f"U{n},Wren,,{word(code, 'pupil')},2018-03-04,4,4B,{code},2022-09-01," for n, code in enumerate(SCHOOLS)),
    ]
