"""Which rows of a file are news: compared with a pupil's history, answer by answer. Nothing here reads or writes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from storage.importing.staging import Said


class News(StrEnum):
    """What a row that is added means."""

    NEW = "new"
    WITHDRAWN = "withdrawn"
    TO_NO = "changed to no"
    TO_YES = "changed to yes"
    CHANGED = "changed otherwise"
    STALE = "withdrawn already"  # the row is not added: it is older than a withdrawal on record


def news(history: Iterable[Said], told: Sequence[Said]) -> tuple[list[Said], Counter[str]]:
    """Return the rows to add to one pupil's history, in order, and how many of them mean what.

    Each signer's answers to one item of one year are a thread of their own. Where the thread of the file begins with
    what the thread on record ends with, only what follows is news: so a file read twice adds nothing.
    """
    on_record: dict[tuple[str, ...], list[Said]] = {}
    for said in history:
        on_record.setdefault(_thread(said), []).append(said)
    in_file: dict[tuple[str, ...], list[Said]] = {}
    for said in told:
        in_file.setdefault(_thread(said), []).append(said)
    added: list[Said] = []
    means: Counter[str] = Counter()
    for thread, rows in in_file.items():
        before = on_record.get(thread, [])
        last = before[-1] if before else None
        for said in rows[_overlap(before, rows) :]:
            if said == last:
                continue
            what = _meaning(last, said)
            means[what] += 1
            if what is not News.STALE:
                added.append(said)
                last = said
    return added, means


def _thread(said: Said) -> tuple[str, ...]:
    year, item, _, given_by, capacity, *_ = said
    return year, item, given_by, capacity


def _overlap(before: list[Said], rows: list[Said]) -> int:
    """Return how many rows at the file's beginning are the ones at the record's end."""
    most = min(len(before), len(rows))
    return next((size for size in range(most, 0, -1) if before[-size:] == rows[:size]), 0)


def _meaning(last: Said | None, said: Said) -> News:
    if last is None:
        return News.NEW
    before, after = last[2], said[2]
    withdrawn_before, withdrawn = last[8], said[8]
    if withdrawn_before is not None and withdrawn is None and _day(said) <= withdrawn_before:
        return News.STALE  # an older signature does not undo a withdrawal (PHOTO-4.6)
    if withdrawn is not None and withdrawn_before is None:
        return News.WITHDRAWN
    if before != after:
        return News.TO_YES if after else News.TO_NO
    return News.CHANGED


def _day(said: Said) -> date:
    signed, effective = said[6], said[7]
    return max(signed or date.min, effective or date.min)
