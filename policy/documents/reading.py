"""From paragraphs to numbered clauses: what every document of ours is cut into, whatever its file was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from policy.documents.clause import Clause
from policy.documents.numbering import Decimal, Digits, Item, Items, Whole, follows, is_title, label_of, left_out
from policy.documents.paragraph import Paragraph, goes_on, joined
from policy.documents.parts import PartHeading, part_heading

_SUBHEADING_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Part:
    """The whole of a file, or one of its appendices."""

    heading: PartHeading | None  # None: the body of the file
    clauses: tuple[Clause, ...]
    notes: tuple[str, ...]  # what is odd about its numbers, for a person
    before: int  # paragraphs before its first number, which are in no clause
    place: str


@dataclass(slots=True)
class _Open:
    """A clause as it grows."""

    number: str
    heading: str
    place: str
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Where one part stands."""

    heading: PartHeading | None
    place: str
    has_decimals: bool
    clauses: list[_Open] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inner: str = ""  # a form or an annex within the part: its numbers begin anew
    digits: Digits = ()  # of the last number
    listed: int = 0  # the last number of a list within a clause
    items: Items = field(default_factory=Items)
    base: str = ""  # what lettered items hang on
    above: str = ""  # a line that stands over the next clause
    before: int = 0

    def read(self, paragraph: Paragraph, after: Paragraph | None) -> None:
        """Take one paragraph."""
        label = label_of(paragraph.numbered)
        match label:
            case Whole(number, dotted, rest) if self._is_section(number, rest, paragraph, dotted=dotted):
                self._begin((number,), rest, paragraph)
            case Whole(number):
                self.listed = number
                self._text(paragraph)
            case Decimal(digits, rest) if self._is_clause(digits, rest, paragraph):
                self._begin(digits, rest, paragraph)
            case Item(mark, rest) if self.base and (suffix := self.items.take(mark)):
                self._open(f"{self.base}{suffix}", "", rest, paragraph.place)
            case _ if self._stands_above(paragraph, after):
                self.above = paragraph.text
            case _:
                self._text(paragraph)

    def begin_inner(self, heading: PartHeading, paragraph: Paragraph) -> None:
        """Open an annex or a form within this part."""
        self.inner, self.digits, self.listed = heading.label, (), 0
        self.base = self._named(heading.label)
        self._open(self.base, heading.title, "", paragraph.place)
        self.items.clear()

    def done(self) -> Part:
        """Close the part."""
        self._spill()
        clauses = tuple(Clause(one.number, one.heading, "\n".join(one.lines), one.place) for one in self.clauses)
        return Part(self.heading, clauses, tuple(self.notes), self.before, self.place)

    def _is_section(self, number: int, rest: str, paragraph: Paragraph, *, dotted: bool) -> bool:
        """Whether a single number is the next section's, and not a list's, a table's or a sentence's."""
        at = self.digits[0] if self.digits else 0
        if number == self.listed + 1 != 1 or paragraph.text.count("\t") > 1:
            return False
        if number == at and len(self.digits) == 1 and is_title(rest):
            return True  # the same number given twice
        if number != 1 if not self.digits else not 1 <= number - at <= 2:  # noqa: PLR2004  one may be missing
            return False
        return is_title(rest) or (not self.has_decimals and (dotted or bool(paragraph.label)))

    def _is_clause(self, digits: Digits, rest: str, paragraph: Paragraph) -> bool:
        if follows(self.digits, digits):
            return True
        if paragraph.label:
            return True  # Word counted it: it is a number, wherever it stands
        return bool(rest) and not rest[0].islower()

    def _begin(self, digits: Digits, rest: str, paragraph: Paragraph) -> None:
        number = ".".join(map(str, digits))
        if not follows(self.digits, digits) and len(digits) > 1:
            self.notes.append(f"{number} ({paragraph.place}) comes out of order, after {_dotted(self.digits)}.")
        for gap in left_out(self.digits, digits) if self.digits else ():
            self.notes.append(f"{self._named(_dotted(gap))} is not there: {number} ({paragraph.place}) comes next.")
        self.digits, self.listed = digits, 0
        self.items.clear()
        self.base = self._named(number)
        if is_title(rest) and not paragraph.text.endswith(":"):
            heading, rest = " ".join(rest.split()), ""
        else:
            heading = ""
        above, self.above = self.above, ""
        first = label_of(rest)
        at_once = isinstance(first, Item) and self.items.take(first.mark)
        self._open(self.base, heading or above, "" if at_once else rest, paragraph.place)
        self.base = self.clauses[-1].number
        if at_once and isinstance(first, Item):  # "2.1 (a) …": two numbers before the first word
            self._open(f"{self.base}{at_once}", "", first.rest, paragraph.place)

    def _named(self, number: str) -> str:
        """Put the appendix or form before a number that begins anew in it: "B.2"."""
        outer = self.heading.label if self.heading is not None and self.heading.document is None else ""
        before = self.inner or outer
        return number if not before or number == before else f"{before}.{number}"

    def _open(self, number: str, heading: str, text: str, place: str) -> None:
        self._spill()
        twice = next((one for one in self.clauses if one.number == number), None)
        if twice is not None:
            several = sum(one.number.partition(" [")[0] == number for one in self.clauses) + 1
            self.notes.append(
                f'{number} is there twice ({twice.place}, {place}); this one is kept as "{number} [{several}]".'
            )
            number = f"{number} [{several}]"
        self.clauses.append(_Open(number, heading, place, [text] if text else []))

    def _stands_above(self, paragraph: Paragraph, after: Paragraph | None) -> bool:
        """Whether it is a heading without a number: short, and right over a number that comes next."""
        if paragraph.bullet or after is None or not is_title(paragraph.text) or not self.clauses:
            return False
        if len(paragraph.text.split()) > _SUBHEADING_WORDS or "\t" in paragraph.text:
            return False
        follower = label_of(after.numbered)
        return isinstance(follower, Decimal) and follows(self.digits, follower.digits)

    def _text(self, paragraph: Paragraph) -> None:
        self._spill()
        if not self.clauses:
            self.before += 1
            return
        self.clauses[-1].lines.append(paragraph.numbered.replace("\t", " | ") if paragraph.numbered else "")

    def _spill(self) -> None:
        if self.above and self.clauses:
            self.clauses[-1].lines.append(self.above)
        self.above = ""


