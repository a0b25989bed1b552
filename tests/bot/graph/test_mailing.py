"""Mail where Teams fails: at most once whatever happens, and nothing in it that a lock screen should not show."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.clock import Clock, wall_clock
from bot.courier import Courier
from bot.graph.client import Graph
from bot.graph.mailing import STUCK_AFTER, Mailing
from bot.postman import Later, Outcome, Unfit, Unreachable
from bot.unreached import unreached
from dialogs.cards.breach_news import unreached_card
from dialogs.letters import post
from storage import mailed, outbox, people
from storage.chats import Chat
from storage.database import Database
from storage.mailed import Mail
from storage.outbox import Letter
from tests.bot.graph.conftest import MakeGraph
from tests.bot.graph.entra import Entra, Fault, answers, hangs_up, takes
from tests.bot.graph.school import seat, starting

MAILBOX = "dpo@lark.example"
HEAD, DPO, TEACHER = "head-0", "dpo-0", "teacher-0"


class Pigeons:
    """A postman whose every delivery ends the same."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    async def deliver(self, letter: Letter, chat: Chat | None = None) -> Outcome:
        return self._outcome


@pytest.fixture
async def staff(db: Database, entra: Entra) -> None:
    entra.mailboxes = frozenset({MAILBOX})
    await seat(db, DPO, "dpo", email="dot@lark.example")
    await seat(db, TEACHER, "staff", email="tess@lark.example")


async def alert(db: Database, *, key: str = "breach/17/told", to: str = TEACHER, about: str = "report") -> None:
    card = unreached_card(who="Amelia Hart", what="A secret of Amelia Hart")
    async with db.write() as session:
        person = await people.by_aad(session, to)
        assert person is not None
        await post(
            session, key=key, to=person, card=card, about=about, now=wall_clock(), subject=key.rpartition("/")[0]
        )


async def deliver(db: Database, outcome: Outcome, *, clock: Clock = wall_clock) -> None:
    await Courier(db, Pigeons(outcome), clock=clock, on_undeliverable=unreached(clock, mails=True)).deliver_due()


async def states(db: Database) -> list[Mail]:
    async with db.read() as session:
        return list((await mailed.states(session)).values())


def mailing(db: Database, graph: Graph, clock: Clock = wall_clock) -> Mailing:
    return Mailing(db, graph, MAILBOX, clock=clock)


def recipients(entra: Entra) -> list[str]:
    return [mail["message"]["toRecipients"][0]["emailAddress"]["address"] for _, mail in entra.mails]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("outcome", [Unreachable("status 403"), Unfit("status 413")])
async def test_an_alert_that_teams_will_not_take_goes_by_mail(
    db: Database, entra: Entra, graph: Graph, outcome: Outcome
) -> None:
    await seat(db, HEAD, "headteacher", email="hetty@lark.example")
    await alert(db)
    async with db.write() as session:  # only the teacher is out of reach
        await outbox.claim(session, now=wall_clock())
    await Courier(db, Pigeons(outcome)).deliver_due()
    assert await mailing(db, graph).send_due() == 0
    await alert(db, key="breach/18/told")
    await deliver(db, outcome)
    assert await mailing(db, graph).send_due() >= 1
    assert recipients(entra)[0] == "tess@lark.example"
    assert {mailbox for mailbox, _ in entra.mails} == {MAILBOX}


@pytest.mark.usefixtures("staff")
async def test_a_mail_says_open_teams_the_number_and_nothing_else(db: Database, entra: Entra, graph: Graph) -> None:
    await alert(db)
    await deliver(db, Unreachable("status 403"))
    await mailing(db, graph).send_due()
    (mail,) = [body for _, body in entra.mails if "tess@" in json.dumps(body)]
    said = json.dumps(mail)
    assert mail["message"]["subject"] == "Ask DPO: please open Teams"
    assert "case 17" in said
    assert "open Teams" in said
    for hidden in ("Amelia", "secret", "breach", "On Record", "report"):
        assert hidden not in said
    assert "attachments" not in mail["message"]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    ("key", "about", "expected"),
    [
        ("breach/17/told", "report", True),
        ("breach/17/asked", "question", True),
        ("breach/17/nudge/pre-deadline/3", "reminder", True),
        ("request/9/nudge/due/3", "reminder", True),
        ("plan/4/reminder", "reminder", False),
        ("digest/1", "news", False),
    ],
)
async def test_only_alerts_and_statutory_days_go_by_mail(db: Database, key: str, about: str, *, expected: bool) -> None:
    await alert(db, key=key, to=DPO, about=about)
    await deliver(db, Unreachable("status 403"))
    assert await states(db) == [Mail.DUE] * expected


