"""An invented trust in the contract's own files: the same for the same day, wherever it is made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from random import Random
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from bot.demo import crowd, families
from bot.demo.cast import PARTS, SCHOOLS, STAFF, Colleague, Form, Limit, Own, Part, School, Stay
from bot.demo.families import Household, Row
from policy.calendar import academic_year, age_on

_SEED: Final = 20
_OWN_ANSWER_AT: Final = 12  # C2
# How the other families answered, in parts of a hundred.
_USUAL: Final[dict[Form, int]] = {
    Form.ALL_YES: 58,
    Form.STILLS_ONLY: 6,
    Form.NOT_SOCIAL: 8,
    Form.SCHOOL_ONLY: 6,
    Form.ALL_NO: 5,
    Form.EXPIRED: 4,
    Form.DISPUTED: 1,
    Form.WITHDRAWN: 2,
    Form.PARTLY_WITHDRAWN: 2,
    Form.CHANGED: 1,
    Form.NONE: 7,
}
_ROUND: Final = "organisation:Three Rivers Science Fair"  # an additional-consent round that is open
# First and last day of each half-term, from the year in which it starts; the month says which side of the new year.
_TERMS: Final = (
    ("Autumn 1", (9, 3), (10, 23)),
    ("Autumn 2", (11, 2), (12, 18)),
    ("Spring 1", (1, 4), (2, 12)),
    ("Spring 2", (2, 22), (3, 25)),
    ("Summer 1", (4, 12), (5, 28)),
    ("Summer 2", (6, 7), (7, 21)),
)


@dataclass(frozen=True, slots=True)
class Year:
    """The academic year that `today` is in."""

    today: date

    @property
    def label(self) -> str:
        """As on a form: "2026/27"."""
        return academic_year(self.today)

    @property
    def last(self) -> str:
        """The year before."""
        return academic_year(self.starts - timedelta(days=1))

    @property
    def starts(self) -> date:
        """Its first day, 1 September (domain 0)."""
        return date(int(self.label[:4]), 9, 1)

    def day(self, month: int, day: int) -> date:
        """Give that day of this academic year."""
        return date(self.starts.year + (month < self.starts.month), month, day)


def trust(today: date) -> dict[str, list[Row]]:
    """Every file of the invented trust as of `today`: kind -> rows, in the order in which they are imported."""
    year = Year(today)
    dice = Random(_SEED)  # noqa: S311  the same invented trust every time, no secret
    pupils: list[Row] = []
    consents: list[Row] = []
    restrictions: list[Row] = []
    for number, part in enumerate(_everyone(dice), start=1):
        upn = f"A000{number:09d}"  # no local authority has the number 000
        pupil = _pupil(part, upn, year=year, dice=dice)
        pupils.append(pupil)
        consents += families.rows(_household(part, pupil, year=year, dice=dice), today=today)
        if part.limit is not None:
            restrictions.append(_restriction(part.limit, upn, year=year))
    return {
        "staff": _staff(),
        "pupils": pupils,
        "terms": [_term(school, term, year) for school, term in product(SCHOOLS, _TERMS)],
        "organisations": [
            {"school": school.code, "academic_year": year.label, "name": name, "kind": kind}
            for school in SCHOOLS
            for name, kind in school.organisations
        ],
        "accounts": [
            {
                "school": school.code,
                "platform": platform,
                "handle": handle,
                "listed_from": (max(year.starts, today - timedelta(days=days)) if days else year.starts).isoformat(),
            }
            for school in SCHOOLS
            for platform, handle, days in school.accounts
        ],
        "consents": consents,
        "restrictions": restrictions,
    }


def address(person: Colleague) -> str:
    """Give the e-mail address that somebody of the trust signs in with: the same at both schools."""
    first, last = person.name.lower().split(" ", 1)
    home = next(each.school for each in STAFF if each.name == person.name)
    return f"{first[0]}.{last.replace(' ', '')}@{next(each.domain for each in SCHOOLS if each.code == home)}"


def object_id(person: Colleague) -> str:
    """Give the invented Entra object id of somebody of the trust."""
    return str(uuid5(NAMESPACE_URL, f"mailto:{address(person)}"))


def _staff() -> list[Row]:
    return [
        {
            "aad_object_id": object_id(person),
            "email": address(person),
            "display_name": person.name,
            "school": person.school,
            "roles": ";".join(person.roles),
        }
        for person in STAFF
    ]


def _everyone(dice: Random) -> Iterator[Part]:
    """Give the pupils with a story, then enough others to fill every class."""
    yield from PARTS
    names = list(product(crowd.first_names(), crowd.last_names()))
    dice.shuffle(names)
    others = iter(names)
    for school, class_name, size in ((each, *room) for each in SCHOOLS for room in each.classes):
        there = [part for part in PARTS if part.school == school.code and part.class_name == class_name]
        for _ in range(size - sum(part.stay is Stay.ON_ROLL for part in there)):
            first, last = next(others)
            yield _somebody(school, class_name, first, last, dice)


def _somebody(school: School, class_name: str, first: str, last: str, dice: Random) -> Part:
    form = dice.choices(list(_USUAL), weights=list(_USUAL.values()))[0]
    extras = tuple(
        item
        for item, chance in (("name_first", 0.3), ("upload_internal", 0.4), ("capture", 0.2), (_ROUND, 0.15))
        if form is not Form.NONE and dice.random() < chance
    )
    own = dice.choices(list(Own), weights=[7, 1, 2])[0]
    return Part(school.code, class_name, first, last, form=form, own=own, extras=extras)


def _pupil(part: Part, upn: str, *, year: Year, dice: Random) -> Row:
    group = part.class_name[0]
    school_years = 0 if group == "R" else int(group)
    born = date(year.starts.year - 5 - school_years, 9, 1) + timedelta(days=dice.randrange(365))
    joined = date(year.starts.year - min(school_years, 3), 9, 1)
    coming = year.today + timedelta(days=40)
    left = max(joined, min(year.today - timedelta(days=30), year.starts - timedelta(days=40)))
    return {
        "upn": upn,
        "legal_first_name": part.first,
        "preferred_first_name": part.preferred,
        "last_name": part.last,
        "date_of_birth": born.isoformat(),
        "year_group": group,
        "class": part.class_name,
        "school": part.school,
        "joined_on": (coming if part.stay is Stay.COMING else joined).isoformat(),
        "left_on": left.isoformat() if part.stay is Stay.LEFT else "",
    }


def _household(part: Part, pupil: Row, *, year: Year, dice: Random) -> Household:
    asked = age_on(date.fromisoformat(pupil["date_of_birth"]), year.today) >= _OWN_ANSWER_AT
    signed_on = min(year.starts + timedelta(days=dice.randrange(4, 24)), year.today)
    return Household(
        upn=pupil["upn"],
        form=part.form,
        signer="the person entitled" if part.determined else dice.choice(("mother", "father", "guardian")),
        method=dice.choice(("paper", "paper", "electronic")),
        signed_on=signed_on,
        academic_year=year.label,
        last_year=year.last,
        own=part.own if asked and part.form is not Form.NONE else None,
        determined=part.determined,
        extras=part.extras,
    )


def _restriction(limit: Limit, upn: str, *, year: Year) -> Row:
    return {
        "upn": upn,
        "state": "pending" if limit is Limit.PENDING else "set",
        "level": limit if limit in (Limit.LEVEL_1, Limit.LEVEL_2, Limit.LEVEL_3) else "",
        "court_order": "yes" if limit is Limit.COURT_ORDER else "no",
        "review_on": (year.today + timedelta(days=67)).isoformat(),
    }


def _term(school: School, term: tuple[str, tuple[int, int], tuple[int, int]], year: Year) -> Row:
    name, first, last = term
    return {
        "school": school.code,
        "academic_year": year.label,
        "name": name,
        "starts_on": year.day(*first).isoformat(),
        "ends_on": year.day(*last).isoformat(),
    }
