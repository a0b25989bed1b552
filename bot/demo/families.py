"""What a family's form becomes in the `consents` file: one row an item, later rows beside earlier ones."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.demo.cast import Form, Own

Row = dict[str, str]

EIGHT: Final = tuple(
    f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")
)
_GRANTED: Final[dict[Form, frozenset[str]]] = {
    Form.STILLS_ONLY: frozenset(item for item in EIGHT if item.endswith("_image")),
    Form.NOT_SOCIAL: frozenset(item for item in EIGHT if not item.startswith("social")),
    Form.SCHOOL_ONLY: frozenset(item for item in EIGHT if item.startswith(("website", "marketing"))),
    Form.ALL_NO: frozenset(),
}
_ALL: Final = frozenset(EIGHT)
_TAKEN_BACK: Final[dict[Form, frozenset[str]]] = {
    Form.WITHDRAWN: _ALL,
    Form.PARTLY_WITHDRAWN: frozenset(item for item in EIGHT if item.startswith("social")),
}


@dataclass(frozen=True, slots=True)
class Household:
    """One pupil's family, and what they answered."""

    upn: str
    form: Form
    signer: str
    method: str  # "paper" or "electronic"
    signed_on: date
    academic_year: str
    last_year: str
    own: Own | None = None  # None: too young to be asked
    determined: bool = False
    extras: tuple[str, ...] = ()


def rows(family: Household, *, today: date) -> list[Row]:
    """Every row this family has in the `consents` file, oldest first; nothing is dated after `today`."""
    return [*_form(family, today=today), *_own(family), *_extras(family)]


def _form(family: Household, *, today: date) -> list[Row]:
    match family.form:
        case Form.NONE:
            return []
        case Form.EXPIRED:
            return _sheet(family, _ALL, year=family.last_year, signed_on=family.signed_on - timedelta(days=364))
        case Form.DISPUTED:
            other = "father" if family.signer == "mother" else "mother"
            return _sheet(family, _ALL) + _sheet(family, frozenset(), signer=other)
        case Form.CHANGED:
            again = min(family.signed_on + timedelta(days=8), today)
            return _sheet(family, frozenset()) + _sheet(family, _ALL, signed_on=again)
        case form:
            end = min(family.signed_on + timedelta(days=30), today)
            return _sheet(family, _GRANTED.get(form, _ALL), withdrawn=_TAKEN_BACK.get(form), withdrawn_on=end)


def _own(family: Household) -> list[Row]:
    """Give the pupil's own answer, due from the twelfth birthday (C2)."""
    if family.own in (None, Own.NOT_ASKED):
        return []
    granted = _ALL if family.own is Own.YES else frozenset[str]()
    return _sheet(family, granted, signer="pupil", capacity="pupil")


def _extras(family: Household) -> list[Row]:
    """Permissions beside the form: a name, an internal upload, one organisation."""
    return [_row(family, item, granted=True) for item in family.extras]


def _sheet(
    family: Household,
    granted: frozenset[str],
    *,
    signer: str = "",
    capacity: str = "",
    year: str = "",
    signed_on: date | None = None,
    withdrawn: frozenset[str] | None = None,
    withdrawn_on: date | None = None,
) -> list[Row]:
    """Write a returned form: the eight items, whatever was ticked (contract 6)."""
    return [
        _row(
            family,
            item,
            granted=item in granted,
            signer=signer,
            capacity=capacity,
            year=year,
            signed_on=signed_on,
            withdrawn_on=withdrawn_on if withdrawn and item in withdrawn else None,
        )
        for item in EIGHT
    ]


def _row(
    family: Household,
    item: str,
    *,
    granted: bool,
    signer: str = "",
    capacity: str = "",
    year: str = "",
    signed_on: date | None = None,
    withdrawn_on: date | None = None,
) -> Row:
    signed = (signed_on or family.signed_on).isoformat()
    return {
        "upn": family.upn,
        "academic_year": year or family.academic_year,
        "item": item,
        "answer": "yes" if granted else "no",
        "given_by": signer or family.signer,
        "capacity": capacity or ("determined" if family.determined else "parent"),
        "method": family.method,
        "signed_on": signed,
        "effective_from": signed,
        "withdrawn_on": withdrawn_on.isoformat() if withdrawn_on else "",
        "evidence_ref": f"CF-{family.upn[-5:]}",
    }
