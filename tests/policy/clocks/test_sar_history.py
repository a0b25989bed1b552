"""A request's history: taking back, restoring, and what no history can hold."""

import pytest

from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar_history import SarEntry, SarHappened, sar_events
from tests.policy.clocks.days import asked, day

ON = day("2026-06-08")
RECEIVED = SarHappened(1, SarEntry.RECEIVED, day("2026-06-01"))
EXTENDED = SarHappened(2, SarEntry.EXTENDED, ON)
TAKEN_BACK = SarHappened(3, SarEntry.TAKEN_BACK, ON, of=2)


def test_who_takes_back_a_taking_back_restores() -> None:
    again = SarHappened(4, SarEntry.TAKEN_BACK, ON, of=3)
    assert not sar_events([RECEIVED, EXTENDED, TAKEN_BACK]).extended
    assert sar_events([RECEIVED, EXTENDED, TAKEN_BACK, again]).extended


def test_of_two_entries_of_a_kind_the_later_counts() -> None:
    corrected = SarHappened(2, SarEntry.RECEIVED, day("2026-05-29"))
    assert sar_events([corrected, RECEIVED]).received == day("2026-05-29")


def test_a_question_taken_back_leaves_with_its_pause() -> None:
    question = SarHappened(2, SarEntry.CLARIFICATION_ASKED, ON)
    answer = SarHappened(3, SarEntry.CLARIFICATION_ANSWERED, day("2026-06-15"), of=2)
    other = SarHappened(4, SarEntry.CLARIFICATION_ASKED, day("2026-06-16"))
    assert sar_events([RECEIVED, question, answer, other]).clarifications == (
        asked("2026-06-08:2026-06-15"),
        asked("2026-06-16"),
    )
    gone = [SarHappened(5, SarEntry.TAKEN_BACK, ON, of=3), SarHappened(6, SarEntry.TAKEN_BACK, ON, of=2)]
    assert sar_events([RECEIVED, question, answer, other, *gone]).clarifications == (asked("2026-06-16"),)


@pytest.mark.parametrize(
    ("history", "why"),
    [
        ([EXTENDED], "When was the request received"),
        ([RECEIVED, EXTENDED, SarHappened(3, SarEntry.EXTENDED, ON)], "once only"),  # vE07
        ([RECEIVED, SarHappened(2, SarEntry.CLARIFICATION_ANSWERED, ON, of=9)], "when was it asked"),
        ([RECEIVED, SarHappened(2, SarEntry.TAKEN_BACK, ON, of=1)], "When was the request received"),
    ],
)
def test_a_history_that_cannot_be_is_refused(history: list[SarHappened], why: str) -> None:
    with pytest.raises(RefusedDatesError, match=why):
        sar_events(history)


def test_an_extension_after_one_that_was_taken_back_is_the_first() -> None:
    assert sar_events([RECEIVED, EXTENDED, TAKEN_BACK, SarHappened(4, SarEntry.EXTENDED, ON)]).extended
