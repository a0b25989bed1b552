"""Whom the words name: a pupil is certain only where the words name that pupil exactly; everything else is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from policy.names import Roll
from policy.records import Pupil
from policy.understanding import nameword
from policy.understanding.dates import CALENDAR
from policy.understanding.groups import WHOLE_SCHOOL, GroupSaid, groups, own_class
from policy.understanding.lexicon import Hit, Lexicon
from policy.understanding.nameword import CONNECTORS, Place
from policy.understanding.who import MOST_CANDIDATES, Asked, Group, NameAsk, Who, settled
from policy.understanding.words import Message, Word, word_set

_TITLES: Final = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "rev", "sir", "madam", "mister", "missus"})
_THING_CONCEPTS: Final = ("picture.", "uses.", "device.", "people.", "place.")
_PART: Final = 4  # words in one first or last name
_MOST_LOOKED_UP: Final = 8  # of many unknown names, only so many get candidates
_BETWEEN: Final = word_set(
    """
    in from of the one is he she they whos who class year pupil a at my our hes shes boy girl not his her whose form
    that thats i mean as
    """
)
_THINGS: Final = word_set("display page book books board wall website blog story newsletter feed account folder")


@dataclass(slots=True)
class _Atom:
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


@dataclass(frozen=True, slots=True)
class People:
    """Whom the message is about, and what it took."""

    who: Who
    staff: bool = False
    someone: bool = False  # a pupil, a group or a name was said, certain or not
    names: frozenset[int] = field(default=frozenset())  # places of words that are names


def people(said: Message, roll: Roll, lexicon: Lexicon, hits: Sequence[Hit], taken: frozenset[int]) -> People:
    """Read who is meant. `taken` are words that are a day, an organisation or a handle."""
    place = Place(
        said,
        roll,
        lexicon,
        in_phrases=_places(hit for hit in hits if hit.end - hit.start > 1),
        in_hits=_places(hits),
        things=_places(hit for hit in hits if any(concept.startswith(_THING_CONCEPTS) for concept in hit.concepts)),
        taken=taken,
    )
    told = groups(said, roll, taken)
    in_groups = frozenset(i for group in told for i in range(group.start, group.end))
    staff = _staff(said, roll)
    blocked = taken | in_groups | staff
    atoms = _atoms(place, blocked)
    atoms = _with_unknown(place, atoms, blocked)
    if atoms and all(group.label == WHOLE_SCHOOL for group in told):
        told = ()  # whoever names a child asks about that child
    loose = _attach(said, told, atoms)
    asks: list[NameAsk] = []
    found: list[Pupil] = []
    for atom in atoms:
        pupil = _certain(place, atom, atoms)
        if pupil is None:
            if not atom.doubtful and _goes_on(place, atom, atoms) and place.may_be_name(atom.end):
                atom.end += 1  # "tom green": say back both words
            asks.append(_ask(said, roll, atom, look=len(asks) < _MOST_LOOKED_UP))
        elif pupil not in found:
            found.append(pupil)
    group = _group(loose, asks)
    mine = None if atoms or group or asks else own_class(said)
    if mine is not None:
        asks.append(NameAsk(said.said(*mine), (), Asked.CLASS))
    return People(
        who=settled(tuple(found), group, tuple(asks)),
        staff=bool(staff),
        someone=bool(atoms or told or mine),
        names=frozenset(i for atom in atoms for i in range(atom.start, atom.end)),
    )


def _places(hits: Iterable[Hit]) -> frozenset[int]:
    return frozenset(i for hit in hits for i in range(hit.start, hit.end))


def calendar_names(said: Message, roll: Roll, given: frozenset[str]) -> frozenset[int]:
    """Find "April Fenton" and "Dawn Winter": words of the calendar that are part of a pupil's whole name."""
    places: set[int] = set()
    for at, key in enumerate(said.keys):
        if key not in CALENDAR:
            continue
        if key in given and at > 1 and said.keys[at - 1] in CONNECTORS and _is_name(roll, said.keys[at - 2]):
            places.add(at)  # "Bo Hall and Sunday"
        for cut in range(at + 1, min(at + 3, len(said.words) - 1) + 1):
            following = "".join(said.keys[at + 1 : cut + 1])
            if roll.named(key, following) or roll.named(following, key):
                places.update(range(at, cut + 1))
        if at and (roll.named(said.keys[at - 1], key) or roll.named(key, said.keys[at - 1])):
            places.update((at - 1, at))
    return frozenset(places)


def _is_name(roll: Roll, key: str) -> bool:
    return roll.is_first(key) or roll.is_last(key)


