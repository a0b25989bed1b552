"""Messages that say that somebody wants to see, keep or have what the cameras recorded, or a camera moved."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_cctv_request(tale: Tale) -> bool:
    """Whether it does; who may look and how long it is kept are questions."""
    return tale.tells(_cctv())


@lru_cache(maxsize=1)
def _cctv() -> tuple[Pattern, ...]:
    return patterns("""
        cctv
        police recordings -showing
        recordings watched family|pupil|former|staff|outsider|pronoun asks|after -showing
        footage asks family|pupil|former|staff|outsider|pronoun -showing
        camera watched family|pupil|former|staff|outsider|pronoun asks|looking
        outsider camera recordings asks
        camera police asks
    """)
