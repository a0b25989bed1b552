"""The answer to a question about the rules: the answer first, then its clauses; or a choice of what may be meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, card, execute, heading, run, said, small, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.photo_answer import answer_first, clause_line, show_clause
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_CHECK: Final = "For one pupil or a class, ask me with the name, the use and the day."


Choice = tuple[str, str, tuple[str, str]]  # an answer, its question in plain words, its first clause


@dataclass(frozen=True, slots=True)
class PolicyCard:
    """Everything that the card shows."""

    words: str  # yes or no first, then why; paragraphs set apart by an empty line
    citations: tuple[tuple[str, str], ...]  # (document, clause), names as in contract 3
    question: str  # the number under which the question was noted; only ever in the data of a button
    by: str = ""  # who answered it, where it is the school's own
    overdue: str = ""  # a sentence: the review of what it rests on is overdue (C16)
    quotable: tuple[tuple[str, str], ...] = ()  # those of the clauses that the school's own documents have
    for_dpo: str = ""  # a note for the DPO's eyes
    ask_the_dpo: bool = False
    check_pupil: bool = False
    report_breach: bool = False
    beside: tuple[Choice, ...] = ()  # what may be meant as well


def policy_answer_card(answer: PolicyCard) -> Json:
    """Show an answer from the library."""
    first, *rest = answer.words.split("\n\n")
    body = [*answer_first(first, otherwise="The rule", limit=PASSAGE), *(said(run(one, limit=PASSAGE)) for one in rest)]
    if answer.check_pupil:
        body.append(said(_CHECK))
    body += small(answer.by) if answer.by else []
    if answer.for_dpo:
        body.append(said("For you as DPO:", answer.for_dpo))
    body += small(clause_line(answer.citations)) if answer.citations else []
    body += small(f"See also: {clause_line([clause for *_, clause in answer.beside])}") if answer.beside else []
    body += small(answer.overdue) if answer.overdue else []
    return card(*body, actions=list(_buttons(answer)))


def _buttons(answer: PolicyCard) -> Iterator[Json]:
    if answer.report_breach:
        yield execute("Report a breach", Verb.BREACH_REPORT, question=answer.question)
    if answer.ask_the_dpo:
        yield execute("Ask the DPO", Verb.DPO_ASK, question=answer.question)
    yield from _choices(answer.beside, question=answer.question)
    yield from show_clause(answer.quotable, question=answer.question)


def with_rule_below(whole: Json, *, words: str, citations: tuple[tuple[str, str], ...]) -> Json:
    """Show the rule in general under the card of a question about pictures."""
    parts = (run(part, limit=PASSAGE) for part in words.split("\n\n"))
    rule = [said(bold("In general:"), *parts), *small(clause_line(citations))]
    return whole | {"body": [*whole["body"], *rule]}


def with_clauses_last(whole: Json, *, citations: tuple[tuple[str, str], ...]) -> Json:
    """Name clauses under a card of another kind."""
    return whole | {"body": [*whole["body"], *small(clause_line(citations))]}


def policy_choice_card(choices: Sequence[Choice], *, question: str) -> Json:
    """Ask which is meant, of up to three."""
    return card(
        heading("Did you mean one of these?"),
        *small(clause_line([clause for _, _, clause in choices])),
        text("If not, say it in other words, or I can send it to the DPO."),
        actions=(
            *_choices(choices, question=question),
            execute("Ask the DPO", Verb.DPO_ASK, question=question),
        ),
    )


def _choices(choices: Sequence[Choice], *, question: str) -> Iterator[Json]:
    for slug, title, _ in choices:
        yield execute(_capital(title), Verb.POLICY_CHOOSE, question=question, answer=slug)


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
