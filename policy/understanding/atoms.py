"""The stretches of a message that name somebody, or may: whole names, single names, and words nobody knows."""

from dataclasses import dataclass
from typing import Final

from policy.records import Pupil
from policy.spelling import nicknames
from policy.understanding.around import ROWS
from policy.understanding.nameword import asks_about, names_somebody, reads_as_words
from policy.understanding.place import Place, initial
from policy.understanding.strangers import unknown

_PART: Final = 4  # words in one first or last name


@dataclass(slots=True)
class Atom:
    """A stretch of words that names somebody, or may."""

    start: int
    end: int
    pupils: tuple[Pupil, ...]  # who is exactly so named; several are namesakes
    whole: bool = False  # first and last name, or first name and initial
    last_only: bool = False
    in_class: tuple[str, ...] | None = None  # the classes said beside it
    class_words: str = ""
    doubtful: bool = False
    cut: int = 0  # where the second of two names begins


def whole_and_single(place: Place, blocked: frozenset[int]) -> list[Atom]:
    """Find the names of pupils, whole names first."""
    words, at = place.said.words, 0
    atoms: list[Atom] = []
    while at < len(words):
        atom = None
        if at not in blocked and _may_begin(place, words[at].key):
            atom = _whole(place, at, blocked) or _first(place, at, blocked, atoms) or _last(place, at, blocked, atoms)
        if atom is None:
            at += 1
        else:
            atoms.append(atom)
            at = atom.end
    return atoms


def _may_begin(place: Place, key: str) -> bool:
    return place.roll.may_begin(key) or (key.endswith("s") and place.roll.may_begin(key[:-1]))


def _joined(place: Place, start: int, end: int) -> str | None:
    """Join the words of one name; None where something stands between them, "" where they are words: "rob in"."""
    words = place.said.words
    for word in words[start + 1 : end]:
        if word.gap not in {"", "-"}:
            return None
    for word in words[start : end - 1]:
        if word.possessive:
            return None
    key = "".join(word.key for word in words[start:end])
    if end - start > 1 and not place.roll.has_parts(key) and any(map(place.is_word, range(start, end))):
        return ""
    return key


def _whole(place: Place, at: int, blocked: frozenset[int]) -> Atom | None:
    words, roll = place.said.words, place.roll
    best: Atom | None = None
    for cut in range(at + 1, min(at + _PART, len(words)) + 1):
        left = _joined(place, at, cut)
        if left is None or cut - 1 in blocked:
            break
        is_first, is_last = roll.is_first(left), roll.is_last(left)
        if not (is_first or is_last) or cut >= len(words):
            continue
        atom = _two(place, at, cut, left, is_first=is_first, is_last=is_last, blocked=blocked)
        if atom is not None and (best is None or atom.end > best.end):
            best = atom
        elif atom is not None and best is not None and atom.end == best.end:
            best.pupils = tuple(dict.fromkeys(best.pupils + atom.pupils))
    return best


def _two(
    place: Place, at: int, cut: int, left: str, *, is_first: bool, is_last: bool, blocked: frozenset[int]
) -> Atom | None:
    words, roll = place.said.words, place.roll
    gap = words[cut].gap
    if words[cut - 1].possessive or gap not in {"", "-", ","}:
        return None
    best: Atom | None = None
    for end in range(cut + 1, min(cut + _PART, len(words)) + 1):
        right = _joined(place, cut, end)
        if right is None or end - 1 in blocked:
            break
        pupils: tuple[Pupil, ...] = ()
        if is_first and gap != ",":
            pupils += _in_order(place, left, right, end)
        if is_last:
            pupils += _turned_round(place, at, left, right, end=end, comma=gap == ",")
        if pupils:
            best = Atom(at, end, tuple(dict.fromkeys(pupils)), whole=True, cut=cut)
    if best is None and is_first and gap == "" and len(words[cut].key) == 1 and place.is_initial(cut):
        bearers = tuple(p for p in roll.first_named(left) if initial(p.last_name) == words[cut].key)
        best = Atom(at, cut + 1, bearers, whole=True, cut=cut)
    if best is not None and asks_about(place, at, best.cut, best.end):
        best.pupils += roll.first_named("".join(word.key for word in words[best.cut : best.end]))
    if best is not None and reads_as_words(place, best.start, best.end):
        best.doubtful = True
    return best


