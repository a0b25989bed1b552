"""What a question about the rules goes on from: the one before, in the same chat, within the hour, about nobody."""

from typing import Final

from dialogs.thought import Asked
from policy.follow_ups import GoesOn, goes_on
from policy.library import library
from policy.matching import Found, NotFound, Outcome, Suggestions, find, stands_alone

_MOST: Final = 300  # characters that are kept of it


def found_for(asked: Asked) -> Outcome:
    """Find the answer; a question that says only half is read with the one about the rules just before.

    Where there is none before, it may mean this or that: it is offered, never given.
    """
    rules, follows = asked.asker.rules, goes_on(asked.text)
    alone = find(asked.text, library(), rules=rules)
    if not asked.topic:
        if follows is GoesOn.YES and isinstance(alone, Found):
            return Suggestions((alone.answer, *alone.beside), alone.confidence)
        return alone
    if follows is GoesOn.NO or (follows is GoesOn.PERHAPS and isinstance(alone, Found) and stands_alone(asked.text)):
        return alone
    together = find(asked.text, library(), rules=rules, before=asked.topic)
    return alone if isinstance(together, NotFound) else together


def topic_of(asked: Asked) -> str:
    """Keep what the next question may go on from: the whole of it where this one said only half."""
    half = bool(asked.topic) and goes_on(asked.text) is not GoesOn.NO
    return (f"{asked.topic} {asked.text}" if half else asked.text)[-_MOST:]
