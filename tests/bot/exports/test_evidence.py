"""One file that tells the whole story of a case, and proves that nobody changed it."""

import csv
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.exports.case_of import mentioned
from bot.exports.evidence import INTACT, MANIFEST, evidence, members
from bot.exports.happened import story
from policy.breach.events import Event, Happened, Matter
from storage.outbox import State
from storage.told import Told as Letter
from tests.bot.exports.export_examples import (
    DPO,
    HEAD,
    LATER,
    LETTER,
    REPORTER,
    SOMEBODY,
    a_file,
    reported,
    signed,
    table_of,
    text_of,
    unzipped,
)
from tests.policy.breach.breach_examples import CRITERIA, START, Told

LETTERS = (
    Letter("Gwen Pascoe", "Ask DPO has a report for you", START, START, State.SENT, 3, 3, None),
    Letter(None, "Ask DPO has news for you", START, None, State.UNDELIVERABLE, 1, 0, "403"),
)
DATA: dict[Happened, dict[str, Any]] = {
    Happened.SAID: {"text": "It was in the car."},
    Happened.NOTICED: {"at": "2026-02-02T08:40:00+00:00"},
    Happened.AWARE_CORRECTED: {"at": "2026-02-02T11:00:00+00:00", "reason": "The office rang."},
    Happened.FORM_A_SIGNED: {"answers": {}, "near_miss": True},
    Happened.WORKPLACE: {"school_id": 2},
    Happened.ACKNOWLEDGED: {"by_dpo": False},
    Happened.ASKED: {"text": "Was it locked?"},
    Happened.ANSWERED: {"text": "It was."},
    Happened.TASK_SET: {"task": 1, "what": "Change the password", "owner": SOMEBODY},
    Happened.TASK_DONE: {"task": 1, "note": "Done at noon"},
    Happened.NOTED: {"topic": "how", "text": "Two envelopes."},
    Happened.ANALYSED: {"criteria": CRITERIA},
    Happened.DECIDED: {"what": "press", "outcome": "no", "reason": "Not needed.", "details": {}},
    Happened.LETTER_WRITTEN: {"parts": LETTER},
    Happened.SUBJECTS_TOLD: {"at": "2026-02-03T09:00:00+00:00", "how": "in-person"},
    Happened.OTHERS_TOLD: {"name": "Exam board", "at": "2026-02-03T09:00:00+00:00", "how": "email"},
    Happened.FORM_B_SAVED: {"answers": {}, "final": False},
    Happened.ICO_SENT: {"at": "2026-02-03T09:00:00+00:00", "how": "phone", "reference": "IC-2"},
    Happened.FOLLOWED_UP: {"at": "2026-02-03T09:00:00+00:00", "text": "Both letters are back."},
    Happened.INVOLVED: {"person": SOMEBODY, "part": "subject"},
    Happened.NO_LONGER_INVOLVED: {"person": SOMEBODY, "reason": "Another class."},
    Happened.BREACH_AFTER_ALL: {"reason": "It was opened."},
    Happened.REVIEWED: {"cause": "Hurry", "action": "Training", "owner": str(HEAD), "due": "2026-04-01", "done": False},
    Happened.WITHDRAWN: {"reason": "Nothing was lost."},
    Happened.REOPENED: {"reason": "Something was."},
    Happened.NUDGED: {"milestone": "clock:48"},
    Happened.UNDELIVERABLE: {"person": SOMEBODY, "letter": "breach/7/card/6"},
    Happened.PASSED_ON: {"person": SOMEBODY},
}
SAYS: dict[Happened, tuple[str, ...]] = {
    Happened.SAID: ("Added to the report", "It was in the car."),
    Happened.NOTICED: ("Mon 2 Feb 2026, 08:40",),
    Happened.AWARE_CORRECTED: ("Mon 2 Feb 2026, 11:00", "instead of Mon 2 Feb 2026, 09:15", "The office rang."),
    Happened.FORM_A_SIGNED: ("as a near miss",),
    Happened.WORKPLACE: ("Birchfield Primary",),
    Happened.ACKNOWLEDGED: ("as leader of the school",),
    Happened.ASKED: ("Was it locked?",),
    Happened.ANSWERED: ("It was.",),
    Happened.TASK_SET: ("Kit Wainfleet", "Change the password"),
    Happened.TASK_DONE: ("Finished task 1", "Done at noon"),
    Happened.NOTED: ("How it came about", "Two envelopes."),
    Happened.ANALYSED: ("Risk of damage or distress: Low risk. As far as we know.",),
    Happened.DECIDED: ("Speak to the press? No", "Not needed."),
    Happened.LETTER_WRITTEN: ("What it may mean for them",),
    Happened.SUBJECTS_TOLD: ("Tue 3 Feb 2026, 09:00", "In person"),
    Happened.OTHERS_TOLD: ("Exam board", "E-mail"),
    Happened.FORM_B_SAVED: ("version 1 of Form B, a draft",),
    Happened.ICO_SENT: ("Phone", "IC-2"),
    Happened.FOLLOWED_UP: ("Both letters are back.",),
    Happened.INVOLVED: ("Kit Wainfleet", "their own data is in it"),
    Happened.NO_LONGER_INVOLVED: ("Kit Wainfleet", "Another class."),
    Happened.BREACH_AFTER_ALL: ("more than a near miss", "It was opened."),
    Happened.CHILD_AT_RISK: ("safeguarding lead",),
    Happened.REVIEWED: ("Hurry", "Training", "Ira Stonecroft", "Wed 1 Apr 2026", "Not yet"),
    Happened.WITHDRAWN: ("not a breach", "Nothing was lost."),
    Happened.CLOSED: ("Closed",),
    Happened.REOPENED: ("first time", "Something was."),
    Happened.NUDGED: ("of the 72 hours",),
    Happened.UNDELIVERABLE: ("Kit Wainfleet",),
    Happened.PASSED_ON: ("Kit Wainfleet", "next in line"),
}