@pytest.mark.usefixtures("staff")
async def test_the_dpos_card_says_that_it_was_mailed(db: Database, entra: Entra, graph: Graph) -> None:
    await alert(db)
    async with db.write() as session:
        (letter,) = await outbox.claim(session, now=wall_clock())
        await outbox.undeliverable(session, letter.id, reason="status 403")
        await unreached(wall_clock, mails=True)(session, letter, "status 403")
    await mailing(db, graph).send_due()
    async with db.write() as session:
        (task,) = await outbox.claim(session, now=wall_clock())
    assert task.addressee == DPO
    assert "I have also sent them an e-mail" in task.text
    assert "I have also sent them an e-mail" in (task.card_json or "")


@pytest.mark.usefixtures("staff")
async def test_two_replicas_mail_once(db: Database, entra: Entra, make_graph: MakeGraph) -> None:
    for number in range(6):
        await alert(db, key=f"breach/{number}/told")
    await alert(db, key="breach/9/told", to=DPO)
    await deliver(db, Unreachable("status 403"))
    await asyncio.gather(*(mailing(db, make_graph()).send_due() for _ in range(5)))
    assert set(await states(db)) == {Mail.ACCEPTED}
    told = [number for _, mail in entra.mails for number in _numbers(mail)]
    assert sorted(told) == sorted(set(told))
    assert sorted(set(told)) == [0, 1, 2, 3, 4, 5, 9]


def _numbers(mail: dict[str, dict[str, dict[str, str]]]) -> list[int]:
    opening = mail["message"]["body"]["content"].partition("\n")[0]
    if "case" not in opening:
        return []
    words = opening.partition("case")[2].partition(" that")[0].removeprefix("s")
    return [int(each) for each in words.split(",")]


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("ill", [answers(500), answers(502), answers(503, Retry_After="1"), answers(504), hangs_up()])
async def test_what_may_have_gone_out_is_never_sent_again(db: Database, entra: Entra, graph: Graph, ill: Fault) -> None:
    clock, put_on = starting(wall_clock())
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"), clock=clock)
    entra.faults = [ill]
    for _ in range(3):
        await mailing(db, graph, clock).send_due()
        put_on(timedelta(hours=1))
    assert await states(db) == [Mail.UNKNOWN]
    assert len(entra.asked) == 1


@pytest.mark.usefixtures("staff")
async def test_a_slow_answer_is_not_waited_for_twice(
    db: Database, entra: Entra, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    import aiohttp  # noqa: PLC0415  what one test is about

    monkeypatch.setattr("bot.graph.client._TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"))
    entra.faults = [takes(1.0)]
    await mailing(db, graph).send_due()
    await mailing(db, graph).send_due()
    assert await states(db) == [Mail.UNKNOWN]
    assert len(entra.asked) == 1


@pytest.mark.usefixtures("staff")
async def test_what_was_certainly_not_taken_is_tried_again_when_the_server_says(
    db: Database, entra: Entra, graph: Graph
) -> None:
    clock, put_on = starting(wall_clock())
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"), clock=clock)
    entra.faults = [answers(429, Retry_After="120")]
    await mailing(db, graph, clock).send_due()
    put_on(timedelta(seconds=119))
    assert await mailing(db, graph, clock).send_due() == 0
    put_on(timedelta(seconds=1))
    assert await mailing(db, graph, clock).send_due() == 1
    assert (await states(db), len(entra.mails)) == ([Mail.ACCEPTED], 1)


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("mailboxes", [frozenset[str](), frozenset({"other@lark.example"})])
async def test_a_mailbox_that_is_not_ours_to_send_from_is_refused_once(
    db: Database, entra: Entra, graph: Graph, mailboxes: frozenset[str]
) -> None:
    entra.mailboxes = mailboxes
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"))
    for _ in range(2):
        await mailing(db, graph).send_due()
    assert (await states(db), len(entra.asked), entra.mails) == ([Mail.REFUSED], 1, [])