def _first(place: Place, at: int, blocked: frozenset[int], atoms: list[Atom]) -> Atom | None:
    return _single(place, at, blocked, atoms, last=False)


def _last(place: Place, at: int, blocked: frozenset[int], atoms: list[Atom]) -> Atom | None:
    return _single(place, at, blocked, atoms, last=True)


def _in_order(place: Place, first: str, last: str, end: int) -> tuple[Pupil, ...]:
    pupils = place.roll.named(first, last)
    if not pupils and last.endswith("s") and place.is_owner(end - 1):
        return place.roll.named(first, last[:-1])  # "zeke boothroyds picture": apostrophes never matter
    return pupils


def _turned_round(place: Place, at: int, last: str, first: str, *, end: int, comma: bool) -> tuple[Pupil, ...]:
    if comma:
        # "Thomas, James": two children or one? Only what is nobody's first name, and no row of names, is turned round.
        after = place.word(end)
        row = after is not None and (after.gap == "," or after.key in ROWS)
        either = place.roll.is_first(last) or last in place.lexicon.given or bool(nicknames(last))
        return () if either or row else place.roll.named(first, last)
    word = place.said.words[at]
    # "film Katherine" is no Katherine Film.
    verb = place.is_word(at) and not (word.capital and not place.said.shouted)
    return () if verb else place.roll.named(first, last)


def _single(place: Place, at: int, blocked: frozenset[int], atoms: list[Atom], *, last: bool) -> Atom | None:
    words, roll = place.said.words, place.roll
    for end in range(min(at + _PART, len(words)), at, -1):
        key = _joined(place, at, end)
        if key is None or any(i in blocked for i in range(at, end)):
            continue
        pupils: tuple[Pupil, ...] = ()
        form = key
        for form in (key, key[:-1]) if key.endswith("s") and place.is_owner(end - 1) else (key,):
            pupils = roll.last_named(form) if last else roll.first_named(form)
            if pupils:
                break
        if not pupils:
            continue
        if (
            end - at == 1
            and place.is_word(at)
            and not names_somebody(place, at, atoms[-1].end if atoms else -1, last=last)
        ):
            continue
        if end - at > 1 and all(map(place.is_word, range(at, end))) and reads_as_words(place, at, end):
            continue
        # "Anne" for Anne-Marie is a part of a name: asked.
        return Atom(at, end, pupils, last_only=last, doubtful=last or not roll.is_first(form))
    return None


def _is_last_after(place: Place, at: int, blocked: frozenset[int]) -> bool:
    word = place.word(at)
    return word is not None and not word.gap and at not in blocked and place.roll.is_last(word.key)


def with_unknown(place: Place, atoms: list[Atom], blocked: frozenset[int]) -> list[Atom]:
    """Add the words that may name a child we do not know, and join what stands together."""
    named = {i for atom in atoms for i in range(atom.start, atom.end)}
    strange = unknown(place, named, blocked)
    strange |= {i + 1 for i in strange if _is_last_after(place, i + 1, blocked) and i + 1 not in named}  # "tmo baker"
    stretches = atoms + [Atom(i, i + 1, (), doubtful=True) for i in sorted(strange)]
    stretches.sort(key=lambda atom: atom.start)
    joined: list[Atom] = []
    for atom in stretches:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end == atom.start
            and place.stands_together(atom.start)
            and not (last.whole and atom.whole)
        ) or (last is not None and _comma_between(place, last, atom)):
            joined[-1] = Atom(last.start, atom.end, (), doubtful=True)
        else:
            joined.append(atom)
    return joined


def _comma_between(place: Place, last: Atom, atom: Atom) -> bool:
    # "Boothroyd, Zack": a last name and something after a comma that is no certain first name.
    return last.last_only and last.end == atom.start and place.said.words[atom.start].gap == "," and not atom.pupils
