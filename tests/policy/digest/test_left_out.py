"""What no digest ever tells, whatever the week was like (domain 9)."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from policy.digest.cases import KINDS
from policy.digest.digest import Digest, Title, digest_of
from policy.digest.paper import paper_of
from policy.digest.seen import BreachSeen, IncidentSeen, PlanSeen, RequestSeen
from policy.digest.trend import MISTAKES, Report, Trend
from policy.digest.trust import school_line, sums
from policy.digest.week import ConsentWeek, SchoolWeek
from policy.digest.wording import SMALL
from policy.incident.kinds import IncidentKind
from policy.incident.status import Status

MONDAY: Final = date(2026, 11, 23)
AT: Final = datetime(2026, 11, 20, 9, tzinfo=UTC)
HEAD: Final = 1
PEOPLE: Final = st.frozensets(st.integers(1, 4), min_size=1, max_size=3)
NUMBERS: Final = st.integers(1000, 9999)
FLAG: Final = st.booleans()
DAYS: Final = st.dates(date(2026, 11, 1), date(2026, 12, 31))
HOURS: Final = st.none() | st.floats(-100, 72, allow_nan=False)
NUMBER: Final = re.compile(r"\b\d{4}\b")
CLASSES: Final = ("1A", "2C", "4B", "RA")

BREACHES = st.builds(
    BreachSeen,
    number=NUMBERS,
    concerned=PEOPLE,
    is_open=FLAG,
    is_new=FLAG,
    hours_left=HOURS,
    is_undecided=FLAG,
    review_is_late=FLAG,
)
REQUESTS = st.builds(
    RequestSeen,
    number=NUMBERS,
    concerned=PEOPLE,
    is_open=FLAG,
    is_new=FLAG,
    who=st.sampled_from(["a parent", "a pupil", "a member of staff", "a third party"]),
    due=st.none() | DAYS,
    is_extended=FLAG,
    is_waiting=FLAG,
    is_of_footage=FLAG,
    is_release=FLAG,
)
INCIDENTS = st.builds(
    IncidentSeen,
    number=NUMBERS,
    concerned=PEOPLE,
    is_open=FLAG,
    is_new=FLAG,
    kind=st.sampled_from(IncidentKind),
    status=st.sampled_from(Status),
    audited_at=st.none(),
    is_pattern=FLAG,
)
PLANS = st.builds(PlanSeen, number=NUMBERS, on=DAYS, is_approved=FLAG, is_ahead=FLAG, is_late=FLAG, is_uncleared=FLAG)
REPORTS = st.builds(
    Report,
    concerned=PEOPLE,
    at=st.just(AT),
    hours=st.floats(0, 500),
    kinds=st.lists(st.sampled_from(sorted(MISTAKES)), max_size=2, unique=True).map(tuple),
)


def some(each: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(each, max_size=9).map(tuple)


WEEKS = st.builds(
    SchoolWeek,
    school=st.just("Larkrise Primary"),
    today=st.just(MONDAY),
    breaches=some(BREACHES),
    requests=some(REQUESTS),
    incidents=some(INCIDENTS),
    plans=some(PLANS),
    permissions=st.lists(NUMBERS, max_size=5, unique=True).map(tuple),
    consent=st.builds(
        ConsentWeek,
        outstanding=st.dictionaries(st.sampled_from(CLASSES), st.integers(1, 30)),
        changed=st.integers(0, 40),
        list_as_of=st.none() | st.just(MONDAY),
        stale_after=st.just(30),
    ),
    trend=st.none() | st.builds(Trend, now=some(REPORTS), before=some(REPORTS)),
)


def without(week: SchoolWeek, person: int) -> SchoolWeek:
    """The same school, at which nothing that concerns somebody ever happened."""

    def kept(cases: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(case for case in cases if person not in case.concerned)  # type: ignore[attr-defined]  # all have it

    trend = None if week.trend is None else Trend(kept(week.trend.now), kept(week.trend.before))  # type: ignore[arg-type]  # what went in
    return replace(
        week,
        breaches=kept(week.breaches),
        requests=kept(week.requests),
        incidents=kept(week.incidents),
        trend=trend,
    )


def read(digest: Digest, title: Title) -> str:
    return " ".join(line for section in digest.sections if section.title is title for line in section.lines)


@given(week=WEEKS)
def test_whatever_concerns_the_head_leaves_no_trace_in_the_heads_digest(week: SchoolWeek) -> None:
    told = digest_of(week, reader=HEAD, monday=MONDAY)
    assert told == digest_of(without(week, HEAD), reader=HEAD, monday=MONDAY)


@given(week=WEEKS, reader=st.integers(1, 4))
def test_whatever_concerns_a_dpo_leaves_no_trace_in_their_schools_line(week: SchoolWeek, reader: int) -> None:
    theirs, clean = (
        school_line(one, reader=reader, heads={HEAD}) for one in (week.seen_by(reader), without(week, reader))
    )
    assert theirs == clean
    assert sums([theirs, theirs]) == sums([clean, clean])


@given(week=WEEKS)
def test_no_group_under_three_is_named_by_its_cause_and_no_safeguarding_cause_at_all(week: SchoolWeek) -> None:
    digest = digest_of(week, reader=HEAD, monday=MONDAY)
    seen = week.seen_by(HEAD)
    online, kinds = read(digest, Title.ONLINE), Counter(one.kind for one in seen.incidents)
    for kind, words in KINDS.items():
        assert words not in online or kinds[kind] >= SMALL
    for unnamed in ("groom", "illegal content", "exploit", "indecent"):
        assert unnamed not in online.lower()
    mistakes = Counter(kind for one in (seen.trend.now if seen.trend else ()) for kind in one.kinds)
    for mistake, words in MISTAKES.items():
        assert words not in read(digest, Title.BREACHES) or mistakes[mistake] >= SMALL
    outstanding = week.consent.outstanding if week.consent else {}
    for name in CLASSES:
        assert name not in read(digest, Title.CONSENT).split() or outstanding[name] >= SMALL


@given(week=WEEKS)
def test_the_governors_paper_holds_nothing_of_a_case_of_any_readers_own(week: SchoolWeek) -> None:
    readers = {HEAD, 2}
    assert paper_of(week, (), readers=readers) == paper_of(without(without(week, HEAD), 2), (), readers=readers)


@given(week=WEEKS)
def test_the_governors_paper_names_no_case_no_class_and_no_safeguarding_cause(week: SchoolWeek) -> None:
    paper = paper_of(week, (), readers={HEAD})
    told = " ".join(line for _, lines in paper.sections for line in lines)
    assert not NUMBER.search(told)  # case numbers have four digits here, counts at most three
    assert not set(CLASSES) & set(told.replace(",", " ").replace(".", " ").split())
    for unnamed in ("groom", "illegal", "exploit", "indecent", "a parent", "a pupil", "third party"):
        assert unnamed not in told.lower()
    clean = replace(week, incidents=tuple(one for one in week.incidents if not one.is_illegal))
    assert paper == paper_of(clean, (), readers={HEAD})


@given(week=WEEKS)
def test_the_fullest_week_is_read_in_a_minute(week: SchoolWeek) -> None:
    digest = digest_of(week, reader=HEAD, monday=MONDAY)
    words = [word for section in digest.sections for line in section.lines for word in line.split()]
    assert len(words) < 240  # what most people read in a minute


@given(week=WEEKS)
def test_an_incident_has_no_number_on_any_digest(week: SchoolWeek) -> None:
    known = {str(one.number) for one in (*week.breaches, *week.requests, *week.plans)} | set(map(str, week.permissions))
    hidden = {str(one.number) for one in week.incidents} - known
    digest = digest_of(week, reader=HEAD, monday=MONDAY)
    line = school_line(week, reader=9, heads={HEAD})
    told = " ".join((*(words for section in digest.sections for words in section.lines), line.words, line.apart))
    assert not [number for number in hidden if number in told.replace(";", " ").replace(",", " ").split()]
