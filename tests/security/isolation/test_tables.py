"""Every row belongs to a school: by a column of its own, through what it points at, or it is nobody's school's."""

from typing import Final

import pytest
from sqlalchemy import Table

from storage.tables import METADATA

# What is of no school, and why.
OF_NO_SCHOOL: Final = {
    "schools": "the schools themselves",
    "people": "a person is one, at however many schools; memberships say at which",
    "chats": "where a person can be reached, whatever it is about",
    "deliveries": "what came in, before anybody looked at it",
    "turns": "what somebody's message was answered, read back for that message alone",
    "audit_head": "where the one log of all schools ends",
    "imports": "a file may be of several schools; only counts are kept",
    "letters": "to one person; its subject names the case",
    "letter_contents": "of a letter",
    "letter_mails": "of a letter",
    "departures": "since when somebody has had no role at any school",
    "directory_syncs": "how far the one directory of all schools was read",
    "retention_runs": "on which day the bot tidied up; counts alone",
}


def reaches_a_school(table: Table, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a table has a school's number or points, without going through people, at one that has."""
    if "school_id" in table.c:
        return True
    ways = {key.column.table for key in table.foreign_keys} - {table}
    return any(
        reaches_a_school(each, seen | {table.name}) for each in ways if each.name not in {"people", "schools", *seen}
    )


@pytest.mark.parametrize("name", sorted(METADATA.tables))
def test_a_tables_rows_belong_to_a_school(name: str) -> None:
    assert reaches_a_school(METADATA.tables[name]) is (name not in OF_NO_SCHOOL), (
        f"{name}: give it a school_id, let it point at what has one, or say here why it is of no school"
    )


def test_no_table_is_excused_that_is_gone() -> None:
    assert set(OF_NO_SCHOOL) <= set(METADATA.tables)
