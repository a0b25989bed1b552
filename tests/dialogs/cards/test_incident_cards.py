"""Whatever stands in an incident's case, its card shows it and does nothing else with it."""

import pytest

from dialogs.cards.incident_case import IncidentCard, incident_case_card
from tests.dialogs.cards.test_golden_cards import official
from tests.dialogs.cards.test_hostile_words import PLAIN, places


@pytest.mark.parametrize(
    "words",
    ["[Room](https://evil.example/x)", "**Room** _12_", "<at>everyone</at>", "![x](https://evil.example/x.png)"],
)
def test_words_stand_only_where_nothing_reads_them(words: str) -> None:
    drawn = incident_case_card(
        IncidentCard(case=12, kind="Bullying online", facts=(("Where", words), ("Reported by", words)), note=words)
    )
    found = places(drawn, words)
    assert found
    assert found <= PLAIN
    assert not list(official().iter_errors(drawn))
