"""A card in words: all of it, in order."""

from typing import Any

import pytest

from dialogs.cards.as_text import as_text
from tests.dialogs.cards.gallery import CARDS

TABLE: list[tuple[str, str]] = [
    (
        "photo_answer_no_reasons",
        """No
Please don't photograph, film or publish this pupil for the school website (photos), Mon 23 Nov 2026. \
I can't give reasons.
Need it reviewed? Press Request review and the school will look at it.
Photography policy 4.1
[Request review]""",
    ),
    (
        "photo_answer_group",
        """Yes
Photos of 25 of the 28 pupils, all but those named below, for the school website, Mon 23 Nov 2026.
Leave out of the picture (3):
Ben Okafor
Cerys Llewellyn-Price
Zoë O'Brien
Please:
• No name goes with the picture.
• Only on the school website; nothing else is covered.
• Check today's list again just before you start.
• Use a school camera. Another school device is fine if you move the files and clear it the same day.
• Choose an angle or a group that does not single anyone out.
All conditions:
• Everyone is properly dressed and nobody is upset.
• Caption it with a general label.
• This holds until the school year ends or the family changes its mind.
• Keep the files in the dated folder, staff only, without names on them.
Photography policy 4.14 · 5.5
The list is 41 days old.""",
    ),
    (
        "which_pupil_few",
        """Which pupil?
You wrote: Amelia H
[Amelia Hart, 4B, Year 4]
[Amelia Hartley, 2C, Year 2]
[Amélie Harte, RA, Reception]
[None of these]""",
    ),
    (
        "which_pupil_several",
        """Which pupils?
Amelia H is: ____
- Amelia Hart, 4B, Year 4
- Amelia Hartley, 2C, Year 2
- Amélie Harte, RA, Reception
- None of these
Tom is: ____
- Tom Adeyemi, 4B, Year 4
- Thom Blythe, 4B, Year 4
- None of these
I don't know a pupil called Xanthippe
[Continue]""",
    ),
    (
        "escalation",
        """Question 31 for the DPO
From: Rosa Quill
School: Larkrise Primary
Asked: Mon 23 Nov 2026 at 09:12
They wrote:
May I show pictures of our science club at a conference in Leeds?
Your answer: ____
[Send answer]
[I have read this]""",
    ),
    (
        "private_please",
        """Let's talk in private
Others can read along here. Please open a chat with Ask DPO and ask me again there.""",
    ),
]


@pytest.mark.parametrize(("name", "words"), TABLE, ids=[name for name, _ in TABLE])
def test_a_card_reads_in_order(name: str, words: str) -> None:
    assert as_text(CARDS[name]()) == words


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ({"type": "Input.Text", "id": "what", "label": "What happened?"}, "What happened?: ____"),
        ({"type": "Input.Date", "id": "on", "label": "When", "value": "2026-11-23"}, "When: 2026-11-23"),
        ({"type": "Input.Toggle", "id": "sure", "title": "I have told the head"}, "I have told the head: ____"),
        (
            {
                "type": "Input.ChoiceSet",
                "id": "kind",
                "label": "Kind",
                "value": "b",
                "choices": [{"title": "A lost bag", "value": "a"}, {"title": "A wrong e-mail", "value": "b"}],
            },
            "Kind: A wrong e-mail\n- A lost bag\n- A wrong e-mail",
        ),
        ({"type": "FactSet", "facts": [{"title": "Due", "value": "8 Dec"}]}, "Due: 8 Dec"),
        ({"type": "Image", "url": "https://x.example/a.png", "altText": "a camera"}, "(picture: a camera)"),
        (
            {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "Read", "url": "https://x.example"}]},
            "Read: https://x.example",
        ),
        (
            {"type": "ActionSet", "actions": [{"type": "Action.Submit", "title": "Go", "data": {"verb": "a.b"}}]},
            "[Go]",
        ),
    ],
)
def test_every_kind_of_element_is_read(element: dict[str, Any], words: str) -> None:
    assert as_text({"type": "AdaptiveCard", "body": [element]}) == words


@pytest.mark.parametrize(
    "element",
    [{"type": "Media"}, {"type": "ActionSet", "actions": [{"type": "Action.ShowCard", "title": "x"}]}],
)
def test_an_element_that_nobody_can_read_is_an_error(element: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="No way to read"):
        as_text({"type": "AdaptiveCard", "body": [element]})


@pytest.mark.parametrize("name", CARDS)
def test_reading_twice_reads_the_same(name: str) -> None:
    assert as_text(CARDS[name]()) == as_text(CARDS[name]())
