"""What to do this minute: said before any question is asked, short and kind (BREACH-3.7, BREACH-4.14)."""

from collections.abc import Collection
from itertools import chain, zip_longest
from typing import Final

from policy.clauses import Citation
from policy.understanding.breach_kinds import BreachKind

_OF_THEIR_OWN: Final = 3  # steps that fit what happened; with the two that always hold, never more than five

# The most urgent first (BREACH-3.7, BREACH-5.5).
_STEPS: Final[dict[BreachKind, tuple[str, ...]]] = {
    BreachKind.MISDIRECTED: (
        "Recall the message if you still can.",
        "Ask whoever got it to delete it unread and to write back once they have.",
        "If it went on paper, ask for it back unopened.",
    ),
    BreachKind.LOST_DEVICE: (
        "Ring IT now: they can lock or wipe it from afar.",
        "Change the passwords that were saved or used on it.",
        "Ask where you last had it: the office, the bus, the café.",
    ),
    BreachKind.LOST_PAPERS: (
        "Go back over where you last had them, and ring those places now.",
        "If somebody found them, ask them to keep them closed until you are there.",
    ),
    BreachKind.ACCOUNT: (
        "Change the password now, from another device if you can.",
        "Ring IT: they can sign everybody else out.",
        "Use that password elsewhere? Change it there too.",
    ),
    BreachKind.MALWARE: (
        "Take the device off the network: Wi-Fi off, cable out. Leave it switched on.",
        "Ring IT now, and click on nothing more.",
        "If you typed a password, change it from another device.",
    ),
    BreachKind.EXPOSED: (
        "Take it down or stop sharing it if you can, and note the time.",
        "If you can't, ring IT now.",
        "Note where it stood and who could see it.",
    ),
    BreachKind.NEAR_MISS: (),
}
_UNKNOWN: Final = (
    "If it is still going on, stop it where you safely can.",
    "If somebody has what isn't theirs, ask them to delete it or give it back.",
)
_ALWAYS: Final = (
    "Otherwise leave things as they are: delete no messages, files or history.",
    "Keep it quiet outside school, and send any press questions to the DPO.",  # BREACH-4.14, BREACH-4.15
)
_NEAR_MISS: Final = (
    "Well spotted, and thank you: near misses show us what to fix.",
    "Check once more that nothing really got out. If it did, tell me and I'll treat it as a breach.",
    "Keep whatever shows how it nearly happened.",
)
CLAUSES: Final = (Citation("breach-procedure", "3.7"), Citation("breach-procedure", "4.14"))


def first_steps(kinds: Collection[BreachKind], *, near_miss: bool = False) -> tuple[str, ...]:
    """Say in three to five short sentences what to do now.

    Where several things happened, the most urgent step of each comes first. A near miss has words of its own.
    """
    told = [_STEPS[kind] for kind in BreachKind if kind in kinds]
    fitting = [step for step in chain.from_iterable(zip_longest(*told)) if step]
    if near_miss or (BreachKind.NEAR_MISS in kinds and not fitting):
        return _NEAR_MISS
    return (*tuple(dict.fromkeys(fitting or _UNKNOWN))[:_OF_THEIR_OWN], *_ALWAYS)
