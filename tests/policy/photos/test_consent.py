"""What becomes of a family's rows by a day: form states, required consenters, items and extra permissions."""

from datetime import date, timedelta

import pytest

from policy.packs import Age12, SchoolRules
from policy.photos import consent
from policy.photos.consent import answered, any_yes, consenter_missing, effective, permits, required
from policy.photos.standing import FormState, Standing, standing
from policy.photos.uses import FORM_ITEMS
from policy.records import Capacity, Consent
from tests.policy.photos.photo_examples import ALL_NO, ALL_YES, BORN_12, DAY, a_form, a_pupil, a_record, answer

RULES = SchoolRules()
WEB = "website_image"
WEB_YES = a_form(WEB)
FATHER_NO = a_form(by="father")
GUARDIAN = a_form(WEB, by="social worker", capacity=Capacity.DETERMINED)
PUPIL_YES = a_form(*FORM_ITEMS, by="self", capacity=Capacity.PUPIL)
LAST_YEAR = a_form(*FORM_ITEMS, year="2025/26", signed=date(2025, 9, 10))
TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)


def on_day(*rows: Consent, day: date = DAY, born: date | None = None, suspended: date | None = None) -> Standing:
    pupil = a_pupil(born=born) if born else a_pupil()
    return standing(a_record(*rows, pupil=pupil, suspended=suspended), day)


STATES = {
    "nothing returned": ((), FormState.NONE),
    "only a permission, no form": ((answer("capture"),), FormState.NONE),
    "last year's form": (LAST_YEAR, FormState.EXPIRED),
    "next year's form": (a_form(WEB, year="2027/28"), FormState.EXPIRED),
    "signed tomorrow": (a_form(WEB, signed=TOMORROW), FormState.NONE),
    "unsigned": (a_form(WEB, signed=None), FormState.INCOMPLETE),
    "unsigned and all No": (a_form(signed=None), FormState.INCOMPLETE),
    "one item only": ((answer(WEB),), FormState.VALID),
    "all Yes": (ALL_YES, FormState.VALID),
    "all No": (ALL_NO, FormState.VALID),
    "all withdrawn today": (a_form(*FORM_ITEMS, withdrawn=DAY), FormState.WITHDRAWN),
    "withdrawn tomorrow": (a_form(*FORM_ITEMS, withdrawn=TOMORROW), FormState.VALID),
    "one item withdrawn": ((*ALL_YES[1:], answer(WEB, withdrawn=DAY)), FormState.VALID),
    "two parents agree": ((*WEB_YES, *a_form(WEB, by="father")), FormState.VALID),
    "two parents differ on one item": ((*WEB_YES, *a_form(by="father")), FormState.DISPUTED),
    "two parents differ in what they left blank": ((*WEB_YES, answer("media_image", by="father")), FormState.DISPUTED),
    "one parent has withdrawn what the other gives": (
        (*a_form(WEB, withdrawn=YESTERDAY), *a_form(WEB, by="father")),
        FormState.DISPUTED,
    ),
    "the other parent's refusal is unsigned": ((*WEB_YES, *a_form(by="father", signed=None)), FormState.DISPUTED),
    "the other parent's form starts tomorrow": (
        (*WEB_YES, *a_form(by="father", signed=TOMORROW)),
        FormState.VALID,
    ),
    "the same parent, differently typed, has changed their mind": (
        (*WEB_YES, *a_form(by=" Mother ", signed=date(2026, 10, 1))),
        FormState.VALID,
    ),
    "the other parent gave only a name permission": ((*WEB_YES, answer("name_first", by="father")), FormState.VALID),
    "whom the DSL determined has answered": (GUARDIAN, FormState.VALID),
    "a parent's refusal beside whom the DSL determined": ((*GUARDIAN, *FATHER_NO), FormState.VALID),
    "a parent answers after the DSL determined somebody else": (
        (
            *a_form(WEB, by="social worker", capacity=Capacity.DETERMINED, year="2025/26", signed=date(2025, 10, 1)),
            *WEB_YES,
        ),
        FormState.INCOMPLETE,
    ),
}


@pytest.mark.parametrize(("rows", "state"), STATES.values(), ids=STATES.keys())
def test_a_form_is_in_the_state_that_its_rows_leave_it_in(rows: tuple[Consent, ...], state: FormState) -> None:
    assert on_day(*rows).state is state


def test_changed_circumstances_suspend_a_form_until_a_new_one_is_signed() -> None:
    changed = date(2026, 11, 1)
    again = a_form(WEB, signed=date(2026, 11, 5))
    assert on_day(*WEB_YES, suspended=changed).state is FormState.SUSPENDED
    assert on_day(*WEB_YES, suspended=TOMORROW).state is FormState.VALID
    renewed = on_day(*WEB_YES, *again, suspended=changed)
    assert renewed.state is FormState.VALID
    assert effective(renewed, WEB, RULES)


