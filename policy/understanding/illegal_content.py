"""Messages that tell of pictures that may be illegal to hold: nobody looks, nobody describes (domain 5)."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_illegal(tale: Tale) -> bool:
    """Whether it does; what to do in such a case is a question, unless it has happened."""
    return tale.tells(_illegal())


@lru_cache(maxsize=1)
def _illegal() -> tuple[Pattern, ...]:
    return patterns("""
        abusive -chat_only
        abusive imagery
        sexualimage imagery pupil|staff|family -chat_only
        strongsexual imagery -chat_only
        sexualimage imagery stranger|outsider pupil
        sexualimage pupil sending -chat_only
        nudes
        unlawful imagery pupil -cctv -footage -asks
    """)
