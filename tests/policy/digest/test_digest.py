"""A week in ten sections: counted, compared, and silent about what the reader has a part in."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from policy.digest.counts import Count
from policy.digest.course import course
from policy.digest.digest import Digest, Title, digest_of
from policy.digest.season import Duty, season, term_before, term_began
from policy.digest.seen import FIRST_OF_ITS_KIND, BreachSeen, IncidentSeen, PlanSeen, RequestSeen
from policy.digest.teams import least_heard, team_of
from policy.digest.trend import Report, Trend, trend
from policy.digest.trust import SchoolLine, in_order, school_line, sums
from policy.digest.wants import Want, Wants
from policy.digest.week import BotWeek, ConsentWeek, PeopleWeek, SchoolWeek
from policy.documents.school_text import Stated
from policy.incident.forms import TAGS
from policy.incident.kinds import IncidentKind
from policy.incident.status import Status
from policy.roles import Role

MONDAY = date(2026, 11, 23)
HEAD, DPO, TEACHER = 1, 2, 3
NOBODY = frozenset({TEACHER})


def breach(number: int, **known: object) -> BreachSeen:
    usual: dict[str, Any] = {
        "concerned": NOBODY,
        "is_open": True,
        "is_new": False,
        "hours_left": 24.5,
        "is_undecided": False,
        "review_is_late": False,
    }
    return BreachSeen(number, **(usual | known))


def request(number: int, **known: object) -> RequestSeen:
    usual: dict[str, Any] = {
        "concerned": NOBODY,
        "is_open": True,
        "is_new": False,
        "who": "a parent",
        "due": None,
        "is_extended": False,
        "is_waiting": False,
        "is_of_footage": False,
    }
    return RequestSeen(number, **(usual | known))


def incident(number: int, kind: IncidentKind, **known: object) -> IncidentSeen:
    usual: dict[str, Any] = {
        "concerned": NOBODY,
        "is_open": True,
        "is_new": False,
        "status": Status.OPEN,
        "audited_at": None,
    }
    return IncidentSeen(number, kind=kind, **(usual | known))


def week(**facts: object) -> SchoolWeek:
    return SchoolWeek("Larkrise Primary", MONDAY, **facts)


def drawn(facts: SchoolWeek, *, reader: int = HEAD, before: dict[str, int] | None = None) -> Digest:
    history = {} if before is None else {MONDAY - timedelta(days=7): before}
    return digest_of(facts, reader=reader, monday=MONDAY, history=history)


def said(digest: Digest, title: Title) -> str:
    return next(" ".join(one.lines) for one in digest.sections if one.title is title)


def read(title: Title, *, before: dict[str, int] | None = None, reader: int = HEAD, **facts: object) -> str:
    return said(drawn(week(**facts), reader=reader, before=before), title)


def forms(**by_class: int) -> ConsentWeek:
    return ConsentWeek(by_class, changed=0, list_as_of=MONDAY, stale_after=30)


LINES = [
    (Title.BREACHES, {"breaches": (breach(7),)}, "1 open. Least time left: case 7, 24.5 of 72 hours."),
    (
        Title.BREACHES,
        {"breaches": (breach(7, hours_left=-3.0, is_undecided=True), breach(9, is_new=True))},
        (
            "2 open; 1 new. Past the 72 hours: case 7; least time left: case 9, 24.5 of 72 hours. "
            "No decision about the ICO yet: case 7."
        ),
    ),
    (
        Title.BREACHES,
        {"breaches": (breach(7, hours_left=None, review_is_late=True),)},
        "1 open. Review overdue: case 7.",
    ),
    (
        Title.REQUESTS,
        {
            "requests": (
                request(4, due=date(2026, 12, 7)),
                request(5, due=date(2026, 12, 8)),
                request(6, due=date(2026, 11, 20)),
            )
        },
        "3 open. Overdue: case 6. Due within 14 days: case 4 from a parent, by Mon 7 Dec 2026.",
    ),
    (
        Title.REQUESTS,
        {"requests": (request(4, is_extended=True), request(5, is_waiting=True))},
        "2 open; 1 extended; 1 waiting for whoever asked.",
    ),
    (Title.FOOTAGE, {"requests": (request(4, is_of_footage=True),)}, "1 request for footage open."),
    (
        Title.CONSENT,
        {"consent": ConsentWeek({}, changed=12, list_as_of=date(2026, 10, 1), stale_after=30)},
        "Answers changed for 12 pupils; the list is 53 days old: please have a new one imported.",
    ),
    (
        Title.CONSENT,
        {"consent": ConsentWeek({}, changed=12, list_as_of=MONDAY, stale_after=30)},
        "Answers changed for 12 pupils; the list is from today.",
    ),
    (
        Title.CONSENT,
        {"consent": ConsentWeek({}, changed=0, list_as_of=None, stale_after=30)},
        "No list of consents was ever imported.",
    ),
    (
        Title.PHOTOGRAPHY,
        {
            "plans": (
                PlanSeen(3, date(2026, 12, 7), is_approved=False, is_ahead=True, is_late=False),
                PlanSeen(4, date(2026, 12, 8), is_approved=True, is_ahead=True, is_late=False),
                PlanSeen(5, date(2026, 11, 2), is_approved=True, is_ahead=False, is_late=True),
            ),
            "in_force": 2,
        },
        (
            "1 event in the next 14 days; not approved yet: plan 3. "
            "Pictures not moved in time: plan 5; 2 permissions of yours in force."
        ),
    ),
    (
        Title.PHOTOGRAPHY,
        {
            "plans": (
                PlanSeen(6, date(2026, 11, 2), is_approved=True, is_ahead=False, is_late=False, is_uncleared=True),
            ),
            "undeleted": 2,
        },
        "Camera not cleared yet: plan 6; stored pictures still to be deleted: 2 withdrawals.",
    ),
    (
        Title.FOOTAGE,
        {"requests": (request(4, is_of_footage=True), request(5, is_of_footage=True, is_release=True))},
        "2 requests for footage open; 1 to give it to somebody outside.",
    ),
    (
        Title.ONLINE,
        {"incidents": (incident(7, IncidentKind.SPAM, is_pattern=True), incident(8, IncidentKind.SPAM))},
        "2 open; nobody on 2 of them yet; 1 part of a pattern.",
    ),
    (
        Title.PEOPLE,
        {
            "people": PeopleWeek(
                40, 18, date(2026, 11, 2), {"the office": (0, 6), "IT": (0, 2), "teachers and support staff": (18, 32)}
            )
        },
        "18 of 40 staff (45%) asked or reported since Mon 2 Nov 2026; least heard from: the office (0 of 6).",
    ),
    (
        Title.PEOPLE,
        {"people": PeopleWeek(staff=40, active=18, since=date(2026, 11, 2))},
        "18 of 40 staff (45%) asked or reported since Mon 2 Nov 2026.",
    ),
    (
        Title.POLICIES,
        {
            "policies": (
                ("photography", Stated(date(2020, 3, 31), "spring 2020")),
                ("online-safety", Stated(date(2027, 1, 22), "January 2027")),
                ("data-protection", Stated(date(2027, 1, 23), "23 January 2027")),
            )
        },
        (
            "Past their review: photography policy (spring 2020). "
            "Review due within 60 days: online-safety policy (January 2027)."
        ),
    ),
    (
        Title.BOT,
        {"bot": BotWeek({"photo_permission": 30, "plan_event": 1, "unknown": 2, "policy_question": 2}, 2, 1, 0, 1)},
        (
            "35 questions this week; 31 about pictures, 4 about other things. 2 I could not answer; 1 question with "
            "the DPO for over 2 working days; 1 letter of mine could not be delivered."
        ),
    ),
    (Title.DECISIONS, {"permissions": (4, 6)}, "2 permissions wait for your yes or no."),
    (
        Title.DECISIONS,
        {"permissions": (4, 6, 7), "permission_rules": {4: "A4", 6: "A8", 7: "A4", 8: "A2"}},
        "3 permissions wait for your yes or no: families filming (2) and a live stream or video call.",
    ),
]


@pytest.mark.parametrize(("title", "facts", "words"), LINES)
def test_a_section_says_what_there_is(title: Title, facts: dict[str, Any], words: str) -> None:
    assert read(title, **facts) == words


def test_a_week_without_anything_has_ten_sections_that_say_nothing() -> None:
    quiet = drawn(week(consent=forms(), bot=BotWeek({}, 0, 0, 0, 0)))
    assert [section.title for section in quiet.sections] == list(Title)
    assert len(quiet.sections) == 10
    assert not any(section.lines for section in quiet.sections)
    assert quiet.wants == ()


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (None, "2 open."),
        (1, "2 open, 1 more than last week."),
        (2, "2 open, as many as last week."),
        (5, "2 open, 3 fewer than last week."),
    ],
)
def test_a_count_stands_beside_last_weeks(before: int | None, words: str) -> None:
    known = None if before is None else {"requests_open": before}
    assert read(Title.REQUESTS, before=known, requests=(request(4), request(5))) == words


def test_what_ended_since_last_week_is_said() -> None:
    assert read(Title.BREACHES, before={"breaches_open": 2}) == "0 open, 2 fewer than last week."


# --- what is left out (domain 9)


@pytest.mark.parametrize(
    "facts",
    [
        {"breaches": (breach(7, concerned=frozenset({HEAD}), hours_left=-1.0, is_undecided=True, is_new=True),)},
        {"requests": (request(7, concerned=frozenset({HEAD, 9}), due=date(2026, 11, 24)),)},
        {"requests": (request(7, concerned=frozenset({HEAD}), is_of_footage=True),)},
        {"incidents": (incident(7, IncidentKind.STAFF_MISUSE, concerned=frozenset({HEAD})),)},
        {"incidents": (incident(7, IncidentKind.ILLEGAL, concerned=frozenset({HEAD})),)},
    ],
)
def test_a_head_with_a_part_in_a_case_reads_the_digest_of_a_school_without_it(facts: dict[str, Any]) -> None:
    mine = drawn(week(**facts))
    assert mine == drawn(week())
    assert drawn(week(**facts), reader=DPO) != mine


def test_the_dpo_reads_of_what_passes_the_head_by_and_the_head_of_another_case() -> None:
    facts = week(
        breaches=(breach(7, concerned=frozenset({HEAD})), breach(8)),
        incidents=(incident(9, IncidentKind.STAFF_MISUSE, concerned=frozenset({HEAD})),),
    )
    line = school_line(facts, reader=DPO, heads={HEAD})
    assert line.apart == "Not in the head's digest, by rule: case 7; 1 online-safety case kept apart as well."
    assert "case 8" not in line.apart
    assert "misuse" not in line.apart


def test_what_concerns_the_dpo_as_well_is_not_the_dpos_to_read() -> None:
    facts = week(breaches=(breach(7, concerned=frozenset({HEAD, DPO})),))
    line = school_line(facts, reader=DPO, heads={HEAD})
    assert (line.words, line.apart, line.first) == ("", "", None)


def test_what_may_be_illegal_is_a_number_and_nothing_else() -> None:
    words = read(Title.ONLINE, incidents=(incident(57, IncidentKind.ILLEGAL, is_new=True),))
    assert words == "That may be illegal to hold: 1."


def test_fewer_than_three_of_a_kind_are_not_named_and_a_safeguarding_cause_never_is() -> None:
    many = [incident(n, IncidentKind.SPAM) for n in range(3)] + [incident(n, IncidentKind.BULLYING) for n in (7, 8)]
    worried = [incident(n, IncidentKind.GROOMING) for n in range(20, 24)]
    words = read(Title.ONLINE, incidents=(*many, *worried))
    assert words == "9 open; nobody on 9 of them yet. 3 of spam or phishing, 6 of other kinds."
    assert read(Title.ONLINE, incidents=tuple(many[3:])) == "2 open; nobody on 2 of them yet."


def test_a_class_with_one_or_two_forms_missing_is_not_named() -> None:
    words = read(Title.CONSENT, consent=forms(**{"4B": 5, "2C": 3, "1A": 2, "RA": 1}))
    assert words.startswith("11 forms outstanding; 4B 5, 2C 3, the rest elsewhere.")
    assert "1A" not in words
    assert read(Title.CONSENT, consent=forms(**{"1A": 2})).startswith("2 forms outstanding. ")


@pytest.mark.parametrize(("forms_last", "said_so"), [(False, True), (True, False)])
def test_that_every_form_ends_with_the_year_is_said_in_summer_where_it_does(*, forms_last: bool, said_so: bool) -> None:
    june = date(2027, 6, 14)
    known = ConsentWeek({}, changed=1, list_as_of=june, stale_after=30, forms_last=forms_last)
    words = said(drawn(SchoolWeek("Larkrise Primary", june, consent=known)), Title.CONSENT)
    assert ("every form ends on Tue 31 Aug 2027" in words) is said_so


# --- buttons


def test_what_only_the_head_can_decide_comes_first_and_no_more_than_six_fit() -> None:
    digest = drawn(
        week(
            permissions=(1, 2, 3, 4, 5),
            breaches=(breach(20, hours_left=5.0), breach(21, hours_left=-1.0)),
            requests=(request(30, due=date(2026, 11, 20)), request(31, due=date(2026, 12, 20))),
        )
    )
    assert digest.wants == (
        *(Want(Wants.PERMISSION, number) for number in (1, 2, 3)),
        Want(Wants.BREACH, 21),
        Want(Wants.REQUEST, 30),
        Want(Wants.BREACH, 20),
    )


# --- many schools


def test_schools_with_something_late_come_first_and_quiet_ones_last() -> None:
    def line(name: str, **facts: object) -> SchoolLine:
        return school_line(SchoolWeek(name, MONDAY, **facts), reader=DPO, heads=None)

    schools = [
        line("Quiet"),
        line("Calm", requests=(request(1),)),
        line("Soon", breaches=(breach(2, hours_left=4.0),)),
        line("Late", requests=(request(3, due=date(2026, 11, 20)),)),
        line("Gone", breaches=(breach(4, hours_left=-4.0),)),
    ]
    assert [one.school for one in in_order(schools)] == ["Gone", "Late", "Soon", "Calm", "Quiet"]


# --- the time of year

AUTUMN, SPRING = (date(2026, 9, 3), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25))
SUMMER = (date(2027, 4, 12), date(2027, 7, 21))
TERMS = (AUTUMN, SPRING, SUMMER)
DUTY = Duty((("DPO", ("Petra Owen",)), ("headteacher", ("Hetty Moss",))))


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        (date(2026, 11, 23), ""),
        (date(2026, 12, 28), "School starts again on Mon 4 Jan 2027; every clock runs through the holidays."),
        (date(2027, 6, 7), "School ends on Wed 21 Jul 2027"),
        (date(2027, 7, 19), "School ends on Wed 21 Jul 2027"),
        (date(2027, 8, 2), "The terms that I know are over"),
        (date(2027, 5, 24), ""),
    ],
)
def test_the_time_of_year_asks_who_is_on_duty(today: date, begins: str) -> None:
    words = season(today, TERMS, DUTY)
    assert words.startswith(begins)
    assert ("On duty, as far as I know: Petra Owen (DPO) and Hetty Moss (headteacher)." in words) == bool(begins)


def test_who_is_on_duty_is_told_in_june_with_whoever_stands_in_and_the_post_that_nobody_holds() -> None:
    duty = Duty((*DUTY.posts, ("safeguarding lead", ())), ("Dan Lane is DPO for Petra Owen from 2 to 16 August.",))
    words = season(date(2027, 6, 7), TERMS, duty)
    assert words == (
        "School ends on Wed 21 Jul 2027, and the clocks of breaches and requests run through August. "
        "On duty, as far as I know: Petra Owen (DPO) and Hetty Moss (headteacher). "
        "Nobody is entered as safeguarding lead. Dan Lane is DPO for Petra Owen from 2 to 16 August. "
        "If somebody else is there in August, please tell the DPO now."
    )
    assert "I know of nobody on duty." in season(date(2027, 6, 7), TERMS, Duty((("DPO", ()),)))


def test_nothing_is_said_of_terms_that_nobody_imported() -> None:
    assert season(date(2026, 12, 28), ()) == ""
    assert term_began(date(2026, 12, 28), ()) is None
    assert term_began(date(2026, 12, 28), TERMS) == AUTUMN[0]
    assert term_before(SPRING[0], TERMS) == AUTUMN[0]
    assert term_before(AUTUMN[0], TERMS) is None


def test_two_halves_are_one_term() -> None:
    halves = ((date(2026, 9, 3), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)), SPRING)
    assert term_began(date(2026, 11, 23), halves) == AUTUMN[0]
    assert term_before(SPRING[0], halves) == AUTUMN[0]


def test_a_day_of_the_audit_is_londons() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    words = read(Title.ONLINE, incidents=(incident(1, IncidentKind.SPAM, is_open=False, audited_at=late),))
    assert words == "Last audited on Wed 1 Jul 2026."


# --- how it goes


def report(hours: float, *kinds: str, concerned: frozenset[int] = NOBODY) -> Report:
    return Report(concerned, datetime(2026, 11, 10, tzinfo=UTC), hours, kinds)


def many(count: int, hours: float, kind: str) -> tuple[Report, ...]:
    return tuple(report(hours, kind) for _ in range(count))


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (None, ""),
        (Trend(), ""),
        (Trend(many(2, 1.0, "misdirected")), ""),
        (
            Trend(many(3, 0.2, "exposed")),
            (
                "This term 3 reports, half of them within the hour of being noticed; "
                "most often: seen by people who shouldn't 3."
            ),
        ),
        (
            Trend((*many(4, 2.0, "misdirected"), *many(2, 9.0, "malware")), many(3, 40.0, "misdirected")),
            (
                "This term 6 reports, half of them within 2 hours of being noticed (2 days last term); "
                "most often: sent to the wrong person 4 (3 last term)."
            ),
        ),
        (
            Trend(many(3, 1.0, "near_miss"), many(2, 40.0, "misdirected")),
            "This term 3 reports, half of them within 1 hour of being noticed.",
        ),
    ],
)
def test_a_term_shows_speed_and_repeats_and_fewer_than_three_of_nothing(known: Trend | None, words: str) -> None:
    assert " ".join(trend(known)) == words


def test_reports_in_which_the_head_has_a_part_leave_no_trace_in_the_trend() -> None:
    own = tuple(report(90.0, "malware", concerned=frozenset({HEAD})) for _ in range(9))
    others = many(3, 1.0, "misdirected")
    with_them, without = (week(trend=Trend((*some, *others), some)) for some in (own, ()))
    assert drawn(with_them) == drawn(without)
    assert drawn(with_them, reader=DPO) != drawn(without, reader=DPO)


@pytest.mark.parametrize(
    ("teams", "said"),
    [
        ({}, ""),
        ({"teachers": (0, 30)}, ""),
        ({"teachers": (10, 30), "the office": (0, 2)}, ""),  # two people are nobody's business
        ({"teachers": (10, 30), "the office": (1, 3)}, ""),
        ({"teachers": (30, 30), "the office": (1, 4)}, "the office (1 of 4)"),
        ({"teachers": (0, 30), "the office": (0, 4)}, ""),
    ],
)
def test_the_team_that_is_hardly_heard_from_is_named(teams: dict[str, tuple[int, int]], said: str) -> None:
    assert least_heard(teams) == said


def test_a_team_is_known_by_its_roles() -> None:
    assert team_of({Role.OFFICE, Role.STAFF}) == "the office"
    assert team_of({Role.STAFF}) == team_of({Role.HEAD_OF_DEPARTMENT}) == "teachers and support staff"


def test_a_course_needs_three_weeks_and_something_to_show() -> None:
    def counted(*breaches: int) -> dict[date, dict[str, int]]:
        return {MONDAY - timedelta(weeks=n): {"breaches_open": count} for n, count in enumerate(breaches, 1)}

    now = {Count.BREACHES_OPEN: 2, Count.REQUESTS_OPEN: 0}
    assert course(counted(1), now, today=MONDAY) is None
    assert course(counted(0, 0), {Count.BREACHES_OPEN: 0}, today=MONDAY) is None
    shown = course(counted(1, 3), now, today=MONDAY)
    assert shown is not None
    assert shown.weeks == (date(2026, 11, 9), date(2026, 11, 16), MONDAY)
    assert shown.lines == (("Breaches open", (3, 1, 2)), ("Requests open", (0, 0, 0)))
    longest = course(counted(*range(20)), now, today=MONDAY)
    assert longest is not None
    assert len(longest.weeks) == 8


def test_the_choice_that_is_no_pattern_is_the_forms_own() -> None:
    assert TAGS[0].value == FIRST_OF_ITS_KIND


# --- many schools together


def test_the_dpo_reads_the_sum_of_their_schools_and_opens_what_is_late_first() -> None:
    def line(name: str, **facts: object) -> SchoolLine:
        return school_line(SchoolWeek(name, MONDAY, **facts), reader=DPO, heads={HEAD})

    calm = line("Calm", breaches=(breach(2, is_new=True),))
    late = line("Late", requests=(request(3, due=date(2026, 11, 20)),), breaches=(breach(5),))
    assert late.first == Want(Wants.REQUEST, 3)
    assert calm.words == "1 breach open, 1 new; 24.5 hours left on the tightest."
    assert sums([calm, late, line("Quiet")]) == (
        "Something is late at 1 of your 3 schools; open altogether: 2 breaches (1 new), 1 request."
    )
    assert sums([calm]) == ""
    assert sums([line("Quiet"), line("Also quiet")]) == ""


def test_a_school_without_a_head_is_an_exception_that_the_dpo_reads() -> None:
    line = school_line(SchoolWeek("Headless", MONDAY), reader=DPO, heads=())
    assert line.apart == "No headteacher is entered, so nobody there gets a digest."
    assert school_line(SchoolWeek("Headless", MONDAY), reader=DPO, heads=None).apart == ""
