"""A question about a deadline: the day, and the sum, a step a line."""

from dialogs.cards.deadline import deadline_card
from dialogs.thought import Asked, Thought, contract
from policy.clocks.answering import deadline_lines
from policy.clocks.asked import DeadlineKind, read
from policy.clocks.working_days import Division

# The clause that each clock rests on, as the school's own papers have it (contract 3).
_CLAUSES = {
    DeadlineKind.SAR: (("sar-procedure", "4.1"),),
    DeadlineKind.RIGHTS: (("data-protection", "12.9"),),
    DeadlineKind.BREACH: (("breach-procedure", "4.6"), ("breach-procedure", "3.3")),
    DeadlineKind.COMPLAINT: (),
}


def think(asked: Asked) -> Thought | None:
    """Answer a question about a deadline; None where it is none."""
    meant = read(asked.text, asked.today)
    if meant is None:
        return None
    lines = deadline_lines(meant, division=Division(asked.asker.school.division), now=asked.now)
    clauses = _CLAUSES[meant.kind]
    said = contract(asked.heard, shape="answer", citations=clauses) | {"intent": "deadline_question"}
    return Thought(asked.text, None, lambda _: deadline_card(lines, citations=clauses), said, asked.asker)
