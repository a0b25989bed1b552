"""Questions about the rules: an answer from the library, up to three to choose from, or the DPO.

A question that names a pupil gets none: it is for the photo decision, or for the DPO.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import writing
from dialogs.cards.escalation import name_nobody_card
from dialogs.cards.policy_answer import (
    Choice,
    PolicyCard,
    policy_answer_card,
    policy_choice_card,
    with_clauses_last,
    with_rule_below,
)
from dialogs.cards.unknown import unknown_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.going_on import found_for, topic_of
from dialogs.known import Known
from dialogs.pressed import own_question, words_in
from dialogs.quoting import with_own_words
from dialogs.thought import Asked, Asker, Thought, contract, instead, local_day
from policy.clauses import Citation
from policy.images import Use
from policy.library import Answer, Next, library, told, version_of
from policy.matching import Found, NotFound, Outcome, Suggestions, is_elsewhere, mentions
from policy.packs import SchoolRules
from policy.polarity import for_question
from policy.records import SchoolRecords
from policy.roles import Role
from policy.same_matter import is_same_matter
from policy.understanding.heard import Heard, Intent
from policy.understanding.who import Asked as AskedWho
from policy.understanding.who import Nobody, Pupils, Unsure
from policy.understanding.words import word_set

UNSAID: Final = "(a question that named a pupil; not kept)"
_MOST_CITED: Final = 4  # contract 3
_ANY_BODY: Final = frozenset({Use.ORG_OTHER})
_RULE_GOES_BELOW: Final = frozenset({"clarify", "P", "D"})
_PICTURE: Final = "picture"  # the concept of policy/finding/lexicon.toml
_POINTING: Final = word_set("it this that these those him her them")  # what was spoken of: it may be a picture
# What is about pictures in the other documents.
_OF_PICTURES: Final = frozenset({("online-safety", "4.3"), ("data-protection", "17.1"), ("data-protection", "17.3")})
_CHOSEN: Final = 1.0  # how sure a choice is that somebody made


def think(asked: Asked) -> Thought:
    """Answer from the library, offer what may be meant, or say that the bot does not know."""
    heard = asked.heard
    if names_a_pupil(heard):
        return _name_nobody(asked)
    return _said(asked, found_for(asked))


def _said(asked: Asked, outcome: Outcome) -> Thought:
    match outcome:
        case Found():
            thought = _answered(asked.text, asked.asker, outcome, lists=asked.lists, today=asked.today)
            return replace(_as_heard(asked, thought), topic=topic_of(asked))
        case Suggestions(answers, confidence):
            return replace(_as_heard(asked, _which(asked, answers, confidence)), topic=topic_of(asked))
        case NotFound():
            return _unknown(asked)


def with_the_rule(asked: Asked, thought: Thought) -> Thought:
    """Put the rule to an answer about pictures of nobody in particular: it may be all that was wanted.

    The decision stays as it is. Where several rules may be meant, or the one found is about another use or
    circumstance, clauses alone are named; nothing is added where the answer already cites the rule, and no rule that
    begins with a yes stands under a no. Where the rule is of something else than pictures, or nobody asked about one,
    it is the whole answer.
    """
    if (asked.heard.follow_up and not asked.topic) or not _is_about_nobody(asked, thought):
        return thought
    outcome = found_for(asked)
    if _is_all(asked, thought, outcome):
        return _said(asked, outcome)
    if thought.contract["shape"] not in _RULE_GOES_BELOW:
        return thought
    thought = replace(thought, topic="" if isinstance(outcome, NotFound) else topic_of(asked))
    answer, rule, already = _likeliest(outcome), _clauses_of(outcome, asked.asker.rules), _cited_by(thought)
    if not rule or set(rule) & set(already):
        return thought
    row = "" if thought.answer is None else thought.answer.row
    another = answer is not None and not is_same_matter(answer, asked.heard, row=row)
    words = "" if answer is None or another else told(answer, asked.asker.rules).text
    if not words or (thought.contract["decision"] is not None and words.startswith("Yes")):
        return _with(thought, rule, first=not another, below=lambda card: with_clauses_last(card, citations=rule))
    return _with(thought, rule, first=True, below=lambda card: with_rule_below(card, words=words, citations=rule))


def _is_about_nobody(asked: Asked, thought: Thought) -> bool:
    """Whether nobody is meant: "a new app with my class" asks about the app, where no picture is spoken of."""
    match asked.heard.who:
        case Nobody():
            return True
        case Unsure(asks, found):
            named = bool(found) or any(ask.about is not AskedWho.CLASS for ask in asks)
            return thought.contract["shape"] == "D" and not named and not mentions(asked.text, _PICTURE)
        case _:
            return False


def _is_all(asked: Asked, thought: Thought, outcome: Outcome) -> bool:
    """Whether the library has the whole answer to what was read as a question about a picture of nobody."""
    shape = thought.contract["shape"]
    if shape == "refused":  # "does a child of 13 have to agree": it fishes for nobody
        return isinstance(asked.heard.who, Nobody) and not isinstance(outcome, NotFound)
    if shape not in _RULE_GOES_BELOW or _POINTING & set(asked.text.lower().split()):
        return False
    pictures = mentions(asked.text, _PICTURE)
    if shape == "P" and asked.heard.uses and (pictures or asked.heard.uses != _ANY_BODY):
        return False  # a use of pictures was named: the rule about it is the answer; "which supplier" names none
    match outcome:
        case Found(answer):
            return not pictures or not _of_pictures(answer)
        case Suggestions(answers):
            return not pictures and not any(map(_of_pictures, answers))
        case NotFound():
            return not pictures and is_elsewhere(asked.text)


def _of_pictures(answer: Answer) -> bool:
    first = answer.clauses[0]
    return first.document == "photography" or (first.document, first.clause) in _OF_PICTURES


def with_clauses(asked: Asked, thought: Thought) -> Thought:
    """Name under a dialog's first card the clauses that the message is about, unless it names a pupil."""
    new = tuple(pair for pair in clauses_about(asked) if pair not in _cited_by(thought))
    return _with(thought, new, first=False, below=lambda card: with_clauses_last(card, citations=new))


