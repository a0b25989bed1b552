"""An invented school to decide about: one builder a record, with the usual values filled in."""

from collections.abc import Iterable
from datetime import date

from policy.images import Medium, NameWanted, PhotoRequest, Use
from policy.packs import SchoolRules
from policy.photos.decision import PhotoAnswer, decide
from policy.photos.uses import FORM_ITEMS
from policy.records import (
    Account,
    Capacity,
    Consent,
    Organisation,
    Pupil,
    PupilRecord,
    Restriction,
    RestrictionState,
    SchoolRecords,
)
from policy.roles import Role

DAY = date(2026, 12, 3)  # a Thursday in term
SIGNED = date(2026, 9, 10)
BORN = date(2017, 5, 1)  # aged 9 on DAY
BORN_12 = date(2014, 5, 1)  # aged 12 on DAY
YEAR = "2026/27"
STAFF = frozenset({Role.STAFF})
OFFICE = frozenset({Role.OFFICE, Role.STAFF})
RULES = SchoolRules()
FACEBOOK = Account("Facebook", "@larkhill", date(2026, 9, 1))
INSTAGRAM = Account("Instagram", "@larkhill.pics", date(2026, 11, 1))  # newer than the usual form
GAZETTE = Organisation(YEAR, "Larkhill Gazette", "newspaper")
SCHOOL = SchoolRecords(accounts=(FACEBOOK,), organisations=(GAZETTE,))


def a_pupil(
    number: int = 1,
    *,
    first: str = "Amelia",
    born: date = BORN,
    joined: date = date(2022, 9, 1),
    left: date | None = None,
) -> Pupil:
    return Pupil(number, first, "", "Hart", "4B", "4", born, joined, left)


def answer(
    item: str,
    *,
    yes: bool = True,
    by: str = "mother",
    capacity: Capacity = Capacity.PARENT,
    year: str = YEAR,
    signed: date | None = SIGNED,
    starts: date | None = None,
    withdrawn: date | None = None,
) -> Consent:
    return Consent(year, item, yes, by, capacity, signed, starts, withdrawn)


def a_form(
    *yes: str,
    by: str = "mother",
    capacity: Capacity = Capacity.PARENT,
    year: str = YEAR,
    signed: date | None = SIGNED,
    withdrawn: date | None = None,
) -> tuple[Consent, ...]:
    """The eight items as they came back: the named ones ticked Yes, the others No."""
    return tuple(
        answer(item, yes=item in yes, by=by, capacity=capacity, year=year, signed=signed, withdrawn=withdrawn)
        for item in FORM_ITEMS
    )


ALL_YES = a_form(*FORM_ITEMS)
ALL_NO = a_form()


def a_record(
    *consents: Consent,
    pupil: Pupil | None = None,
    level: int | None = None,
    pending: bool = False,
    court_order: bool = False,
    objection: bool = False,
    hold: bool = False,
    suspended: date | None = None,
) -> PupilRecord:
    restriction = None
    if level is not None or pending or court_order:
        state = RestrictionState.PENDING if pending else RestrictionState.SET
        restriction = Restriction(state, level, court_order, date(2027, 1, 29))
    return PupilRecord(pupil or a_pupil(), consents, restriction, objection, hold, suspended)


def a_request(*uses: Use, media: Iterable[Medium] = (Medium.STILL,), on: date = DAY, **more: object) -> PhotoRequest:
    return PhotoRequest(uses=frozenset(uses or (Use.WEBSITE,)), media=frozenset(media), on=on, **more)  # type: ignore[arg-type]  # a test names the fields it needs


def asked(
    request: PhotoRequest,
    *pupils: PupilRecord,
    school: SchoolRecords = SCHOOL,
    rules: SchoolRules = RULES,
    roles: frozenset[Role] = STAFF,
) -> PhotoAnswer:
    return decide(request, pupils or (a_record(*ALL_YES),), school=school, rules=rules, roles=roles)


def told(answered: PhotoAnswer) -> tuple[str, str]:
    """Shape and row: "R", "B15"."""
    return answered.shape.value, answered.row


NAMES = {"none": NameWanted.NONE, "first": NameWanted.FIRST, "full": NameWanted.FULL}
