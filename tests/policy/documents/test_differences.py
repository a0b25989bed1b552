"""What changed between two versions, and what only looks as if it had."""

from policy.documents.clause import Clause
from policy.documents.differences import Differences, between


def _clauses(**texts: str) -> list[Clause]:
    return [Clause(number.strip("n").replace("_", "."), "", text, "line 1") for number, text in texts.items()]


BEFORE = _clauses(n1_1="Ask.", n1_2="Wait.", n1_3="Look twice.", n1_4="Go home.")


def test_clauses_are_added_removed_changed_and_renumbered() -> None:
    after = _clauses(n1_1="Ask.", n1_2="Wait longer.", n1_4="Look twice.", n1_5="Sing.")
    assert between(BEFORE, after) == Differences(
        added=("1.5",), removed=("1.3",), changed=("1.2", "1.4"), renumbered=()
    )
    moved = between(BEFORE, _clauses(n1_1="Ask.", n1_2="Wait.", n1_4="Go home.", n1_5="Look twice."))
    assert moved == Differences(renumbered=(("1.3", "1.5"),))
    assert moved.touched == ("1.3",)


def test_another_file_format_is_no_change() -> None:
    before = [Clause("1", "Phones", "“Never” here \u2013 ask.\n• Twice", "page 1")]
    after = [Clause("1", "Phones", '"Never"  here - ask. Twice', "line 9")]
    assert not between(before, after)


def test_a_heading_is_part_of_what_is_said() -> None:
    assert between([Clause("1", "Phones", "No.", "")], [Clause("1", "Cameras", "No.", "")]).changed == ("1",)