def read_parts(paragraphs: Sequence[Paragraph], *, apart: frozenset[str]) -> tuple[Part, ...]:
    """Cut a text, without its table of contents, into its body and its appendices, and each into clauses.

    An appendix that is one of the documents `apart` is numbered for itself; any other begins with its own letter.
    """
    whole = tuple(_whole(paragraphs))
    has_decimals = any(isinstance(label_of(one.numbered), Decimal) for one in whole)
    if not has_decimals and not any(isinstance(label_of(one.numbered), Whole) for one in whole):
        whole = tuple(_counted(whole))
    place = whole[0].place if whole else ""
    parts = [_Reader(None, place, has_decimals)]
    for paragraph, after in pairwise((*whole, None)):
        assert paragraph is not None  # noqa: S101  only the last one is None, and it has no pair of its own
        heading = None if paragraph.bullet else part_heading(paragraph.numbered)
        if heading is not None and heading.document not in apart:
            heading = replace(heading, document=None)
        if heading is not None and heading.of_file:
            parts.append(_Reader(heading, paragraph.place, has_decimals))
            if heading.document is None:
                parts[-1].begin_inner(heading, paragraph)
                parts[-1].inner = ""
        elif heading is not None:
            parts[-1].begin_inner(heading, paragraph)
        else:
            parts[-1].read(paragraph, after)
    return tuple(part.done() for part in parts)


def _whole(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Join what the end of a page cut in two."""
    last: Paragraph | None = None
    for one in paragraphs:
        if not one.text and not one.label:
            continue
        if last is not None and goes_on(last, one) and label_of(one.numbered) is None:
            last = joined(last, one)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _counted(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Count the headings of a document that has no numbers at all: 1, 2, 2.1."""
    levels = sorted({one.level for one in paragraphs if one.level})
    counts = [0] * len(levels)
    titled = bool(levels) and sum(one.level == levels[0] for one in paragraphs) == 1
    for one in paragraphs:
        depth = levels.index(one.level) - titled if one.level else -1
        if depth < 0:
            yield one
            continue
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (len(counts) - depth - 1)
        label = ".".join(str(count or 1) for count in counts[: depth + 1])
        yield Paragraph(one.text, one.place, one.level, label)


def _dotted(digits: Digits) -> str:
    return ".".join(map(str, digits)) or "the beginning"
