from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event

from policy.roles import Role
from storage import pending, people, pupils, questions, schools, turns
from storage.database import Database
from storage.opening import Opening, opening
from storage.questions import Question, Reason
from storage.records import records_of

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Give = Callable[..., Awaitable[object]]


async def _open(db: Database, activity: str = "") -> Opening:
    async with db.read() as session:
        return await opening(session, "0000-01", "chat", activity)


async def _wait(db: Database, kind: str) -> pending.Pending:
    async with db.write() as session:
        person = await people.by_aad(session, "0000-01")
        assert person is not None
        return await pending.wait_for(
            session,
            person_id=person.id,
            school_id=person.memberships[0].school_id,
            conversation="chat",
            kind=kind,
            payload={"pupils": [1, 2]},
            now=NOW,
            expires_at=NOW + timedelta(days=7),
        )


async def _note(db: Database, understood: dict[str, object] | None) -> int:
    async with db.write() as session:
        person = await people.by_aad(session, "0000-01")
        assert person is not None
        question = Question(
            person_id=person.id,
            conversation="chat",
            activity="1",
            asked_at=NOW,
            text="can I photograph Amelia\0 for the website?",
            intent="photo_permission",
            shape="R",
            decision="no",
            understood=understood,
            uses=("website", "social"),
            media=("still",),
            on=date(2026, 11, 24),
            pupil_ids=(1, 2),
            conditions=("K1",),
        )
        return await questions.note(session, question, Reason("B7", {1: ("B7", "restriction")}))


async def test_nobody_we_know_opens_to_nothing(db: Database) -> None:
    assert await _open(db) == Opening(None, (), None, None, None, None, None)


async def test_a_turn_opens_with_everything_it_needs(db: Database, larkfield: Give) -> None:
    first = await _note(db, {"uses": ["website"]})
    await _note(db, None)  # what was not understood is nothing to follow up
    asked = await _wait(db, "which_use")
    async with db.write() as session:
        await turns.first_time(session, "chat", "7", NOW, reply=["Yes."])
    told = await _open(db, "7")
    assert told.person is not None
    assert (told.person.email, told.person.memberships[0].roles) == ("teacher@larkfield.example", {Role.STAFF})
    assert [school.code for school in told.schools] == ["LRK"]
    assert told.school(told.schools[0].id).roll_version == 1
    assert (told.last_question, told.last_understood) == (first, {"uses": ["website"]})
    assert told.pending == asked
    assert told.replied == ["Yes."]
    assert (await _open(db, "8")).replied is None


async def test_a_later_question_replaces_the_one_that_waits(db: Database, larkfield: Give) -> None:
    earlier, later = await _wait(db, "which_use"), await _wait(db, "which_pupil")
    assert (await _open(db)).pending == later
    async with db.read() as session:
        found = await pending.find(session, earlier.id)
    assert found is not None
    assert not found.open


async def test_an_answer_counts_once_and_only_for_the_revision_it_was_given_to(db: Database, larkfield: Give) -> None:
    asked = await _wait(db, "which_use")
    async with db.write() as session:
        assert not await pending.answered(session, asked.id, 2)
        assert await pending.answered(session, asked.id, 1)
        assert not await pending.answered(session, asked.id, 1)
        assert await pending.find(session, "another") is None
    assert (await _open(db)).pending is None


async def test_a_question_is_kept_with_its_answer_and_its_reason_apart(db: Database, larkfield: Give) -> None:
    number = await _note(db, {"uses": ["website"]})
    async with db.read() as session:
        kept = await questions.by_number(session, number)
        assert await questions.reason(session, number) == Reason("B7", {1: ("B7", "restriction")})
        assert await questions.reason(session, number + 1) is None
    assert kept is not None
    assert kept.text == "can I photograph Amelia for the website?"
    assert (kept.uses, kept.media, kept.pupil_ids) == (("website", "social"), ("still",), (1, 2))
    assert "restriction" not in repr(kept)


async def test_a_plain_question_costs_three_reads_and_three_writes(db: Database, larkfield: Give) -> None:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        roll = await pupils.roll(session, school.id)
    statements: list[str] = []

    def noted(*args: str) -> None:
        if not args[2].startswith("BEGIN"):
            statements.append(args[2].split()[0])

    pools = {engine.sync_engine.pool: engine.sync_engine for engine in (db.readers, db.writers)}
    for engine in pools.values():  # PostgreSQL has one pool for both
        event.listen(engine, "before_cursor_execute", noted)
    async with db.read() as session:
        told = await opening(session, "0000-01", "chat", "9")
        about = await records_of(session, roll)
    assert told.person is not None
    async with db.write() as session:
        assert await turns.first_time(session, "chat", "9", NOW, person_id=told.person.id, reply=["Yes."])
        question = Question(told.person.id, "chat", "9", NOW, "?", "photo_permission", "G")
        await questions.note(session, question, Reason("B22", {}))
    assert [record.pupil for record in about] == list(roll)
    assert statements == ["SELECT"] * 3 + ["INSERT"] * 3
