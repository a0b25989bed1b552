"""What the doctor found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    well: bool
    words: str  # what is so; where it is not well, also what to do
