"""Histories to forget: things of every kind that goes by age, planted as the bot would have left them."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind
from storage import holds
from storage.cases import CaseEventRow, CaseRow
from storage.consents import ConsentRow
from storage.deliveries import DeliveryRow
from storage.digests import RoundRow
from storage.drafts import DraftRow
from storage.feedback import FeedbackRow
from storage.letter_rows import CONTENTS, LETTERS, ContentRow, LetterRow, State
from storage.pending import PendingRow
from storage.people import MembershipRow, PersonRow
from storage.published import PublishedRow
from storage.pupils import PupilRow
from storage.questions import QuestionCauseRow, QuestionRow
from storage.refreshes import RefreshRow
from storage.retaining import CasePeriodRow, Decision, DepartureRow
from storage.reviews import ReviewKind, ReviewRow, ReviewState
from storage.schools import PermissionRow, SchoolRow
from storage.suspensions import SuspensionRow
from storage.turns import TurnRow
from storage.withdrawals import WithdrawalRow

NOW: Final = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2
TEACHER, HEAD = 1, 2  # who left nothing behind but what is planted; neither name is in any hold


class About(StrEnum):
    """Whom a thing is about. The hold names Amélie, at the school HERE; both her names hide behind JSON's escapes."""

    AMELIE = "Amélie Šimková"
    TOM = "Tom Bell"


@dataclass(frozen=True)
class Planted:
    """One thing. `stays` is what its kind has as a reason to: open, waiting, undecided."""

    kind: Kind
    began: date
    about: About = About.TOM
    school: int = HERE
    stays: bool = False

    @property
    def at(self) -> datetime:
        """Noon of that day."""
        return datetime(self.began.year, self.began.month, self.began.day, 12, tzinfo=UTC)


async def schools_and_staff(session: AsyncSession) -> None:
    """Two schools, and a teacher and a head who work at both."""
    session.add_all(
        [SchoolRow(id=HERE, code="HRE", name="Here"), SchoolRow(id=ELSEWHERE, code="ELS", name="Elsewhere")]
    )
    session.add_all(
        PersonRow(id=number, aad_object_id=f"aad-{number}", email=f"{number}@here.example", display_name=name)
        for number, name in ((TEACHER, "Zadie Quill"), (HEAD, "Yusuf Vane"))
    )
    await session.flush()
    session.add_all(
        MembershipRow(person_id=person, school_id=school, roles="staff")
        for person in (TEACHER, HEAD)
        for school in (HERE, ELSEWHERE)
    )
    await session.flush()


async def hold(session: AsyncSession) -> int:
    """Amélie's mother asked for everything: an open request with a hold. Return its number."""
    case = CaseRow(**_case("request", HERE, "hold", NOW - timedelta(days=400), None))
    session.add(case)
    await session.flush()
    await holds.keep(session, case.id, school_id=HERE, about=(About.AMELIE.value,))
    return int(case.id)


async def plant(session: AsyncSession, thing: Planted, number: int) -> None:  # noqa: C901  a case a kind, as a table
    """Write it; `number` is what `stands` finds it by."""
    at, school = thing.at, thing.school
    name = f"On the list:\n{thing.about.value}"  # as people paste them: a line each
    rows: list[Any] = []
    match thing.kind:
        case Kind.REPLIES:
            who = await _somebody_at(session, school, number)
            rows = [
                TurnRow(conversation="c", activity=f"r{number}", person_id=who, at=at, reply=json.dumps([{"t": name}]))
            ]
        case Kind.DELIVERIES:
            rows = [DeliveryRow(conversation="c", activity=f"d{number}", place=0, message="1:1", at=at)]
        case Kind.CHOICES:
            ends = NOW + timedelta(days=1) if thing.stays else at
            rows = [
                PendingRow(
                    id=f"p{number}",
                    person_id=TEACHER,
                    school_id=school,
                    conversation=f"c{number}",
                    revision=1,
                    kind="pupil",
                    payload=json.dumps({"name": name}),
                    created_at=at,
                    expires_at=ends,
                    open=thing.stays,
                )
            ]
        case Kind.FORMS:
            rows = [
                DraftRow(
                    id=f"f{number}",
                    person_id=TEACHER,
                    school_id=school,
                    form="form-a",
                    subject=f"s{number}",
                    context="{}",
                    answers=json.dumps({"who": name}),
                    page=0,
                    furthest=0,
                    revision=1,
                    opened_at=at,
                    touched_at=at,
                    open=thing.stays,
                )
            ]
        case Kind.WORDS | Kind.QUESTIONS:
            await _question(session, thing, number)
        case Kind.LETTER_WORDS | Kind.LETTERS:
            who = await _somebody_at(session, school, number)
            letter = LetterRow(
                key=f"l{number}",
                addressee=f"aad-{who}",
                summary="",
                posted_at=at,
                state=(State.WAITING if thing.stays else State.SENT).value,
                attempts=1,
            )
            session.add(letter)
            await session.flush()
            rows = [ContentRow(letter_id=letter.id, card={"body": name}, text="A name that you asked about")]
        case Kind.ANSWERS:
            retired = None if thing.stays else at
            rows = [
                PublishedRow(
                    school_id=school,
                    asks=f'["a{number}"]',
                    text=name,
                    document="",
                    clause="",
                    version=1,
                    published_by=HEAD,
                    published_at=at,
                    retired_at=retired,
                )
            ]
        case Kind.PERMISSIONS:
            rows = [
                PermissionRow(
                    school_id=school,
                    kind=f"k{number}",
                    on=thing.began,
                    allowed=True,
                    decided_by=HEAD,
                    recorded_at=at,
                )
            ]
        case Kind.DIGESTS:
            rows = [RoundRow(school_id=1000 + number, week=thing.began, sent_at=at)]
            session.add(SchoolRow(id=1000 + number, code=f"D{number}", name="D"))
            await session.flush()
        case Kind.PUPILS:
            await _pupil(session, thing, number)
        case Kind.STAFF:
            await _leaver(session, thing, number)
        case Kind.CASES:
            await _closed_case(session, thing, number)
    session.add_all(rows)
    await session.flush()


