"""The roll: every pupil of one school found by name, exactly, or nearly and then only to be asked about."""

import re
from collections.abc import Iterable
from datetime import date
from heapq import nlargest
from typing import Final

from policy.records import Pupil
from policy.spelling import Spellings, parts, plain

_PIECE: Final = re.compile(r"[\W_]+")
_SHIFT: Final = 24  # a first and a last name number share one integer: half the memory of a pair
_MOST_WORDS: Final = 5  # of a name that is looked for
_ONE_NAME: Final = 0.6  # what a single matching name is worth beside a matching pair
_MANY: Final = 200  # bearers of one name that are looked at
_IN_CLASS: Final = 0.25
_FAR_BEHIND: Final = 0.35  # from the best: no longer worth a button
_RESEMBLES: Final = 0.8
_ONE_SLIP: Final = 0.74  # a short family name with one letter wrong: Best, vest


class Roll:
    """An immutable index of one school's pupils, leavers and those still to come included."""

    __slots__ = (
        *("pupils", "classes", "_by_id", "_class_of", "_years", "_in_class", "_pairs", "_firsts", "_lasts"),
        *("_by_first", "_by_last", "_first_parts", "_parted", "_starts", "_last_parts", "_near_first", "_near_last"),
    )

    def __init__(self, pupils: tuple[Pupil, ...]) -> None:
        self.pupils = pupils
        self._parted: set[str] = set()  # names of several parts: "annemarie"
        self._starts: set[str] = set()  # first words of names: where a name may begin
        self._by_id: dict[int, int] = {}
        self._firsts: dict[str, int] = {}  # plain name -> its number
        self._lasts: dict[str, int] = {}
        self._pairs: dict[int, list[int]] = {}  # first number and last number -> places in `pupils`
        self._by_first: list[list[int]] = []
        self._by_last: list[list[int]] = []
        self._first_parts: dict[str, list[str]] = {}  # "mary" -> ["maryjane"]
        self._last_parts: dict[str, list[str]] = {}
        self._in_class: dict[str, list[int]] = {}
        for place, pupil in enumerate(pupils):
            self._by_id[pupil.id] = place
            self._in_class.setdefault(pupil.class_name, []).append(place)
            last = self._number(pupil.last_name, self._lasts, self._by_last, self._last_parts)
            if last is not None:
                self._by_last[last].append(place)
            self._add_first(pupil.legal_first_name, last, place)
            if pupil.preferred_first_name and pupil.preferred_first_name != pupil.legal_first_name:
                self._add_first(pupil.preferred_first_name, last, place)
        current = sorted({p.class_name for p in pupils if p.left_on is None and p.class_name})
        self.classes: tuple[str, ...] = tuple(current)
        self._class_of = {plain(name): name for name in sorted(self._in_class) if name} | {plain(n): n for n in current}
        years: dict[str, set[str]] = {}
        for pupil in pupils:
            if pupil.left_on is None and pupil.class_name:
                years.setdefault(plain(pupil.year_group), set()).add(pupil.class_name)
        self._years = {year: tuple(sorted(names)) for year, names in years.items()}
        self._near_first = Spellings((*self._firsts, *self._first_parts))
        self._near_last = Spellings((*self._lasts, *self._last_parts))

    @classmethod
    def of(cls, pupils: Iterable[Pupil]) -> "Roll":
        """Index the pupils of one school."""
        return cls(tuple(pupils))

    def _add_first(self, name: str, last: int | None, place: int) -> None:
        first = self._number(name, self._firsts, self._by_first, self._first_parts)
        if first is None:
            return
        bearers = self._by_first[first]
        if not bearers or bearers[-1] != place:
            bearers.append(place)
            if last is not None:
                self._pairs.setdefault(first << _SHIFT | last, []).append(place)

    def _number(
        self, name: str, numbers: dict[str, int], bearers: list[list[int]], by_part: dict[str, list[str]]
    ) -> int | None:
        key = plain(name)
        if not key:
            return None
        number = numbers.get(key)
        if number is None:
            self._starts.add(key)
            if not name.isalpha():
                self._parted.add(key)
                self._starts.add(plain(_PIECE.split(name.strip(), maxsplit=1)[0]))
                self._starts.update(parts(name)[:1])
            number = numbers[key] = len(bearers)
            bearers.append([])
            if not name.isalpha():
                for part in parts(name):
                    if part != key:
                        by_part.setdefault(part, []).append(key)
        return number

    def by_id(self, pupil_id: int) -> Pupil | None:
        """Find a pupil by id; None where the school has no such pupil."""
        place = self._by_id.get(pupil_id)
        return None if place is None else self.pupils[place]

    def in_class(self, name: str, on: date) -> tuple[Pupil, ...]:
        """List who is on roll in a class that day, by name."""
        known = self._class_of.get(plain(name))
        members = [self.pupils[place] for place in self._in_class.get(known or "", ())] if known else []
        there = [p for p in members if p.joined_on <= on and (p.left_on is None or p.left_on > on)]
        return tuple(sorted(there, key=lambda p: (p.display_name, p.id)))

    def class_named(self, words: str) -> str | None:
        """Give a class as the school writes it: "4l" is "4L"; None where there is none."""
        return self._class_of.get(plain(words))

    def classes_of_year(self, year: str) -> tuple[str, ...]:
        """List a year's classes: "4", or "R" and "N" before year 1."""
        return self._years.get(plain(year), ())

    def is_first(self, word: str) -> bool:
        """Whether some pupil's whole first name is this (plain)."""
        return word in self._firsts

    def is_last(self, word: str) -> bool:
        """Whether some pupil's whole last name is this (plain)."""
        return word in self._lasts

    def may_begin(self, word: str) -> bool:
        """Whether somebody's first or last name begins with this whole word (plain)."""
        return word in self._starts

    def has_parts(self, word: str) -> bool:
        """Whether somebody's first or last name (plain) is written with a space, a hyphen or an apostrophe."""
        return word in self._parted

    def named(self, first: str, last: str) -> tuple[Pupil, ...]:
        """Find the pupils whose legal or preferred first name and last name are these (plain)."""
        f, s = self._firsts.get(first), self._lasts.get(last)
        if f is None or s is None:
            return ()
        return self._at(self._pairs.get(f << _SHIFT | s, ()))

    def first_named(self, first: str) -> tuple[Pupil, ...]:
        """Find everyone called by a first name, or by the first part of a double one ("Mary" for Mary-Jane)."""
        number = self._firsts.get(first)
        places = list(self._by_first[number]) if number is not None else []
        for whole in self._first_parts.get(first, ()):
            if whole.startswith(first):
                places += self._by_first[self._firsts[whole]]
        return self._at(dict.fromkeys(places))

    def last_named(self, last: str) -> tuple[Pupil, ...]:
        """Find everyone with a last name, or with a part of a double one."""
        number = self._lasts.get(last)
        places = list(self._by_last[number]) if number is not None else []
        for whole in self._last_parts.get(last, ()):
            places += self._by_last[self._lasts[whole]]
        return self._at(dict.fromkeys(places))

    def _at(self, places: Iterable[int]) -> tuple[Pupil, ...]:
        return tuple(self.pupils[place] for place in places)

    def resembles(self, word: str) -> bool:
        """Whether a plain word is near somebody's first or last name."""
        for index in (self._near_first, self._near_last):
            near = index.near(word, 1)
            if near and near[0][1] >= _RESEMBLES:
                return True
        return False

    def within(self, word: str, slips: int) -> bool:
        """Whether a plain word is so few slips of the finger from somebody's first or last name."""
        return self._near_first.within(word, slips) or self._near_last.within(word, slips)

    def resembles_last(self, word: str) -> bool:
        """Whether a plain word is near somebody's last name."""
        near = self._near_last.near(word, 1)
        return bool(near) and near[0][1] >= _ONE_SLIP

    def like(self, words: str, *, limit: int = 6) -> tuple[Pupil, ...]:
        """Suggest whom an imperfect name may mean, best first: to be asked about, never to be taken for certain.

        A class among the words ("amelia 4b") counts for those in it.
        """
        told = parts(words)
        in_class = next((name for word in told if (name := self._class_of.get(word)) is not None), None)
        if in_class is not None:
            told = [word for word in told if word not in self._class_of and word != "class"] or told
        told = told[:_MOST_WORDS]
        if not told:
            return ()
        scores: dict[int, float] = {}
        near = _Nearness(self)
        for cut in range(1, len(told)):
            one, other = "".join(told[:cut]), "".join(told[cut:])
            if len(other) == 1:  # "Amelia H"
                near.initial(one, other, scores)
                continue
            near.pairs(one, other, scores, 1.0)
            near.pairs(other, one, scores, 0.98)
        if len(told) > 2:  # noqa: PLR2004  a middle name in between is dropped
            near.pairs(told[0], told[-1], scores, 0.95)
        if len(scores) < limit or in_class is not None:
            near.singles(told, scores)
        if in_class is not None:
            members = set(self._in_class[in_class])
            for place in scores:
                scores[place] += _IN_CLASS if place in members else -_IN_CLASS
        floor = max(scores.values(), default=0.0) - _FAR_BEHIND
        scores = {place: score for place, score in scores.items() if score >= floor}
        best = nlargest(limit, scores, key=lambda place: (scores[place], self.pupils[place].left_on is None, -place))
        return self._at(best)