@pytest.mark.parametrize("kind", [kind for kind in Happened if kind is not Happened.OPENED])
def test_every_kind_of_event_is_told_in_words(kind: Happened) -> None:
    *_, last = story(a_file(Told().then(kind, **DATA.get(kind, {}))))
    told = f"{last.what}\n{last.why}"
    assert last.who == "Gwen Pascoe"
    for words in SAYS.get(kind, ("Form A",)):
        assert words in told


@pytest.mark.parametrize(("near_miss", "what"), [(False, "a possible breach"), (True, "a near miss")])
def test_the_story_begins_with_the_reporters_own_words(near_miss: bool, what: str) -> None:  # noqa: FBT001  a table's column
    first, *_ = story(a_file(Told(near_miss=near_miss)))
    assert (first.who, first.what, first.why) == ("Jo Bellweather", f"Reported {what}", "Two letters were swapped.")


def test_what_the_bot_did_is_told_as_its_own() -> None:
    *_, last = story(a_file(Told().then(Happened.NUDGED, by=None, milestone="subjects3:1")))
    assert (last.who, last.what) == ("Ask DPO", "Sent a reminder that the people affected were to be told")


def test_the_pack_holds_every_part_of_the_case() -> None:
    assert list(unzipped(evidence(a_file(reported()), LETTERS, audit_log=None))) == [
        "timeline.docx",
        "timeline.csv",
        "form-a.docx",
        "form-a.json",
        "form-b/version-1.docx",
        "form-b/version-1.json",
        "form-b/version-2.docx",
        "form-b/version-2.json",
        "decisions.docx",
        "letters/to-the-people-affected-version-1.docx",
        "letters/told-by-ask-dpo.csv",
        MANIFEST,
    ]


def test_a_case_of_one_message_has_a_pack_too() -> None:
    inside = unzipped(evidence(a_file(Told()), (), audit_log=None))
    assert list(inside) == ["timeline.docx", "timeline.csv", "decisions.docx", "letters/told-by-ask-dpo.csv", MANIFEST]
    assert text_of(inside["decisions.docx"]).count("Nothing is recorded.") == 3


def test_the_hashes_are_those_of_the_members() -> None:
    inside = unzipped(evidence(a_file(reported()), LETTERS, audit_log=None))
    told = json.loads(inside.pop(MANIFEST))
    assert {one["name"]: (one["bytes"], one["sha256"]) for one in told["members"]} == {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in inside.items()
    }
    assert (told["case"], told["school"], told["made_by"]) == (7, "ASH", "Gwen Pascoe")


