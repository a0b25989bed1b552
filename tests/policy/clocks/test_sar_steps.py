"""The sum as a DPO reads it aloud."""

from dataclasses import replace

import pytest

from policy.clocks.sar import SarEvents, sar_clock
from policy.clocks.sar_steps import sar_steps, sar_steps_for_the_dpo
from policy.clocks.working_days import Division
from tests.policy.clocks.days import asked, day

LATER = day("2030-12-31")
JUNE = SarEvents(day("2026-06-01"))


def steps(events: SarEvents) -> tuple[str, ...]:
    return sar_steps(sar_clock(events, division=Division.ENGLAND_AND_WALES, now=LATER))


def for_the_dpo(events: SarEvents) -> tuple[str, ...]:
    return sar_steps_for_the_dpo(sar_clock(events, division=Division.ENGLAND_AND_WALES, now=LATER))


def test_the_whole_sum_stands_in_the_order_in_which_it_is_done() -> None:
    assert steps(SarEvents(day("2027-01-31"), clarifications=(asked("2027-02-01:2027-02-06"),))) == (
        "The request came on Sun 31 Jan 2027. That day counts, whoever got it, spoken too (SAR-1.3).",
        "The month starts on Sun 31 Jan 2027 (UK GDPR art. 12A; SAR-4.1, SAR-4.2).",
        "One month on is Sun 28 Feb 2027, the last day of a shorter month.",
        (
            "We waited to be told what is meant from Mon 1 Feb 2027 to Sat 6 Feb 2027: 5 days left out, "
            "which makes it Fri 5 Mar 2027 (UK GDPR art. 12A)."
        ),
        "The reply is due by Fri 5 Mar 2027.",
        "An extension would have to be announced, with its reason, by Fri 5 Mar 2027 (SAR-4.4).",
    )


@pytest.mark.parametrize(
    ("events", "line"),
    [
        (SarEvents(day("2026-03-03")), "That is Good Friday, so it moves to the next working day."),
        (SarEvents(day("2026-09-03")), "Reminders aim at Fri 2 Oct 2026, the last working day before."),
        (
            SarEvents(day("2026-01-20")),
            "It came before Thu 5 Feb 2026, when these rules began: the DPO checks this sum.",
        ),
        (replace(JUNE, extended=True), "Three months on is Tue 1 Sep 2026."),
        (
            replace(JUNE, identity_asked=day("2026-06-03")),
            "Proof of identity was asked for with no doubt on record, so the month does not wait for it.",
        ),
        (
            replace(JUNE, identity_doubt=True),
            "A doubt about identity is on record, but no proof was asked for, so the month does not wait.",
        ),
        (
            replace(JUNE, identity_asked=day("2026-06-03"), identity_doubt=True, identity_received=day("2026-06-10")),
            "We asked for proof of identity on Wed 3 Jun 2026; it came on Wed 10 Jun 2026.",
        ),
        (
            replace(JUNE, authority_asked=day("2026-06-03")),
            "We asked for written authority on Wed 3 Jun 2026; it has not come yet.",
        ),
        (
            replace(JUNE, fee_asked=day("2026-06-03")),
            "The month starts when the last of what we asked for has come; until then nothing is due.",
        ),
        (
            replace(JUNE, clarifications=(asked("2026-06-08"),)),
            (
                "We asked what is meant on Mon 8 Jun 2026 and have no answer yet, so the clock stands still. "
                "23 days are left when the answer comes (UK GDPR art. 12A)."
            ),
        ),
        (
            replace(JUNE, clarifications=(asked("2026-06-03:2026-06-04"), asked("2026-06-08"))),
            "An earlier pause adds 1 day to these.",
        ),
    ],
)
def test_what_made_a_difference_is_said(events: SarEvents, line: str) -> None:
    assert line in steps(events)


def test_the_last_day_in_law_is_told_to_the_dpo_alone() -> None:
    events = replace(JUNE, clarifications=(asked("2026-06-08:2026-06-15"),))
    assert not any("9 Jul" in line for line in steps(events))
    assert "the last day in law is Thu 9 Jul 2026" in for_the_dpo(events)[0]


@pytest.mark.parametrize("events", [JUNE, replace(JUNE, clarifications=(asked("2026-06-08"),))])
def test_without_another_date_in_law_there_is_nothing_to_add(events: SarEvents) -> None:
    assert for_the_dpo(events) == ()
