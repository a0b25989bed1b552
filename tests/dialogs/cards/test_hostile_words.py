"""Whatever people type or are called, a card shows it and does nothing else with it."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.cards.as_text import as_text
from dialogs.cards.elements import MOST_UTF16_BYTES
from dialogs.cards.escalation import escalation_card
from dialogs.cards.form import form_left_card, form_page_card
from dialogs.cards.form_review import FilledPage, form_review_card
from dialogs.cards.inert import NAME, inert
from dialogs.cards.missing import which_day_card, which_school_card
from dialogs.cards.permission import decided_card, permission_card
from dialogs.cards.photo_answer import PhotoCard, photo_answer_card
from dialogs.cards.review import review_card
from dialogs.cards.status import status_card
from dialogs.cards.which_pupil import PupilAsk, PupilChoice, which_pupil_card
from dialogs.cards.which_use import which_use_card
from dialogs.conversation import Json
from policy.filled import Problem, plain
from policy.forms import Field, Kind
from tests.dialogs.cards.gallery import FILLED, FORM_PAGE, UMBRELLA
from tests.dialogs.cards.test_golden_cards import official, parts


def answered(shape: str) -> Callable[[str], Json]:
    return lambda words: photo_answer_card(
        PhotoCard(
            shape=shape,
            headline=f"Yes, a photo of {words} (4B).",
            question="5f2c",
            citations=(("photography", "4.1"),),
            conditions=(f"Only on {words}.",),
            more=(f"Never on {words}.",),
            leave_out=(words, f"{words} Minor"),
            alternative=f"Ask {words}.",
            notes=(words,),
        )
    )


def choice(words: str, number: int) -> PupilChoice:
    return PupilChoice(number, words, words, words)


# Every card that shows somebody's words, drawn with the same words everywhere
DRAWN: dict[str, Callable[[str], Json]] = {
    "yes": answered("G"),
    "no reasons": answered("R"),
    "rule": answered("P"),
    "dpo": answered("D"),
    "few pupils": lambda words: which_pupil_card((PupilAsk(words, (choice(words, 1),)),), pending="p", revision=1),
    "many pupils": lambda words: which_pupil_card(
        [PupilAsk(words, tuple(choice(words, n) for n in range(6)))] * 500, pending="p", revision=1
    ),
    "nobody": lambda words: which_pupil_card([PupilAsk(words)] * 500, pending="p", revision=1),
    "use": lambda words: which_use_card(about=words, pending="p", revision=1),
    "day": which_day_card,
    "school": lambda words: which_school_card(((words, words),), pending="p", revision=1),
    "review": lambda words: review_card(
        review=1, asker=words, pupils=(words, words), use=words, on=words, recorded=(words,), reviewed=words
    ),
    "escalation": lambda words: escalation_card(
        escalation=1, question=words, school=words, asker=words, asked=words, read=words
    ),
    "permission": lambda words: permission_card(
        request=1, what=words, on=words, question=words, asker=words, school=words, decided=words
    ),
    "decided": lambda words: decided_card(what=words, on=words, allowed=True),
    "form": lambda words: form_page_card(
        replace(
            FORM_PAGE,
            answers={"what": plain(words, lines=True)},
            problems=(Problem(UMBRELLA[0], "Please look again.", {"what": plain(words, lines=True)}),),
            notes=(words,),
        )
    ),
    "form filled": lambda words: form_review_card(
        replace(FILLED, pages=(FilledPage(0, "Page", (("What happened?", words),) * 15),), notes=(words,))
    ),
    "form left": lambda words: form_left_card(title=words, draft="d1"),
    "status": lambda words: status_card((words,)),
}
# Where no client reads markdown, HTML or dates
PLAIN = {("TextRun", "text"), ("Action.Execute", "title"), ("Action.Submit", "title"), ("Input.ChoiceSet", "label")}


def places(card: Json, words: str) -> set[tuple[str, str]]:
    """Say where on the card the words are seen."""
    return {
        (part.get("type", "choice"), key)
        for part in parts(card)
        for key, value in part.items()
        if isinstance(value, str) and words in value and key not in {"value", "pupil0", "school"}
    }


@pytest.mark.parametrize("drawn", DRAWN)
@pytest.mark.parametrize(
    "words",
    [
        "[Amelia](https://evil.example/x)",
        "**Amelia** _Hart_ `x` # y",
        "![x](https://evil.example/x.png)",
        "<b onmouseover=alert(1)>Amelia</b>",
        "<at>everyone</at>",
        "Robert'); DROP TABLE pupils;--",
        "${name} %s {0}",
        "أميلة حارت",
        "😀👩🏽‍🚒",
    ],
)
def test_words_stand_only_where_nothing_reads_them(drawn: str, words: str) -> None:
    card = DRAWN[drawn](words)
    found = places(card, words)
    assert found
    assert found <= PLAIN | {("choice", "title")}
    for part in parts(card):
        if part.get("type") == "Input.ChoiceSet":
            assert part["style"] == "compact"  # open lists read markdown


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("Amelia Hart", "Amelia Hart"),
        ("Zoë O'Brien-Łukasz", "Zoë O'Brien-Łukasz"),
        ("Amelia\u202etraH", "AmeliatraH"),  # turned around
        ("\u2066Amelia\u2069 \u200bHart\ufeff", "Amelia Hart"),
        ("Amelia\x00\x07\x1b[31m Hart", "Amelia[31m Hart"),
        ("Amelia\r\n\r\nYes, you may.", "Amelia Yes, you may."),
        ("Amelia\u2028Hart\tB", "Amelia Hart B"),
        ("A\u0301\u0301\u0301\u0301\u0301\u0301b", "A\u0301\u0301\u0301b"),  # piled accents
        ("\ud83d half", "half"),
        ("{{DATE(2026-01-01T00:00:00Z)}}", "{ {DATE(2026-01-01T00:00:00Z)}}"),
        ("{{{x", "{ { {x"),
        ("{\u200b{x", "{ {x"),
        ("نی\u200cنی", "نی\u200cنی"),  # a joiner that Persian needs
        ("", "(blank)"),
        (" \u200b\u2060 ", "(blank)"),
        ("x" * 500, "x" * (NAME - 1) + "…"),
    ],
)
def test_inert_words_are_what_a_person_sees(typed: str, seen: str) -> None:
    assert inert(typed, limit=NAME) == seen


@pytest.mark.parametrize("drawn", DRAWN)
@settings(deadline=None, max_examples=40)  # a shared machine is slow now and then; the schema takes its time
@given(words=st.text(max_size=600))
def test_any_words_make_a_card_that_teams_takes(drawn: str, words: str) -> None:
    card = DRAWN[drawn](words)
    written = json.dumps(card, ensure_ascii=False)
    assert next(official().iter_errors(card), None) is None
    assert len(written.encode("utf-16-le")) < MOST_UTF16_BYTES
    for part in parts(card):
        for value in (part.get("text"), part.get("title"), part.get("label")):
            if value is not None:
                assert value.strip()
                assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Zl", "Zp"} for letter in value)
                assert not any(unicodedata.bidirectional(letter) in TURNING for letter in value)


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("letter", ["W", "😀"])
@pytest.mark.parametrize("drawn", DRAWN)
def test_names_of_500_letters_still_travel(drawn: str, letter: str) -> None:
    card = DRAWN[drawn](letter * 500)
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < MOST_UTF16_BYTES


@pytest.mark.parametrize(
    ("pupils", "said"),
    [(2, "What is recorded:"), (60, "Please see their forms."), (500, "Please see the restricted list.")],
)
def test_a_review_of_many_pupils_is_cut_only_where_it_says_so(pupils: int, said: str) -> None:
    names = [f"Pupil Number-{n} (4B)" for n in range(pupils)]
    words = as_text(
        review_card(review=1, asker="A", pupils=names, use="u", on="o", recorded=[f"{name}: no" for name in names])
    )
    assert said in words
    assert "[Mark as reviewed]" in words


def test_a_form_that_does_not_fit_is_counted_and_can_be_looked_at() -> None:
    pages = tuple(FilledPage(n, f"Page {n}", (("What happened?", "W" * 2000),) * 30) for n in range(4))
    words = as_text(form_review_card(replace(FILLED, pages=pages)))
    assert "Answers: 30" in words
    assert "[Change]" in words
    assert "[Send report]" in words


@pytest.mark.parametrize("letter", ["W", "😀", '"', "\\", "\n."])
def test_five_long_answers_travel_and_none_is_lost(letter: str) -> None:
    fields = tuple(Field(f"f{n}", f"Field {n}", Kind.LONG) for n in range(5))
    answers = {field.name: letter * 2000 for field in fields}
    card = form_page_card(replace(FORM_PAGE, fields=fields, answers=answers))
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < MOST_UTF16_BYTES
    shown = {part["id"]: part["value"] for part in parts(card) if part.get("type") == "Input.Text"}
    assert shown
    assert all(answers[name].startswith(value) for name, value in shown.items())
    kept = [part for part in parts(card) if "Your answer is kept." in str(part.get("text"))]
    assert len(shown) + len(kept) == 5


def test_a_list_that_does_not_fit_says_so_and_allows_nothing() -> None:
    many = tuple(f"Pupil Number-{n}" for n in range(1500))
    card = photo_answer_card(PhotoCard(shape="G", headline="Yes, photos of 4B.", question="1", leave_out=many))
    shown = json.dumps(card)
    assert "Yes" not in shown
    assert "class by class" in shown


def test_all_of_a_long_list_is_shown() -> None:
    many = tuple(f"Pupil Number-{n}" for n in range(120))
    card = photo_answer_card(PhotoCard(shape="G", headline="Yes, photos of 4B.", question="1", leave_out=many))
    assert all(any(part.get("text") == name for part in parts(card)) for name in many)
