"""What was lent, in words: which posts, at which schools, by whom to whom, on which days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.handing_over import NAMES
from policy.roles import Role
from storage.handovers import Handover


def posts_in_words(posts: Sequence[tuple[Role, str]]) -> str:
    """Name posts and their schools: "data protection officer at Hartfield and Larkfield"."""
    schools: dict[Role, list[str]] = {}
    for role, school in posts:
        schools.setdefault(role, []).append(school)
    return _listed([f"{NAMES[role]} at {_listed(list(dict.fromkeys(names)))}" for role, names in schools.items()])


def days_in_words(lent: Handover) -> str:
    """Say the first and the last day; the last is the one before the instant at which it is over."""
    first, last = _first(lent), london(lent.ends_at - timedelta(seconds=1)).date()
    return f"on {long_date(first)}" if last <= first else f"from {long_date(first)} to {long_date(last)}"


def line(lent: Sequence[Handover], *, names: Mapping[int, str], schools: Mapping[int, str], you: int) -> str:
    """Say one arrangement in a sentence, to one of the two."""
    one = lent[0]
    deputy, giver = _name(one.deputy_id, names, you, "you"), _name(one.giver_id, names, you, "you")
    verb = "stand" if one.deputy_id == you else "stands"
    posts = posts_in_words([(each.role, schools.get(each.school_id, "a school")) for each in lent])
    sentence = f"{deputy} {verb} in for {giver} as {posts}, {days_in_words(one)}."
    return sentence[0].upper() + sentence[1:]


def _first(lent: Handover) -> date:
    return london(lent.begins_at).date()


def _name(person: int, names: Mapping[int, str], you: int, as_you: str) -> str:
    return as_you if person == you else names.get(person, "somebody who left")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
