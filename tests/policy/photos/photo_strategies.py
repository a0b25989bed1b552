"""Random families, schools and requests, all around one school year and its edges."""

from datetime import date

from hypothesis import strategies as st

from policy.images import Device, Medium, NameWanted, Photographer, PhotoRequest, Place, Use
from policy.packs import Age12, ConsentCycle, EducationBasis, FamilyFilming, Pack, PersonalDevice, SchoolRules
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

YEARS = ("2025/26", "2026/27", "2027/28")
EXTRAS = (
    "capture",
    "upload_internal",
    "name_first",
    "name_full_print",
    "display_after_leaving",
    "after_leaving",
    "organisation:Barford Herald",
)
SIGNERS = (
    ("mother", Capacity.PARENT),
    ("father", Capacity.PARENT),
    ("self", Capacity.PUPIL),
    ("social worker", Capacity.DETERMINED),
)

days = st.dates(date(2026, 8, 20), date(2027, 9, 10))
autumn = st.dates(date(2026, 9, 1), date(2026, 10, 15))
births = st.dates(date(2009, 9, 1), date(2022, 8, 31))


TICKS = 1 << len(FORM_ITEMS + EXTRAS)


def _form(
    *,
    by: tuple[str, Capacity],
    year: str,
    signed: date | None,
    starts: date | None,
    withdrawn: date | None,
    ticks: int,
    left_out: int,
) -> tuple[Consent, ...]:
    return tuple(
        Consent(year, item, bool(ticks >> place & 1), *by, signed, starts, withdrawn)
        for place, item in enumerate(FORM_ITEMS + EXTRAS)
        if not left_out >> place & 1
    )


# One returned form: random ticks, now and then from another year, unsigned, late, in part or withdrawn.
forms = st.builds(
    _form,
    by=st.sampled_from(SIGNERS),
    year=st.sampled_from(("2026/27", "2026/27", "2026/27", "2025/26", "2027/28")),
    signed=st.one_of(autumn, autumn, autumn, days, st.none()),
    starts=st.one_of(st.none(), st.none(), days),
    withdrawn=st.one_of(st.none(), st.none(), st.none(), days),
    ticks=st.one_of(st.just(TICKS - 1), st.just(TICKS - 1), st.integers(0, TICKS - 1)),
    left_out=st.one_of(st.just(0), st.integers(0, TICKS - 1)),
)
# Everything a family has sent in, in any order.
families = st.builds(
    lambda returned, backwards: tuple(row for form in returned for row in form)[:: -1 if backwards else 1],
    st.lists(forms, max_size=3),
    st.booleans(),
)


@st.composite
def pupils(draw: st.DrawFn) -> Pupil:
    joined = draw(st.one_of(st.just(date(2022, 9, 1)), days))
    left = draw(st.one_of(st.none(), st.none(), days))
    return Pupil(1, "Amelia", "", "Hart", "4B", "4", draw(births), joined, left)


restrictions = st.one_of(
    st.none(),
    st.none(),
    st.builds(
        Restriction,
        state=st.sampled_from(RestrictionState),
        level=st.sampled_from((None, 1, 2, 3)),
        court_order=st.booleans(),
        review_on=st.none(),
    ),
)
records = st.builds(
    PupilRecord,
    pupil=pupils(),
    consents=families,
    restriction=restrictions,
    objection=st.sampled_from((False, False, False, True)),
    hold=st.booleans(),
    suspended_from=st.one_of(st.none(), st.none(), days),
)


@st.composite
def schools(draw: st.DrawFn) -> SchoolRecords:
    """A school with some lists kept and some permissions given."""
    listed = draw(st.lists(st.tuples(st.sampled_from(("Facebook", "Instagram")), days), max_size=2))
    named = draw(st.lists(st.sampled_from(YEARS), max_size=2))
    allowed = draw(st.sets(st.sampled_from(("live", "private_place", "personal_camera", "reuse_print"))))
    open_for = draw(st.lists(st.sampled_from(YEARS), max_size=2))
    day = draw(days)
    return SchoolRecords(
        accounts=tuple(Account(platform, "@larkhill", since) for platform, since in listed),
        organisations=tuple(Organisation(year, "Larkhill Gazette", "newspaper") for year in named),
        rounds_open=tuple((year, "Barford Herald") for year in open_for),
        family_filming=frozenset({day}),
        permissions=frozenset((what, when) for what in allowed for when in (day, date(2026, 12, 3))),
    )


requests = st.builds(
    PhotoRequest,
    uses=st.sets(st.sampled_from(Use), min_size=1, max_size=2).map(frozenset),
    media=st.sets(st.sampled_from(Medium), max_size=2).map(frozenset),
    on=st.one_of(days, st.just(date(2026, 12, 3))),
    place=st.sampled_from(Place),
    device=st.sampled_from(Device),
    photographer=st.sampled_from(Photographer),
    name=st.sampled_from(NameWanted),
    account=st.sampled_from((None, None, "facebook", "insta", "tiktok")),
    organisation=st.sampled_from((None, None, "the Gazette", "the Herald", "the Echo")),
    digital=st.booleans(),
    group=st.booleans(),
    keeps_copies=st.booleans(),
    sole_subject=st.booleans(),
    asked_on=st.one_of(st.none(), days),
    alters=st.sampled_from((False, False, False, True)),
)
# Nothing in the circumstances stops these, so that the pupil's record decides.
plain_requests = st.builds(
    PhotoRequest,
    uses=st.sets(
        st.sampled_from([use for use in Use if use not in {Use.STAFF, Use.EVIDENCE, Use.OTHER, Use.CONFERENCE}]),
        min_size=1,
        max_size=2,
    ).map(frozenset),
    media=st.sets(st.sampled_from(Medium), min_size=1, max_size=2).map(frozenset),
    on=st.dates(date(2026, 10, 15), date(2027, 8, 31)),
    name=st.sampled_from(NameWanted),
    organisation=st.sampled_from((None, "the Gazette", "the Herald")),
    digital=st.booleans(),
    group=st.booleans(),
    keeps_copies=st.booleans(),
    place=st.sampled_from((Place.SITE, Place.VISIT)),
)
rules = st.builds(
    SchoolRules,
    packs=st.sets(st.sampled_from(Pack)).map(frozenset),
    personal_device=st.sampled_from(PersonalDevice),
    age12=st.sampled_from(Age12),
    consent_cycle=st.sampled_from(ConsentCycle),
    education_basis=st.sampled_from(EducationBasis),
    family_filming=st.sampled_from(FamilyFilming),
)
