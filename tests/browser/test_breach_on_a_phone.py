"""A whole report on a phone: every page of Form A, filled in and pressed at 340 px, by day and in the dark."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dialogs.cards.elements import MOST_UTF16_BYTES
from dialogs.filling.pages import card_of
from policy.breach.form_a import FORM_A
from policy.filled import read_page
from storage.drafts import Draft
from tests.browser.phone import open_phone, render
from tests.browser.playing import SCREENSHOTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
BEGUN = {"what": "I sent the reading scores to the wrong parent", "name": "Tessa Reed", "workplace": "Hartfield"}
TYPED = {"input[type=date]": "2026-11-23", "input[type=time]": "09:30", "input[type=number]": "29"}


@pytest.mark.parametrize("light", ["day", "dark"])
def test_a_whole_report_fits_a_phone(pages: "Browser", renderer: str, light: str) -> None:
    phone = open_phone(pages, renderer)
    draft = Draft(
        id="d1",
        person_id=1,
        school_id=1,
        form="form-a",
        subject="breach/1",
        context={},
        answers=BEGUN,
        page=0,
        furthest=0,
        revision=1,
        opened_at=NOW,
        touched_at=NOW,
        open=True,
        in_hand=None,
        ended=None,
        outcome=None,
    )
    while draft.page < len(FORM_A.pages):
        show(phone, draft, light)
        verb, sent = fill_and_press(phone, "Continue")
        assert verb == "form.continue"
        answers, problems = read_page(FORM_A.pages[draft.page], sent, answers=draft.answers, now=NOW)
        assert not problems
        page = FORM_A.page_after(draft.page, answers)
        draft = replace(draft, answers=answers, page=page, revision=draft.revision + 1)
    show(phone, draft, light)
    verb, sent = press(phone, "Send report")
    assert (verb, sent["rev"]) == ("form.send", str(draft.revision))
    phone.close()


def show(phone: "Page", draft: Draft, light: str) -> None:
    """Look at a page of the form, as wide as a phone."""
    card = card_of(FORM_A, draft)
    seen = render(phone, card, light=light)
    phone.screenshot(path=SCREENSHOTS / f"phone-report-{light}-{draft.page + 1}.png", full_page=True)
    assert not seen["overflow"]
    assert seen["cut"] == []
    assert seen["unlabelled"] == 0
    assert len(str(card).encode("utf-16-le")) < MOST_UTF16_BYTES / 2  # what people write needs the other half


def fill_and_press(phone: "Page", title: str) -> tuple[str, dict[str, str]]:
    for kind, value in TYPED.items():
        for field in phone.locator(kind).all():
            field.fill(value)
    for field in phone.locator("input[type=text], textarea").all():
        if not field.input_value():
            field.fill("As far as I know.")
    for field in phone.locator("select").all():
        field.select_option(index=1)
    return press(phone, title)


def press(phone: "Page", title: str) -> tuple[str, dict[str, str]]:
    phone.get_by_role("button", name=title, exact=True).click()
    pressed: list[tuple[str, str, dict[str, Any]]] = phone.evaluate("window.pressed")
    ((_, verb, data),) = pressed
    return verb, {name: str(value) for name, value in data.items()}
