"""What a school is called, and who its controller is: the trust for all its academies, or itself (facts 3.6)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """A school as its papers name it. Where no controller is named the school is its own."""

    name: str
    controller: str = ""
    controller_number: str = ""  # its registration with the regulator, if any (FORMB-1)
