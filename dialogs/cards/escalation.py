"""A question for the DPO, as the DPO gets it."""

from dialogs.cards.elements import bold, card, execute, facts, heading, run, said
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def escalation_card(*, escalation: int, question: str, school: str, asker: str, asked: str, read: str = "") -> Json:
    """`asked` and `read` are instants in words; `read` takes the place of the button."""
    body = (
        heading(f"Question {escalation} for the DPO"),
        *facts(("From", asker), ("School", school), ("Asked", asked)),
        said(bold("They wrote:")),
        said(run(question, limit=PASSAGE), spacing="Small"),
    )
    if read:
        return card(*body, said(bold("Read:"), read))
    return card(*body, actions=(execute("I have read this", Verb.ESCALATION_READ, escalation=escalation),))
