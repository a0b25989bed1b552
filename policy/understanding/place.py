"""A message with all that is known about its words, as one looks from a word to its neighbours."""

from dataclasses import dataclass

from policy.names import Roll
from policy.spelling import plain
from policy.understanding.around import CONNECTORS, OWNED
from policy.understanding.lexicon import Lexicon
from policy.understanding.words import Message, Word


def initial(name: str) -> str:
    """Give the first letter of a name, plain."""
    return plain(name)[:1]


@dataclass(frozen=True, slots=True)
class Place:
    """A message with all that is known about its words."""

    said: Message
    roll: Roll
    lexicon: Lexicon
    in_phrases: frozenset[int]  # inside a phrase of several words that we know
    in_hits: frozenset[int]  # inside any phrase that we know
    things: frozenset[int]  # of those, what a picture is, is for, or is taken with or by
    taken: frozenset[int]  # a day, an organisation, a handle

    def is_word(self, at: int) -> bool:
        """Whether it is also an ordinary word."""
        return self.lexicon.is_ordinary(self.said.words[at].key)

    def is_initial(self, at: int) -> bool:
        """Whether a single letter stands for a family name: "Amelia H", but not "Amelia I think"."""
        word = self.said.words[at]
        after = self.said.words[at + 1] if at + 1 < len(self.said.words) else None
        if after is not None and after.gap.startswith("."):
            return True
        if not word.key.isalpha():
            return False
        if word.key in {"i", "a"}:
            return word.capital and after is not None and after.key in {"in", "from"}
        return word.key != "x" or word.capital

    def is_owner(self, at: int) -> bool:
        """Whether what follows is something one has: "zekes picture"."""
        after = self.word(at + 1)
        return after is not None and not after.gap and after.key in OWNED

    def may_be_name(self, at: int) -> bool:
        """Whether a word that follows is worth saying back as part of a name."""
        word = self.word(at)
        return word is not None and word.gap in {"", "-"} and word.key not in CONNECTORS and at not in self.taken

    def stands_together(self, at: int) -> bool:
        """Whether a word directly follows the one before, as the parts of a name do."""
        word, before = self.said.words[at], self.said.words[at - 1]
        return word.gap in {"", "-", "'", "’"} and not before.possessive  # noqa: RUF001  a typed apostrophe

    def word(self, at: int) -> Word | None:
        """Give a word; None beyond either end."""
        return self.said.words[at] if 0 <= at < len(self.said.words) else None
