"""`search WORDS`: what somebody may see of cases, of questions and of the rules, whatever their role is.

What they may not see is never looked through: the words of a case are compared only once its table is known.
"""

import re
from collections.abc import Iterator
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.incident_first import incident_no_words_card
from dialogs.cards.search import PAGE, Result, nothing_found_card, search_card, search_help_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json, Pressed, Reply, Said, Turn
from dialogs.desk import Desk
from dialogs.incident import guarded
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.searching import cases_seen, own
from dialogs.searching.answers import rules_found
from dialogs.thought import instead, reply
from policy.roles import May, may
from policy.sought import Search, search_for
from policy.understanding.must_not_be_lost import must_not_be_lost
from storage import reviews
from storage.reviews import ReviewState

COMMAND: Final = "search"
_LONGEST: Final = 200  # characters of a search
_MOST_PAGES: Final = 40
_NUMBERED: Final = re.compile(
    r"(?:(?:show|open|see) )?(?:case|request|question) (?:number )?#?(\d{1,9})[.?]?", re.IGNORECASE
)


def is_search(said: str) -> bool:
    """Whether a message is a search: the word itself, or it and what to look for."""
    first, _, _ = said.strip().partition(" ")
    return first.casefold() == COMMAND


def is_number(said: str) -> bool:
    """Whether a message is the number of something, as the cards name it: "case 12"."""
    return _NUMBERED.fullmatch(" ".join(said.split())) is not None


async def command(desk: Desk, session: AsyncSession, known: Known, turn: Turn) -> Reply:
    """Answer `search WORDS` and `case 12`. It only reads."""
    typed = turn.event.text if isinstance(turn.event, Said) else ""
    if await guarded.goes_on_describing(session, known, typed, now=turn.now):  # not a word of it, here either
        return reply(incident_no_words_card(about=turn.activity))
    numbered = _NUMBERED.fullmatch(" ".join(typed.split()))
    words = numbered[1] if numbered else " ".join(typed.split()[1:])[:_LONGEST]
    return reply(await _page(desk, session, known, turn, words, page=0))


async def more(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Show the next page: searched anew, for what this person may see now. It only reads."""
    words, page = words_in(pressed, "words")[:_LONGEST], min(number_in(pressed, "page"), _MOST_PAGES)
    return instead(reply(await _page(desk, session, known, turn, words, page=page)))


async def _page(desk: Desk, session: AsyncSession, known: Known, turn: Turn, words: str, *, page: int) -> Json:
    search = search_for(words)
    if not search.words:
        return search_help_card()
    found = [
        *await cases_seen.found(session, known, search, now=turn.now),
        *await own.found(session, known, search),
        *await _questions(session, known, search),
        *await rules_found(desk, session, known, words),
    ]
    shown = found[page * PAGE : (page + 1) * PAGE]
    happened = must_not_be_lost(words)  # so few words are looked for; whoever meant to report is told how
    if not shown:
        return nothing_found_card(words, happened=happened)
    return search_card(words, shown, page=page, more=max(0, len(found) - (page + 1) * PAGE), happened=happened)


async def _questions(session: AsyncSession, known: Known, search: Search) -> list[Result]:
    """Find the questions that were passed to the DPO, for whoever answers them there; never one's own."""
    theirs = [each.id for each in known.schools if may(known.person.roles_at(each.id), May.ANSWER_ESCALATIONS)]
    return list(_told(await reviews.escalations(session, theirs), known, search)) if theirs else []


def _told(escalations: tuple[tuple[reviews.Review, str], ...], known: Known, search: Search) -> Iterator[Result]:
    for review, asked in escalations:
        if review.asker_id == known.person.id or not search.finds((asked, review.answer), number=review.number):
            continue
        how_far = "answered" if review.state is ReviewState.ANSWERED else "not answered yet"
        what = f"Question {review.number}, {how_far}:"
        yield Result(what, asked, Verb.ESCALATION_SHOW, {"escalation": review.number})
