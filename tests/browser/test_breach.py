"""A breach as people see it: a teacher's whole report, the DPO's whole decision, and the head looking on."""

import pytest

from tests.browser.playing import Client, OpenAs

WORDS = "I sent the reading scores to the wrong parent"
FORM_B = {
    "How it came about": "Autocomplete took the first address.",
    "How many people": "29",
    "Do they know?": "No",
    "What it may mean": "Embarrassment.",
    "What came back": "Deleted by the family.",
    "Reported anything": "No",
    "Job title": "Data protection officer",
}


def step(dpo: Client, title: str, until: str, **known: str) -> None:
    """Take a step that has a form."""
    before = dpo.cards.count()
    dpo.begin(title)
    dpo.next_card(after=before)
    dpo.walk(until, **known)
    dpo.reads("^Case 1: noted")


def test_the_first_words_bring_advice_to_the_teacher_and_an_alert_to_the_dpo_and_the_head(open_as: OpenAs) -> None:
    teacher, others = open_as("Teacher"), [open_as("DPO"), open_as("Headteacher")]
    told = teacher.ask(WORDS)
    assert told.startswith("Thank you for telling me")
    assert "Recall the message" in told
    for each in others:
        alert = each.next_card(after=1)
        assert WORDS in alert
        assert "hours left" in alert
        each.keep("20-breach-alert")
    teacher.keep("20-breach-first-minute")


