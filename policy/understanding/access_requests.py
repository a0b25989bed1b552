"""Messages that say that somebody asked for what is held about a person, in whatever words (SAR-1.1)."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_access_request(tale: Tale) -> bool:
    """Whether it does: spoken, written or forwarded, with or without the law's name."""
    return tale.tells(_access())


@lru_cache(maxsize=1)
def _access() -> tuple[Pattern, ...]:
    return patterns("""
        sar -erasure
        holding asks|says|family|pupil|former|outsider|pronoun -fix -erase -limit -stop -bodies
        holding whole whoever -fix -erase -limit -stop -bodies
        asks records whole whoever -fix -erase -limit -move -offtopic -bodies
        asks records about whoever -fix -erase -limit -move -offtopic -bodies
        records outsider|former asks -fix -erase -limit -move -offtopic -bodies
        law records asks whole -fix -erase -limit -move
        asks records family|pupil|former|outsider|pronoun -fix -erase -limit -move -offtopic -bodies
        asks theirs -fix -erase -limit -move -offtopic -bodies
        asks emails about|whole -fix -erase -limit -stop -offtopic -bodies
        mine records asks whole -fix -erase -limit -move -offtopic -bodies
    """)
