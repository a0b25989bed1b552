"""The index: what tells most decides, and an index too large to read whole gives the same answers."""

import pytest

from policy.finding import index
from policy.finding.index import Index, Indexed
from policy.finding.meaning import Meaning


def _meaning(text: str) -> Meaning:
    return Meaning(dict.fromkeys(text.split(), 1.0), 0.0)


def _answers(*asks: str) -> list[Indexed]:
    return [Indexed((_meaning(ask),), _meaning("")) for ask in asks]


def test_what_few_answers_are_about_tells_more() -> None:
    near = (
        Index(_answers("photo phone", "photo camera", "photo drone", "photo tablet")).read(_meaning("photo drone")).near
    )
    assert near[0].at == 2
    assert near[0].score > near[1].score


def test_a_question_in_a_phrasings_very_words_is_wholly_alike() -> None:
    near = Index(_answers("photo phone", "photo camera")).read(_meaning("photo phone")).near
    assert near[0].alike == pytest.approx(1.0)
    assert 0 < near[0].covered <= 1


def test_words_that_nobody_wrote_make_every_answer_less_near() -> None:
    held = Index(_answers("photo phone", "camera home"))
    with_it, without = held.read(_meaning("photo phone zebra")), held.read(_meaning("photo phone"))
    assert without.near[0].score > with_it.near[0].score
    assert with_it.unheard > without.unheard == 0


def test_a_word_that_no_dictionary_has_tells_more_than_an_ordinary_one() -> None:
    held = Index(_answers("photo phone", "camera home"))
    odd = Meaning(dict.fromkeys(("photo", "phone", "netflix"), 1.0), 0.0, odd=frozenset({"netflix"}))
    assert held.read(odd).unheard > held.read(_meaning("photo phone matter")).unheard


def test_how_far_the_first_is_ahead_shows() -> None:
    held = Index(_answers("photo phone", "photo camera", "photo home"))
    assert held.read(_meaning("photo phone")).ahead > held.read(_meaning("photo")).ahead


def test_nothing_known_is_near_nothing() -> None:
    assert Index(_answers("photo phone")).read(_meaning("zebra")).near == ()
    assert Index([]).read(_meaning("photo")).near == ()


def test_reading_only_what_tells_most_gives_the_same_first_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    rare = [f"common thing{n} other{n % 7}" for n in range(300)]
    held, asked = Index(_answers(*rare)), _meaning("common thing42 other0")
    whole = held.read(asked).near[0]
    monkeypatch.setattr(index, "_READ", 1)
    assert held.read(asked).near[0] == whole
