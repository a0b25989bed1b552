"""When more people hear of a case that nobody is on."""

from datetime import UTC, datetime, timedelta

from policy.incident.events import Happened
from policy.incident.kinds import IncidentKind
from policy.incident.nudges import due, next_at
from policy.quiet_hours import QuietHours
from tests.policy.incident.incident_examples import START, TEACHER, happened, opened, seen

QUIET = QuietHours()


def test_what_may_be_illegal_is_chased_after_15_and_30_minutes() -> None:
    incident = opened()
    assert next_at(incident, quiet=QUIET) == START + timedelta(minutes=15)
    assert due(incident, START + timedelta(minutes=14, seconds=59), quiet=QUIET) == ()
    first = due(incident, START + timedelta(minutes=15), quiet=QUIET)
    nudged = opened(IncidentKind.ILLEGAL, happened(Happened.NUDGED, milestone=first[0].key))
    assert next_at(nudged, quiet=QUIET) == START + timedelta(minutes=30)
    assert len(due(incident, START + timedelta(days=1), quiet=QUIET)) == 2


def test_the_rest_waits_for_the_next_day_and_the_morning() -> None:
    assert next_at(opened(IncidentKind.BULLYING), quiet=QUIET) == START + timedelta(hours=24)
    late = QuietHours(start=QUIET.end.replace(hour=8), end=QUIET.end.replace(hour=12))
    assert next_at(opened(IncidentKind.BULLYING), quiet=late) == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert next_at(opened(), quiet=late) == START + timedelta(minutes=15)


def test_nobody_is_chased_once_somebody_is_on_it_or_it_is_closed() -> None:
    assert next_at(opened(IncidentKind.ILLEGAL, seen()), quiet=QUIET) is None
    assert next_at(opened(IncidentKind.ILLEGAL, happened(Happened.CLOSED)), quiet=QUIET) is None


def test_a_case_that_turns_out_urgent_is_chased_from_then_on() -> None:
    turned = happened(Happened.MADE_ILLEGAL, by=TEACHER, minutes=100)
    incident = opened(IncidentKind.BULLYING, seen(), turned)
    assert next_at(incident, quiet=QUIET) == START + timedelta(minutes=115)
