"""Messages that tell of harm that reached somebody online."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_online_safety(tale: Tale) -> bool:
    """Whether it does; what to do in such a case is a question, unless it has happened."""
    return tale.tells(_harm())


@lru_cache(maxsize=1)
def _harm() -> tuple[Pattern, ...]:
    return patterns("""
        onlineharm
        imposter
        bypass
        harmful where pupil|came|staff|family|mine|nowish|says
        harmful platform
        harmful picturesent
        stranger metonline where pupil
        stranger metonline pupil
        staff metonline pupil where
        groupchat nasty
        sexualimage where chat_only
        privateroom hasfilmed pupil -asks
    """)
