"""Messages that tell of data lost, sent astray, or seen by the wrong person."""

from functools import lru_cache

from policy.understanding.breach_kinds import kinds_in
from policy.understanding.telling import Pattern, Tale, patterns


def is_breach(tale: Tale) -> bool:
    """Whether it does (BREACH-3.1). What to do in such a case is a question, unless it has happened."""
    return tale.tells(_named()) or bool(kinds_in(tale))


@lru_cache(maxsize=1)
def _named() -> tuple[Pattern, ...]:
    return patterns("""
        breach reports
        breach nowish
        breach records
        breach group|recipient
    """)
