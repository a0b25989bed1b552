"""The list says who and what for, never why: whoever has the same answers looks the same on it."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from bot.exports.restricted_list import ASKED, EVERYBODY, Entry, entries, rows
from bot.exports.writing import Format, harmless, written
from policy.packs import SchoolRules
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

TODAY = date(2026, 11, 23)
LISTED = SchoolRecords(
    accounts=(Account("Facebook", "@larkfield", date(2026, 9, 1)),),
    organisations=(Organisation("2026/27", "Larkfield Gazette", "newspaper"),),
)
ITEMS = [f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")]


def _pupil(number: int, first: str = "Ann", class_name: str = "4B", left_on: date | None = None) -> Pupil:
    return Pupil(number, first, "", f"Lee{number}", class_name, "4", date(2018, 3, 4), date(2022, 9, 2), left_on)


def _form(answer: bool) -> tuple[Consent, ...]:  # noqa: FBT001  the one thing that differs
    day = date(2026, 9, 10)
    return tuple(Consent("2026/27", item, answer, "mother", Capacity.PARENT, day, day, None) for item in ITEMS)


def _level(level: int | None, *, court_order: bool = False) -> Restriction:
    return Restriction(RestrictionState.SET if level else RestrictionState.PENDING, level, court_order, None)


def _list(*records: PupilRecord, school: SchoolRecords = LISTED) -> tuple[Entry, ...]:
    return entries(records, school=school, rules=SchoolRules(), roles=frozenset({Role.DPO}), today=TODAY)


def _uses(record: PupilRecord) -> tuple[str, ...]:
    return next((entry.uses for entry in _list(record)), ())


@pytest.mark.parametrize(
    "restricted",
    [
        PupilRecord(_pupil(1), _form(answer=True), _level(3)),
        PupilRecord(_pupil(1), _form(answer=True), _level(None)),
        PupilRecord(_pupil(1), _form(answer=True), _level(1, court_order=True)),
        PupilRecord(_pupil(1), _form(answer=True), None, objection=True),
    ],
)
def test_nothing_at_all_looks_like_a_form_that_never_came_back(restricted: PupilRecord) -> None:
    assert _uses(restricted) == _uses(PupilRecord(_pupil(1), (), None))


def test_inside_school_only_looks_like_a_form_of_eight_noes() -> None:
    assert _uses(PupilRecord(_pupil(1), _form(answer=True), _level(2))) == _uses(
        PupilRecord(_pupil(1), _form(answer=False), None)
    )


def test_who_may_appear_everywhere_is_not_on_the_list() -> None:
    assert _list(PupilRecord(_pupil(1), _form(answer=True), None)) == ()


def test_leavers_are_not_on_the_list() -> None:
    assert _list(PupilRecord(_pupil(1, left_on=TODAY), (), None)) == ()


def test_the_list_goes_by_class_and_name() -> None:
    told = _list(*(PupilRecord(_pupil(n, class_name=c), (), None) for n, c in ((1, "5A"), (3, "4B"), (2, "4B"))))
    assert [(entry.class_name, entry.name) for entry in told] == [
        ("4B", "Ann Lee2"),
        ("4B", "Ann Lee3"),
        ("5A", "Ann Lee1"),
    ]


def test_a_use_that_the_rules_stop_for_everybody_names_nobody() -> None:
    (entry,) = _list(PupilRecord(_pupil(1), _form(answer=True), None), school=SchoolRecords())
    assert (entry.class_name, entry.name) == EVERYBODY
    assert entry.uses == tuple(words for words, *_ in ASKED[2:6])


def test_the_rows_begin_as_every_register_does() -> None:
    (row,) = rows([Entry("4B", "Ann Lee", ("website photos", "brochure films"))], school_code="LRK", as_of=TODAY)
    assert row == (1, "current", "LRK", "2026-11-23", "4B", "Ann Lee", "website photos; brochure films")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("Ann-Marie", "Ann-Marie"),
        (None, ""),
        (7, "7"),
        (-26.75, "-26.75"),
        ("bell\x07", "bell"),
    ],
)
def test_no_cell_is_a_formula(cell: object, text: str) -> None:
    assert harmless(cell) == text


def test_both_kinds_of_file_say_the_same() -> None:
    heading, body = ("number", "name"), [(1, "Zoë =1"), (2, "=cmd")]
    assert written(heading, body, Format.CSV).decode() == "number,name\r\n1,Zoë =1\r\n2,'=cmd\r\n"
    book = load_workbook(io.BytesIO(written(heading, body, Format.XLSX)))
    assert [list(row) for row in book.worksheets[0].iter_rows(values_only=True)] == [
        ["number", "name"],
        ["1", "Zoë =1"],
        ["2", "'=cmd"],
    ]