class _Nearness:
    """One look-up's scoring: near first names with near last names, through the numbers of pairs."""

    __slots__ = ("_firsts", "_lasts", "_roll")

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._firsts: dict[str, list[tuple[int, float]]] = {}
        self._lasts: dict[str, list[tuple[int, float]]] = {}

    def pairs(self, first: str, last: str, scores: dict[int, float], weight: float) -> None:
        pairs = self._roll._pairs  # noqa: SLF001  the roll's own other half
        for f, likely_first in self._near_firsts(first):
            for s, likely_last in self._near_lasts(last):
                places = pairs.get(f << _SHIFT | s)
                if places:
                    score = weight * (likely_first + likely_last) / 2
                    for place in places:
                        if score > scores.get(place, 0.0):
                            scores[place] = score

    def initial(self, first: str, letter: str, scores: dict[int, float]) -> None:
        roll = self._roll
        for number, likely in self._near_firsts(first):
            for place in roll._by_first[number]:  # noqa: SLF001  see pairs
                if plain(roll.pupils[place].last_name[:1]) == letter:
                    scores[place] = max(scores.get(place, 0.0), (likely + 0.8) / 2)

    def singles(self, told: list[str], scores: dict[int, float]) -> None:
        roll = self._roll
        alone = 1.0 if len(told) == 1 else _ONE_NAME
        for word in told:
            for numbers, bearers, worth in (
                (self._near_firsts(word), roll._by_first, alone),  # noqa: SLF001  see pairs
                (self._near_lasts(word), roll._by_last, alone * 0.99),  # noqa: SLF001  see pairs
            ):
                left = _MANY
                for number, likely in numbers:
                    for place in bearers[number][:left]:
                        if worth * likely > scores.get(place, 0.0):
                            scores[place] = worth * likely
                    left -= len(bearers[number])
                    if left <= 0:
                        break

    def _near_firsts(self, word: str) -> list[tuple[int, float]]:
        known = self._firsts.get(word)
        if known is None:
            roll = self._roll
            known = self._firsts[word] = _numbered(word, roll._near_first, roll._firsts, roll._first_parts)  # noqa: SLF001  see pairs
        return known

    def _near_lasts(self, word: str) -> list[tuple[int, float]]:
        known = self._lasts.get(word)
        if known is None:
            roll = self._roll
            known = self._lasts[word] = _numbered(word, roll._near_last, roll._lasts, roll._last_parts)  # noqa: SLF001  see pairs
        return known


def _numbered(
    word: str, spellings: Spellings, numbers: dict[str, int], by_part: dict[str, list[str]]
) -> list[tuple[int, float]]:
    found: dict[int, float] = {}
    for name, likely in spellings.near(word):
        number = numbers.get(name)
        if number is not None:
            found[number] = max(found.get(number, 0.0), likely)
        for whole in by_part.get(name, ()):
            found[numbers[whole]] = max(found.get(numbers[whole], 0.0), likely * 0.92)
    return sorted(found.items(), key=lambda item: -item[1])
