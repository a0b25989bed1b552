"""Messages that say that somebody wants to see, keep or have what the cameras recorded, or a camera moved."""

from functools import lru_cache

from policy.understanding.telling import Pattern, Tale, patterns


def is_cctv_request(tale: Tale) -> bool:
    """Whether it does; who may look and how long it is kept are questions."""
    return tale.tells(_cctv()) or (tale.mood.asks and tale.has("cctv"))


@lru_cache(maxsize=1)
def _cctv() -> tuple[Pattern, ...]:
    return patterns("""
        cctv asks|after|police|received|says|whoever|present|looking
        cctv mine -records
        police recordings -showing
        recordings watched whoever asks|after -showing
        footage asks whoever -showing
        camera watched whoever asks|looking
        outsider camera recordings asks
        camera looking pupil|staff asks -showing
        camera police asks
        court cctv|footage
        court camera asks|received|recordings|got
        court recordings watched
    """)