@pytest.mark.usefixtures("staff")
async def test_whoever_was_killed_while_sending_leaves_nothing_to_send_again(
    db: Database, entra: Entra, graph: Graph
) -> None:
    clock, put_on = starting(wall_clock())
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"), clock=clock)
    async with db.write() as session:
        assert await mailed.claim(session, now=clock()) is not None  # and here it dies
    assert await mailing(db, graph, clock).send_due() == 0
    assert await states(db) == [Mail.SENDING]
    put_on(timedelta(minutes=6))
    assert await mailing(db, graph, clock).send_due() == 0
    assert (await states(db), entra.mails) == ([Mail.UNKNOWN], [])


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize(
    ("key", "about"), [("breach/17/told", "report"), ("request/17/nudge/due/1", "reminder"), ("plan/17/x", "reminder")]
)
async def test_while_teams_is_away_an_alert_is_mailed_and_still_tried(
    db: Database, entra: Entra, graph: Graph, key: str, about: str
) -> None:
    clock, put_on = starting(wall_clock())
    await alert(db, key=key, to=DPO, about=about)
    await deliver(db, Later("status 503"), clock=clock)
    assert await mailing(db, graph, clock).send_due() == 0
    put_on(STUCK_AFTER + timedelta(seconds=1))
    expected = 0 if key.startswith("plan/") else 1
    assert await mailing(db, graph, clock).send_due() == expected
    assert await mailing(db, graph, clock).send_due() == 0
    async with db.write() as session:
        assert len(await outbox.claim(session, now=clock())) == 1
    assert recipients(entra) == ["dot@lark.example"] * expected


@pytest.mark.usefixtures("staff")
@pytest.mark.parametrize("failed", [False, True], ids=["first try", "tried again"])
async def test_an_alert_that_waited_its_turn_is_mailed_only_once_teams_failed_it(
    db: Database, entra: Entra, graph: Graph, *, failed: bool
) -> None:
    clock, put_on = starting(wall_clock())
    await alert(db, key="request/17/nudge/due/1", to=DPO, about="reminder")
    if failed:
        await deliver(db, Later("status 503"), clock=clock)
    put_on(STUCK_AFTER + timedelta(minutes=6))
    async with db.write() as session:
        assert await outbox.claim(session, now=clock()), "it is on its way this moment"
    assert await mailing(db, graph, clock).send_due() == int(failed)
    assert len(entra.mails) == int(failed)


@pytest.mark.usefixtures("staff")
async def test_what_arrived_after_a_mail_was_wanted_is_not_mailed(db: Database, entra: Entra, graph: Graph) -> None:
    await alert(db, to=DPO)
    await alert(db, key="breach/18/told", to=DPO)
    async with db.write() as session:
        letter, _ = await outbox.claim(session, now=wall_clock())
        await mailed.want(session, [1, 2], now=wall_clock())
        await outbox.sent(session, letter.id, conversation="a:d", activity_id="1", now=wall_clock())
    assert await mailing(db, graph).send_due() == 1
    assert sorted(await states(db)) == [Mail.ACCEPTED, Mail.ARRIVED]
    ((_, mail),) = entra.mails
    assert _numbers(mail) == [18]
    assert await mailing(db, graph).send_due() == 0


@pytest.mark.usefixtures("staff")
async def test_whoever_left_gets_no_mail(db: Database, entra: Entra, graph: Graph) -> None:
    await alert(db, to=TEACHER)
    await deliver(db, Unreachable("status 403"))
    async with db.write() as session:
        person = await people.by_aad(session, TEACHER)
        assert person is not None
        row = await session.get_one(people.MembershipRow, (person.id, person.memberships[0].school_id))
        row.roles = ""
    await mailing(db, graph).send_due()
    assert "tess@lark.example" not in recipients(entra)


@pytest.mark.usefixtures("staff")
async def test_a_letter_that_is_given_up_twice_is_mailed_once(db: Database, entra: Entra, graph: Graph) -> None:
    await alert(db, to=DPO)
    await deliver(db, Unreachable("status 403"))
    await mailing(db, graph).send_due()
    async with db.write() as session:
        await mailed.want(session, [1], now=wall_clock())
    await mailing(db, graph).send_due()
    assert len(entra.mails) == 1
