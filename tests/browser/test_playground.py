"""A newcomer's first ten minutes: the demo as it starts, its Playgrounds in Chromium, every persona's page open."""

import re
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.browser.playing import WITHIN, Client, OpenAs

if TYPE_CHECKING:
    from conftest import Demo
    from playwright.sync_api import Browser


def test_the_demo_says_who_is_who_and_ten_questions(demo: "Demo") -> None:
    assert list(demo.addresses) == ["Teacher", "Data lead", "Safeguarding lead", "Headteacher", "DPO"]
    assert len(re.findall(r"^ {1,2}\d{1,2}  \w", demo.printed, re.MULTILINE)) == 10


def test_everything_listens_on_this_machine_only(demo: "Demo") -> None:
    family = [psutil.Process(demo.process.pid), *psutil.Process(demo.process.pid).children(recursive=True)]
    listening = [at for each in family for at in _listens(each)]
    assert len(listening) == 6  # the bot and five Playgrounds
    assert {at.laddr.ip for at in listening} == {"127.0.0.1"}


def _listens(process: psutil.Process) -> list[Any]:
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):  # npx starts some that are soon gone
        return [at for at in process.net_connections("inet") if at.status == psutil.CONN_LISTEN]
    return []


def test_a_teacher_is_welcomed_and_gets_a_yes_with_its_clause(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    teacher.keep("01-welcome")
    answer = teacher.ask("Can I photograph Amelia for the website?")
    assert answer.startswith("Yes")
    assert "Amelia Hart" in answer
    assert "Photography policy" in answer
    teacher.keep("02-yes")


def test_a_follow_up_keeps_the_pupil(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    teacher.ask("Can I photograph Amelia for the website?")
    answer = teacher.ask("and video?")
    assert answer.startswith("No")
    assert "Request review" in answer
    teacher.keep("03-follow-up")


@pytest.mark.parametrize(("pupil", "reviewer"), [("Barnaby", "Data lead"), ("Judith", "Safeguarding lead")])
def test_a_review_arrives_with_whoever_can_look_at_it(open_as: OpenAs, pupil: str, reviewer: str) -> None:
    teacher, colleague = open_as("Teacher"), open_as(reviewer)
    before = colleague.cards.count()
    answer = teacher.ask(f"Can I put a photo of {pupil} on our Facebook page?")
    assert answer.startswith("No")
    teacher.press("Request review")
    teacher.reads("passed to the school")
    teacher.keep(f"04-review-of-{pupil.lower()}")
    assert pupil in colleague.next_card(after=before)
    colleague.keep(f"04-review-of-{pupil.lower()}")


def test_two_neutral_answers_are_the_same_to_the_letter(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    answers = {teacher.ask(f"Can I put a photo of {pupil} on our Facebook page?") for pupil in ("Barnaby", "Judith")}
    assert len(answers) == 1


def test_a_use_that_no_form_covers_arrives_with_the_dpo(open_as: OpenAs) -> None:
    head, dpo = open_as("Headteacher"), open_as("DPO")
    before = dpo.cards.count()
    answer = head.ask("Can I show a photo of Zofia on a conference slide?")
    assert "DPO" in answer
    head.keep("05-to-the-dpo")
    assert "Helen Ashdown-Pike" in dpo.next_card(after=before)
    dpo.keep("05-to-the-dpo")


@pytest.mark.parametrize(
    ("number", "asker", "question", "words"),
    [
        (6, "Teacher", "Why not?", "reason"),
        (7, "Teacher", "Can I photograph Amelia for the website with my own phone?", "^No"),
        (8, "Teacher", "Can I put a picture of Zofia in the class story on ClassDojo?", "^No"),
        (9, "Teacher", "Can I use a photo of Oliver in the prospectus?", "Which"),
        (10, "Data lead", "Is Zofai Lewandroska all right for a photo on the website?", "Zofia Lewandrowska"),
        (11, "Teacher", "Can I use a photo of 4B in the prospectus?", "(?s)^Yes.*Leave out"),
    ],
)
def test_the_other_questions_worth_trying(open_as: OpenAs, number: int, asker: str, question: str, words: str) -> None:
    client = open_as(asker)
    answer = client.ask(question)
    client.keep(f"{number:02}-question")
    assert re.search(words, answer), answer


def test_everything_can_be_done_with_the_keyboard_alone(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    answer = teacher.ask("Can I put a photo of Barnaby on our Facebook page?")
    assert "Request review" in answer
    for _ in range(15):  # back from the field for messages into the newest card
        teacher.page.keyboard.press("Shift+Tab")
        if teacher.page.evaluate("document.activeElement.textContent.trim()") == "Request review":
            break
    else:
        pytest.fail("the button is out of the keyboard's reach")
    teacher.keep("12-keyboard")
    teacher.page.keyboard.press("Enter")
    teacher.reads("passed to the school")


def test_a_card_waits_for_somebody_whose_page_was_not_open_after_a_second_start_too(
    start_demo: Callable[..., "Demo"], pages: "Browser"
) -> None:
    for question in (
        "Can I show a photo of Zofia on a conference slide?",
        "Can I show Oliver Threlkeld at a conference?",
    ):
        running = start_demo()
        head, dpo = pages.new_page(), pages.new_page()
        head.goto(running.addresses["Headteacher"])
        head.get_by_role("textbox").wait_for(timeout=WITHIN)  # who came back within seconds is not welcomed twice
        Client(head, "Headteacher").ask(question)
        dpo.goto(running.addresses["DPO"])
        dpo.get_by_text(question).first.wait_for(timeout=WITHIN)
        head.close()
        dpo.close()
        running.process.send_signal(signal.SIGINT)
        running.process.communicate(timeout=20)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_running_however_it_ends(start_demo: Callable[..., "Demo"], how: signal.Signals) -> None:
    running = start_demo()
    family = psutil.Process(running.process.pid).children(recursive=True)
    assert len([each for each in family if _listens(each)]) == 5  # the Playgrounds; a shell of npm's may still be about
    running.process.send_signal(how)
    printed, _ = running.process.communicate(timeout=20)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive
    assert ("nothing is left running" in printed) == (how is not signal.SIGKILL)
