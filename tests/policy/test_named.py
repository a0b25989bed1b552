"""A text for everybody names nobody: a pupil's whole name is found however it is written, a first name is not."""

import pytest

from policy.named import names_in
from policy.names import Roll
from tests.policy.test_names import a_pupil

ROLL = Roll.of(
    (
        a_pupil(1, "Amelia", "Hart"),
        a_pupil(2, "Mary Jane", "O'Hanlon", preferred="Mej"),
        a_pupil(3, "Zoë", "van der Berg"),
        a_pupil(4, "Cher", ""),
    )
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("May we lend Amelia Hart's register?", True),
        ("AMELIA HART", True),
        ("Ask (Amelia Hart).", True),
        ("mej ohanlon may", True),
        ("Mary-Jane O’Hanlon", True),  # noqa: RUF001  people type this apostrophe
        ("Zoe van der Berg’s photo", True),  # noqa: RUF001  see above
        ("Amelia may not", False),
        ("Hart and Amelia", False),
        ("Cher may sing", False),
        ("", False),
    ],
)
def test_a_whole_name_is_found(text: str, named: bool) -> None:  # noqa: FBT001  a table's column
    assert names_in(["Yes.", text], ROLL) is named