def test_the_form_shows_what_is_wrong_beside_its_field_and_keeps_what_was_typed(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    teacher.press("Continue")
    teacher.reads("Page 1 of 4")
    teacher.fill("When did anyone", "today")
    teacher.press("Continue")
    teacher.reads("Please fill this in")  # the client's own words: nothing was sent
    teacher.fill("At about what time", "23:59")
    teacher.fill("Until when", "until lunch")
    teacher.press("Continue")
    teacher.reads("Please check: That is still to come")
    teacher.keep("21-breach-to-check")
    assert [field["value"] for field in teacher.fields()][1::3] == ["11:59 PM", "until lunch"]


def test_every_page_offers_its_own_choices_and_going_back_loses_nothing(open_as: OpenAs) -> None:
    teacher = open_as("Teacher")
    teacher.fill("At about what time", "00:00")
    teacher.press("Continue")
    teacher.reads("Page 2 of 4")
    teacher.fill("Is it still going on?", "No")
    teacher.fill("Who may have seen it?", "Somebody outside whom we know")
    teacher.fill("What have you done", "I recalled it.")
    teacher.keep("22-breach-page-2")
    teacher.press("Continue")
    teacher.reads("Page 3 of 4")
    teacher.fill("What information", "Reading scores of a class")
    teacher.fill("Which kinds", "School work", "Names and contact")
    teacher.fill("About how many", "29")
    teacher.keep("23-breach-page-3")
    teacher.press("Back")
    teacher.reads("Page 2 of 4")
    assert "I recalled it." in [field["value"] for field in teacher.fields()]
    teacher.press("Continue")
    teacher.reads("Page 3 of 4")
    assert {"Reading scores of a class", "29"} <= {field["value"] for field in teacher.fields()}
    teacher.press("Continue")
    teacher.reads("Page 4 of 4")
    assert teacher.offered("Could a child") == ["No", "Yes", "I'm not sure"]
    teacher.keep("24-breach-page-4")
    teacher.choose("No")
    teacher.press("Continue")


def test_the_report_is_read_once_more_changed_and_sent(open_as: OpenAs) -> None:
    teacher, dpo = open_as("Teacher"), open_as("DPO")
    teacher.reads("Please read it once more")
    teacher.keep("25-breach-review")
    teacher.fill("Change something?", "What happened")
    teacher.press("Change")
    teacher.reads("Page 2 of 4")
    teacher.fill("What have you done", "I recalled it and rang the parent.")
    teacher.press("Continue")
    teacher.reads("rang the parent")
    teacher.press("Send report")
    teacher.reads("Form A sent")
    assert "waiting to be read" in teacher.ask("status")
    teacher.keep("26-breach-sent")
    dpo.reads("Form A has come in")
    dpo.keep("26-breach-form-a")


def test_the_dpo_acknowledges_asks_and_the_teacher_answers(open_as: OpenAs) -> None:
    teacher, dpo = open_as("Teacher"), open_as("DPO")
    before = teacher.cards.count()
    dpo.press("Acknowledge")
    assert "has read what you told me" in teacher.next_card(after=before)
    step(dpo, "Ask the reporter", "Ask", question="Whose parent is it?")
    assert "Whose parent is it?" in teacher.next_card(after=before + 1)
    teacher.keep("27-breach-question")
    teacher.fill("Your answer", "A pupil's in 4B.")
    teacher.press("Send answer")
    dpo.reads("The reporter has answered")
    dpo.keep("27-breach-answer")
    assert "Acknowledged" in dpo.case.inner_text()


@pytest.mark.parametrize(
    ("number", "title", "until", "known"),
    [
        (28, "Weigh the five criteria", "Save", {}),
        (29, "Decide: tell the ICO?", "Save decision", {"Is the regulator told?": "Yes"}),
        (30, "Write Form B", "Save", FORM_B),
        (31, "Record that the ICO report was sent", "Save", {}),
        (
            32,
            "Decide: tell the people affected?",
            "Save decision",
            {"risk to them high": "No", "Are they told?": "No need"},
        ),
        (33, "Write the review", "Save review", {"By when": "today", "Is it done?": "Yes"}),
    ],
)
def test_the_dpo_decides_step_by_step(
    open_as: OpenAs, number: int, title: str, until: str, known: dict[str, str]
) -> None:
    dpo = open_as("DPO")
    step(dpo, title, until, **known)
    dpo.keep(f"{number}-breach-desk")


def test_the_closed_case_is_up_to_date_with_the_head_and_the_teacher_hears(open_as: OpenAs) -> None:
    teacher, dpo, head = open_as("Teacher"), open_as("DPO"), open_as("Headteacher")
    dpo.begin("Close the case")
    teacher.reads("It is closed")
    teacher.keep("34-breach-closed")
    dpo.keep("34-breach-closed")
    head.page.get_by_text("Status: closed").wait_for()
    assert head.cards.filter(has_text="In their words:").count() == 1
    head.keep("34-breach-closed")


def test_a_whole_report_can_be_made_with_the_keyboard_alone(open_as: OpenAs) -> None:
    lead = open_as("Data lead")
    press = lead.page.keyboard.press
    lead.ask("I left the trip list with phone numbers on the bus")
    lead.tab_to("Continue", back=True)
    press("Enter")
    lead.reads("Page 1 of 4")
    lead.tab_to("When did anyone at school", back=True)  # the keyboard stays on the button, below the fields
    press("Enter")
    lead.page.locator("[role=gridcell]:focus").wait_for()
    press("Enter")  # today
    lead.tab_to("At about what time?")
    lead.page.keyboard.type("00:00")
    press("Enter")
    lead.tab_to("Continue")
    lead.keep("35-breach-keyboard")
    press("Enter")
    lead.reads("Page 2 of 4")
    lead.tab_to("What have you done", back=True)
    lead.page.keyboard.type("None yet.")
    lead.tab_to("Continue")
    press("Enter")
    lead.reads("Page 3 of 4")
    press("Enter")  # nothing is known yet, and the keyboard is on Continue still
    lead.reads("Page 4 of 4")
    lead.tab_to("Could a child", back=True)
    press("ArrowDown")
    press("Enter")
    lead.tab_to("Continue")
    press("Enter")
    lead.reads("Please read it once more")
    lead.tab_to("Send report")
    press("Enter")
    lead.reads("Form A sent")
