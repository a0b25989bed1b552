"""The ten sections of a headteacher's week: one or two lines each, and what waits for the head (domain 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.digest.cases import breaches, footage, online, requests
from policy.digest.counts import Count, counts_of
from policy.digest.pictures import consent, photography
from policy.digest.week import SchoolWeek
from policy.digest.wording import counted, sentence
from policy.digest.work import bot, people, policies

NOTHING: Final = "nothing to report."
# What a section of domain 9 asks for and nothing here records: said, so that silence is not taken for a zero.
NOT_KEPT: Final = (
    "Not recorded in Ask DPO, so not in these counts: CCTV faults and releases, training and staff agreements, "
    "who has read the list, the term's picture review."
)
_MOST_WANTS: Final = 6
_MOST_PERMISSIONS: Final = 3


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


class Wants(StrEnum):
    """What a button of the digest opens."""

    PERMISSION = "permission"
    BREACH = "breach"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Want:
    """Something that the reader can open from the digest."""

    what: Wants
    number: int


@dataclass(frozen=True, slots=True)
class Section:
    """A section; without lines it has nothing to report."""

    title: Title
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One school's week for one reader."""

    school: str
    sections: tuple[Section, ...]
    wants: tuple[Want, ...]
    season: str
    counts: Mapping[Count, int]


def digest_of(week: SchoolWeek, *, reader: int, before: Mapping[str, int] | None) -> Digest:
    """Write a reader's digest; `before` is what was counted for them a week ago, None where nothing was.

    Cases in which the reader has a part are not in it, and nothing says that there are any.
    """
    seen = week.seen_by(reader)
    counts = counts_of(seen)
    said = {
        Title.BREACHES: breaches(seen, counts, before or {}),
        Title.REQUESTS: requests(seen, counts, before or {}),
        Title.CONSENT: consent(seen, counts, before or {}),
        Title.PHOTOGRAPHY: photography(seen),
        Title.ONLINE: online(seen, counts, before or {}),
        Title.FOOTAGE: footage(counts, before or {}),
        Title.PEOPLE: people(seen),
        Title.POLICIES: policies(seen),
        Title.BOT: bot(seen, counts, before or {}),
        Title.DECISIONS: _decisions(seen),
    }
    sections = tuple(Section(title, said[title]) for title in Title)
    return Digest(week.school, sections, _wants(seen), week.season, counts)


def _decisions(week: SchoolWeek) -> tuple[str, ...]:
    waiting = len(week.permissions)
    verb = "waits" if waiting == 1 else "wait"
    return (sentence(f"{counted(waiting, 'permission')} {verb} for your yes or no"),) if waiting else ()


def _wants(week: SchoolWeek) -> tuple[Want, ...]:
    """Choose what gets a button: what only the head can decide, then what is late, then the least time left."""
    running = sorted(
        (one for one in week.breaches if one.hours_left is not None), key=lambda one: (one.hours_left or 0, one.number)
    )
    late = [one for one in week.requests if one.due is not None and one.due < week.today]
    wanted = [
        *(Want(Wants.PERMISSION, number) for number in week.permissions[:_MOST_PERMISSIONS]),
        *(Want(Wants.BREACH, one.number) for one in running if (one.hours_left or 0) < 0),
        *(Want(Wants.REQUEST, one.number) for one in late),
        *(Want(Wants.BREACH, one.number) for one in running),
        *(Want(Wants.PERMISSION, number) for number in week.permissions[_MOST_PERMISSIONS:]),
    ]
    return tuple(dict.fromkeys(wanted))[:_MOST_WANTS]
