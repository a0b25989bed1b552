"""Fields of a card, filled in one question each."""

import pytest

from bot.terminal.filling import fill
from dialogs.cards.reading import Field

KIND = Field("kind", "Kind", "ChoiceSet", required=True, choices=(("A lost bag", "bag"), ("A wrong e-mail", "mail")))


@pytest.mark.parametrize(
    ("field", "typed", "sent"),
    [
        (KIND, ["2"], "mail"),
        (KIND, ["a lost bag"], "bag"),
        (KIND, ["3", "0", "-1", "bag"], "bag"),
        (Field("kinds", "Kinds", "ChoiceSet", several=True, choices=KIND.choices), ["1, 2"], "bag,mail"),
        (Field("on", "When", "Date"), ["8 Dec", "2026-12-08"], "2026-12-08"),
        (Field("at", "At", "Time"), ["half past", "09:30"], "09:30"),
        (Field("how_many", "How many", "Number"), ["some", "12"], "12"),
        (Field("sure", "Sure?", "Toggle", value="false"), [""], "false"),
        (Field("sure", "Sure?", "Toggle"), ["perhaps", "Yes"], "true"),
        (Field("what", "What happened?", "Text"), [""], ""),
        (Field("what", "What happened?", "Text", value="a bag"), [""], "a bag"),
    ],
)
def test_a_field_takes_what_a_form_would(field: Field, typed: list[str], sent: str) -> None:
    lines = iter(typed)
    assert fill([field], lambda _: next(lines)) == {field.name: sent}


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_a_required_field_left_empty_sends_nothing(typed: str | None) -> None:
    assert fill([KIND], lambda _: typed) is None
