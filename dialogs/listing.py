"""The restricted list in chat: who to leave out of pictures of a class, for one use on one day (PHOTO-4.14).

It is the group answer of the photo decision and nothing else, so it can say no more than that answer does.
"""

from dataclasses import replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import photo
from dialogs.thought import Asked, Thought
from policy.understanding.who import Group, Nobody

_WHOLE_SCHOOL: Final = "the whole school"


async def think(session: AsyncSession, asked: Asked) -> Thought:
    """Answer as for a photo of that class, or of everybody where no class was named."""
    if isinstance(asked.heard.who, Nobody):
        everybody = Group(_WHOLE_SCHOOL, asked.roll.classes)
        asked = asked.understood(replace(asked.heard, who=everybody))
    return await photo.think(session, asked)
