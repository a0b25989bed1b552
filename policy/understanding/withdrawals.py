"""Messages that say that a family, or a pupil, takes back a yes to pictures (PHOTO-4.8)."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_withdrawal(tale: Tale) -> bool:
    """Whether it does; what happens to the pictures then is a question."""
    return tale.tells(_withdrawal())


@lru_cache(maxsize=1)
def _withdrawal() -> tuple[Pattern, ...]:
    return patterns("""
        withdraw picture|consent -marketing
        withdraw showing family|pupil|pronoun
        nomore picture family|pupil|pronoun -marketing
        nomore consent showing|picture family|pupil|pronoun -marketing
        nomore showing consent|face family|pupil|pronoun -marketing
        refuses showing family|pupil|pronoun -marketing
        nomore onshow family|pupil|pronoun -marketing
    """)
