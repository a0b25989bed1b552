"""The invented trust: enough of everything, nothing out of its time, and questions that mean what they say."""

from collections import Counter
from datetime import date, timedelta

import pytest
from rapidfuzz import fuzz

from bot.demo.cast import PARTS
from bot.demo.personas import EVERYBODY, PERSONAS
from bot.demo.programme import QUESTIONS, questions, who_is_who
from bot.demo.trust import trust
from policy.calendar import academic_year
from policy.roles import Role

TODAY = date(2026, 11, 23)
ANY_DAY = [TODAY, date(2026, 9, 1), date(2027, 8, 31), date(2028, 2, 29), date(2027, 1, 1)]


def osierbank(today: date = TODAY) -> list[dict[str, str]]:
    return [pupil for pupil in trust(today)["pupils"] if pupil["school"] == "OSB"]


def test_the_same_day_makes_the_same_trust() -> None:
    assert trust(TODAY) == trust(TODAY)


def test_there_are_two_schools_and_about_three_hundred_pupils() -> None:
    pupils = trust(TODAY)["pupils"]
    assert {pupil["school"] for pupil in pupils} == {"OSB", "QHP"}
    assert 280 <= len(pupils) <= 320


def test_every_role_of_the_contract_is_somebody() -> None:
    assert {role for person in trust(TODAY)["staff"] for role in person["roles"].split(";")} == set(Role)


def test_one_person_has_one_address_and_one_id_at_both_schools() -> None:
    people = {(each["display_name"], each["email"], each["aad_object_id"]) for each in trust(TODAY)["staff"]}
    assert len(people) == len({name for name, _, _ in people}) == len({email for _, email, _ in people})


def test_every_address_is_invented() -> None:
    assert all(person["email"].endswith(".example") for person in trust(TODAY)["staff"])


@pytest.mark.parametrize("today", ANY_DAY)
def test_nothing_was_signed_or_withdrawn_in_the_future(today: date) -> None:
    for row in trust(today)["consents"]:
        assert date.fromisoformat(row["signed_on"]) <= today
        assert not row["withdrawn_on"] or row["signed_on"] <= row["withdrawn_on"] <= today.isoformat()
        assert academic_year(date.fromisoformat(row["signed_on"])) == row["academic_year"]


@pytest.mark.parametrize("today", ANY_DAY)
def test_some_pupils_have_left_and_some_are_still_to_come(today: date) -> None:
    pupils = osierbank(today)
    left = [pupil for pupil in pupils if pupil["left_on"]]
    assert len(left) == 3
    assert all(pupil["joined_on"] <= pupil["left_on"] < today.isoformat() for pupil in left)
    assert sum(pupil["joined_on"] > today.isoformat() for pupil in pupils) == 2


def test_no_two_pupils_share_a_number() -> None:
    assert max(Counter(pupil["upn"] for pupil in trust(TODAY)["pupils"]).values()) == 1


def test_amelia_may_be_on_the_website_in_pictures_and_not_in_film() -> None:
    (amelia,) = [pupil for pupil in osierbank() if pupil["legal_first_name"] == "Amelia"]
    answers = {row["item"]: row["answer"] for row in trust(TODAY)["consents"] if row["upn"] == amelia["upn"]}
    assert (answers["website_image"], answers["website_video"]) == ("yes", "no")


@pytest.mark.parametrize("asked", ["Amelia", "Barnaby", "Judith", "Zofia"])
def test_nobody_else_sounds_like_the_pupils_of_the_questions(asked: str) -> None:
    others = {pupil["legal_first_name"] for pupil in osierbank()} - {asked}
    nearest = max(others, key=lambda name: fuzz.ratio(name.casefold(), asked.casefold()))
    assert fuzz.ratio(nearest.casefold(), asked.casefold()) < 70, nearest


def test_namesakes_are_within_a_school_and_across_schools() -> None:
    known = Counter(
        (pupil["school"], pupil["legal_first_name"], pupil["last_name"]) for pupil in trust(TODAY)["pupils"]
    )
    assert {name for name, times in known.items() if times > 1} == {("OSB", "Oliver", "Marchbanks")}
    assert ("OSB", "Amelia", "Hart") in known
    assert ("QHP", "Amelia", "Hart") in known


def test_pupils_of_twelve_answer_for_themselves_yes_no_and_not_at_all() -> None:
    oldest = {pupil["upn"] for pupil in osierbank() if pupil["class"] == "8Q" and not pupil["left_on"]}
    own = {row["upn"]: row["answer"] for row in trust(TODAY)["consents"] if row["capacity"] == "pupil"}
    assert set(own.values()) == {"yes", "no"}
    assert oldest - own.keys()
    assert all(
        date.fromisoformat(pupil["date_of_birth"]) <= TODAY - timedelta(days=12 * 365)
        for pupil in trust(TODAY)["pupils"]
        if pupil["upn"] in own
    )


def test_no_file_tells_why_somebody_is_restricted() -> None:
    assert set(trust(TODAY)["restrictions"][0]) == {"upn", "state", "level", "court_order", "review_on"}


def test_every_kind_of_restriction_is_there() -> None:
    kinds = {(row["state"], row["level"], row["court_order"]) for row in trust(TODAY)["restrictions"]}
    assert kinds == {
        ("set", "1", "no"),
        ("set", "2", "no"),
        ("set", "3", "no"),
        ("pending", "", "no"),
        ("set", "", "yes"),
    }


def test_every_story_is_told_in_a_class_that_exists() -> None:
    classes = {(pupil["school"], pupil["class"]) for pupil in trust(TODAY)["pupils"]}
    assert {(part.school, part.class_name) for part in PARTS} <= classes


def test_ten_questions_name_who_asks_and_what_they_show() -> None:
    assert len(QUESTIONS) == 10
    assert {question.asker for question in QUESTIONS} <= {persona.key for persona in PERSONAS}
    printed = list(questions())
    assert sum(line[:3].strip().isdigit() for line in printed) == 10
    assert max(map(len, printed)) <= 100


def test_five_people_can_be_played_and_each_has_five_others() -> None:
    assert len(PERSONAS) == 5
    assert len({each.aad_object_id for each in EVERYBODY}) == 6
    assert len(list(who_is_who({persona.key: "http://localhost" for persona in PERSONAS}))) == 5
