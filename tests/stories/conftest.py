"""A served Hartfield, the Teams before it, and its people."""

import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.stories.people import Person, Post
from tests.stories.school import aad, hartfield
from tests.stories.serving import Server
from tests.stories.teams import Teams


@pytest.fixture
def postgresql_url(postgresql: Callable[[], str]) -> str:
    return postgresql()


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    async with Teams() as here:
        yield here


@pytest.fixture
async def school(db: Database) -> Database:
    await hartfield(db)
    return db


@pytest.fixture
async def server(school: Database, tmp_path: Path) -> AsyncIterator[Server]:
    async with Server(tmp_path, school.url) as running:
        yield running


class Staff:
    """Makes people of Hartfield, by the first part of their e-mail address."""

    def __init__(self, school: Database, teams: Teams) -> None:
        self._school = school
        self._teams = teams
        self._dice = random.Random(4)  # noqa: S311  to fill in the same things again

    async def person(self, name: str, post: Post) -> Person:
        return Person(self._teams, post, await aad(self._school, name), self._dice, mark=name)


@pytest.fixture
def staff(school: Database, teams: Teams) -> Staff:
    return Staff(school, teams)
