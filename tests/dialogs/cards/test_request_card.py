"""However much is recorded and whatever people type, a request's card travels and shows words as words."""

import json
from dataclasses import replace

import pytest

from dialogs.cards.as_text import as_text
from dialogs.cards.case_parts import Section
from dialogs.cards.elements import fits
from dialogs.cards.request_case import RequestCard, request_card
from dialogs.cards.request_news import request_letter_card
from dialogs.request.words import LETTERS, STEPS
from tests.dialogs.cards.test_golden_cards import official

HOSTILE = "**bold** [press](https://x.example) <at>all</at> {{DATE(2026-01-01)}} \u202e" + "word " * 390


def drawn(lines: int, words: str) -> RequestCard:
    part = tuple((f"{n}. {words[:80]}", words) for n in range(lines))
    return RequestCard(
        case=17,
        kind="To see or have a copy of what is held",
        clock="Answer by Wed 23 Dec 2026: 30 days left on Mon 23 Nov 2026.",
        facts=tuple((f"Fact {n}", words[:120]) for n in range(15)),
        words=words,
        missing=tuple(f"thing {n}" for n in range(6)),
        sections=tuple(Section(f"Part {n}", part) for n in range(10)),
        steps=(*((title, step.value) for step, title in STEPS.items()), *((t, x.value) for x, t in LETTERS.items())),
    )


@pytest.mark.parametrize("lines", [0, 3, 40, 2000])
@pytest.mark.parametrize("words", ["short", HOSTILE, "Ω" * 2000])
def test_a_request_of_any_size_travels(lines: int, words: str) -> None:
    card = request_card(drawn(lines, words))
    assert fits(card)
    assert list(official().iter_errors(card)) == []


def test_the_last_lines_are_the_ones_that_stay() -> None:
    long = drawn(300, "What was said on the phone that day.")
    card = as_text(request_card(replace(long, steps=long.steps[:25])))
    assert "299." in card
    assert "Earlier lines are in the request's file." in card


def test_words_stay_words() -> None:
    found = [piece for piece in pieces(request_card(drawn(2, HOSTILE))) if "**bold**" in str(piece.get("text", ""))]
    assert found
    assert {piece["type"] for piece in found} == {"TextRun"}
    assert "{{" not in json.dumps(request_card(drawn(2, HOSTILE)))


def test_a_letter_is_whole() -> None:
    words = "x" * 1990
    assert f"In your words: {words}." in as_text(
        request_letter_card(case=1, title="A letter", paragraphs=[f"In your words: {words}."])
    )


def pieces(part: object) -> list[dict[str, object]]:
    match part:
        case dict():
            return [part, *(deep for value in part.values() for deep in pieces(value))]
        case list():
            return [deep for value in part for deep in pieces(value)]
        case _:
            return []