def _with(thought: Thought, new: tuple[tuple[str, str], ...], *, first: bool, below: Callable[[Json], Json]) -> Thought:
    """Add clauses: room for four, half of it for either side where both have more."""
    if not new:
        return thought
    old = _cited_by(thought)
    most = max(_MOST_CITED // 2, _MOST_CITED - len(old))
    kept = old[: _MOST_CITED - len(new[:most])]
    cited = (*new[:most], *kept) if first else (*kept, *new[:most])
    return replace(
        thought,
        say=lambda ids: below(thought.say(ids)),
        contract=thought.contract | {"citations": _as_json(cited)},
    )


def clauses_about(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the clauses that a message is about, or may be; none where it names a pupil."""
    if names_a_pupil(asked.heard):
        return ()
    return _clauses_of(found_for(asked), asked.asker.rules)


def _clauses_of(outcome: Outcome, rules: SchoolRules) -> tuple[tuple[str, str], ...]:
    answer = _likeliest(outcome)
    if answer is not None:
        return _pairs(told(answer, rules).citations)
    answers = outcome.answers if isinstance(outcome, Suggestions) else ()
    return tuple(dict.fromkeys(pair for each in answers for pair in _pairs(told(each, rules).citations[:1])))


def _likeliest(outcome: Outcome) -> Answer | None:
    return outcome.answer if isinstance(outcome, Found) else None


async def chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Give the answer that was chosen, if this person asked, and it applies at the school where they did."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    school = known.school(question.school_id)
    asker = desk.asker(known.person, school)
    answer = library().answer(words_in(pressed, "answer"))
    if answer is None or not answer.applies(asker.rules):
        return None
    lists = await desk.lists(session, school)
    thought = _answered(question.text, asker, Found(answer, _CHOSEN), lists=lists, today=local_day(turn.now))
    return instead(await writing.write(session, thought, known, turn))


def _as_heard(asked: Asked, thought: Thought) -> Thought:
    """Keep that one case's deadline was asked for: without its date the rule is all there is to say."""
    if asked.heard.intent is not Intent.DEADLINE_QUESTION:
        return thought
    return replace(thought, contract=thought.contract | {"intent": Intent.DEADLINE_QUESTION.value})


def opened(answer: Answer, asker: Asker, *, lists: SchoolRecords, now: datetime) -> Thought:
    """Give an answer that was looked up, as if its question had been asked."""
    return _answered(answer.title, asker, Found(answer, _CHOSEN), lists=lists, today=local_day(now))


def names_a_pupil(heard: Heard) -> bool:
    """Whether a message names a pupil, or may: the library has no answer about one."""
    match heard.who:
        case Pupils():
            return True
        case Unsure(asks, found):
            return bool(found) or any(ask.candidates for ask in asks)
        case _:
            return False


def _name_nobody(asked: Asked) -> Thought:
    """Ask for it without the name, and keep nothing of it: not even the log gets the words."""
    said = _contract(shape="unknown", confidence=0.0, citations=()) | {"intent": asked.heard.intent.value}
    return Thought(UNSAID, None, lambda _: name_nobody_card(), said, asked.asker)


def _answered(text: str, asker: Asker, found: Found, *, lists: SchoolRecords, today: date) -> Thought:
    answer, beside = found.answer, _choices(found.beside, asker.rules)
    said = told(answer, asker.rules)
    citations = _pairs(said.citations)
    also = tuple(dict.fromkeys(clause for *_, clause in beside if clause not in citations))
    shown = PolicyCard(
        words=for_question(text, asks=answer.asks, words=said.text),
        citations=citations,
        question="",
        for_dpo=answer.for_dpo if Role.DPO in asker.roles else "",
        ask_the_dpo=Next.ASK_DPO in answer.next and Role.DPO not in asker.roles,
        check_pupil=Next.CHECK_PUPIL in answer.next,
        report_breach=Next.REPORT_BREACH in answer.next,
        beside=beside,
    )
    shown = with_own_words(shown, lists, today=today)
    return Thought(
        text,
        None,
        lambda ids: policy_answer_card(replace(shown, question=str(ids.question))),
        _contract(
            shape="answer",
            citations=(*citations[: _MOST_CITED - len(also)], *also),
            choices=tuple(title for _, title, _ in beside),
            confidence=found.confidence,
        ),
        asker,
        answered_with=version_of(answer),
    )


def _which(asked: Asked, answers: tuple[Answer, ...], confidence: float) -> Thought:
    choices = _choices(answers, asked.asker.rules)
    return Thought(
        asked.text,
        None,
        lambda ids: policy_choice_card(choices, question=str(ids.question)),
        _contract(
            shape="clarify",
            choices=tuple(title for _, title, _ in choices),
            citations=tuple(dict.fromkeys(clause for *_, clause in choices)),
            confidence=confidence,
        ),
        asked.asker,
    )


def _choices(answers: Iterable[Answer], rules: SchoolRules) -> tuple[Choice, ...]:
    cited = [(answer, told(answer, rules).citations[0]) for answer in answers]
    return tuple((answer.slug, answer.title, (first.document, first.clause)) for answer, first in cited)


def _unknown(asked: Asked) -> Thought:
    said = contract(asked.heard, shape="unknown") | {"confidence": 0.0}
    return Thought(asked.text, None, lambda ids: unknown_card(question=str(ids.question)), said, asked.asker)


def _contract(
    *,
    shape: str,
    confidence: float,
    citations: tuple[tuple[str, str], ...],
    choices: tuple[str, ...] = (),
) -> dict[str, object]:
    told_so = contract(None, shape=shape, citations=citations[:_MOST_CITED], choices=choices)
    return told_so | {"intent": Intent.POLICY_QUESTION.value, "confidence": confidence}


def _as_json(citations: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"document": document, "clause": clause} for document, clause in citations]


def _cited_by(thought: Thought) -> tuple[tuple[str, str], ...]:
    return tuple((each["document"], each["clause"]) for each in thought.contract["citations"])


def _pairs(citations: tuple[Citation, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((citation.document, citation.clause) for citation in citations)
