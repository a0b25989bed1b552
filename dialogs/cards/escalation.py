"""A question for the DPO, as the DPO gets it: read, assigned and answered in the card."""

from collections.abc import Iterator, Sequence

from dialogs.cards.elements import bold, card, choose, execute, facts, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def escalation_card(
    *,
    escalation: int,
    question: str,
    school: str,
    asker: str,
    asked: str,
    would_say: str = "",
    read: str = "",
    answered: str = "",
    answer: str = "",
    others: Sequence[tuple[str, str]] = (),
    can_publish: bool = False,
    note: str = "",
) -> Json:
    """Show a question. `asked`, `read` and `answered` are people and instants in words.

    `would_say` is what the asker was told; `others` (name, id) are those it can be handed to.
    """
    body = (
        heading(f"Question {escalation} for the DPO"),
        *([said(bold(note), spacing="Small")] if note else []),
        *facts(("From", asker), ("School", school), ("Asked", asked)),
        said(bold("They wrote:")),
        said(run(question, limit=PASSAGE), spacing="Small"),
        *([said(bold("I said:"), run(would_say, limit=PASSAGE), spacing="Small")] if would_say else []),
        *([said(bold("Read:"), read)] if read else []),
    )
    if answered:
        shown = (said(bold("Answered:"), answered), said(run(answer, limit=PASSAGE), spacing="Small"))
        publish = execute("Keep it for everybody", Verb.ANSWER_PUBLISH, escalation=escalation)
        return card(*body, *shown, actions=(publish,) if can_publish else ())
    return card(*body, *_inputs(others), actions=_actions(escalation, read=bool(read), others=bool(others)))


def _inputs(others: Sequence[tuple[str, str]]) -> Iterator[Json]:
    yield {
        "type": "Input.Text",
        "id": "answer",
        "label": "Your answer",
        "isMultiline": True,
        "maxLength": PASSAGE,
        "placeholder": "It goes to whoever asked, with your name",
    }
    if others:
        yield choose("to", "Or hand it to", others, otherwise="Choose somebody.") | {"isRequired": False}


def _actions(escalation: int, *, read: bool, others: bool) -> tuple[Json, ...]:
    return (
        execute("Send answer", Verb.ESCALATION_ANSWER, escalation=escalation),
        *(() if read else (_read(escalation),)),
        *((execute("Hand over", Verb.ESCALATION_ASSIGN, escalation=escalation),) if others else ()),
    )


def _read(escalation: int) -> Json:
    """Leave what is being written where it is."""
    return execute("I have read this", Verb.ESCALATION_READ, escalation=escalation) | {"associatedInputs": "none"}


def dpo_answers_card(*, escalation: int, question: str, answer: str, by: str) -> Json:
    """Bring the DPO's answer to whoever asked."""
    return card(
        heading("The DPO has answered"),
        said(bold("You asked:"), run(question, limit=PASSAGE)),
        said(bold(f"{by}:"), run(answer, limit=PASSAGE)),
        text(f"Question {escalation}."),
    )


def unanswered_card(*, escalation: int, asked: str) -> Json:
    """Remind whoever it waits for that somebody still waits."""
    return card(
        heading("A question still waits"),
        said(f"Question {escalation}, asked {asked}. Somebody is waiting for it before they go on."),
        actions=(execute("Show the question", Verb.ESCALATION_SHOW, escalation=escalation),),
    )


def name_nobody_card() -> Json:
    """Ask for the question without the pupil, before anything of it is kept."""
    return card(
        heading("Could you ask it without the name?"),
        text(
            "I can't answer this about one pupil, and I have kept nothing of it. Ask it in general, of any pupil, "
            "and I look it up or pass it to the DPO."
        ),
    )
