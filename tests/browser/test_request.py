"""A request for data as people see it: a teacher passes it on, the DPO takes it up, and a reminder is put off."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.browser.conftest import ASKDPO
from tests.browser.playing import WITHIN, OpenAs

WORDS = "a parent asked me at the gate for a copy of everything we hold about her son"
INTAKE = {"Who asked": "A mother, at the gate", "About whom": "Her son"}


def test_a_teacher_passes_a_request_on_in_under_a_minute(open_as: OpenAs) -> None:
    teacher, dpo = open_as("Teacher"), open_as("DPO")
    told = teacher.ask(WORDS)
    assert "delete nothing" in told.casefold()
    teacher.keep("40-request-first-words")
    teacher.press("Continue")
    teacher.reads("Page 1 of 2")
    teacher.keep("41-request-page-1")
    teacher.walk("Pass it on", **INTAKE)
    teacher.reads("Thank you, that is everything")
    teacher.keep("42-request-passed-on")
    assert WORDS in dpo.case.inner_text()
    dpo.keep("43-request-card")


def test_the_dpo_accepts_it_in_the_card_and_reads_the_sum(open_as: OpenAs) -> None:
    dpo = open_as("DPO")
    dpo.begin("Accept")
    dpo.reads("^Request 1: noted")  # below the request's own card, which says so too in a moment
    dpo.case.get_by_text("being worked on").wait_for(timeout=WITHIN)
    assert "12 lines of the checklist" in dpo.case.inner_text()
    dpo.keep("44-request-accepted")
    dpo.case.get_by_role("button", name="How the date is worked out").click()
    dpo.case.get_by_text("One month on is").wait_for(timeout=WITHIN)
    dpo.keep("44-request-sum")


def test_a_reminder_arrives_and_is_put_off(open_as: OpenAs, demo_folder: Path) -> None:
    dpo = open_as("DPO")
    before = dpo.cards.count()
    sweep_in(days=21, folder=demo_folder)
    reminder = dpo.next_card(after=before)
    assert "Request 1" in reminder
    dpo.keep("45-request-reminder")
    dpo.press("Remind me tomorrow")
    dpo.reads("I'll remind you again on")
    dpo.keep("46-request-put-off")


def sweep_in(*, days: int, folder: Path) -> None:
    """Send what will be due by then, as the administrator's own command does."""
    then = datetime.now(UTC) + timedelta(days=days)
    subprocess.run(  # noqa: S603  our own command
        [ASKDPO, "sweep", "--now", then.isoformat(timespec="minutes")],
        env=os.environ | {"ASKDPO_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'demo.db'}"},
        cwd=folder,  # no settings of anybody else's
        check=True,
    )
