"""What the asker sees once the question is with the DPO."""

from dialogs.cards.elements import card, heading, text
from dialogs.conversation import Json


def sent_to_dpo_card(*, escalation: int) -> Json:
    """Say that it is on its way; nothing is allowed by that."""
    return card(
        heading("Sent to the DPO"),
        text(f"Your question is number {escalation}. I'll tell you when it has been read.", spacing="Small"),
        text("Until the DPO has answered, please don't go ahead."),
    )


def dpo_has_read_card(*, escalation: int) -> Json:
    """Say what happened next."""
    return card(
        heading("The DPO has read your question"),
        text(f"It is number {escalation}. The answer comes from the DPO in person.", spacing="Small"),
    )
