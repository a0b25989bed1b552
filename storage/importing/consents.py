"""The `consents` file: answers are added to the history, never written over (PHOTO-4.6, DP-6.17)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from policy.records import Capacity, Limit
from storage.consents import ConsentRow
from storage.engines.taking_turns import List, alone_with
from storage.engines.upsert import insert_or_skip
from storage.importing import known
from storage.importing.cells import (
    CellError,
    academic_year,
    day_or_none,
    nearest,
    needed,
    one_of,
    several_of,
    upn,
    words,
    yes_or_no,
)
from storage.importing.kinds import Kind
from storage.importing.merging import News, news
from storage.importing.report import ROW, Fault, Imported, Progress, counted, refuse
from storage.importing.rows import Read, read_rows
from storage.importing.staging import Said, Staging
from storage.importing.tables import Table
from storage.pupils import PupilRow
from storage.schools import RoundRow, SchoolRow

SAID_FIELDS: Final = (  # of ConsentRow, in the order of the file
    "academic_year",
    "item",
    "answer",
    "given_by",
    "capacity",
    "method",
    "signed_on",
    "effective_from",
    "withdrawn_on",
    "evidence_ref",
    "limits",
)
ITEMS: Final = (
    *(f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")),
    "capture",
    "upload_internal",
    "name_first",
    "name_full_print",
    "display_after_leaving",
    "after_leaving",
)
_ORGANISATION: Final = "organisation:"
_PUPILS_AT_ONCE: Final = 500
_TABLE: Final = ConsentRow.__table__
_INSERT: Final = insert(_TABLE)  # type: ignore[arg-type]  # a Table is what it is
_HISTORY: Final = (
    select(_TABLE.c.pupil_id, *(_TABLE.c[name] for name in SAID_FIELDS))
    .where(_TABLE.c.pupil_id.in_(bindparam("ids", expanding=True)))
    .order_by(_TABLE.c.pupil_id, _TABLE.c.id)
)


@lru_cache(maxsize=1024)
def _item(text: str) -> str:
    told = " ".join(text.split())
    if told.casefold().startswith(_ORGANISATION):
        return _ORGANISATION + needed(told[len(_ORGANISATION) :])
    item = "_".join(told.casefold().replace("-", " ").split())
    if item not in ITEMS:
        what = f"“{told}” is not an item" if told else "is empty"
        raise CellError(f"{what}{nearest(item, (*ITEMS, _ORGANISATION + 'NAME'))}")
    return item


@lru_cache(maxsize=64)
def _capacity(text: str) -> str:
    return one_of(text, Capacity).value


@lru_cache(maxsize=64)
def _limits(text: str) -> str:
    return ";".join(sorted(several_of(text, Limit)))


_READERS: Final[tuple[Read, ...]] = (
    upn,
    academic_year,
    _item,
    lru_cache(maxsize=64)(yes_or_no),
    lru_cache(maxsize=4096)(words),
    _capacity,
    lru_cache(maxsize=64)(words),
    day_or_none,
    day_or_none,
    day_or_none,
    words,
    _limits,
)


class MeanwhileError(Exception):
    """A pupil was deleted by age after the file was compared with the roll: it must be read again."""


@dataclass(frozen=True, slots=True)
class Known:
    """The pupils there are: their ids by number, their schools by id."""

    ids: Mapping[str, int]
    schools: Mapping[int, int]


async def pupils(session: AsyncSession) -> Known:
    """Return every pupil there is."""
    rows = (await session.execute(select(PupilRow.upn, PupilRow.id, PupilRow.school_id))).all()
    return Known({row[0]: row[1] for row in rows}, {row[1]: row[2] for row in rows})


def read(table: Table, who: Known, staging: Staging, file: str, progress: Progress) -> int:
    """Check the whole file into the staging; return its number of rows, or raise RefusedError."""
    rows = staging.add(_good(table, who, progress))
    for _, told in staging.by_pupil():
        table.faults.extend(_repeated(told))
    refuse(file, table.faults)
    return rows


def _good(table: Table, who: Known, progress: Progress) -> Iterator[tuple[Any, ...]]:
    for line, (number, *said) in read_rows(table, Kind.CONSENTS, _READERS, progress):
        pupil_id = who.ids.get(number)
        if pupil_id is None:
            table.faults.append(Fault(line, "upn", f"no pupil has the number {number}; import the pupils first."))
        elif said[2] and said[6] is not None and not said[3]:
            table.faults.append(Fault(line, "given_by", "is empty; say who signed, or leave signed_on empty too."))
        else:
            yield (pupil_id, line, *said)


def _repeated(told: list[tuple[int, Said]]) -> Iterator[Fault]:
    first: dict[Said, int] = {}
    for line, said in told:
        if first.setdefault(said, line) != line:
            yield Fault(line, ROW, f"is the same as line {first[said]}.")


async def write(
    session: AsyncSession,
    import_id: int,
    *,
    staging: Staging,
    who: Known,
    rows: int,
    now: datetime,
    today: date,
    progress: Progress,
) -> Imported:
    """Add what is news, and note for every school in the file that its list is as of today.

    Raises MeanwhileError where `who` is not who is there any more.
    """
    await alone_with(session, List.PUPILS)
    if who.schools.keys() - (await pupils(session)).schools.keys():
        raise MeanwhileError
    changes: Counter[str] = Counter()
    mentioned: set[int] = set()
    touched: set[int] = set()
    rounds: set[tuple[int, str, str]] = set()
    staged = staging.by_pupil()
    done = 0
    while some := list(islice(staged, _PUPILS_AT_ONCE)):
        history = await _history(session, [pupil_id for pupil_id, _ in some])
        added: list[tuple[int, Said]] = []
        for pupil_id, told in some:
            fresh, means = news(history.get(pupil_id, ()), [said for _, said in told])
            mentioned.add(who.schools[pupil_id])
            changes.update(means)
            done += len(told)
            added += [(pupil_id, said) for said in fresh]
        touched |= {who.schools[pupil_id] for pupil_id, _ in added}
        rounds |= set(_rounds(added, who))
        if added:
            await session.execute(_INSERT, [_row(*one, import_id=import_id, now=now) for one in added])
        progress("Writing", done, rows)
    await _open_rounds(session, rounds)
    if touched:
        await known.bump(session, touched, "consents_version")
    codes = await _as_of(session, mentioned, today)
    stale = changes.pop(News.STALE, 0)
    return Imported(
        rows=rows,
        changes={str(what): number for what, number in changes.items()},
        lines=(
            *(_SENTENCES[News(what)].format(counted(number, "consent")) for what, number in sorted(changes.items())),
            *([_STALE.format(counted(stale, "row"))] if stale else []),
        ),
        schools=codes,
    )


_SENTENCES: Final = {
    News.NEW: "{} new.",
    News.WITHDRAWN: "{} withdrawn.",
    News.TO_NO: "{} changed from yes to no.",
    News.TO_YES: "{} changed from no to yes.",
    News.CHANGED: "{} recorded anew with another date or detail.",
}
_STALE: Final = "{} older than a withdrawal already recorded: the withdrawal stands."


async def _history(session: AsyncSession, pupil_ids: list[int]) -> dict[int, list[Said]]:
    """Return what is on record of some pupils, oldest first."""
    history: dict[int, list[Said]] = {}
    for row in await session.execute(_HISTORY, {"ids": pupil_ids}):
        history.setdefault(row[0], []).append(tuple(row[1:]))
    return history


def _row(pupil_id: int, said: Said, *, import_id: int, now: datetime) -> dict[str, Any]:
    told = dict(zip(SAID_FIELDS, said, strict=True))
    return {"pupil_id": pupil_id, **told, "import_id": import_id, "recorded_at": now}


def _rounds(added: Iterable[tuple[int, Said]], who: Known) -> Iterator[tuple[int, str, str]]:
    """Give the school, year and organisation of each answer about an organisation: the school has asked about it."""
    for pupil_id, (year, item, *_) in added:
        if item.startswith(_ORGANISATION):
            yield who.schools[pupil_id], year, item.removeprefix(_ORGANISATION)


async def _open_rounds(session: AsyncSession, rounds: set[tuple[int, str, str]]) -> None:
    for school, year, organisation in sorted(rounds):
        await session.execute(
            insert_or_skip(session, RoundRow, ["school_id", "academic_year", "organisation"]).values(
                school_id=school, academic_year=year, organisation=organisation
            )
        )


async def _as_of(session: AsyncSession, school_ids: set[int], today: date) -> tuple[str, ...]:
    codes = await session.scalars(
        update(SchoolRow)
        .where(SchoolRow.id.in_(sorted(school_ids)))
        .values(list_as_of=today)
        .returning(SchoolRow.code)
        .execution_options(synchronize_session=False)
    )
    return tuple(sorted(codes))