def _staff(said: Message, roll: Roll) -> frozenset[int]:
    # "Mr Smith" is no pupil. A pupil's first name after it is never swallowed.
    taken: set[int] = set()
    for at, word in enumerate(said.words[:-1]):
        after = said.words[at + 1]
        titled = word.key in _TITLES or (word.key == "miss" and word.capital and after.capital)
        if not titled or after.gap not in {"", "."}:
            continue
        taken |= {at, at + 1}
        end = at + 2
        while end < len(said.words) and said.words[end].hyphened:
            taken.add(end)
            end += 1
        further = said.words[end] if end < len(said.words) else None
        if further and further.capital and not further.gap and not after.possessive and not said.shouted:
            if not roll.is_first(further.key) and not roll.class_named(further.key):
                taken.add(end)
    return frozenset(taken)


def _atoms(place: Place, blocked: frozenset[int]) -> list[_Atom]:
    words, at = place.said.words, 0
    atoms: list[_Atom] = []
    while at < len(words):
        atom = None
        if at not in blocked:
            atom = _whole(place, at, blocked) or _first(place, at, blocked, atoms) or _last(place, at, blocked, atoms)
        if atom is None:
            at += 1
        else:
            atoms.append(atom)
            at = atom.end
    return atoms


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


def _whole(place: Place, at: int, blocked: frozenset[int]) -> _Atom | None:
    words, roll = place.said.words, place.roll
    best: _Atom | None = None
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
) -> _Atom | None:
    words, roll = place.said.words, place.roll
    gap = words[cut].gap
    if words[cut - 1].possessive or gap not in {"", "-", ","}:
        return None
    best: _Atom | None = None
    for end in range(cut + 1, min(cut + _PART, len(words)) + 1):
        right = _joined(place, cut, end)
        if right is None or end - 1 in blocked:
            break
        pupils: tuple[Pupil, ...] = ()
        if is_first and gap != ",":
            pupils += roll.named(left, right)
            if not pupils and words[end - 1].key.endswith("s") and place.is_owner(end - 1):
                pupils += roll.named(left, right[:-1])  # "zeke boothroyds picture": apostrophes never matter
        if is_last:
            turned = roll.named(right, left)
            # "Thomas, James": two children or one? Only a last name that is nobody's first name is turned round.
            # "film Katherine" is no Katherine Film.
            verb = gap != "," and place.is_word(at) and not (words[at].capital and not place.said.shouted)
            if not verb and (gap != "," or not (roll.is_first(left) or left in place.lexicon.given)):
                pupils += turned
        if pupils:
            best = _Atom(at, end, tuple(dict.fromkeys(pupils)), whole=True, cut=cut)
    if (
        best is None
        and is_first
        and gap == ""
        and len(words[cut].key) == 1
        and words[cut].key.isalpha()
        and place.is_initial(cut)
    ):
        bearers = tuple(p for p in roll.first_named(left) if nameword.initial(p.last_name) == words[cut].key)
        best = _Atom(at, cut + 1, bearers, whole=True, cut=cut)
    if best is not None and place.asks_about(at, best.cut, best.end):
        best.pupils += roll.first_named("".join(word.key for word in words[best.cut : best.end]))
    if best is not None and place.reads_as_words(best.start, best.end):
        best.doubtful = True
    return best


def _first(place: Place, at: int, blocked: frozenset[int], atoms: list[_Atom]) -> _Atom | None:
    return _single(place, at, blocked, atoms, last=False)


def _last(place: Place, at: int, blocked: frozenset[int], atoms: list[_Atom]) -> _Atom | None:
    return _single(place, at, blocked, atoms, last=True)


def _single(place: Place, at: int, blocked: frozenset[int], atoms: list[_Atom], *, last: bool) -> _Atom | None:
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
            and not place.names_somebody(at, atoms[-1].end if atoms else -1, last=last)
        ):
            continue
        if end - at > 1 and all(map(place.is_word, range(at, end))) and place.reads_as_words(at, end):
            continue
        # "Anne" for Anne-Marie is a part of a name: asked.
        return _Atom(at, end, pupils, last_only=last, doubtful=last or not roll.is_first(form))
    return None


def _with_unknown(place: Place, atoms: list[_Atom], blocked: frozenset[int]) -> list[_Atom]:
    """Add the words that may name a child we do not know, and join what stands together."""
    named = {i for atom in atoms for i in range(atom.start, atom.end)}
    unknown = place.unknown(named, blocked)
    stretches = atoms + [_Atom(i, i + 1, (), doubtful=True) for i in sorted(unknown)]
    stretches.sort(key=lambda atom: atom.start)
    joined: list[_Atom] = []
    for atom in stretches:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.end == atom.start
            and place.stands_together(atom.start)
            and not (last.whole and atom.whole)
        ) or (last is not None and _comma_between(place, last, atom)):
            joined[-1] = _Atom(last.start, atom.end, (), doubtful=True)
        else:
            joined.append(atom)
    return joined


