"""Whom the words name: a pupil is certain only where the words name that pupil exactly; everything else is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from policy.names import Roll
from policy.records import Pupil
from policy.understanding.around import CONNECTORS
from policy.understanding.atoms import Atom, whole_and_single, with_unknown
from policy.understanding.characters import characters
from policy.understanding.companions import unnamed
from policy.understanding.days import CALENDAR
from policy.understanding.excluding import left_out, others_left_out
from policy.understanding.groups import WHOLE_SCHOOL, GroupSaid, groups, own_class
from policy.understanding.lexicon import Hit, Lexicon
from policy.understanding.neighbours import goes_on
from policy.understanding.place import Place
from policy.understanding.who import MOST_CANDIDATES, Asked, Group, NameAsk, Who, settled
from policy.understanding.words import Message, word_set

_TITLES: Final = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "rev", "sir", "madam", "mister", "missus"})
_THING_CONCEPTS: Final = ("picture.", "uses.", "device.", "people.", "place.")
_MOST_LOOKED_UP: Final = 8  # of many unknown names, only so many get candidates
_BETWEEN: Final = word_set(
    """
    in from of the one is he she they whos who class year pupil a at my our hes shes boy girl not his her whose form
    that thats i mean as
    """
)
_THINGS: Final = word_set(
    """
    display page book books board wall website blog story newsletter feed account folder team teams channel parents
    families leavers hoodie hoodies video assembly ipad ipads tablet tablets camera laptop floor floorbook corridor
    classroom peg evening report production baseline evidence profile portfolio
    """
)


@dataclass(frozen=True, slots=True)
class People:
    """Whom the message is about, and what it took."""

    who: Who
    staff: bool = False
    someone: bool = False  # a pupil, a group or a name was said, certain or not
    names: frozenset[int] = field(default=frozenset())  # places of words that are names
    groups: frozenset[int] = field(default=frozenset())  # and of those that are classes
    grouped: bool = False  # classes were said, and nobody by name


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
    blocked = taken | in_groups | staff | characters(said, roll, lexicon)
    atoms = whole_and_single(place, blocked)
    atoms = with_unknown(place, atoms, blocked)
    if atoms and all(group.label == WHOLE_SCHOOL for group in told):
        told = ()  # whoever names a child asks about that child
    loose = _attach(said, told, atoms)
    asks: list[NameAsk] = []
    found: dict[int, Pupil] = {}
    whole = [atom for atom in atoms if atom.whole]
    edges = frozenset(atom.end for atom in whole) & frozenset(atom.start for atom in whole)
    out = _left_out(said, told, atoms)
    outside = _outside(said, told, atoms, out)
    for atom in atoms:
        pupil = _certain(place, atom, edges)
        if atom.start in out and pupil is not None and _of_a_whole_class(pupil, loose, out):
            continue  # "all of 4L but Kavya Umar": the answer is for all of 4L, whoever stays out of it
        if atom.start in out:
            asks.append(NameAsk(out[atom.start]))
        elif atom.end in outside:
            asks.append(_other_than(said, roll, atom, outside[atom.end]))
        elif pupil is None:
            if not atom.doubtful and _goes_on(place, atom, edges) and place.may_be_name(atom.end):
                atom.end += 1  # "tom green": say back both words
            asks.append(_ask(said, roll, atom, look=len(asks) < _MOST_LOOKED_UP))
        else:
            found[pupil.id] = pupil
    missing = unnamed(said, [(a.start, a.end) for a in atoms], [(g.start, g.end) for g in told])
    asks.extend(NameAsk(heard) for heard in missing)
    asks.extend(NameAsk(out[g.start], (), Asked.CLASS) for g in told if g.start in out and g not in outside.values())
    if told and not out and (others := others_left_out(said)) is not None:
        asks.append(NameAsk(others))
    group = _group([one for one in loose if one.start not in out], asks)
    mine = None if atoms or group or asks else own_class(said)
    if mine is not None:
        asks.append(NameAsk(said.said(*mine), (), Asked.CLASS))
    return People(
        who=settled(tuple(found.values()), group, tuple(asks)),
        staff=bool(staff),
        someone=bool(atoms or told or mine or missing),
        names=frozenset(i for atom in atoms for i in range(atom.start, atom.end)),
        groups=in_groups,
        grouped=bool(told) and not atoms,
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
        full = further is not None and further.capital and not further.gap and not after.possessive
        if (
            further is not None
            and full
            and not (said.shouted or roll.is_first(further.key) or roll.class_named(further.key))
        ):
            taken.add(end)  # "Mr Alan Smith"
    return frozenset(taken)


def _left_out(said: Message, told: tuple[GroupSaid, ...], atoms: list[Atom]) -> dict[int, str]:
    """Find who is left out, by place: "everyone except 2D"; a name whose class is left out is asked about with it."""
    out: dict[int, str] = {}
    places = [(atom.start, atom.end) for atom in atoms] + [(group.start, group.end) for group in told]
    for first, end in places:
        start = left_out(said, first, end)
        if start is not None:
            out[first] = said.said(start, end)
    return out


def _outside(
    said: Message, told: tuple[GroupSaid, ...], atoms: list[Atom], out: dict[int, str]
) -> dict[int, GroupSaid]:
    """Find the names that a class is said not to be that of, by where they end: "Harry, not the one in 2C"."""
    found: dict[int, GroupSaid] = {}
    for group in told:
        nearest = max((atom.end for atom in atoms if atom.end <= group.start), default=None)
        if group.start in out and nearest is not None and not set(said.keys[nearest : group.start]) & CONNECTORS:
            found[nearest] = group
    return found


def _attach(said: Message, told: tuple[GroupSaid, ...], atoms: list[Atom]) -> list[GroupSaid]:
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


def _owners(said: Message, group: GroupSaid, told: tuple[GroupSaid, ...], atoms: list[Atom]) -> list[Atom]:
    keys = said.keys
    before = [atom for atom in atoms if atom.end <= group.start]
    if (
        keys[group.start - 1] in {"the", "our", "all"}
        and keys[group.end : group.end + 1]
        and keys[group.end] in _THINGS
    ):
        return []  # "in the Year 6 leavers' video": no class of anybody
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


def _of_a_whole_class(pupil: Pupil, loose: list[GroupSaid], out: dict[int, str]) -> bool:
    return any(pupil.class_name in group.classes for group in loose if group.start not in out)


def _goes_on(place: Place, atom: Atom, edges: frozenset[int]) -> bool:
    # Whole names may follow each other without a comma: "Tom Baker Ann Lee". `edges` is where they end and begin.
    before = not (atom.whole and atom.start in edges)
    after = not (atom.whole and atom.end in edges)
    return goes_on(place, atom.start, atom.end, whole=atom.whole, before=before, after=after)


def _certain(place: Place, atom: Atom, edges: frozenset[int]) -> Pupil | None:
    if atom.doubtful or _goes_on(place, atom, edges):
        return None
    pupils = atom.pupils
    if atom.in_class is not None:
        pupils = tuple(p for p in pupils if p.class_name in atom.in_class)  # a class that contradicts is no match
    return pupils[0] if len(pupils) == 1 else None


def _ask(said: Message, roll: Roll, atom: Atom, *, look: bool) -> NameAsk:
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


def _other_than(said: Message, roll: Roll, atom: Atom, group: GroupSaid) -> NameAsk:
    others = (p for p in _ask(said, roll, atom, look=True).candidates if p.class_name not in group.classes)
    return NameAsk(said.said(atom.start, group.end), tuple(others))


def _group(loose: list[GroupSaid], asks: list[NameAsk]) -> Group | None:
    known = [group for group in loose if group.classes]
    asks.extend(NameAsk(group.label, (), Asked.CLASS) for group in loose if not group.classes)
    if not known:
        return None
    labels = tuple(dict.fromkeys(group.label for group in known))
    return Group(" and ".join(labels), tuple(dict.fromkeys(name for group in known for name in group.classes)))
