"""Finding a pupil by name: exactly, and nearly enough to ask."""

from datetime import date

import pytest

from policy.names import Roll
from policy.records import Pupil
from policy.spelling import nicknames, parts, plain, skeleton


def a_pupil(number: int, first: str, last: str, class_name: str = "4B", preferred: str = "", **more: date) -> Pupil:
    joined, left = more.get("joined", date(2022, 9, 1)), more.get("left")
    return Pupil(number, first, preferred, last, class_name, class_name[0], date(2017, 1, 1), joined, left)


SCHOOL = Roll.of(
    (
        a_pupil(1, "Chloë", "O'Hanlon"),
        a_pupil(2, "Anne-Marie", "Smith-Jones", "4L"),
        a_pupil(3, "Ezekiel", "Boothroyd", preferred="Zeke"),
        a_pupil(4, "Katherine", "Nowak", "4L"),
        a_pupil(5, "Amelia", "Hart"),
        a_pupil(6, "Amelia", "Hughes", "4L"),
        a_pupil(7, "Stanley", "Pocock", left=date(2026, 10, 9)),
        a_pupil(8, "Amara", "Nwosu", joined=date(2027, 1, 4)),
    )
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Chloë", "chloe"),
        ("O'Hanlon", "ohanlon"),
        ("O\u2019Hanlon", "ohanlon"),
        ("Anne-Marie", "annemarie"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Weiß", "weiss"),
        ("van der Berg", "vanderberg"),
        ("", ""),
    ],
)
def test_case_marks_apostrophes_and_hyphens_never_matter(text: str, same: str) -> None:
    assert plain(text) == same


def test_a_name_falls_into_its_parts() -> None:
    assert parts("Anne-Marie O'Hanlon") == ["anne", "marie", "ohanlon"]


@pytest.mark.parametrize(("one", "other"), [("catherine", "kathryn"), ("philip", "filip"), ("steven", "stephen")])
def test_what_sounds_alike_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_nicknames_go_both_ways() -> None:
    assert "kate" in nicknames("katherine")
    assert "katherine" in nicknames("kate")
    assert nicknames("qwerty") == frozenset()


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        ("chloe", "ohanlon", [1]),
        ("zeke", "boothroyd", [3]),
        ("ezekiel", "boothroyd", [3]),
        ("kate", "nowak", []),
        ("amelia", "nowak", []),
    ],
)
def test_legal_and_preferred_names_match_and_nothing_else(first: str, last: str, ids: list[int]) -> None:
    assert [pupil.id for pupil in SCHOOL.named(first, last)] == ids


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("chloe ohanlan", 1),
        ("ohanlon chloe", 1),
        ("anne smith", 2),
        ("kate nowak", 4),
        ("cathryn novak", 4),
        ("zeek boothroid", 3),
        ("amelia h", 5),
        ("amelia 4l", 6),
        ("amelia class 4b", 5),
        ("amelia grace hughes", 6),
        ("pocok", 7),
    ],
)
def test_an_imperfect_name_suggests_the_right_pupil_first(words: str, first: int) -> None:
    assert SCHOOL.like(words)[0].id == first


@pytest.mark.parametrize("words", ["", "   ", "?!", "zzyzx qwrt", "💥", "4B"])
def test_what_is_like_nobody_suggests_nobody(words: str) -> None:
    assert SCHOOL.like(words) == ()


def test_a_class_holds_those_on_roll_that_day() -> None:
    def names(on: date) -> list[str]:
        return [pupil.last_name for pupil in SCHOOL.in_class("4b", on)]

    assert "Pocock" in names(date(2026, 10, 8))
    assert "Pocock" not in names(date(2026, 10, 9))
    assert "Nwosu" not in names(date(2027, 1, 3))
    assert "Nwosu" in names(date(2027, 1, 4))
    assert SCHOOL.in_class("9Z", date(2026, 10, 8)) == ()


def test_an_empty_school_knows_nobody() -> None:
    nobody = Roll.of(())
    assert nobody.like("amelia hart") == ()
    assert nobody.named("amelia", "hart") == ()
    assert nobody.classes == ()
    assert nobody.by_id(1) is None


def test_a_pupil_without_a_last_name_can_be_found() -> None:
    assert [p.id for p in Roll.of([a_pupil(1, "Suharto", "")]).first_named("suharto")] == [1]
