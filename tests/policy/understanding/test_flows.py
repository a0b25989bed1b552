"""What starts a dialog, and what sounds like it and does not."""

from collections.abc import Callable

import pytest

from policy.understanding import Heard, Intent
from policy.understanding.flows import FLOWS
from policy.understanding.telling import patterns, tale_of
from policy.understanding.tellwords import meanings

Hear = Callable[..., Heard]
I = Intent  # noqa: E741  a table's column


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("report a breach", I.REPORT_BREACH),
        ("report breach", I.REPORT_BREACH),
        ("data breach", I.REPORT_BREACH),
        ("near miss", I.REPORT_BREACH),
        ("can I report a breach please", I.REPORT_BREACH),
        ("log a request", I.SAR_RECEIVED),
        ("start a sar", I.SAR_RECEIVED),
        ("log a complaint", I.COMPLAINT_RECEIVED),
        ("cctv request", I.CCTV_REQUEST),
        ("new event plan", I.PLAN_EVENT),
        ("online safety incident", I.ONLINE_SAFETY_INCIDENT),
    ],
)
def test_short_commands_start_their_dialog(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    ("told", "asked", "intent"),
    [
        ("I emailed the wrong family", "does emailing the wrong family count as a breach", I.REPORT_BREACH),
        ("my laptop has been stolen", "what do I do if my laptop is stolen", I.REPORT_BREACH),
        ("mum wants everything we hold on her son", "can a mum ask for what we hold on her son", I.SAR_RECEIVED),
        ("dad wants his details wiped", "must we wipe details when a dad asks", I.RIGHTS_REQUEST),
        ("a parent has complained about our use of data", "who handles complaints about data", I.COMPLAINT_RECEIVED),
        ("police are here asking for the cctv", "may police look at cctv", I.CCTV_REQUEST),
        (
            "a pupil got cruel messages on snapchat",
            "what is done about cruel messages online",
            I.ONLINE_SAFETY_INCIDENT,
        ),
        ("a boy is sharing a nude of a girl", "what do I do about a nude", I.ILLEGAL_CONTENT),
        ("mum has withdrawn consent for photos", "can a mum withdraw consent", I.CONSENT_WITHDRAWAL),
        (
            "is it a problem that the pupil list got left on a bus",
            "is it right that old records are shredded",
            I.REPORT_BREACH,
        ),
        ("mailing went out with all addresses in the open", "sending emails to all parents at once", I.REPORT_BREACH),
    ],
)
def test_what_happened_starts_a_dialog_and_how_it_is_done_is_a_question(
    hear: Hear, told: str, asked: str, intent: Intent
) -> None:
    assert (hear(told).intent, hear(asked).intent) == (intent, I.POLICY_QUESTION)


def test_a_question_behind_what_happened_does_not_hide_it(hear: Hear) -> None:
    assert hear("what do I do, I've just emailed the reports to the wrong parents").intent is I.REPORT_BREACH


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("a folder of child pictures that must be against the law", I.ILLEGAL_CONTENT),
        ("detective phoned to request last night's recordings", I.CCTV_REQUEST),  # a day, and no deadline
        ("gambling site got past the filter", I.ONLINE_SAFETY_INCIDENT),  # no gerund, though it ends like one
    ],
)
def test_what_is_told_is_not_taken_for_what_it_resembles(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


def test_a_magazine_that_is_not_listed_asks_for_no_list(hear: Hear) -> None:
    assert hear("a magazine we did not list would like to print a pupil's picture").intent is not I.RESTRICTED_LIST
    assert hear("list the pupils with no photo consent").intent is I.RESTRICTED_LIST


def test_data_that_may_be_out_comes_before_the_complaint_about_it(hear: Hear) -> None:
    assert hear("mum is complaining that her letter went to the wrong family").intent is I.REPORT_BREACH


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ransomwear on the office computer", I.REPORT_BREACH),
        ("my lapotp was stoeln from the car", I.REPORT_BREACH),
        ("we have had a fishing email and I clicked the dodgy linnk", I.REPORT_BREACH),
        ("parent has put in a subjct acess request", I.SAR_RECEIVED),
        ("mum has wihtdrawn consnet for photos", I.CONSENT_WITHDRAWAL),
        ("a pupil sent a nuude photo", I.ILLEGAL_CONTENT),
    ],
)
def test_slips_of_the_finger_change_nothing(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    "text",
    ["Tom Baker's photo on the website", "can we film 4L for Facebook", "Tom Baker for the yearbook with his name"],
)
def test_a_question_about_a_picture_stays_one(hear: Hear, text: str) -> None:
    assert hear(text).intent is I.PHOTO_PERMISSION


def test_the_deadline_of_one_case_needs_its_date(hear: Hear) -> None:
    assert hear("when is a SAR received on 31 January due?").intent is I.DEADLINE_QUESTION
    assert hear("when is a SAR due?").intent is I.POLICY_QUESTION


def test_every_flow_has_one_recogniser() -> None:
    intents = [intent for intent, _ in FLOWS]
    assert len(intents) == len(set(intents))


def test_a_pattern_that_asks_for_an_unknown_concept_says_which() -> None:
    with pytest.raises(ValueError, match="sandwich"):
        patterns("lost sandwich")


def test_a_pattern_needs_all_its_concepts_and_none_that_it_bars() -> None:
    wanted = patterns("lost device|papers -harmful")
    assert tale_of("lost laptop").tells(wanted)
    assert tale_of("lost folder").tells(wanted)
    assert not tale_of("lost umbrella").tells(wanted)
    assert not tale_of("lost laptop with nasty posts").tells(wanted)


def test_words_of_concepts_are_written_as_they_are_compared() -> None:
    odd = [
        phrase
        for first, rests in meanings().phrases.items()
        for phrase in (first, *(word for rest, _ in rests for word in rest))
        if not ((phrase.isalnum() and phrase.islower()) or phrase.isdigit())
    ]
    assert odd == []
