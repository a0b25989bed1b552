"""May this pupil be photographed? From what was understood to the words that are said (domain 1.5, 1.6).

Nothing is written here. Every pupil costs the same reads, whatever their record holds, so that neither the words
nor the time of an answer tell one "no" from another (domain 1.6.1).
"""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import missing
from dialogs.cards.photo_answer import PhotoCard, photo_answer_card
from dialogs.cards.refused import probing_card, refused_card
from dialogs.conversation import Json
from dialogs.permitting import can_be_asked
from dialogs.thought import Asked, Asker, Ids, Thought, contract
from policy.documents.school_text import quotable
from policy.images import Use
from policy.names import Roll
from policy.photos.decision import Decision, PhotoAnswer, Shape, decide, stage_a
from policy.photos.wording import list_age, words
from policy.records import Pupil
from policy.roles import May, Role
from policy.understanding.heard import Heard, When
from policy.understanding.who import Group, Nobody, Pupils
from storage import holds
from storage.records import records_of

_IDENTITY_ONLY: Final = frozenset({Use.IDENTITY, Use.EMAIL_PARENT})  # what an office role may ask (domain 8)


async def think(session: AsyncSession, asked: Asked) -> Thought:
    """Decide, or ask for what is missing."""
    asker, heard = asked.asker, asked.heard
    if heard.probing:
        return _refused(asked, probing_card())  # domain 1.6.3
    if not _may_ask(asker, heard):
        return _refused(asked, refused_card())
    stop = stage_a(heard.circumstances(), school=asked.lists, rules=asker.rules, roles=asker.roles)
    if stop is not None:
        return _told(asked, stop)
    about = _whom(heard, asked.roll)
    unsaid = missing.what_is_missing(asked, nobody_there=not about)
    if unsaid is not None:
        return unsaid
    rows = await records_of(session, about)
    if heard.alters:  # nothing else of a picture that is there depends on a hold (B21)
        rows = await holds.marked(session, asker.school.id, rows)
    return _told(asked, decide(heard.request(), rows, school=asked.lists, rules=asker.rules, roles=asker.roles))


def _refused(asked: Asked, card: Json) -> Thought:
    """Say the fixed words; they are the same whatever any record holds."""
    return Thought(asked.text, None, lambda _: card, contract(asked.heard, shape="refused"), asked.asker)


def _may_ask(asker: Asker, heard: Heard) -> bool:
    if isinstance(heard.who, Nobody) or asker.may(May.ASK_ABOUT_PUPILS):
        return True
    return asker.may(May.ASK_IDENTITY) and (heard.uses is None or heard.uses <= _IDENTITY_ONLY)


def _whom(heard: Heard, roll: Roll) -> tuple[Pupil, ...]:
    match heard.who:
        case Pupils(pupils):
            return pupils
        case Group(_, classes, also):
            on_roll = tuple(pupil for name in classes for pupil in roll.in_class(name, heard.on))
            return on_roll + tuple(pupil for pupil in also if pupil not in on_roll)
        case _:
            return ()


def _told(asked: Asked, answer: PhotoAnswer) -> Thought:
    asker, heard = asked.asker, asked.heard
    is_dpo = Role.DPO in asker.roles
    said = words(answer, heard.circumstances(), today=asked.today)
    old = list_age(asker.school.list_as_of, today=asked.today, rules=asker.rules)
    citations = tuple((citation.document, citation.clause) for citation in answer.citations)

    def card(ids: Ids) -> Json:
        return photo_answer_card(
            PhotoCard(
                shape=answer.shape.value,
                headline=_headline(said.headline, answer, is_dpo=is_dpo),
                question=str(ids.question),
                citations=citations,
                conditions=said.conditions,
                more=said.more,
                leave_out=said.leave_out if answer.shape is Shape.G else (),
                alternative=said.alternative,
                conduct=said.conduct,
                notes=said.notes + ((old,) if old else ()),
                quotable=quotable(citations, asked.lists.texts),
                ask_the_head=can_be_asked(answer, asker.rules) and heard.when is not When.UNCLEAR,
            )
        )

    verdicts: tuple[Json, ...] = tuple(
        {"name": one.pupil.display_name, "class": one.pupil.class_name, "decision": one.decision.value}
        for one in answer.verdicts
    )
    told = contract(
        heard,
        shape=answer.shape.value,
        decision=answer.decision.value,
        pupils=verdicts,
        leave_out=answer.leave_out,
        conditions=answer.conditions,
        citations=citations,
        routed_to=answer.routed_to,
    )
    for_the_dpo = answer.decision is Decision.ASK_DPO and not is_dpo
    return Thought(asked.text, heard, card, told, asker, answer=answer, for_the_dpo=for_the_dpo)


def _headline(headline: str, answer: PhotoAnswer, *, is_dpo: bool) -> str:
    if answer.shape is not Shape.D:
        return headline
    return "This use needs a decision of your own, as the DPO." if is_dpo else f"{headline} I've sent it."
