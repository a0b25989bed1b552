"""What a new version of a document changed; the same words in another file format are the same words."""

from collections.abc import Sequence
from dataclasses import dataclass

from policy.documents.clause import Clause


@dataclass(frozen=True, slots=True)
class Differences:
    """Numbers of clauses, in the order of the document; `renumbered` pairs the old number with the new one."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renumbered: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return bool(self.added or self.removed or self.changed or self.renumbered)

    @property
    def touched(self) -> tuple[str, ...]:
        """Every number under which something else stands now, or nothing any more."""
        return (*self.changed, *self.removed, *(old for old, _ in self.renumbered))


def between(before: Sequence[Clause], after: Sequence[Clause]) -> Differences:
    """Compare two versions."""
    was = {clause.number: _words(clause) for clause in before}
    now = {clause.number: _words(clause) for clause in after}
    added = [number for number in now if number not in was]
    removed = [number for number in was if number not in now]
    moved = []
    for old in list(removed):
        new = next((number for number in added if now[number] == was[old] and was[old]), None)
        if new is not None:
            moved.append((old, new))
            removed.remove(old)
            added.remove(new)
    changed = tuple(number for number in now if number in was and now[number] != was[number])
    return Differences(tuple(added), tuple(removed), changed, tuple(moved))


def _words(clause: Clause) -> str:
    """Keep letters and digits: no file format agrees with another on spaces, quotes, dashes and bullets."""
    return "".join(c for c in f"{clause.heading}{clause.text}".casefold() if c.isalnum())
