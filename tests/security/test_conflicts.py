"""Whoever reports, is the subject or is accused sees of that case what anybody would: nothing (domain 8)."""

import csv
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from bot.exports.offered import EXPORTS
from bot.exports.taking import ExportError, take
from dialogs.conversation import Pressed
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage.database import Database
from tests.dialogs.conftest import MONDAY
from tests.security.forging import REFUSED
from tests.security.prepared_school import case_of, number_of, of, steps
from tests.security.test_planted_words import read

OWN: Final = "qxowncase"
_VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "breach": ("breach.show", "breach.step", "breach.acknowledge", "breach.task_done"),
    "incident": ("incident.show", "incident.step", "incident.seen"),
    "request": ("request.show", "request.step", "request.letter", "request.snooze"),
}


async def the_head_is_the_subject(db: Database) -> int:
    teacher = of(db, "staff", turns=100)
    await teacher.says(f"I have just sent the {OWN} scores to the wrong parent")
    case, dpo = await case_of(db, "breach"), of(db, "dpo", turns=2000)
    await steps(dpo, "breach.step", case, "involved", person=await number_of(db, "headteacher"), part="accused")
    return case


async def the_dpo_reports(db: Database) -> int:
    await of(db, "dpo", turns=2000).says(f"I have just sent the {OWN} scores to the wrong parent")
    return await case_of(db, "breach")


async def the_dsl_is_accused(db: Database) -> int:
    await of(db, "staff", turns=100).says("child abuse images sent by Holder Dsl")
    return await case_of(db, "incident")


async def a_request_is_about_the_dpo(db: Database) -> int:
    await of(db, "staff", turns=100).says(f"Holder Dpo asks for a copy of all the {OWN} data that we hold")
    return await case_of(db, "request")


CONFLICTS: Final[Mapping[str, tuple[str, str, Callable[[Database], Awaitable[int]]]]] = {
    "the head as subject of a breach": ("headteacher", "breach", the_head_is_the_subject),
    "the DPO as reporter of a breach": ("dpo", "breach", the_dpo_reports),
    "the DSL as accused in an incident": ("dsl", "incident", the_dsl_is_accused),
    "the DPO as subject of a request": ("dpo", "request", a_request_is_about_the_dpo),
}
conflicted = pytest.mark.parametrize(("who", "kind", "happens"), CONFLICTS.values(), ids=tuple(CONFLICTS))


@conflicted
async def test_no_button_of_that_case_is_theirs(
    who: str, kind: str, happens: Callable[[Database], Awaitable[int]], school: Database
) -> None:
    case, chat = await happens(school), of(school, who, turns=4000)
    for verb in _VERBS[kind]:
        data = {"case": case, "step": "closed", "task": 1, "letter": "acknowledge", "lines": "target", "days": 1}
        assert await chat.does(Pressed(verb, data)) == REFUSED, verb


@conflicted
async def test_neither_list_nor_letter_nor_reminder_tells_them_more(
    who: str, kind: str, happens: Callable[[Database], Awaitable[int]], school: Database, school_file: Path
) -> None:
    case, chat = await happens(school), of(school, who, turns=4000)
    for days in (1, 3, 8, 29):
        await sweep(school, Desk(), now=MONDAY + timedelta(days=days))
    listed = (await chat.says("my cases")).text
    assert f"Case {case}" not in listed
    assert f"case {case}" not in listed
    reported = (await chat.says("status")).text
    assert OWN not in listed + reported
    with closing(sqlite3.connect(school_file)) as rows:
        told = rows.execute(_LETTERS, (f"{who}@hartfield.example", f"{kind}/{case}/%")).fetchall()
    keys = {key.split("/")[2] for key, _ in told}
    mine = {"news", "nudge"} if happens is the_dpo_reports else set()
    assert keys <= {*mine, "card"}
    assert [text for _, text in told if OWN in text and happens is not the_dpo_reports] == []


@conflicted
@pytest.mark.parametrize("what", sorted(EXPORTS))
async def test_no_export_holds_it(
    what: str, who: str, kind: str, happens: Callable[[Database], Awaitable[int]], school: Database
) -> None:
    case = await happens(school)
    form = "csv" if "csv" in EXPORTS[what].formats else EXPORTS[what].formats[-1]
    number = case if EXPORTS[what].of_case else None
    try:
        file = await take(
            school, what, school="HFD", email=f"{who}@hartfield.example", form=form, now=MONDAY, number=number
        )
    except ExportError:
        return
    assert number is None, f"{what} of case {case} was taken"
    rows = list(csv.DictReader(read(file.content).splitlines()))
    if what in {"breaches", "sars", "rights", "incidents"}:
        assert str(case) not in {row["number"] for row in rows}
    others = [row for row in rows if row.get("subject") == f"case/{case}" and not row["actor"].startswith("Holder Dpo")]
    assert others == []


_LETTERS: Final = (
    "SELECT key, letter_contents.text FROM letters JOIN letter_contents ON letter_id = letters.id "
    "JOIN people ON aad_object_id = addressee WHERE email = ? AND key LIKE ?"
)