def test_no_form_covers_a_school_year_that_has_not_begun() -> None:
    early = a_record(*a_form(WEB, year="2027/28", signed=date(2027, 6, 1)))
    september = date(2027, 9, 5)
    assert standing(early, september, asked_on=date(2027, 6, 2)).state is FormState.NONE
    assert standing(early, september, asked_on=september).state is FormState.VALID


ITEMS = {
    "yes": (WEB_YES, True),
    "no": (ALL_NO, False),
    "blank": ((answer("website_video"),), False),
    "another item": (a_form("website_video"), False),
    "last year": (LAST_YEAR, False),
    "unsigned": (a_form(WEB, signed=None), False),
    "signed tomorrow": (a_form(WEB, signed=TOMORROW), False),
    "takes effect tomorrow": ((answer(WEB, starts=TOMORROW),), False),
    "takes effect today": ((answer(WEB, starts=DAY),), True),
    "signed today": (a_form(WEB, signed=DAY), True),
    "withdrawn today": ((answer(WEB, withdrawn=DAY),), False),
    "withdrawn tomorrow": ((answer(WEB, withdrawn=TOMORROW),), True),
    "changed to no": ((answer(WEB), answer(WEB, yes=False, signed=date(2026, 10, 1))), False),
    "changed to yes": ((answer(WEB, yes=False), answer(WEB, signed=date(2026, 10, 1))), True),
    "the change was recorded before the form": (
        (answer(WEB, yes=False, signed=date(2026, 10, 1)), answer(WEB)),
        False,
    ),
    "two answers of one day, the later recorded counts": ((answer(WEB), answer(WEB, yes=False)), False),
    "withdrawn, then given again": (
        (answer(WEB, withdrawn=date(2026, 10, 1)), answer(WEB, signed=date(2026, 11, 1))),
        True,
    ),
    "replaced on the day the old answer ends": (
        (answer(WEB, withdrawn=date(2026, 10, 1)), answer(WEB, signed=date(2026, 10, 1))),
        True,
    ),
    "withdrawn after an earlier change": (
        (answer(WEB, withdrawn=date(2026, 11, 1)), answer(WEB, signed=date(2026, 10, 1))),
        False,
    ),
    "withdrawn before it took effect, after another answer": (
        (answer(WEB, signed=date(2026, 9, 25)), answer(WEB, signed=date(2026, 10, 1), withdrawn=date(2026, 9, 20))),
        False,
    ),
    "disputed over something else": ((*a_form(WEB, "media_image"), *a_form(WEB, by="father")), False),
    "determined, whatever the parent says": ((*GUARDIAN, *FATHER_NO), True),
    "a parent only, where somebody was determined": (
        (answer("capture", by="social worker", capacity=Capacity.DETERMINED), *WEB_YES),
        False,
    ),
}


@pytest.mark.parametrize(("rows", "yes"), ITEMS.values(), ids=ITEMS.keys())
def test_an_item_is_yes_only_while_an_explicit_yes_stands(rows: tuple[Consent, ...], *, yes: bool) -> None:
    assert effective(on_day(*rows), WEB, RULES) is yes


PUPIL_NO = a_form(by="self", capacity=Capacity.PUPIL)
BOTH, PUPIL_ONLY, PARENT_ONLY = (SchoolRules(age12=age) for age in (Age12.BOTH, Age12.PUPIL_ONLY, Age12.PARENT_ONLY))
TWELVE = {
    "parent alone": (ALL_YES, (False, False), (False, False), (True, True)),
    "pupil alone": (PUPIL_YES, (False, False), (False, True), (False, False)),
    "both": ((*ALL_YES, *PUPIL_YES), (True, True), (True, True), (True, True)),
    "parent yes, pupil no": ((*ALL_YES, *PUPIL_NO), (False, False), (False, False), (True, True)),
    "parent no, pupil yes": ((*ALL_NO, *PUPIL_YES), (False, False), (False, True), (False, False)),
    "parents differ, pupil yes": ((*ALL_YES, *FATHER_NO, *PUPIL_YES), (False, False), (False, False), (False, False)),
}


@pytest.mark.parametrize(("rows", "both", "pupil_only", "parent_only"), TWELVE.values(), ids=TWELVE.keys())
def test_from_twelve_the_setting_says_who_must_agree(
    rows: tuple[Consent, ...],
    both: tuple[bool, bool],
    pupil_only: tuple[bool, bool],
    parent_only: tuple[bool, bool],
) -> None:
    given = on_day(*rows, born=BORN_12)
    for rules, expected in ((BOTH, both), (PUPIL_ONLY, pupil_only), (PARENT_ONLY, parent_only)):
        assert (effective(given, WEB, rules), effective(given, "media_image", rules)) == expected


