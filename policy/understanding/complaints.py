"""Messages that say that somebody complained about how data is used."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_complaint(tale: Tale) -> bool:
    """Whether it does; how complaints are handled is a question."""
    return tale.tells(_complaint())


@lru_cache(maxsize=1)
def _complaint() -> tuple[Pattern, ...]:
    return patterns("""
        complains records|private|handling|ico|law|sar
        complains -fields
        cross handling records|private|sar|law -cctv
        cross letter records|private|handling|law -cctv -fix
        cross ico
        ico formal whoever
    """)
