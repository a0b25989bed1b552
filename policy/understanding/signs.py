"""What the rest of the reading found out, as far as the intent depends on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rest of the reading found out, as far as the intent depends on it."""

    someone: bool  # a pupil, class or name
    certain: bool
    grouped: bool  # classes, and nobody by name
    uses: bool
    maybe_name: bool  # a word that is some pupil's name, though it was not read as one
    rule_use: bool  # a use that the rules answer without a pupil: family filming, a live stream
    strong_use: bool
    circumstance: bool  # a personal device, a private place, a distressing scene: Stage A answers by itself
    date: bool
    probing: bool
    staff: bool
