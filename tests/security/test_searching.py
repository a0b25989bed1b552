"""The search box leaks nothing: by role, by school, by what it puts into a chat, by what it does before it answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from dialogs.cards.private_please import private_please_card
from dialogs.conversation import Hit, Sought
from dialogs.root import Dialogs
from policy.roles import May, Role, may
from storage import people
from storage.database import Database
from tests.dialogs.conftest import MONDAY
from tests.security.forging import dump
from tests.security.prepared_school import EVERY_ROLE, OUTSIDERS, PLANTED, of

ABOUT_PUPILS = (
    "website photo of Amelia Hart",
    "website photo of Tom Bell",
    "website photo of Ned Dove",
    "website photo of 4B",
    "restricted list for 4B website",
    "why can't Ned Dove be on the website",
)


async def found(db: Database, who: str, words: str) -> tuple[Hit, ...]:
    async with db.read() as session:
        person = await people.by_email(session, f"{who}@hartfield.example")
    asker = person.aad_object_id if person else "00000000-0000-4000-8000-000000000000"
    return await Dialogs(db).search(Sought(asker, words, MONDAY))


@contextmanager
def statements(db: Database) -> Iterator[list[str]]:
    """Every statement that the database gets meanwhile, without its values."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engines = {db.readers.sync_engine, db.writers.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("role", EVERY_ROLE)
async def test_a_pupils_answer_is_for_the_roles_that_may_ask(role: Role, school: Database) -> None:
    allowed = may(frozenset({role}), May.ASK_ABOUT_PUPILS)
    for words in ABOUT_PUPILS[:4]:
        (hit,) = await found(school, role.value, words)
        is_answer = hit.title.startswith(("Yes", "No.", "Not everybody"))
        assert is_answer == allowed, f"{role}: {hit.title}"
        assert allowed or hit.title == "I can't answer that here"


@pytest.mark.parametrize("who", [*(role.value for role in EVERY_ROLE), *OUTSIDERS])
async def test_whatever_is_typed_about_pupils_only_the_pointer_reaches_a_chat(who: str, school: Database) -> None:
    for words in ABOUT_PUPILS:
        cards = {str(hit.card) for hit in await found(school, who, words)}
        if who == "x.other":  # at that school they are nobody: what is found there are the rules
            assert not [name for name in ("Hart", "Bell", "Dove", "4B") if name in str(cards)]
        else:
            assert cards <= {str(private_please_card())}


@pytest.mark.parametrize("who", ["x.left", "x.nobody"])
async def test_who_has_left_or_is_unknown_finds_nothing(who: str, school: Database) -> None:
    for words in (*ABOUT_PUPILS, "phone", "cctv police"):
        assert await found(school, who, words) == ()


async def test_another_school_learns_nothing_of_ours(school: Database) -> None:
    for words in ("website photo of Tom Bell", "website photo of Ned Dove", "website photo of 4B"):
        shown = str([(hit.title, hit.text) for hit in await found(school, "x.other", words)])
        assert not shown.startswith("[('No"), words
        assert "Bell" not in shown
        assert "Dove" not in shown


@pytest.mark.parametrize("who", [*(role.value for role in EVERY_ROLE), *OUTSIDERS])
async def test_no_planted_word_is_found_by_searching(who: str, school: Database) -> None:
    """But for what a DPO published, which is for everybody at that school."""
    for key, word in PLANTED.items():
        shown = str(await found(school, who, f"what about {word}"))
        assert word not in shown or key == "published", f"{who}: {word}"


async def test_searching_starts_nothing_and_writes_to_nobody(school: Database, school_file: Path) -> None:
    before = dump(school_file, person=0)
    for words in ("I have just sent the scores to the wrong parent", "found child abuse images", "phone", "status"):
        await found(school, "staff", words)
    assert dump(school_file, person=0) == before


async def test_a_pupils_restriction_cannot_be_read_from_the_work_that_is_done(school: Database) -> None:
    """The same statements in the same order for a parent's no, a missing form and a restriction; nothing to time."""
    await found(school, "staff", "website photo of Amelia Hart")  # the roll and the lists are read once
    done = []
    for name in ("Tom Bell", "Ned Dove", "Iris Cole"):
        with statements(school) as seen:
            await found(school, "staff", f"website photo of {name}")
        again = list(seen)
        with statements(school) as seen:
            await found(school, "staff", f"website photo of {name}")
        done.append((again, list(seen)))
    assert done[0] == done[1] == done[2]
    assert done[0][0] != done[0][1], "the first search writes the decision down, the second finds it noted"


LEADERS = {Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER}
FINDS = {  # whose search finds what was planted where; a word that is not here is in nobody's reach
    "breach": LEADERS,
    "form_a": LEADERS,
    "request": {Role.DPO},
    "plan": {Role.DATA_LEAD, Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL},
    "question": {Role.DPO},
    "published": {Role.DPO},
    "draft": set[Role](),
}


@pytest.mark.parametrize("who", [*(role.value for role in EVERY_ROLE), *OUTSIDERS])
async def test_search_in_chat_finds_by_role_and_school(who: str, school: Database) -> None:
    chat = of(school, who, turns=9000)
    for key, word in PLANTED.items():
        told = (await chat.says(f"search {word}")).text
        is_found = "Case " in told or "Question " in told
        assert is_found == (who in FINDS.get(key, set())), f"{who} {key}: {told}"


async def test_who_may_see_the_dates_alone_searches_no_content(school: Database) -> None:
    chat = of(school, "headteacher", turns=9000)
    assert "a request for data" in (await chat.says("search request data")).text
    assert "a request for data" not in (await chat.says(f"search {PLANTED['request']}")).text