@pytest.mark.parametrize(
    ("born", "age12", "who"),
    [
        (date(2014, 12, 4), Age12.BOTH, (True, False)),  # eleven years, eleven months and 29 days: vC15
        (date(2014, 12, 3), Age12.BOTH, (True, True)),  # twelve today: vC15
        (date(2014, 12, 3), Age12.PUPIL_ONLY, (True, True)),
        (date(2014, 12, 3), Age12.PARENT_ONLY, (True, False)),
    ],
)
def test_the_pupils_own_answer_is_needed_from_the_twelfth_birthday(
    born: date, age12: Age12, who: tuple[bool, bool]
) -> None:
    assert required(on_day(*ALL_YES, born=born), WEB, SchoolRules(age12=age12)) == who


def test_for_items_five_to_eight_the_pupil_alone_may_answer_under_pupil_only() -> None:
    assert required(on_day(born=BORN_12), "marketing_video", PUPIL_ONLY) == (False, True)


def test_whom_the_dsl_determined_answers_alone_at_any_age_but_a_pupils_no_still_counts() -> None:
    assert effective(on_day(*GUARDIAN, born=BORN_12), WEB, RULES)
    assert not effective(on_day(*GUARDIAN, *PUPIL_NO, born=BORN_12), WEB, RULES)
    assert effective(on_day(*GUARDIAN, *PUPIL_NO), WEB, RULES)  # at nine nobody asks the pupil


def test_a_missing_pupils_answer_makes_the_record_incomplete_once_a_parent_has_answered() -> None:
    assert consenter_missing(on_day(*ALL_YES, born=BORN_12), WEB, RULES)
    assert not consenter_missing(on_day(*ALL_YES, *PUPIL_YES, born=BORN_12), WEB, RULES)
    assert not consenter_missing(on_day(*ALL_YES), WEB, RULES)
    assert not consenter_missing(on_day(born=BORN_12), WEB, RULES)
    named = answer("capture", by="social worker", capacity=Capacity.DETERMINED)
    assert consenter_missing(on_day(named, *ALL_YES), WEB, RULES)


PERMISSIONS = {
    "given": ((answer("capture"),), True),
    "refused": ((answer("capture", yes=False),), False),
    "never asked": (ALL_YES, False),
    "given last year": ((answer("capture", year="2025/26", signed=date(2025, 9, 1)),), False),
    "given by the pupil": ((answer("capture", by="self", capacity=Capacity.PUPIL),), False),
    "given by whom the DSL determined": ((answer("capture", capacity=Capacity.DETERMINED),), True),
    "given by a parent where somebody else was determined": ((*GUARDIAN, answer("capture")), False),
    "withdrawn": ((answer("capture", withdrawn=DAY),), False),
    "unsigned": ((answer("capture", signed=None),), False),
    "one parent for it, one against": ((answer("capture"), answer("capture", yes=False, by="father")), False),
    "the form is disputed": ((*WEB_YES, *FATHER_NO, answer("capture")), False),
    "the form is all No": ((*ALL_NO, answer("capture")), True),
}


@pytest.mark.parametrize(("rows", "stands"), PERMISSIONS.values(), ids=PERMISSIONS.keys())
def test_an_extra_permission_is_a_parents_to_give(rows: tuple[Consent, ...], *, stands: bool) -> None:
    assert permits(on_day(*rows), "capture") is stands


@pytest.mark.parametrize("kind", ["after_leaving", "display_after_leaving"])
def test_a_permission_for_the_time_after_leaving_outlives_its_school_year(kind: str) -> None:
    assert permits(on_day(answer(kind, year="2025/26", signed=date(2026, 7, 1))), kind)


@pytest.mark.parametrize(
    ("rows", "born", "age12", "on_file"),
    [
        (ALL_NO, None, Age12.BOTH, True),
        (a_form(WEB, withdrawn=YESTERDAY), None, Age12.BOTH, True),
        (ALL_YES, BORN_12, Age12.BOTH, True),  # a parent's form alone answers for on-site education
        (PUPIL_YES, BORN_12, Age12.BOTH, False),
        (PUPIL_YES, BORN_12, Age12.PUPIL_ONLY, True),
        (PUPIL_YES, None, Age12.PUPIL_ONLY, False),
        (a_form(signed=None), None, Age12.BOTH, False),
        ((*WEB_YES, *FATHER_NO), None, Age12.BOTH, False),
        (LAST_YEAR, None, Age12.BOTH, False),
        ((), None, Age12.BOTH, False),
    ],
)
def test_an_answered_form_is_on_file_whatever_it_says(
    rows: tuple[Consent, ...], born: date | None, age12: Age12, *, on_file: bool
) -> None:
    assert answered(on_day(*rows, born=born), SchoolRules(age12=age12)) is on_file


def test_any_yes_means_one_that_stands() -> None:
    assert any_yes(on_day(*a_form("marketing_video")), RULES)
    assert not any_yes(on_day(*ALL_NO), RULES)
    assert not any_yes(on_day(*ALL_YES, born=BORN_12), RULES)


def test_the_age_from_which_pupils_are_asked_is_twelve_not_the_thirteen_of_online_services() -> None:
    assert consent.PUPIL_ASKED_FROM == 12
