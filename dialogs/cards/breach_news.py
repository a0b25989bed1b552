"""What the reporter hears afterwards, and the DPO's questions to them."""

from dialogs.cards.elements import bold, card, execute, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MAILED = " I have also sent them an e-mail that asks them to open Teams, and says nothing else."


def breach_news_card(*, case: int, news: str) -> Json:
    """Tell of one change, in our own fixed words."""
    return card(heading(f"News of case {case}"), said(news))


def dpo_asks_card(*, case: int, question: str, by: str) -> Json:
    """Put a question to the reporter, with room for the answer."""
    return card(
        heading(f"A question about case {case}"),
        said(bold(f"{by} asks:"), run(question, limit=PASSAGE)),
        {
            "type": "Input.Text",
            "id": "answer",
            "label": "Your answer",
            "isMultiline": True,
            "maxLength": PASSAGE,
            "isRequired": True,
            "errorMessage": "Please write a word or two, if only that you don't know.",
        },
        actions=(execute("Send answer", Verb.BREACH_ANSWER, case=case),),
    )


def answer_sent_card(*, case: int, answer: str) -> Json:
    """Confirm the answer."""
    return card(heading("Sent to the DPO"), said(bold(f"Case {case}:"), run(answer, limit=PASSAGE)))


def task_card(*, case: int, task: int, what: str, by: str) -> Json:
    """Give somebody a containment task; they press when it is done."""
    return card(
        heading(f"Something to do now, for case {case}"),
        said(bold(f"{by} asks you to:"), run(what, limit=PASSAGE)),
        {"type": "Input.Text", "id": "note", "label": "What you did (optional)", "maxLength": PASSAGE},
        actions=(execute("Done", Verb.BREACH_TASK_DONE, case=case, task=task),),
    )


def task_done_card(*, case: int, what: str, note: str) -> Json:
    """Confirm that a task is done."""
    return card(
        heading("Thank you, noted as done"),
        said(bold(f"Case {case}:"), run(what, limit=PASSAGE)),
        *([said(run(note, limit=PASSAGE))] if note else []),
    )


def unreached_card(*, who: str, what: str, mailed: bool = False) -> Json:
    """Tell the DPO that somebody cannot be reached, so that a person can see to it."""
    return card(
        heading("I could not reach somebody"),
        said(bold(f"{who}:"), f"{what} could not be delivered. Please tell them in person or by phone."),
        text(f"I have passed it on to the next in line.{_MAILED if mailed else ''}"),
    )


def breach_step_done_card(*, case: int, what: str) -> Json:
    """Confirm a step of the desk."""
    return card(
        heading(f"Case {case}: noted"),
        said(bold(what)),
        text("Kept with your name and the time. The case's card is up to date.", spacing="Small"),
        actions=(execute("Show the case", Verb.BREACH_SHOW, case=case),),
    )
