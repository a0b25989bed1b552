"""A message becomes a request: who, what for, how, where and when, or what still has to be asked."""

from policy.understanding.answers import answer_to
from policy.understanding.heard import Heard, Intent, When, narrow
from policy.understanding.read import read
from policy.understanding.who import Asked, Group, NameAsk, Nobody, Pupils, Unsure, Who

__all__ = [
    "Asked",
    "Group",
    "Heard",
    "Intent",
    "NameAsk",
    "Nobody",
    "Pupils",
    "Unsure",
    "When",
    "Who",
    "answer_to",
    "narrow",
    "read",
]
