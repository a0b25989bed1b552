"""Words that are no names, however long: looked up in no time and without a byte to speak of."""

import time
import tracemalloc

import pytest

from policy.spelling import Spellings

NAMES = ("amelia", "amelie", "bartholomew", "iris")


@pytest.mark.parametrize("typed", ["a" * 30_000, "iris" * 8_000, "amelia" + "x" * 30_000])
def test_a_page_run_together_is_near_nothing_at_once(typed: str) -> None:
    spellings = Spellings(NAMES)
    tracemalloc.start()
    began = time.perf_counter()
    near = [known for known, _ in spellings.near(typed)]
    took, (_, most) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert near in ([], ["iris"], ["amelia"])
    assert took < 1
    assert most < 4_000_000


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bartholomewss", "bartholomew"), ("bartholmew", "bartholomew"), ("amelai", "amelia"), ("irris", "iris")],
)
def test_the_longest_name_is_still_known_with_slips_in_it(typed: str, meant: str) -> None:
    assert meant in [known for known, _ in Spellings(NAMES).near(typed)]
