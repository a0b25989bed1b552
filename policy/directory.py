"""Which roles a school's groups in Entra give: who is let in, what changes, and which change is never made."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import Final

from policy.roles import Role

Seat = tuple[str, str]  # an Entra object id, lower case, and a school's code
Seats = Mapping[Seat, frozenset[Role]]  # somebody without roles has no seat

MOST_LEAVERS_PERCENT: Final = 20  # of a school's people, in one go; more is rather a group deleted by mistake
FEW: Final = 3  # so many may always leave: in a small school that is more than the percentage


@dataclass(frozen=True, slots=True)
class GroupRule:
    """What being in a group means: these roles at that school."""

    group: str  # object id
    school: str  # code
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Account:
    """An account as Entra tells of it; None where it does not say."""

    object_id: str  # lower case
    name: str
    email: str  # lower case; empty where it has neither mailbox nor sign-in name
    enabled: bool | None
    kind: str | None  # "Member" or "Guest"


class Fit(StrEnum):
    """Whether an account may come in. Whatever Entra does not say clearly keeps it out (domain 8)."""

    IN = "in"
    GUEST = "guest"
    DISABLED = "disabled"
    UNTOLD = "untold"
    NAMELESS = "nameless"


class Move(StrEnum):
    """What a change is for the person."""

    JOINS = "joins"
    LEAVES = "leaves"
    CHANGES = "changes"


class Why(StrEnum):
    """Why a change is not made."""

    LAST_DPO = "last_dpo"
    TOO_MANY = "too_many"
    UNKNOWN_SCHOOL = "unknown_school"


@dataclass(frozen=True, slots=True)
class Change:
    """One person's roles at one school, before and after."""

    object_id: str
    school: str
    before: frozenset[Role]
    after: frozenset[Role]

    @property
    def move(self) -> Move:
        """Joining is having had no role there."""
        if not self.before:
            return Move.JOINS
        return Move.CHANGES if self.after else Move.LEAVES


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that is not made, with a sentence for whoever asked for it."""

    why: Why
    school: str
    words: str


def fit(account: Account) -> Fit:
    """Say whether this account may come in: a member's, in use, with an address (domain 8)."""
    if account.kind == "Guest" or "#ext#" in account.email:
        return Fit.GUEST
    if account.enabled is False:
        return Fit.DISABLED
    if account.enabled is None or account.kind != "Member":
        return Fit.UNTOLD
    return Fit.IN if account.email and account.name else Fit.NAMELESS


def given(rules: Iterable[GroupRule], members: Mapping[str, Collection[str]]) -> dict[Seat, frozenset[Role]]:
    """Return the seats that these groups give: the roles of all of a person's groups at a school, and nothing else.

    `members` are object ids by group, of those accounts only that may come in.
    """
    seats: dict[Seat, frozenset[Role]] = {}
    for rule in rules:
        for object_id in members[rule.group]:
            seat = (object_id, rule.school)
            seats[seat] = seats.get(seat, frozenset()) | rule.roles
    return {seat: roles for seat, roles in seats.items() if roles}


def changes(held: Seats, wanted: Seats) -> tuple[Change, ...]:
    """Return what must change, by school and person; nothing where all is as the groups say."""
    none = frozenset[Role]()
    return tuple(
        Change(seat[0], seat[1], held.get(seat, none), wanted.get(seat, none))
        for seat in sorted(held.keys() | wanted.keys(), key=lambda seat: (seat[1], seat[0]))
        if held.get(seat, none) != wanted.get(seat, none)
    )


def refusals(held: Seats, wanted: Seats, *, most_leavers_percent: int) -> tuple[Refusal, ...]:
    """Return why this must not be done, school by school; nothing where it may."""
    found: list[Refusal] = []
    for school in _schools(held):
        before, after = _of(held, school), _of(wanted, school)
        if _holds(before, Role.DPO) and not _holds(after, Role.DPO):
            words = f"{school} would have no DPO. Put whoever it is into a group that gives dpo, and run it again."
            found.append(Refusal(Why.LAST_DPO, school, words))
        leaving = len({person for person, _ in before} - {person for person, _ in after})
        allowed = max(FEW, floor(len(before) * most_leavers_percent / 100))
        if leaving > allowed:
            words = (
                f"{leaving} of {len(before)} people at {school} would lose every role, and {allowed} may in one go. "
                "If it is meant, run it again with --allow-removals."
            )
            found.append(Refusal(Why.TOO_MANY, school, words))
    return tuple(found)


def vacancies(held: Seats, wanted: Seats) -> tuple[tuple[str, Role], ...]:
    """Return the posts that somebody held and nobody would: told, not refused."""
    return tuple(
        (school, role)
        for school in _schools(held)
        for role in (Role.DSL, Role.HEADTEACHER)
        if _holds(_of(held, school), role) and not _holds(_of(wanted, school), role)
    )


def addresses(accounts: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """Settle who has which e-mail address: object id -> address, for both.

    `accounts` are those of Entra, `known` the people we have. An address stays with whoever has it until Entra gives
    them another: a new account with somebody's address is left out, as it would inherit what is theirs. So the result
    misses just those accounts that cannot come in.
    """
    settled = dict(known)
    taken = {email: object_id for object_id, email in known.items()}
    moving = {one for one in accounts if one in known and accounts[one] != known[one]}
    while free := sorted(one for one in moving if accounts[one] not in taken):
        one = free[0]
        del taken[settled[one]]
        settled[one] = accounts[one]
        taken[accounts[one]] = one
        moving.discard(one)
    for one in sorted(accounts.keys() - known.keys()):
        if accounts[one] not in taken:
            settled[one] = accounts[one]
            taken[accounts[one]] = one
    return {one: settled[one] for one in accounts if one in settled}


def _schools(held: Seats) -> list[str]:
    return sorted({school for _, school in held})


def _of(seats: Seats, school: str) -> Seats:
    return {seat: roles for seat, roles in seats.items() if seat[1] == school}


def _holds(seats: Seats, role: Role) -> bool:
    return any(role in roles for roles in seats.values())


def counted(moves: Iterable[Change]) -> Iterator[tuple[Move, int]]:
    """Yield how many join, leave and change, each that there is."""
    of = [change.move for change in moves]
    yield from ((move, of.count(move)) for move in Move if move in of)
