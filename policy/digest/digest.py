"""The ten sections of a headteacher's week: one or two lines each, and what waits for the head (domain 9)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from policy.digest.cases import breaches, footage, online, requests
from policy.digest.counts import Count, counts_of
from policy.digest.course import Course, course
from policy.digest.occasion import WEEK
from policy.digest.pictures import consent, photography
from policy.digest.wants import PERMISSIONS, Want, wants
from policy.digest.week import SchoolWeek
from policy.digest.wording import counted, sentence
from policy.digest.work import bot, people, policies
from policy.labels import joined

# What a section of domain 9 asks for and nothing here records: said, so that silence is not taken for a zero.
NOT_KEPT: Final = (
    "Not recorded in Ask DPO, so not in these counts: CCTV faults, training and staff agreements, "
    "who has read the list, the term's picture review."
)
_NONE: Final[Mapping[date, Mapping[str, int]]] = MappingProxyType({})


class Title(StrEnum):
    """The sections, in their order."""

    BREACHES = "Breaches"
    REQUESTS = "Requests for data"
    CONSENT = "Consent"
    PHOTOGRAPHY = "Photography"
    ONLINE = "Online safety"
    FOOTAGE = "CCTV"
    PEOPLE = "People"
    POLICIES = "Policies"
    BOT = "Questions to Ask DPO"
    DECISIONS = "Needs your decision"


@dataclass(frozen=True, slots=True)
class Section:
    """A section; without lines it has nothing to report."""

    title: Title
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One school's week for one reader."""

    school: str
    code: str
    sections: tuple[Section, ...]
    wants: tuple[Want, ...]
    season: str
    counts: Mapping[Count, int]
    course: Course | None = None


def digest_of(
    week: SchoolWeek, *, reader: int, monday: date, history: Mapping[date, Mapping[str, int]] = _NONE
) -> Digest:
    """Write a reader's digest of the week that began on a Monday; `history` what was counted for them in others.

    Cases in which the reader has a part are not in it, and nothing says that there are any.
    """
    seen = week.seen_by(reader)
    counts = counts_of(seen)
    before = history.get(monday - WEEK)
    said = {
        Title.BREACHES: breaches(seen, counts, before or {}),
        Title.REQUESTS: requests(seen, counts, before or {}),
        Title.CONSENT: consent(seen, counts, before or {}),
        Title.PHOTOGRAPHY: photography(seen),
        Title.ONLINE: online(seen, counts, before or {}),
        Title.FOOTAGE: footage(seen, counts, before or {}),
        Title.PEOPLE: people(seen),
        Title.POLICIES: policies(seen),
        Title.BOT: bot(seen, counts, before or {}),
        Title.DECISIONS: _decisions(seen),
    }
    sections = tuple(Section(title, said[title]) for title in Title)
    return Digest(
        week.school, week.code, sections, wants(seen), week.season, counts, course(history, counts, today=week.today)
    )


def _decisions(week: SchoolWeek) -> tuple[str, ...]:
    waiting = len(week.permissions)
    verb = "waits" if waiting == 1 else "wait"
    if not waiting:
        return ()
    return (sentence(f"{counted(waiting, 'permission')} {verb} for your yes or no{_what_for(week)}"),)


def _what_for(week: SchoolWeek) -> str:
    """Say what for, in the order of the buttons; a count of each where they are many."""
    words = Counter(PERMISSIONS.get(week.permission_rules.get(number, ""), "") for number in week.permissions)
    named = [f"{what}{f' ({count})' if count > 1 else ''}" for what, count in words.items() if what]
    return f": {joined(named)}" if named else ""
