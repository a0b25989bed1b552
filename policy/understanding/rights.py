"""Messages that say that somebody wants data corrected, deleted, left alone or moved (DP-12.1)."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_rights_request(tale: Tale) -> bool:
    """Whether it does; what the rules are is a question."""
    return tale.tells(_rights())


@lru_cache(maxsize=1)
def _rights() -> tuple[Pattern, ...]:
    return patterns("""
        erasure whoever|received|asks
        erase records|private|names|holding asks|says|pronoun|family|former -onlypictures
        erase system asks|says|pronoun|family|former|received
        wrongly letter|papers asks|says pronoun|family|pupil|former|staff -sent -got
        fix records|private|names|holding asks|says|pronoun|family
        wrongly records|private|names|holding whoever says|asks
        limit records|private|holding whoever
        marketing stop whoever
        move records asks|pronoun
        machine family|pupil|former|staff|outsider cross|asks|limit
        machine|robot decides against whoever
        struckoff asks|says
    """)
