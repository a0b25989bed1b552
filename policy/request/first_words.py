"""What to tell whoever took a request: said at once, before any question (SAR-1.3 to SAR-1.5, SAR-8.1.3)."""

from typing import Final

from policy.clauses import Citation
from policy.request.kinds import OUTSIDERS, How, Requester, RequestKind

CLAUSES: Final = (
    Citation("sar-procedure", "1.3"),
    Citation("sar-procedure", "1.4"),
    Citation("sar-procedure", "8.1.3"),
)
_TELL: Final = "Tell them it is passed on to the DPO, who will write to them. Nothing more is needed from you."
_WRITE: Final = "They are welcome to write it down for the DPO, but they needn't: spoken counts, from today."  # C24
_SPOKEN_ALREADY: Final = "It counts from the day it reached anybody at school, however it came."
_NOT_YOU: Final = "Please don't answer it yourself, look anything out or promise a date."
_KEEP: Final = "Delete nothing and change nothing about this person, not even old messages."
_OF_KIND: Final = {
    RequestKind.CCTV: "Ring the site manager now: recorders write over themselves, so it must be saved first.",
    RequestKind.RELEASE: (
        "Show and hand over nothing. Police, insurers and the press have a road of their own, and it is written down."
    ),
    RequestKind.MARKETING: "Take them off any list that you keep yourself: advertising stops at once.",
    RequestKind.ERASURE: "Don't delete it for them, however well meant: the DPO looks first at what must be kept.",
    RequestKind.RECTIFICATION: "Leave the record as it is for now: the DPO decides what is put right, and how.",
    RequestKind.OBJECTION: "If you can, stop using what they object to until the DPO has looked at it.",
    RequestKind.RESTRICTION: "Keep the data, and don't use it until the DPO has looked at it.",
    RequestKind.COMPLAINT: "Thank them for saying so. You needn't defend anybody: the DPO looks into it.",
}


def first_words(kind: RequestKind, *, how: How | None = None, requester: Requester | None = None) -> tuple[str, ...]:
    """Say in four or five short sentences what to do, and what to tell the person who asked."""
    if kind is RequestKind.CCTV and requester in OUTSIDERS:
        kind = RequestKind.RELEASE
    own = (_OF_KIND[kind],) if kind in _OF_KIND else ()
    counts = _WRITE if how in {None, How.SPOKEN} else _SPOKEN_ALREADY
    keep = () if kind in {RequestKind.MARKETING, RequestKind.RELEASE} else (_KEEP,)
    return ("Thank you for passing this on.", *own, _TELL, counts, _NOT_YOU, *keep)
