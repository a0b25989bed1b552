"""The rules, searched: the school's own answers and the library's, each opened as if it had been asked."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import dpo_answers, policy_answers, writing
from dialogs.cards.search import Result
from dialogs.cards.verbs import Verb
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from policy import own_answers
from policy.library import library
from policy.matching import related
from storage import published


async def rules_found(desk: Desk, session: AsyncSession, known: Known, words: str) -> list[Result]:
    """Return the rules that a search may be after, at each of the person's schools, once each."""
    results: dict[str, Result] = {}
    for school in known.schools:
        there = {dpo_answers.as_answer(one).slug: one for one in await published.standing(session, school.id)}
        mine = tuple(map(dpo_answers.as_answer, there.values()))
        for answer in own_answers.related(words, mine):
            number = there[answer.slug].number
            results[answer.slug] = Result("Your DPO's answer:", answer.title, Verb.ANSWER_SHOW, {"answer": number})
    for school in {desk.rules_at(each).packs: each for each in reversed(known.schools)}.values():  # the same packs once
        for answer in related(words, library(), rules=desk.rules_at(school)):
            shown = Result("The rule:", answer.title, Verb.ANSWER_SHOW, {"answer": answer.slug, "school": school.code})
            results.setdefault(answer.slug, shown)
    return list(results.values())


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Give the answer that was opened, as if its question had been typed; at a school that is theirs alone."""
    number = number_in(pressed, "answer")
    if number:
        return await _own(desk, session, known, number, turn)
    school = next((each for each in known.schools if each.code == words_in(pressed, "school")), None)
    answer = library().answer(words_in(pressed, "answer"))
    if school is None or answer is None or not answer.applies(desk.rules_at(school)):
        return None
    lists = await desk.lists(session, school)
    thought = policy_answers.opened(answer, desk.asker(known.person, school), lists=lists, now=turn.now)
    return await writing.write(session, thought, known, turn)


async def _own(desk: Desk, session: AsyncSession, known: Known, number: int, turn: Turn) -> Reply | None:
    one = await published.by_number(session, number)
    if one is None or one.retired_at is not None or not known.is_at(one.school_id):
        return None
    school = known.school(one.school_id)
    lists = await desk.lists(session, school)
    thought = dpo_answers.opened(
        dpo_answers.as_answer(one), desk.asker(known.person, school), lists=lists, now=turn.now
    )
    return await writing.write(session, thought, known, turn)
