"""Messages that say that pictures at an occasion are being planned (PHOTO-5.4)."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_event_plan(tale: Tale) -> bool:
    """Whether it does: nobody by name, for whom it would be a question about them; and no question of how."""
    if tale.signs.certain and not tale.signs.grouped and not tale.has("eventplan"):
        return False
    if tale.mood.asks and not tale.mood.named and not tale.has("weplan"):
        return False
    if tale.signs.grouped and not tale.has("strongplan"):
        return False  # "trip photos of 4G for the class book"
    return tale.tells(_plan())


@lru_cache(maxsize=1)
def _plan() -> tuple[Pattern, ...]:
    return patterns("""
        eventplan
        strongplan shoot -complains -careplan
        plan shoot occasion -complains -careplan
    """)
