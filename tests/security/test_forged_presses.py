"""Every verb of every button, pressed by everybody with the numbers of what is somebody else's (domain 8)."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.verbs import Verb
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.root import VERBS, Press
from policy.roles import Role
from storage import cases, people
from storage.database import Database
from tests.security.forging import REFUSED, Target, dump, forged, keys_of, keys_of_buttons, press, refusals, targets
from tests.security.prepared_school import EVERY_ROLE, OUTSIDERS, PLANTED, of
from tests.security.seats import NEUTRAL, SEATS
from tests.test_loose_ends import GOLDEN

PEOPLE = (*(role.value for role in EVERY_ROLE), *OUTSIDERS)
EVERYTHING = {"breach", "request", "incident", "illegal", "plan", "draft", "pending", "review", "dsl review"} | {
    *("handover", "permission", "escalation", "question", "withdrawal", "imported", "published", "lot", "proposal"),
    *("clock", "refresh"),
}


def is_theirs(who: str, verb: str, target: Target) -> bool:
    """Whether the table of domain 8 gives somebody this press."""
    if target.kind == "clock" and who == "x.other":  # a DPO elsewhere: the clock is every school's
        return verb == Verb.RETENTION_CLOCK
    seats = SEATS[Verb(verb)].get(target.kind, frozenset()) if verb in set(SEATS) else frozenset()
    return who in set(Role) and Role(who) in seats


async def person_of(db: Database, who: str) -> int:
    async with db.read() as session:
        found = await people.by_email(session, f"{who}@hartfield.example")
    return 0 if found is None else found.id


def test_the_prepared_school_has_one_of_everything(school_file: Path) -> None:
    assert {target.kind for target in targets(school_file)} == EVERYTHING


def test_a_forger_sends_every_key_that_a_button_sends(school_file: Path) -> None:
    sent = {key for target in targets(school_file) for key in forged(target)}
    assert keys_of_buttons(GOLDEN) - sent == set()


async def forge(who: str, school: Database, path: Path, verbs: Iterable[str] = tuple(VERBS)) -> list[str]:
    """Press it all as somebody; return what was not refused as it should be, and what it changed."""
    chat, things = of(school, who, turns=1000), targets(path)
    person, is_known = await person_of(school, who), who not in {"x.left", "x.nobody"}
    before, refused = dump(path, person=person), refusals(path)
    wrong, asked = [], 0
    for verb in verbs:
        is_neutral = verb in NEUTRAL and is_known
        keys = await keys_of(chat, verb)
        asked += not is_neutral
        for target in things:
            if target.key not in keys or target.owner == person or is_theirs(who, verb, target):
                continue
            told = await press(chat, verb, target)
            expected = await press(chat, verb, Target("none", "none", {})) if is_neutral else REFUSED
            asked += not is_neutral
            if told != expected:
                wrong.append(f"{verb} {target.kind} {dict(target.data)}: {told.text}")
    after = dump(path, person=person)
    wrong += [
        f"{name} changed: {set(after[name]) ^ set(before[name])}" for name in after if after[name] != before[name]
    ]
    if refusals(path) - refused != asked:
        wrong.append(f"{asked} presses were refused, and {refusals(path) - refused} noted")
    return wrong


@pytest.mark.parametrize("who", PEOPLE)
async def test_what_is_not_theirs_is_refused_in_the_same_words_without_effect(
    who: str, school: Database, school_file: Path
) -> None:
    assert await forge(who, school, school_file) == []


async def test_a_new_verb_that_looks_at_nobody_would_be_noticed(
    school: Database, school_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def leaks(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
        case = await cases.by_number(session, number_in(pressed, "case"))
        return None if case is None else Reply(f"Case {case.number}")

    monkeypatch.setitem(cast("dict[str, Press]", VERBS), "case.leak", leaks)
    wrong = await forge("governor", school, school_file, ["case.leak"])
    assert [each.partition(":")[0].split()[1] for each in wrong[:4]] == ["breach", "request", "incident", "illegal"]


@pytest.mark.parametrize(
    "role", sorted(frozenset().union(*(held for each in SEATS.values() for held in each.values())))
)
async def test_what_is_theirs_is_not_refused(role: Role, school: Database, school_file: Path) -> None:
    """The other side of the table: where it says more than is so, it hides a forgery."""
    chat = of(school, role.value, turns=1000)
    for target in targets(school_file):
        for verb, kinds in SEATS.items():
            if role in kinds.get(target.kind, frozenset()) and "step" not in target.data:
                assert (await press(chat, verb, target)).text != REFUSED.text, f"{role} {verb} {target}"


async def test_a_verb_that_does_not_exist_is_refused_and_noted(school: Database, school_file: Path) -> None:
    before = refusals(school_file)
    for verb in ("breach.delete", "", "__class__", "a" * 5000):
        assert await of(school, "staff", turns=len(verb)).does(Pressed(verb, {})) == REFUSED
    assert refusals(school_file) == before + 4


@pytest.mark.parametrize("who", PEOPLE)
async def test_a_planted_word_comes_back_to_nobody_who_may_not_have_it(who: str, school: Database) -> None:
    chat = of(school, who, turns=3000)
    for words in ("status", "my cases", "inbox", "resume", "cancel"):
        told = await chat.says(words)
        assert not [word for word in PLANTED.values() if word in told.text], f"{who}: {words}"
