"""A draft as a card: the page that it is on, or the review; pure, so that the same draft always looks the same."""

from collections.abc import Sequence

from dialogs.cards.form import FormPage, form_page_card
from dialogs.cards.form_review import FilledForm, FilledPage, form_review_card
from dialogs.conversation import Json
from policy.filled import Problem
from policy.forms import Field, Form, Page, is_missing, missing, shown
from storage.drafts import Draft


def card_of(form: Form, draft: Draft, *, problems: Sequence[Problem] = (), notes: Sequence[str] = ()) -> Json:
    """Draw the page that a draft is on."""
    asked = [number for number, page in enumerate(form.pages) if page.asked(draft.answers)]
    if draft.page >= len(form.pages):
        pages = tuple(_filled(number, form.pages[number], draft) for number in asked)
        return form_review_card(FilledForm(form.title, pages, form.send, draft.id, draft.revision, tuple(notes)))
    page, is_last = form.pages[draft.page], form.page_after(draft.page, draft.answers) == len(form.pages)
    return form_page_card(
        FormPage(
            draft=draft.id,
            revision=draft.revision,
            title=form.title,
            page=page.title,
            place=(1 + sum(number < draft.page for number in asked), max(1, len(asked))),
            fields=page.asked(draft.answers),
            answers=draft.answers,
            problems=tuple(problems),
            notes=tuple(notes),
            back=form.page_before(draft.page, draft.answers) is not None,
            sends=form.send if is_last and not form.review else "",
        )
    )


def page_ahead(form: Form, draft: Draft) -> int:
    """Return the page to show after the present one: back to the review once it was seen, by way of what is missing."""
    end = len(form.pages)
    following = form.page_after(draft.page, draft.answers)
    lacking = [form.page_of(field.name) for field in missing(form, draft.answers)]
    if draft.furthest >= end:
        following = min((page for page in lacking if page > draft.page), default=end)
    return min(lacking, default=end) if following == end else following


def next_field(form: Form, draft: Draft) -> Field | None:
    """Return the field that a typed answer is for: the first without one, on this page or on a later one.

    What must be answered comes before what may be.
    """
    for page in form.pages[draft.page :]:
        fields = [field for field in page.asked(draft.answers) if field.name not in draft.answers]
        lacking = [field for field in page.asked(draft.answers) if is_missing(field, draft.answers.get(field.name))]
        if lacking or fields:
            return (lacking or fields)[0]
    return None


def _filled(number: int, page: Page, draft: Draft) -> FilledPage:
    lines = [(field.label, shown(field, draft.answers.get(field.name))) for field in page.asked(draft.answers)]
    return FilledPage(number, page.title, tuple(lines))