async def stands(session: AsyncSession, thing: Planted, number: int) -> bool:  # noqa: C901, PLR0912  see plant
    """Whether it is still there; of questions and letters planted for their words, the words."""
    query: Any
    match thing.kind:
        case Kind.REPLIES:
            query = select(TurnRow.activity).where(TurnRow.activity == f"r{number}")
        case Kind.DELIVERIES:
            query = select(DeliveryRow.activity).where(DeliveryRow.activity == f"d{number}")
        case Kind.CHOICES:
            query = select(PendingRow.id).where(PendingRow.id == f"p{number}")
        case Kind.FORMS:
            query = select(DraftRow.id).where(DraftRow.id == f"f{number}")
        case Kind.WORDS:
            query = select(QuestionRow.id).where(QuestionRow.activity == f"q{number}", QuestionRow.text != "")
        case Kind.QUESTIONS:
            query = select(QuestionRow.id).where(QuestionRow.activity == f"q{number}")
        case Kind.LETTER_WORDS:
            query = select(LETTERS.c.id).join(CONTENTS).where(LETTERS.c.key == f"l{number}", CONTENTS.c.text != "")
        case Kind.LETTERS:
            query = select(LETTERS.c.id).where(LETTERS.c.key == f"l{number}")
        case Kind.ANSWERS:
            query = select(PublishedRow.id).where(PublishedRow.asks == f'["a{number}"]')
        case Kind.PERMISSIONS:
            query = select(PermissionRow.id).where(PermissionRow.kind == f"k{number}")
        case Kind.DIGESTS:
            query = select(RoundRow.week).where(RoundRow.school_id == 1000 + number)
        case Kind.PUPILS:
            query = select(PupilRow.id).where(PupilRow.upn == f"U{number}")
        case Kind.STAFF:
            query = select(PersonRow.id).where(PersonRow.email == f"s{number}@here.example")
        case Kind.CASES:
            query = select(CaseRow.id).where(CaseRow.born_of == f"case/{number}")
    return (await session.execute(query)).first() is not None


def is_covered(thing: Planted) -> bool:
    """Whether the hold may be about it, as the planted things are made; said apart from the code that decides it."""
    if thing.kind in {Kind.DELIVERIES, Kind.DIGESTS, Kind.PERMISSIONS}:  # they say nothing about anybody held
        return False
    return thing.about is About.AMELIE and thing.school == HERE


async def _somebody_at(session: AsyncSession, school: int, number: int) -> int:
    person = 500 + number
    session.add(
        PersonRow(id=person, aad_object_id=f"aad-{person}", email=f"{person}@here.example", display_name="Wynn Xu")
    )
    await session.flush()
    session.add(MembershipRow(person_id=person, school_id=school, roles="staff"))
    await session.flush()
    return person


def _case(kind: str, school: int, born_of: str, opened: datetime, closed: datetime | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "school_id": school,
        "reporter_id": TEACHER,
        "born_of": born_of,
        "status": "closed",
        "opened_at": opened,
        "closed_at": closed,
        "revision": 1,
    }


