"""Words of people, made harmless: nothing hidden, nothing that turns text around, nothing that a client would run."""

import re
from typing import Final

NAME: Final = 80  # characters; longer names are shown shortened
LINE: Final = 600  # a sentence of ours with names in it
PASSAGE: Final = 2000  # what somebody wrote in their own words

# Controls, surrogates, private use and every invisible mark (bidi overrides and isolates, zero-width spaces, tags),
# but not the joiners U+200C and U+200D: Persian, several Indian scripts and emoji are spelt with them.
_HIDDEN: Final = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0\ufff0-\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_BREAKS: Final = re.compile("[\u0009-\u000d\u0085\u2028\u2029]")
_PILED_MARKS: Final = re.compile("([\u0300-\u036f]{3})[\u0300-\u036f]+")  # accents stacked until they cover other lines
_DATE_MACRO: Final = "{{"  # cards replace {{DATE(...)}} even where no markdown is read


def inert(words: str, *, limit: int = LINE) -> str:
    """Keep what a person sees of it: one line of at most `limit` characters, never empty.

    It is meant for text runs and button titles, where no client reads markdown or HTML; so those stay as typed.
    """
    if not (words.isascii() and words.isprintable()):
        words = _BREAKS.sub(" ", words[: 8 * limit])  # enough for the limit, however much of it is invisible
        words = _PILED_MARKS.sub(r"\1", _HIDDEN.sub("", words))
    words = " ".join(words.split())
    while _DATE_MACRO in words:
        words = words.replace(_DATE_MACRO, "{ {")
    if len(words) > limit:
        words = words[: limit - 1].rstrip() + "…"
    return words or "(blank)"
