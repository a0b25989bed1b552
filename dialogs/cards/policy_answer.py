"""The answer to a question about the rules: the answer first, then its clauses; or a choice of what may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import card, execute, heading, said, small, text
from dialogs.cards.photo_answer import clause_line
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_CHECK = "For one pupil or a class, ask me with the name, the use and the day."


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """Everything that the card shows."""

    words: str  # yes or no first, then why; paragraphs set apart by an empty line
    citations: tuple[tuple[str, str], ...]  # (document, clause), names as in contract 3
    question: str  # the number under which the question was noted; only ever in the data of a button
    for_dpo: str = ""  # a note for the DPO's eyes
    ask_the_dpo: bool = False
    check_pupil: bool = False
    report_breach: bool = False


def policy_answer_card(answer: PolicyCard) -> Json:
    """Show an answer from the library."""
    first, *rest = answer.words.split("\n\n")
    body = [said(first), *map(said, rest)]
    if answer.check_pupil:
        body.append(said(_CHECK))
    if answer.report_breach:
        body.append(said("To report it now, tell me in a line what happened."))
    if answer.for_dpo:
        body.append(said("For you as DPO:", answer.for_dpo))
    body += small(clause_line(answer.citations))
    ask = execute("Ask the DPO", Verb.DPO_ASK, question=answer.question)
    return card(*body, actions=(ask,) if answer.ask_the_dpo else ())


def with_rule_first(asks: Json, *, words: str, citations: tuple[tuple[str, str], ...]) -> Json:
    """Show the rule in general above a card that asks for more."""
    return asks | {"body": [*map(said, words.split("\n\n")), *small(clause_line(citations)), *asks["body"]]}


def policy_choice_card(choices: Sequence[tuple[str, str, tuple[str, str]]], *, question: str) -> Json:
    """Ask which is meant: up to three of (answer, its question in plain words, its first clause)."""
    return card(
        heading("Did you mean one of these?"),
        *small(clause_line([clause for _, _, clause in choices])),
        text("If not, say it in other words, or I can send it to the DPO."),
        actions=(
            *(
                execute(_capital(title), Verb.POLICY_CHOOSE, question=question, answer=slug)
                for slug, title, _ in choices
            ),
            execute("Ask the DPO", Verb.DPO_ASK, question=question),
        ),
    )


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
