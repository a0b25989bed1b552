"""Staff from Entra's groups: all at once or not at all, the same twice changes nothing, and nobody is locked out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import wall_clock
from bot.graph.client import Graph
from bot.graph.planning import Plan
from bot.graph.staff import Busy, Declined, Done, Failed, Moved, Refused, Unchanged
from bot.graph.wanted import Directory
from policy.directory import Fit, GroupRule, Why
from policy.roles import Role
from storage import audit
from storage import directory as rows
from storage.database import Database
from tests.bot.graph.conftest import MakeGraph
from tests.bot.graph.entra import Entra, Fault, answers, hangs_up, says, well
from tests.bot.graph.school import (
    DIRECTORY,
    DPOS,
    LEADS,
    RULES,
    STAFF,
    a_school,
    decline,
    everybody,
    held,
    seat,
    starting,
    sync,
    syncing,
)


async def lines(db: Database) -> list[audit.Line]:
    async with db.read() as session:
        return list(await audit.lines(session))


async def test_everybody_gets_the_roles_of_their_groups(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    outcome = await sync(db, graph)
    assert isinstance(outcome, Done)
    assert outcome.plan.new_schools == ("LRK",)
    assert await held(db) == {
        (who["dpo"], "LRK"): {Role.DPO, Role.STAFF},
        (who["dsl"], "LRK"): {Role.DSL, Role.STAFF},
    } | {(who[one], "LRK"): {Role.STAFF} for one in ("t1", "t2", "t3", "t4")}
    assert (await everybody(db))[who["t3"]] == ("p5@lark.example", "Person 5")


async def test_the_same_run_twice_changes_nothing(db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    await sync(db, graph)
    before, people, log = await held(db), await everybody(db), await lines(db)
    outcome = await sync(db, graph)
    assert isinstance(outcome, Done)
    assert outcome.plan.is_nothing
    assert (await held(db), await everybody(db), await lines(db)) == (before, people, log)


async def test_whoever_leaves_a_group_loses_its_roles_at_once(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.groups[STAFF].discard(who["t1"])
    entra.groups[STAFF].discard(who["dpo"])
    await sync(db, graph)
    after = await held(db)
    assert (who["t1"], "LRK") not in after
    assert after[who["dpo"], "LRK"] == {Role.DPO}
    assert who["t1"] in await everybody(db)  # what they did stays theirs


async def test_every_change_is_in_the_audit_log_by_number(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.groups[STAFF].discard(who["t1"])
    await sync(db, graph)
    first, second = await lines(db)
    assert (first.actor, first.action, first.subject) == ("administrator", "staff.synced", "school/LRK")
    assert len(first.details["people"]) == 6
    ((person, before, after),) = second.details["people"]
    assert (type(person), before, after) == (int, "staff", "")
    async with db.read() as session:
        assert await audit.verify(session) is None


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({"userType": "Guest"}, Fit.GUEST),
        ({"accountEnabled": False}, Fit.DISABLED),
        ({"accountEnabled": None}, Fit.UNTOLD),
        ({"userType": None}, Fit.UNTOLD),
        ({"mail": None, "userPrincipalName": None}, Fit.NAMELESS),
    ],
)
async def test_guests_and_accounts_out_of_use_never_get_in(
    sqlite_db: Database, entra: Entra, graph: Graph, over: dict[str, object], why: Fit
) -> None:
    who = a_school(entra)
    await sync(sqlite_db, graph)
    entra.change(who["t1"], **over)
    entra.groups[STAFF].add(entra.user(77, **over))
    outcome = await sync(sqlite_db, graph)
    assert isinstance(outcome, Done)
    assert outcome.plan.kept_out == {why: 2}
    assert (who["t1"], "LRK") not in await held(sqlite_db)
    assert len(await everybody(sqlite_db)) == 6


async def test_a_school_never_loses_its_last_dpo(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    before = await held(db)
    entra.groups[DPOS].clear()
    entra.groups[STAFF].discard(who["t1"])
    for allowed in (False, True):  # that is no matter of how many
        outcome = await sync(db, graph, allow_removals=allowed)
        assert isinstance(outcome, Refused)
        assert [one.why for one in outcome.plan.refusals] == [Why.LAST_DPO]
    assert await held(db) == before
    async with db.read() as session:
        refused = (await rows.standing(session)).refused
    assert refused == "LRK would have no DPO. Put whoever it is into a group that gives dpo, and run it again."


async def test_a_dpo_whose_account_is_out_of_use_is_missed_too(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.change(who["dpo"], accountEnabled=False)
    assert isinstance(await sync(db, graph), Refused)


async def test_a_new_dpo_may_take_over(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.groups[DPOS] = {who["t1"]}
    assert isinstance(await sync(db, graph), Done)
    assert (await held(db))[who["t1"], "LRK"] == {Role.DPO, Role.STAFF}


async def test_a_group_that_is_suddenly_empty_is_not_believed(sqlite_db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    entra.groups[STAFF] |= {entra.user(number) for number in range(100, 110)}
    await sync(sqlite_db, graph)
    before = await held(sqlite_db)
    entra.groups[STAFF] = set()
    outcome = await sync(sqlite_db, graph)
    assert isinstance(outcome, Refused)
    assert [one.why for one in outcome.plan.refusals] == [Why.TOO_MANY]
    assert await held(sqlite_db) == before
    assert isinstance(await sync(sqlite_db, graph, allow_removals=True), Done)
    assert len(await held(sqlite_db)) == 2


async def test_what_was_given_by_hand_goes_where_groups_decide(db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    await seat(db, "by-hand", "headteacher")
    await seat(db, "by-hand", "headteacher", school="OTHER")
    await sync(db, graph)
    assert ("by-hand", "LRK") not in await held(db)
    assert await held(db, "OTHER") == {("by-hand", "OTHER"): {Role.HEADTEACHER}}


async def test_a_dry_run_writes_nothing(db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    looked = await syncing(db, graph).look()
    assert isinstance(looked, Declined)
    assert len(looked.plan.changes) == 6
    assert isinstance(await sync(db, graph, agree=decline), Declined)
    assert (await held(db), await everybody(db), await lines(db)) == ({}, {}, [])


@pytest.mark.parametrize(
    ("ill", "words"),
    [
        (answers(403), "Grant it GroupMember.Read.All and User.Read.All"),
        (answers(404), "There is no group 00000000-0000-4000-9000-000000000001"),
        (answers(429, Retry_After="999"), "did not answer well"),
        (answers(400), "Is it a group's object id?"),
        (says(b"{"), "did not answer well"),
        (says(b'{"value": [{"id": "x"}, 7]}'), "did not answer well"),
        (says(b'{"value": [{"displayName": "no id"}]}'), "did not answer well"),
        (says(b'{"members": []}'), "did not answer well"),
        (says(b'{"value": [], "@odata.nextLink": "https://elsewhere.example/v1.0/x"}'), "ForeignLink"),
    ],
)
@pytest.mark.parametrize("before", [0, 2])
async def test_whatever_goes_wrong_nothing_is_written_and_a_sentence_says_why(
    sqlite_db: Database, entra: Entra, make_graph: MakeGraph, ill: Fault, words: str, *, before: int
) -> None:
    who = a_school(entra)
    graph = make_graph(patience=1.0)
    by_hand = replace(DIRECTORY, every=None)
    await sync(sqlite_db, graph, directory=by_hand)
    entra.groups[STAFF].discard(who["t1"])
    was = await held(sqlite_db)
    entra.faults = [*[well] * before, ill]
    outcome = await sync(sqlite_db, graph, directory=by_hand)
    assert isinstance(outcome, Failed)
    assert words in outcome.words.replace("000000000002", "000000000001")
    assert await held(sqlite_db) == was
    async with sqlite_db.read() as session:
        assert (await rows.standing(session)).holder is None


async def test_without_the_right_to_see_accounts_nobody_is_let_in(
    sqlite_db: Database, entra: Entra, graph: Graph
) -> None:
    a_school(entra)
    entra.granted = frozenset({"GroupMember.Read.All", "User.ReadBasic.All"})
    outcome = await sync(sqlite_db, graph)
    assert isinstance(outcome, Failed)
    assert "User.Read.All" in outcome.words
    assert await held(sqlite_db) == {}


async def test_a_lost_connection_is_tried_again(sqlite_db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    entra.faults = [hangs_up(), answers(429, Retry_After="0"), well, hangs_up()]
    assert isinstance(await sync(sqlite_db, graph), Done)


async def test_a_new_name_and_address_are_taken_over(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.change(who["t1"], displayName="Tess Married", mail="tess.married@lark.example")
    outcome = await sync(db, graph)
    assert isinstance(outcome, Done)
    assert outcome.plan.corrected == (who["t1"],)
    assert (await everybody(db))[who["t1"]] == ("tess.married@lark.example", "Tess Married")


async def test_an_address_that_one_leaves_may_go_to_another(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.change(who["t1"], mail="p4@lark.example")
    entra.change(who["t2"], mail="new@lark.example")
    await sync(db, graph)
    people = await everybody(db)
    assert (people[who["t1"]][0], people[who["t2"]][0]) == ("p4@lark.example", "new@lark.example")


async def test_a_new_account_with_somebodys_address_does_not_become_them(
    db: Database, entra: Entra, graph: Graph
) -> None:
    who = a_school(entra)
    await sync(db, graph)
    entra.groups[STAFF] -= {who["t1"]}
    stranger = entra.user(55, mail="P3@lark.example")
    entra.groups[STAFF].add(stranger)
    outcome = await sync(db, graph)
    assert isinstance(outcome, Done)
    assert outcome.plan.clashes == (stranger,)
    assert stranger not in await everybody(db)


async def test_a_school_that_groups_name_otherwise_cased_is_the_one_we_know(
    sqlite_db: Database, entra: Entra, graph: Graph
) -> None:
    who = a_school(entra)
    await seat(sqlite_db, who["dpo"], "dpo")
    rules = tuple(GroupRule(rule.group, "lrk", rule.roles) for rule in RULES)
    outcome = await sync(sqlite_db, graph, directory=Directory(rules))
    assert isinstance(outcome, Done)
    assert outcome.plan.new_schools == ()
    assert len(await held(sqlite_db)) == 6


async def test_a_slip_in_a_schools_code_makes_no_school_by_the_clock(
    sqlite_db: Database, entra: Entra, graph: Graph
) -> None:
    a_school(entra)
    outcome = await sync(sqlite_db, graph, add_schools=False)
    assert isinstance(outcome, Refused)
    assert [one.why for one in outcome.plan.refusals] == [Why.UNKNOWN_SCHOOL]


# --- one at a time


async def test_two_at_once_write_once(db: Database, entra: Entra, make_graph: MakeGraph) -> None:
    a_school(entra)
    outcomes = await asyncio.gather(*(sync(db, make_graph()) for _ in range(4)))
    done = [one for one in outcomes if isinstance(one, Done) and not one.plan.is_nothing]
    assert len(done) == 1
    assert len(await lines(db)) == 1
    assert {type(one) for one in outcomes} <= {Done, Busy}


async def test_whoever_was_too_slow_writes_nothing_over_a_later_reading(
    db: Database, entra: Entra, make_graph: MakeGraph
) -> None:
    """The first reads, stops, and its lease ends; meanwhile somebody is taken out of the group, and that is written."""
    who = a_school(entra)
    clock, put_on = starting(wall_clock())

    async def think(_: Plan) -> bool:
        entra.groups[STAFF].discard(who["t1"])
        put_on(rows.LEASE + timedelta(seconds=1))
        assert isinstance(await sync(db, make_graph(), clock=clock), Done)
        return True

    assert isinstance(await sync(db, make_graph(), clock=clock, agree=think), Busy)
    assert (who["t1"], "LRK") not in await held(db)


async def test_what_was_shown_is_what_is_written(db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)

    async def think(_: Plan) -> bool:
        await seat(db, who["t1"], "headteacher")
        return True

    assert isinstance(await sync(db, graph, agree=think), Moved)
    assert await held(db) == {(who["t1"], "LRK"): {Role.HEADTEACHER}}


async def test_whoever_died_gives_way_when_their_lease_ends(db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    clock, put_on = starting(wall_clock())
    async with db.write() as session:
        assert await rows.claim(session, "the dead", now=clock())
    assert isinstance(await sync(db, graph, clock=clock), Busy)
    put_on(rows.LEASE)
    assert isinstance(await sync(db, graph, clock=clock), Done)


# --- delta


async def test_where_nothing_changed_no_group_is_read_again(db: Database, entra: Entra, graph: Graph) -> None:
    a_school(entra)
    for _ in range(2):
        await sync(db, graph, only_news=True)
    entra.asked.clear()
    assert isinstance(await sync(db, graph, only_news=True), Unchanged)
    assert [path.partition("?")[0] for _, path in entra.asked] == ["/v1.0/groups/delta", "/v1.0/users/delta"]


@pytest.mark.parametrize("what", ["inner group", "account", "kept out", "rules", "by hand", "old link", "a day"])
async def test_whatever_changes_is_noticed(
    sqlite_db: Database, entra: Entra, graph: Graph, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = a_school(entra)
    guest = entra.user(70, userType="Guest")
    entra.groups[STAFF].add(guest)
    clock, put_on = starting(wall_clock())
    directory = DIRECTORY
    for _ in range(2):
        await sync(sqlite_db, graph, only_news=True, clock=clock)
    inner = "00000000-0000-4000-9000-000000000009"
    match what:
        case "inner group":
            entra.groups[inner].discard(who["t4"])
            entra.changed.append(("groups", inner))
        case "account":
            entra.change(who["t1"], accountEnabled=False)
        case "kept out":
            entra.change(guest, userType="Member")
        case "rules":
            directory = replace(DIRECTORY, rules=(*RULES, GroupRule(LEADS, "LRK", frozenset({Role.OFFICE}))))
        case "by hand":
            await seat(sqlite_db, "by-hand", "dpo")
        case "old link":
            entra.changed.clear()
        case "a day":
            put_on(timedelta(days=1))
    outcome = await sync(sqlite_db, graph, only_news=True, clock=clock, directory=directory)
    assert isinstance(outcome, Done)
    assert outcome.plan.is_nothing == (what in {"old link", "a day"})


@pytest.mark.parametrize("rounds", [0, 2, 3], ids=["the first", "a later", "after an unchanged one"])
async def test_a_change_that_a_reading_did_not_show_yet_is_seen_in_the_next_round(
    sqlite_db: Database, entra: Entra, graph: Graph, rounds: int
) -> None:
    who = a_school(entra)
    for _ in range(rounds):
        await sync(sqlite_db, graph, only_news=True)
    entra.changed.append(("groups", STAFF))  # t1 left, but what is read says so only later
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Done)
    assert (who["t1"], "LRK") in await held(sqlite_db)
    entra.groups[STAFF].discard(who["t1"])
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Done)
    assert (who["t1"], "LRK") not in await held(sqlite_db)
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Unchanged)


async def test_a_change_of_somebody_else_in_the_tenant_is_none_of_ours(
    sqlite_db: Database, entra: Entra, graph: Graph
) -> None:
    a_school(entra)
    for _ in range(2):
        await sync(sqlite_db, graph, only_news=True)
    entra.user("900")
    entra.group(800)
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Unchanged)


async def test_where_graph_offers_no_delta_everything_is_read(sqlite_db: Database, entra: Entra, graph: Graph) -> None:
    entra.offers_delta = False
    who = a_school(entra)
    await sync(sqlite_db, graph, only_news=True)
    entra.groups[STAFF].discard(who["t1"])
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Done)
    assert (who["t1"], "LRK") not in await held(sqlite_db)


async def test_a_change_after_an_unchanged_one_is_seen(sqlite_db: Database, entra: Entra, graph: Graph) -> None:
    who = a_school(entra)
    for _ in range(3):
        await sync(sqlite_db, graph, only_news=True)
    entra.groups[STAFF].discard(who["t1"])
    entra.changed.append(("groups", STAFF))
    assert isinstance(await sync(sqlite_db, graph, only_news=True), Done)
    assert (who["t1"], "LRK") not in await held(sqlite_db)