@pytest.mark.parametrize(
    ("wrong", "intact", "says"), [(None, True, INTACT), ("Line 3 is altered.", False, "Line 3 is altered.")]
)
def test_the_pack_says_whether_the_audit_log_is_sound(wrong: str | None, intact: bool, says: str) -> None:  # noqa: FBT001  a table's column
    told = json.loads(unzipped(evidence(a_file(signed()), (), audit_log=wrong))[MANIFEST])
    assert told["audit_log"] == {"intact": intact, "says": says}


def test_the_same_case_at_the_same_moment_is_the_same_file() -> None:
    pack = evidence(a_file(reported()), LETTERS, audit_log=None)
    assert pack == evidence(a_file(reported()), LETTERS, audit_log=None)
    assert pack != evidence(a_file(reported(), now=LATER + timedelta(minutes=1)), LETTERS, audit_log=None)


def test_both_times_are_kept_where_the_first_one_was_corrected() -> None:
    inside = unzipped(evidence(a_file(reported()), (), audit_log=None))
    assert table_of(inside["timeline.docx"], 1) == [
        ("First known", "Said", "By", "Why"),
        ("Mon 2 Feb 2026, 09:15", "Mon 2 Feb 2026, 09:15", "Jo Bellweather", ""),
        ("Mon 2 Feb 2026, 11:00", "Mon 2 Feb 2026, 10:15", "Gwen Pascoe", "The office rang at eleven."),
    ]
    told = json.loads(inside[MANIFEST])["first_known"]
    assert [one["at"] for one in told] == ["2026-02-02T09:15:00+00:00", "2026-02-02T11:00:00+00:00"]


def test_decisions_come_with_reasons_the_table_and_why_it_was_not_followed() -> None:
    told = reported().decided(Matter.SUBJECTS, "no", high_risk="no")
    rows = table_of(members(a_file(told), ())["decisions.docx"])
    assert [row[1] for row in rows[1:]] == [
        "Tell the ICO? Yes",
        "Tell the people affected? Yes",
        "Tell the people affected? No",
    ]
    assert rows[1][2].splitlines() == [
        "Reason: Because.",
        "A risk to anybody is unlikely: yes",
        "The procedure's table said: no need to tell the regulator (the decision differs)",
        "Decided otherwise because: Better safe.",
    ]
    assert "no need to tell the people affected (the decision agrees)" in rows[3][2]


def test_the_letter_has_its_four_parts() -> None:
    told = text_of(members(a_file(reported()), ())["letters/to-the-people-affected-version-1.docx"])
    assert told.count("Plain words.") == 4


def test_whom_the_bot_told_is_listed_with_times_and_what_became_of_it() -> None:
    rows = list(csv.DictReader(members(a_file(signed()), LETTERS)["letters/told-by-ask-dpo.csv"].decode().splitlines()))
    assert [(row["to"], row["delivered_at"], row["state"], row["latest_seen"]) for row in rows] == [
        ("Gwen Pascoe", "2026-02-02T09:15:00+00:00", "delivered", "yes"),
        ("somebody who left", "", "not deliverable", "no"),
    ]


def test_the_timeline_for_a_spreadsheet_has_every_event_in_order() -> None:
    told = reported()
    rows = list(csv.DictReader(members(a_file(told), ())["timeline.csv"].decode().splitlines(keepends=True)))
    assert [row["at"] for row in rows] == [event.at.isoformat(timespec="seconds") for event in told.events]
    assert [row["number"] for row in rows] == [str(place) for place in range(1, len(told.events) + 1)]


@pytest.mark.parametrize(
    ("kind", "data", "who"),
    [
        (Happened.TASK_SET, {"owner": SOMEBODY}, {DPO, SOMEBODY}),
        (Happened.INVOLVED, {"person": SOMEBODY}, {DPO, SOMEBODY}),
        (Happened.REVIEWED, {"owner": str(HEAD)}, {DPO, HEAD}),
        (Happened.REVIEWED, {"owner": ""}, {DPO}),
        (Happened.NUDGED, {}, {DPO}),
    ],
)
def test_everybody_in_an_event_gets_a_name(kind: Happened, data: dict[str, Any], who: set[int]) -> None:
    assert mentioned([Event(kind, START, DPO, data)]) == who


def test_nobody_is_named_for_what_the_bot_did() -> None:
    assert mentioned([Event(Happened.CLOSED, START, None), Event(Happened.SAID, START, REPORTER)]) == {REPORTER}
