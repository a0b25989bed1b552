"""One clause of a school's own document, in the school's own words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, with the words under its own number only; what stands under (a) is the clause (a)'s."""

    number: str  # the document's own: "5.10", "7.1(iv)", "A", "B.2(a)"
    heading: str  # of a section, or the line above the clause; may be empty
    text: str  # paragraphs, one a line
    place: str  # where it stands in the file: "page 3"