async def _closed_case(session: AsyncSession, thing: Planted, number: int) -> None:
    case = CaseRow(**_case("breach", thing.school, f"case/{number}", thing.at, thing.at))
    session.add(case)
    await session.flush()
    event = {"case_id": case.id, "place": 1, "at": thing.at, "actor_id": TEACHER, "kind": "opened"}
    session.add(CaseEventRow(**event, data=json.dumps({"words": f"This list went out:\n{thing.about.value}"})))
    decision = Decision.ASKED if thing.stays else Decision.GO
    session.add(CasePeriodRow(case_id=case.id, lot="l", asked_at=NOW, decision=decision.value, until=thing.began))
    letter = LetterRow(
        key=f"breach/{case.id}/told",
        subject=f"breach/{case.id}",
        addressee="aad-1",
        summary="",
        posted_at=thing.at,
        state=State.SENT.value,
        attempts=1,
    )
    session.add(letter)
    await session.flush()
    session.add(ContentRow(letter_id=letter.id, card=None, text=f"About {thing.about.value}"))


async def _question(session: AsyncSession, thing: Planted, number: int) -> None:
    question = QuestionRow(
        school_id=thing.school,
        person_id=TEACHER,
        conversation="c",
        activity=f"q{number}",
        asked_at=thing.at,
        text="can I photograph her?",
        intent="photo_permission",
        understood=json.dumps({"names": [f"in 4B:\n{thing.about.value}"]}),
        uses="",
        media="",
        pupil_ids="[]",
        shape="R",
        conditions="",
        rules_version="1",
    )
    session.add(question)
    await session.flush()
    session.add(QuestionCauseRow(question_id=question.id, row="B4", causes="{}"))
    session.add(FeedbackRow(question_id=question.id, person_id=TEACHER, helpful=True, words="", answer="", at=thing.at))
    state = ReviewState.OPEN if thing.stays else ReviewState.ANSWERED
    session.add(
        ReviewRow(
            kind=ReviewKind.ESCALATION.value,
            school_id=thing.school,
            question_id=question.id,
            asker_id=TEACHER,
            role="dpo",
            state=state.value,
            opened_at=thing.at,
            answer="",
        )
    )


async def _pupil(session: AsyncSession, thing: Planted, number: int) -> None:
    first, last = thing.about.value.split()
    pupil = PupilRow(
        school_id=thing.school,
        upn=f"U{number}",
        legal_first_name=first,
        preferred_first_name="",
        last_name=last,
        class_name="4B",
        year_group="4",
        born=date(2015, 1, 1),
        joined_on=date(2019, 9, 1),
        left_on=thing.began,
    )
    session.add(pupil)
    await session.flush()
    session.add(
        ConsentRow(
            pupil_id=pupil.id,
            academic_year="2024/25",
            item="website_image",
            answer=True,
            given_by="a parent",
            capacity="parent",
            method="paper",
            limits="",
            evidence_ref="",
            recorded_at=thing.at,
        )
    )
    refresh = RefreshRow(
        born_of=f"r{number}",
        pupil_id=pupil.id,
        school_id=thing.school,
        heard_on=thing.began,
        state="reported",
        reported_by=TEACHER,
        reported_at=thing.at,
    )
    session.add(refresh)
    await session.flush()
    session.add(
        SuspensionRow(
            pupil_id=pupil.id,
            suspended_from=thing.began,
            recorded_by=TEACHER,
            recorded_at=thing.at,
            refresh_id=refresh.id,
        )
    )
    settled = {"settled_by": HEAD, "settled_at": thing.at, "removed_by": HEAD, "removed_at": thing.at}
    session.add(
        WithdrawalRow(
            born_of=f"w{number}",
            pupil_id=pupil.id,
            school_id=thing.school,
            items="website_image",
            mark="",
            received_on=thing.began,
            method="paper",
            given_by="a parent",
            erasure="no",
            capacity="parent",
            state="reported" if thing.stays else "recorded",
            reported_by=TEACHER,
            **{"reported_at": thing.at, "published": "stay", **({} if thing.stays else settled)},
        )
    )


async def _leaver(session: AsyncSession, thing: Planted, number: int) -> None:
    """A member of staff without a role; who `stays` is named in a permission that is recent."""
    person = PersonRow(
        id=2000 + number, aad_object_id=f"s-{number}", email=f"s{number}@here.example", display_name=thing.about.value
    )
    session.add(person)
    await session.flush()
    session.add(MembershipRow(person_id=person.id, school_id=thing.school, roles=""))
    session.add(DepartureRow(person_id=person.id, noticed_at=thing.at))
    if thing.stays:
        recent = {"on": NOW.date(), "allowed": True, "decided_by": person.id, "recorded_at": NOW}
        session.add(PermissionRow(school_id=thing.school, kind="recent", **recent))
