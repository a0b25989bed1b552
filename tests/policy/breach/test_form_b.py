"""Form B: every field of the procedure with its star, filled first from what is known, and open about the rest."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policy.breach.events import Happened, Matter
from policy.breach.form_b import PAGES, form_b, is_late, outstanding, starred, starred_missing
from policy.breach.form_b_fields import ITEMS, Star
from policy.breach.form_b_first import EarlierReport, SchoolFacts, current, prefilled
from policy.forms import at, missing, unknown
from tests.policy.breach.breach_examples import DPO, FORM_A, REPORTER, START, TECH, acknowledged, form_b_answers, opened

HOUR = timedelta(hours=1)
FACTS = SchoolFacts(
    organisation="Ashdown Learning Trust",
    controller_number="Z0000000",
    dpo="Sam Reed",
    contact="dpo@ashdown.example",
    policies="Data protection policy, May 2021",
    earlier=(
        EarlierReport(date(2024, 2, 2), "A lost laptop", "IC-1"),
        EarlierReport(date(2024, 2, 1), "Too old", "IC-0"),
    ),
)
REPORT: dict[str, Any] = {
    **FORM_A,
    "what": "Two letters were swapped.",
    "happened": at(START - 2 * HOUR),
    "until": "until lunch",
    "data": "Reading scores",
    "kinds": ["school", "special"],
    "protected": "no",
    "number": 2,
    "actions": "Rang both families.",
    "recovered": "partly",
    "recovered_how": "One came back.",
}


def reported(**answers: Any) -> Any:  # noqa: ANN401  answers of a form
    told = opened().then(Happened.FORM_A_SIGNED, by=REPORTER, answers={**REPORT, **answers})
    return told.then(Happened.ACKNOWLEDGED, by=DPO)


def test_the_fields_and_stars_are_those_of_the_procedure() -> None:
    numbered = {item.field.name.partition("_")[0] for item in ITEMS}
    assert numbered == {
        *("1", "2a", "2b", "2c", "2d", "2e", "2f", "3a", "3b", "3c", "3d", "3e", "4a", "4b", "4c"),
        *("5a", "5b", "5c", "6a", "6b", "7a", "7b", "7c", "7d", "8"),
    }
    always = {item.field.name.partition("_")[0] for item in ITEMS if item.star is Star.ALWAYS}
    assert always == {"2a", "2b", "2c", "3a", "3b", "3c", "3d", "4a", "4b", "6a", "8"}
    assert all(item.field.clause == f"FORMB-{item.field.name.partition('_')[0]}" for item in ITEMS)


@pytest.mark.parametrize(("hours", "late"), [(0, False), (72, False), (72.01, True), (80, True)])
def test_the_reason_for_a_delay_is_asked_for_and_starred_only_where_there_is_one(hours: float, late: bool) -> None:  # noqa: FBT001  a table's column
    assert is_late(START, START + hours * HOUR) is late
    assert any(field.name == "2d" for field in form_b(late=late).fields) is late
    assert any(item.field.name == "2d" for item in starred({}, late=late)) is late
    assert ("2d" in {field.name for field in starred_missing(form_b_answers(), late=late)}) is late


def test_earlier_reports_are_described_where_there_were_any() -> None:
    assert [field.name for field in starred_missing({**form_b_answers(), "6a": "yes"}, late=False)] == ["6b"]
    assert starred_missing({**form_b_answers(), "6a": "yes", "6b": "In 2024."}, late=False) == ()


@pytest.mark.parametrize("name", [item.field.name for item in ITEMS if item.star is Star.ALWAYS])
def test_every_star_is_missed_and_not_known_yet_counts_only_with_a_day(name: str) -> None:
    def left(**answers: Any) -> list[str]:  # noqa: ANN401  answers of a form
        kept = {key: value for key, value in {**form_b_answers(), **answers}.items() if value is not None}
        return [field.name for field in starred_missing(kept, late=False)]

    can_wait = next(item.field.unknown_ok for item in ITEMS if item.field.name == name)
    assert left() == []
    assert left(**{name: None}) == left(**{name: " "}) == left(**{name: unknown()}) == [name]
    assert left(**{name: unknown(date(2026, 2, 9))}) == ([] if can_wait else [name])
    assert can_wait == (name not in {"6a", "8_name", "8_title"})


def test_what_the_regulator_is_still_to_be_told_comes_in_the_order_of_its_days() -> None:
    answers = {
        **form_b_answers(),
        "3d": unknown(date(2026, 2, 12)),
        "2c": unknown(date(2026, 2, 9)),
        "3b": unknown(),
    }
    left = outstanding(answers)
    assert [(one.field.name, one.expected_by) for one in left] == [
        ("2c", date(2026, 2, 9)),
        ("3d", date(2026, 2, 12)),
        ("3b", None),
    ]
    assert outstanding(form_b_answers()) == ()


def test_a_part_of_it_can_be_given_to_somebody_else() -> None:
    part = form_b(late=True, pages=[PAGES[3]])
    assert [field.name for field in part.fields] == ["3a", "3b", "3c", "3d", "3e"]


def test_the_first_answers_come_from_form_a_the_case_and_the_registers() -> None:
    told = reported().then(Happened.TASK_SET, task=1, what="Wipe the tablet", owner=TECH)
    told.then(Happened.TASK_SET, task=2, what="Not done yet", owner=TECH)
    told.then(Happened.TASK_DONE, task=1, note="").decided(Matter.POLICE, "yes", force="Northshire", reference="N/1")
    told.decided(Matter.OVERSEAS, "no", country="France").then(
        Happened.OTHERS_TOLD, name="Exam board", at=START.isoformat(), how="phone"
    )
    first = prefilled(told.breach, FACTS)
    assert str(first["2a"]).startswith("Two letters were swapped.")
    assert first["2b"] == "Mon 2 Feb 2026 at 07:15\nuntil lunch"
    assert "Health, SEN" in str(first["3a"])
    assert first["3b"] == 2
    assert first["4a"] == "Rang both families.\nWipe the tablet"
    assert first["4b"] == "Partly\nOne came back."
    assert first["6a"] == "yes"
    assert first["6b"] == "Fri 2 Feb 2024: A lost laptop (IC-1)"
    assert first["7b"] == "Northshire, N/1"
    assert first["7c"] == "Exam board, told Mon 2 Feb 2026"
    assert first["1_organisation"] == "Ashdown Learning Trust"
    assert {"2c", "3c", "3d", "3e", "4c", "7a", "2e"}.isdisjoint(first)


def test_what_form_a_did_not_know_stays_open() -> None:
    told = reported(
        happened=unknown(), until="", number=unknown(), data=unknown(), kinds=unknown(), protected=unknown()
    )
    left = {field.name for field in starred_missing(prefilled(told.breach, FACTS), late=False)}
    assert left == {"2b", "2c", "3a", "3b", "3c", "3d"}


def test_what_was_saved_counts_over_what_was_first_known_and_form_a_stays_as_it_was() -> None:
    told = reported().then(Happened.FORM_B_SAVED, answers={"2a": "In other words."}, final=False)
    answers = current(told.breach, FACTS)
    assert (answers["2a"], answers["1_dpo"]) == ("In other words.", "Sam Reed")
    assert told.breach.form_a == REPORT


def test_before_form_a_there_is_little_to_begin_with() -> None:
    answers = prefilled(acknowledged().breach, SchoolFacts())
    assert answers["6a"] == "no"
    assert missing(form_b(late=False), {}) != ()


def test_leap_days_look_back_two_years_too() -> None:
    aware = datetime(2028, 2, 29, 12, tzinfo=START.tzinfo)
    told = reported().then(Happened.AWARE_CORRECTED, at=aware.isoformat(), reason="x")
    facts = SchoolFacts(earlier=(EarlierReport(date(2026, 2, 28), "A lost key", ""),))
    assert prefilled(told.breach, facts)["6a"] == "yes"
