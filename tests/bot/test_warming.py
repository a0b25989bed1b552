"""What is read before the first turn, and what must not keep a server from starting."""

import asyncio
import gc

import pytest

from bot import app, warming
from bot.warming import prepare, warm
from policy.library import library
from policy.packs import SchoolRules
from policy.understanding.lexicon import lexicon
from policy.understanding.tellwords import meanings
from storage.database import Database


def test_the_words_by_which_every_message_is_understood_are_there_before_the_first_one() -> None:
    for words in (lexicon, meanings):
        words.cache_clear()
    prepare()
    assert [words.cache_info().currsize for words in (lexicon, meanings)] == [1, 1]


def test_the_garbage_collector_is_at_work_again_once_all_is_loaded() -> None:
    before = gc.get_threshold()
    gc.disable()  # as `askdpo serve` loads
    try:
        app._settle()
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
        gc.enable()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "_AFTER", 0.0)


async def test_the_library_is_read_beside_the_first_turns(db: Database, at_once: None) -> None:
    library.cache_clear()
    await warm(db, SchoolRules())
    assert library.cache_info().currsize == 1


async def test_a_database_that_is_away_is_no_reason_not_to_come_up(at_once: None) -> None:
    away = Database.connect("postgresql://nobody@127.0.0.1:1/nothing")
    async with asyncio.timeout(20):
        await warm(away, SchoolRules())
    await away.dispose()