def _comma_between(place: Place, last: _Atom, atom: _Atom) -> bool:
    # "Boothroyd, Zack": a last name and something after a comma that is no certain first name.
    return last.last_only and last.end == atom.start and place.said.words[atom.start].gap == "," and not atom.pupils


def _attach(said: Message, told: tuple[GroupSaid, ...], atoms: list[_Atom]) -> list[GroupSaid]:
    """Give each class to the name it belongs to; what is left is asked about as a group."""
    loose = []
    for group in told:
        owners = _owners(said, group, told, atoms)
        if not owners:
            after = said.keys[group.end] if group.end < len(said.keys) else ""
            if not (atoms and after in _THINGS and not said.words[group.end].gap) and not (
                said.words[group.end - 1].possessive and atoms
            ):
                loose.append(group)
            continue
        for atom in owners:
            atom.in_class = (
                group.classes
                if atom.in_class is None
                else tuple(name for name in group.classes if name in atom.in_class)
            )
            atom.class_words = said.said(group.start, group.end)
    return loose


def _owners(said: Message, group: GroupSaid, told: tuple[GroupSaid, ...], atoms: list[_Atom]) -> list[_Atom]:
    keys = said.keys
    before = [atom for atom in atoms if atom.end <= group.start]
    after = next((atom for atom in atoms if atom.start == group.end and not said.words[atom.start].gap), None)
    if after is not None and not (before and before[-1].end == group.start):
        return [after]  # "4L's Zeke Boothroyd"
    if not before:
        return []
    nearest = before[-1]
    between = keys[nearest.end : group.start]
    if any(other.start >= nearest.end and other.end <= group.start for other in told):
        return (
            [nearest]
            if nearest.in_class is not None and said.words[group.start].gap == "" and between[-1] not in CONNECTORS
            else []
        )
    close = all(key in _BETWEEN for key in between)
    pronoun = bool(between) and between[-1] in {"he", "she", "hes", "shes", "whos", "theyre"}
    pronoun = pronoun or between[-2:] in {(p, v) for p in ("he", "she", "who", "they", "it") for v in ("is", "in", "s")}
    pronoun = pronoun or between[-3:] in {(p, "is", "in") for p in ("he", "she", "who", "they")}
    apart = said.words[group.start].gap in {",", "(", "-", "["} or between[-1:] in {("in",), ("from",)}
    alone = len(atoms) == 1 and apart and group.end == len(keys) and not set(between) & CONNECTORS
    if not (close or pronoun or alone):
        return []
    row = [nearest]
    for earlier in reversed(before[:-1]):  # "Tom, Ann and Lee in 4L": all of them
        link = keys[earlier.end : row[-1].start]
        if (link and not set(link) <= {"and"}) or earlier.in_class is not None:
            break
        row.append(earlier)
    return row


def _goes_on(place: Place, atom: _Atom, atoms: list[_Atom]) -> bool:
    # Whole names may follow each other without a comma: "Tom Baker Ann Lee".
    free_before = any(other.whole and other.end == atom.start for other in atoms) and atom.whole
    free_after = any(other.whole and other.start == atom.end for other in atoms) and atom.whole
    return place.goes_on(atom.start, atom.end, whole=atom.whole, before=not free_before, after=not free_after)


def _certain(place: Place, atom: _Atom, atoms: list[_Atom]) -> Pupil | None:
    if atom.doubtful or _goes_on(place, atom, atoms):
        return None
    pupils = atom.pupils
    if atom.in_class is not None:
        pupils = tuple(p for p in pupils if p.class_name in atom.in_class)  # a class that contradicts is no match
    return pupils[0] if len(pupils) == 1 else None


def _ask(said: Message, roll: Roll, atom: _Atom, *, look: bool) -> NameAsk:
    heard = said.said(atom.start, atom.end)
    if atom.class_words:
        heard = f"{heard} ({atom.class_words})"
    candidates = list(atom.pupils)
    if atom.in_class:
        candidates.sort(key=lambda p: p.class_name not in (atom.in_class or ()))
    if look and len(candidates) < MOST_CANDIDATES:
        keys = " ".join(said.keys[atom.start : atom.end])
        near = roll.like(f"{keys} {atom.in_class[0] if atom.in_class and len(atom.in_class) == 1 else ''}")
        if not candidates or atom.last_only or atom.in_class is not None:
            candidates += [pupil for pupil in near if pupil not in candidates]
    return NameAsk(heard, tuple(candidates[:MOST_CANDIDATES]))


def _group(loose: list[GroupSaid], asks: list[NameAsk]) -> Group | None:
    known = [group for group in loose if group.classes]
    asks.extend(NameAsk(group.label, (), Asked.CLASS) for group in loose if not group.classes)
    if not known:
        return None
    labels = tuple(dict.fromkeys(group.label for group in known))
    return Group(" and ".join(labels), tuple(dict.fromkeys(name for group in known for name in group.classes)))
