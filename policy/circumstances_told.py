"""Messages that tell that a pupil's circumstances changed, or that ask for a new form (PHOTO-4.9, PHOTO-B-refresh).

Few words are known, and all of them surely: whatever is not is understood as ever. A question is never one, and
neither is what a clock or somebody's safety hangs on.
"""

import re
from typing import Final

_MOST: Final = 24  # words; who tells more tells a story, which has other listeners
_PAPER: Final = r"(?:(?:consent|consents|permission|permissions|forms?|slips?)\b ?){1,2}"
_SORT: Final = r"(?:(?:photo|photos|picture|pictures|image|photography|media|family|parental) ){0,2}"
_NEW: Final = r"(?:new|fresh|another|updated|up to date|refreshed)"
_POLITE: Final = r"^(?:(?:hi|hello|please|could you|can you|we need to|we must|i need to|need to|id like to|lets) )*"
_STALE: Final = r"(?:out of date|outdated|out of step|no longer (?:valid|right|correct|current|up to date))"
_PARENTS: Final = r"(?:parents|mum and dad|mother and father|mom and dad|carers|guardians)"
_PARTED: Final = r"(?:separated|divorced|divorcing|split up|split|parted|broken up)"
_HOME: Final = (
    r"(?:gran|granny|nan|nana|grandparents?|grandmother|grandma|grandad|grandfather|aunt|auntie|uncle|dad|father|mum"
    r"|mother|foster (?:family|parents?|carers?))"
)

_ANY: Final = r"(?:change|changes|changed)"
_NOW: Final = r"(?:have |has |is |are |had |were |just |now |recently |getting )*"
# Of a pupil who is named.
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ANY}(?: of| in| to)?(?: the| her| his| their| a)?(?: \w+)?(?: family| home)? circumstances\b",
        rf"\bcircumstances (?:at home )?{_NOW}(?:changed|different)\b",
        rf"\b(?:family|home) situation (?:of [\w ]{{2,40}} )?{_NOW}(?:changed|different)\b",
        rf"{_POLITE}(?:refresh|renew|redo)(?: the| her| his| their)?(?: \w+){{0,3}}? {_SORT}{_PAPER}",
        rf"{_POLITE}(?:\w+ ){{0,3}}?(?:need|needs|ask|get) (?:for )?(?:an? )?{_NEW} {_SORT}{_PAPER}",
        rf"\b{_PAPER}(?:may |might |could |must |will )?(?:be |is |are )?(?:now |probably |likely )*{_STALE}",
        rf"\b{_PARENTS} {_NOW}{_PARTED}\b",
        rf"\b(?:lives|living|moved in|to live|went to live) with (?:his |her |their |the |a )?{_HOME}\b",
    )
)
# Of nobody yet: the form asks.
_COMMAND: Final = re.compile(
    r"(?:an? )?(?:pupils |familys |childs |family )?(?:changed circumstances|change (?:of|in) circumstances"
    r"|circumstances (?:have |has )?changed)|(?:refresh|renew) consent|refresh (?:a|the) (?:consent|form|photo form)"
)
# What is asked, and what tells of something else: that has its own answer, and often its own clock.
_ASKS: Final = re.compile(
    r"^(?:what|whats|when|how|who|whom|which|why|does|do|did|is|are|was|must|should|may|might|would|will|where|has|have"
    r"|if|am|shall|whether)\b"
    r"|\b(?:can i|can we|could i|may i|may we|should i|should we|do i|do we|does the|is the|is it|is her|is his"
    r"|is their|are we|what|how|who|whose|whether|if|still|hold|holds|allowed|ok|okay)\b"
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:lost|sent|send|email|emailed|letters?|posted|wrong|address|copy|copies|data|records?|files?|demands?|delete|erase|access|cctv"
    r"|footage|complain\w*|complaint|request(?:s|ed)?|asked|asking|asks|wants?|says?|said|withdr\w+|refus\w+|objects?"
    r"|against|stop|remove|website|facebook|instagram|gazette|paper|prospectus|film|filming|filmed|video|photograph"
    r"|no longer (?:consent|agree|want|wish|allow|happy)\w*|consents|agrees|missing|stolen|hacked|bull(?:y|ied|ying)"
    r"|usb|password|laptop|phone|hurt|harm|unsafe|abuse|police|online)\b"
)


def tells_of_change(text: str, *, named: bool) -> bool:
    """Whether a message tells of it. `named`: one pupil is named in it."""
    if "?" in text:
        return False
    said = _plain(text)
    if not said or said.count(" ") >= _MOST or _ASKS.search(_without_politeness(said)) or _ELSEWHERE.search(said):
        return False
    if _COMMAND.fullmatch(_without_politeness(said)):
        return True
    return named and any(pattern.search(said) for pattern in _PATTERNS)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]+", " ", re.sub(r"['\u2019]", "", text.casefold())).split())


def _without_politeness(said: str) -> str:
    return re.sub(_POLITE, "", said)
