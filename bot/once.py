"""One effect for one activity, however often it is delivered while we are still at it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Once(Generic[Answer]):
    """Lets the first do the work; whoever comes with the same key meanwhile waits for the same answer.

    What comes later, or after a restart, is known by its rows (storage.turns, storage.deliveries).
    """

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, str], asyncio.Future[Answer]] = {}

    async def run(self, key: tuple[str, str], work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do the work, or wait for whoever does it."""
        if key in self._under_way:
            return await asyncio.shield(self._under_way[key])
        self._under_way[key] = asyncio.ensure_future(work())
        try:
            return await self._under_way[key]
        finally:
            del self._under_way[key]
