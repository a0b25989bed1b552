"""Forged presses: every number that somebody else's things have, under every key that a button of ours sends."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dialogs.cards.refused import refused_card
from dialogs.conversation import Pressed, Reply
from dialogs.thought import reply
from storage.tables import METADATA
from tests.dialogs.conftest import MONDAY, Chat

REFUSED: Final = reply(refused_card())
_NOTED: Final = {"turns", "audit", "audit_head"}  # what a refused press may leave a line in
_BESIDE: Final[Mapping[str, Any]] = {  # what goes with the number of a thing, whichever it is
    "allowed": "yes",
    "about": "1",
    "answer": "qxforged",
    "cited": "photography 7.7",
    "days": 1,
    "found": "yes",
    "letter": "acknowledge",
    "lines": "target",
    "note": "qxforged",
    "page": 0,
    "pupil0": "2",
    "rev": 1,
    "school": "HFD",
    "step": "closed",
    "task": 1,
    "text": "qxforged",
    "to": 9,
    "use": "website",
    "words": "qxforged",
}
_HANDOVERS: Final = "SELECT id FROM handovers"
_REFRESHES: Final = "SELECT id FROM refreshes"
_REVIEWS: Final = "SELECT max(id), kind, role, question_id FROM reviews GROUP BY kind, role"


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that is somebody's: the key that buttons send its number under, and what else they send."""

    key: str
    kind: str  # "breach", "draft", "escalation", …
    data: Mapping[str, Any]
    owner: int = 0  # the person whose it is, where a press of theirs is no forgery


class Watched(dict[str, Any]):
    """Card data that notes which of its keys were looked at."""

    def __init__(self, data: Mapping[str, Any], looked_at: set[str]) -> None:
        super().__init__(data)
        self._looked_at = looked_at

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401  as a dict's
        self._looked_at.add(key)
        return super().get(key, default)


def targets(path: Path) -> tuple[Target, ...]:
    """Everything in the file that has a number which travels on cards."""
    return tuple(_targets(path))


def _targets(path: Path) -> Iterator[Target]:
    with closing(sqlite3.connect(path)) as rows:
        seen: set[str] = set()
        for number, kind in rows.execute("SELECT id, kind FROM cases ORDER BY id").fetchall():
            name = "illegal" if kind == "incident" and kind in seen else kind  # they were brought in in that order
            if kind != "plan" and name not in seen:
                yield Target("case", name, {"case": number})
            for step in ("approve", "ask_change", "cleared", "off") if kind == "plan" else ():
                yield Target("plan", kind, {"plan": number, "rev": 1, "step": step})
            seen |= {kind, name}
        drafts = "SELECT id, revision, person_id FROM drafts GROUP BY form, open ORDER BY id"  # one of each form
        for number, revision, owner in rows.execute(drafts):
            yield Target("draft", "draft", {"draft": number, "rev": revision}, owner)
        for number, revision in rows.execute("SELECT id, revision FROM pending WHERE open LIMIT 1"):
            yield Target("pending", "pending", {"pending": number, "rev": revision})
        for number, kind, role, question in rows.execute(_REVIEWS):
            key = {"permission": "request", "escalation": "escalation"}.get(kind, "review")
            yield Target(key, "dsl review" if role == "dsl" else kind, {key: number, "question": question})
            yield Target("question", "question", {"question": question})
        for (number,) in rows.execute("SELECT id FROM withdrawals"):
            yield Target("withdrawal", "withdrawal", {"withdrawal": number, "answer": "take_down"})
        for (number,) in rows.execute("SELECT DISTINCT import_id FROM policy_flags"):
            yield Target("imported", "imported", {"imported": number})
        for (lot,) in rows.execute("SELECT DISTINCT lot FROM case_periods"):
            yield Target("lot", "lot", {"lot": lot, "case": "all", "answer": "keep"})
        yield Target("day", "clock", {"day": MONDAY.date().isoformat()})
        yield from _answers(rows)
        yield from (Target("handover", "handover", {"handover": one}) for (one,) in rows.execute(_HANDOVERS))
        yield from (Target("refresh", "refresh", {"refresh": one}) for (one,) in rows.execute(_REFRESHES))


def _answers(rows: sqlite3.Connection) -> Iterator[Target]:
    for (number,) in rows.execute("SELECT id FROM answer_proposals"):
        yield Target("proposal", "proposal", {"proposal": number})
    for (number,) in rows.execute("SELECT id FROM published_answers"):
        yield Target("answer", "published", {"answer": number})


def forged(target: Target) -> dict[str, Any]:
    """Everything that a button about this thing could send."""
    return {**_BESIDE, "waits": f"{target.key}/{target.data.get(target.key, '')}", **target.data}


def keys_of_buttons(golden: Path) -> frozenset[str]:
    """Every key in the data of every button of every card there is."""
    found: set[str] = set()
    for path in golden.glob("*.json"):
        found |= set(_keys(json.loads(path.read_text("utf-8"))))
    return frozenset(found - {"verb", "msteams"})


def _keys(card: object) -> Iterator[str]:
    match card:
        case dict():
            if str(card.get("type")).startswith("Action.") and isinstance(card.get("data"), dict):
                yield from card["data"]
            for value in card.values():
                yield from _keys(value)
        case list():
            for value in card:
                yield from _keys(value)
        case _:
            pass


def dump(path: Path, *, person: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the turns, the audit log, and the forms in that person's own hands."""
    found = {}
    with closing(sqlite3.connect(path)) as rows:
        for name in (table.name for table in METADATA.sorted_tables if table.name not in _NOTED):
            but = f"WHERE person_id != {person}" if name == "drafts" else ""
            found[name] = rows.execute(f"SELECT * FROM {name} {but} ORDER BY 1, 2").fetchall()  # noqa: S608  our own names only
    return found


def refusals(path: Path) -> int:
    """How many refused presses and turns the audit log holds."""
    with closing(sqlite3.connect(path)) as rows:
        (found,) = rows.execute(
            "SELECT count(*) FROM audit WHERE action IN ('press.refused', 'turn.refused')"
        ).fetchone()
        return int(found)


async def keys_of(chat: Chat, verb: str) -> frozenset[str]:
    """The keys that a verb's handler looks at, given everything that goes with a number but no number."""
    looked_at: set[str] = set()
    await chat.does(Pressed(verb, Watched(_BESIDE, looked_at)))
    return frozenset(looked_at)


async def press(chat: Chat, verb: str, target: Target) -> Reply:
    """Press a verb about a thing."""
    return await chat.does(Pressed(verb, forged(target)))
