"""What a sync of staff would do: worked out from what the groups say and what is on record, and done to nothing."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from bot.graph.groups import Reading
from bot.graph.wanted import Directory
from policy.directory import (
    Account,
    Change,
    Fit,
    GroupRule,
    Refusal,
    Why,
    addresses,
    changes,
    given,
    refusals,
    vacancies,
)
from policy.roles import Role
from storage import directory_seats, schools
from storage.directory_seats import Known


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a sync would do. Two that are equal do the same."""

    changes: tuple[Change, ...]
    corrected: tuple[str, ...]  # object ids: their name or address is another by now
    refusals: tuple[Refusal, ...]
    vacancies: tuple[tuple[str, Role], ...]
    new_schools: tuple[str, ...]
    kept_out: Mapping[Fit, int]
    clashes: tuple[str, ...]  # object ids: new accounts with an address that belongs to somebody else here
    keeps: tuple[str, ...]  # object ids: they keep their old address, as somebody else here has the new one
    accounts: Mapping[str, Account]  # by object id: everybody who will have a seat, with the address that is theirs
    people: Mapping[str, Known]  # by object id: everybody on record

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as the groups say."""
        return not (self.changes or self.corrected or self.new_schools)

    def who(self, object_id: str) -> tuple[str, str]:
        """Return somebody's name and address: Entra's word, or ours for whoever is no longer in it."""
        if (account := self.accounts.get(object_id)) is not None:
            return account.name, account.email
        person = self.people[object_id]
        return person.name, person.email


async def plan(
    session: AsyncSession, directory: Directory, reading: Reading, *, allow_removals: bool, add_schools: bool
) -> Plan:
    """Work out what to do. `add_schools` is whether a school that is not known is made, or refused."""
    known_schools = {school.code.casefold(): school.code for school in await schools.schools(session)}
    new = sorted(code for code in directory.schools if code.casefold() not in known_schools)
    rules = [_at_home(rule, known_schools) for rule in directory.rules]
    codes = {rule.school for rule in rules}
    people = await directory_seats.known(session)
    held = await directory_seats.held(session, codes)
    settled = addresses(
        {one: account.email for one, account in reading.accounts.items()},
        {one: person.email for one, person in people.items()},
    )
    members = {group: ids & settled.keys() for group, ids in reading.members.items()}
    wanted = given(rules, members)
    seated = {one for one, _ in wanted}
    accounts = {one: replace(reading.accounts[one], email=settled[one]) for one in seated}
    refused = refusals(held, wanted, most_leavers_percent=directory.most_leavers_percent)
    return Plan(
        changes=changes(held, wanted),
        corrected=tuple(sorted(one for one in seated & people.keys() if _differs(people[one], accounts[one]))),
        refusals=tuple(one for one in refused if not (allow_removals and one.why is Why.TOO_MANY))
        + (() if add_schools else tuple(_unknown(code) for code in new)),
        vacancies=vacancies(held, wanted),
        new_schools=tuple(new),
        kept_out=Counter(reading.kept_out.values()),
        clashes=tuple(sorted(reading.accounts.keys() - settled.keys())),
        keeps=tuple(sorted(one for one in seated if settled[one] != reading.accounts[one].email)),
        accounts=accounts,
        people=_needed(people, accounts, held),
    )


def _at_home(rule: GroupRule, known: Mapping[str, str]) -> GroupRule:
    """Write the school's code as it is on record."""
    return replace(rule, school=known.get(rule.school.casefold(), rule.school))


def _needed(
    people: Mapping[str, Known], accounts: Mapping[str, Account], held: Collection[tuple[str, str]]
) -> dict[str, Known]:
    concerned = accounts.keys() | {one for one, _ in held}
    return {one: person for one, person in people.items() if one in concerned}


def _differs(person: Known, account: Account) -> bool:
    return (person.email, person.name) != (account.email, account.name)


def _unknown(code: str) -> Refusal:
    words = f"No school here has the code {code}. If it is not a slip, run askdpo sync staff once by hand."
    return Refusal(Why.UNKNOWN_SCHOOL, code, words)
