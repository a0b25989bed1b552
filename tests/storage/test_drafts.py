import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import event, text

from storage import drafts, people
from storage.database import Database
from storage.drafts import LEFT, SENT, Draft
from storage.opening import OpenForm, opening

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Give = Callable[..., Awaitable[object]]


async def _open(db: Database, *, subject: str = "case/1", at: datetime = NOW, **answers: object) -> Draft:
    async with db.write() as session:
        person = await people.by_aad(session, "0000-01")
        assert person is not None
        return await drafts.open_draft(
            session,
            person_id=person.id,
            school_id=person.memberships[0].school_id,
            form="colours",
            subject=subject,
            context={"case": 1},
            answers=answers,
            now=at,
        )


async def _save(db: Database, draft: Draft, answers: Mapping[str, object], *, in_hand: str | None = None) -> bool:
    async with db.write() as session:
        return await drafts.save(
            session, draft.id, draft.revision, answers=answers, page=1, furthest=1, in_hand=in_hand, now=NOW
        )


async def _found(db: Database, draft: Draft) -> Draft:
    async with db.read() as session:
        found = await drafts.find(session, draft.id)
    assert found is not None
    return found


async def _close(db: Database, draft: Draft, ended: str, *, at: datetime = NOW) -> bool:
    async with db.write() as session:
        return await drafts.close(session, draft.id, draft.revision, ended=ended, now=at)


async def test_a_form_opened_many_times_at_once_is_one(db: Database, larkfield: Give) -> None:
    opened = await asyncio.gather(*(_open(db) for _ in range(4)))
    assert len({draft.id for draft in opened}) == 1
    assert (opened[0].context, opened[0].answers, opened[0].page, opened[0].open) == ({"case": 1}, {}, 0, True)
    assert (await _open(db, subject="case/2")).id != opened[0].id


async def test_answers_are_kept_under_the_next_revision_and_never_over_a_later_one(
    db: Database, larkfield: Give
) -> None:
    draft = await _open(db, colour="red")
    assert await _save(db, draft, {"colour": "blue", "words": 'Zoë\n"quoted"'}, in_hand="chat")
    assert not await _save(db, draft, {"colour": "lost"})
    kept = await _found(db, draft)
    assert kept.answers == {"colour": "blue", "words": 'Zoë\n"quoted"'}
    assert (kept.page, kept.revision, kept.in_hand) == (1, 2, "chat")


async def test_of_two_who_save_at_once_one_does(db: Database, larkfield: Give) -> None:
    draft = await _open(db)
    saved = await asyncio.gather(*(_save(db, draft, {"colour": str(n)}) for n in range(4)))
    assert sorted(saved) == [False, False, False, True]
    assert (await _found(db, draft)).answers == {"colour": str(saved.index(True))}


async def test_a_draft_is_closed_once_and_takes_nothing_afterwards(db: Database, larkfield: Give) -> None:
    draft = await _open(db)
    closed = await asyncio.gather(*(_close(db, draft, SENT) for _ in range(4)))
    assert sorted(closed) == [False, False, False, True]
    sent = await _found(db, draft)
    assert (sent.open, sent.ended) == (False, SENT)
    assert not await _save(db, sent, {"colour": "late"})
    async with db.write() as session:
        await drafts.keep_outcome(session, draft.id, {"type": "AdaptiveCard"})
    assert (await _found(db, draft)).outcome == {"type": "AdaptiveCard"}
    assert (await _open(db)).id != draft.id


async def test_what_was_left_is_there_when_the_form_is_opened_again(db: Database, larkfield: Give) -> None:
    draft = await _open(db, colour="red", words="prefilled")
    await _save(db, draft, {"colour": "blue"})
    assert await _close(db, await _found(db, draft), LEFT)
    assert (await _open(db, words="prefilled")).answers == {"colour": "blue", "words": "prefilled"}


async def test_an_open_form_goes_on_with_what_is_known_now(db: Database, larkfield: Give) -> None:
    draft = await _open(db, colour="red")
    async with db.write() as session:
        again = await drafts.open_draft(
            session,
            person_id=draft.person_id,
            school_id=draft.school_id,
            form=draft.form,
            subject=draft.subject,
            context={"case": 1, "late": True},
            answers={"colour": "blue"},
            now=NOW,
        )
    assert again == await _found(db, draft)
    assert (again.id, again.answers, again.context) == (draft.id, {"colour": "red"}, {"case": 1, "late": True})


async def test_what_was_sent_is_not_the_beginning_of_the_next(db: Database, larkfield: Give) -> None:
    await _close(db, await _open(db, colour="red"), SENT)
    assert (await _open(db)).answers == {}


async def test_the_form_touched_last_is_the_latest_and_one_in_hand_comes_first_here(
    db: Database, larkfield: Give
) -> None:
    first, second = await _open(db), await _open(db, subject="case/2", at=NOW + timedelta(minutes=1))

    async def seen_in(conversation: str) -> OpenForm | None:
        async with db.read() as session:
            return (await opening(session, "0000-01", conversation)).form

    assert await seen_in("chat") == OpenForm(second.id, second.school_id, in_hand=False)
    async with db.write() as session:
        await drafts.hold(session, first.id, conversation="chat", now=NOW)
        assert [draft.id for draft in await drafts.open_of(session, first.person_id)] == [second.id, first.id]
    assert await seen_in("chat") == OpenForm(first.id, first.school_id, in_hand=True)
    assert await seen_in("another device") == OpenForm(second.id, second.school_id, in_hand=False)
    async with db.write() as session:
        await drafts.let_go(session, first.id)
    assert await seen_in("chat") == OpenForm(second.id, second.school_id, in_hand=False)
    await _close(db, second, LEFT)
    await _close(db, first, SENT)
    assert await seen_in("chat") is None


async def test_a_draft_that_was_left_can_be_taken_up_again(db: Database, larkfield: Give) -> None:
    draft = await _open(db, colour="red")
    await _close(db, draft, LEFT)
    async with db.write() as session:
        await drafts.reopen(session, draft.id, now=NOW)
        again = await drafts.take(session, draft.id)
    assert again is not None
    assert (again.open, again.ended, again.answers) == (True, None, {"colour": "red"})


async def test_a_turn_finds_the_open_form_by_an_index(sqlite_db: Database) -> None:
    asked: list[str] = []
    event.listen(sqlite_db.readers.sync_engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    async with sqlite_db.read() as session:
        await opening(session, "0000-01", "chat")
        sql = next(statement for statement in asked if "FROM people" in statement)
        plan = await session.execute(text(f"EXPLAIN QUERY PLAN {sql.replace('?', 'NULL')}"))
        steps = [str(row[3]) for row in plan]
    assert any("ux_drafts_open" in step for step in steps)
    assert not any(step.startswith("SCAN drafts") for step in steps)
