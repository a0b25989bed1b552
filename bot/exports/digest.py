"""A week and its term as a paper for governors: counts only, by the strictest exclusions (domain 8, 9)."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.digest_layout import laid_out
from bot.exports.document import as_docx
from bot.settings import read_settings
from dialogs.desk import Desk
from dialogs.digest.gathering import gather
from dialogs.digest.readers import Readers, readers_of
from dialogs.digest.spanning import lasted
from policy.clocks.local_time import london
from policy.digest.occasion import WEEK, DigestAt, midnight
from policy.digest.paper import LEFT_OUT, Paper, paper_of
from policy.digest.season import term_began
from policy.digest.term_weeks import weeks_of
from policy.digest.work import NO_QUESTIONS
from policy.roles import Role
from storage import handovers, schools, term

_WHOSE: Final = frozenset({Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.GOVERNOR})  # domain 8: counts
_WITHOUT_TERMS: Final = 13 * WEEK  # a quarter stands for the term where none is known
_EXTRAS: Final = frozenset({"fpdf", "matplotlib"})
INSTALL: Final = (
    "The paper needs two libraries that are not installed here. Run: pip install -c constraints.txt -e '.[reports]' "
    "(about 170 MB; a container is built with EXTRAS=[reports]), or take it as --format json."
)


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write it as it was when that week's digest went out, or as things stand now."""
    if asked.roles.isdisjoint(_WHOSE):
        return NotTheirs()
    rules = read_settings().rules
    moment = _moment(rules.digest_at, asked)
    if moment is None:
        return NothingYet("That week is still to come. Take the paper without --week: it is as things stand now.")
    paper = await _paper(session, Desk(rules), asked, moment)
    on = london(moment).date()
    noted = {"on": on.isoformat()}
    try:
        match asked.form:
            case "json":
                return Taken(_as_json(paper, on, asked.now), noted)
            case "pdf":
                from bot.exports.pdf import as_pdf  # noqa: PLC0415  an extra: not everybody has it

                return Taken(as_pdf(laid_out(paper, on=on, made_at=asked.now)), noted)
            case _:
                return Taken(as_docx(laid_out(paper, on=on, made_at=asked.now)), noted)
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in _EXTRAS:
            raise
        return NothingYet(INSTALL)


def _moment(at: DigestAt, asked: Asked) -> datetime | None:
    """Return as of when it is: this week's paper is as things stand. None for a week that has not begun."""
    if asked.week is None:
        return asked.now
    occasion = at.of_week(asked.week)
    if occasion.week > london(asked.now).date():
        return None
    return min(occasion.at, asked.now)


async def _paper(session: AsyncSession, desk: Desk, asked: Asked, moment: datetime) -> Paper:
    handovers.as_of(session, asked.now)
    school = asked.school
    staff = await readers_of(session, [school.id])
    gathered = await gather(session, desk, [school], staff=staff, now=moment)
    if gathered.broken:
        raise gathered.broken[0]
    readers = _readers(staff[school.id], asked.who.id)
    terms = [(one.starts_on, one.ends_on) for one in await schools.terms(session, school.id)]
    today = london(moment).date()
    began = term_began(today, terms) or today - _WITHOUT_TERMS
    breaches, requests = await lasted(session, school.id, staff[school.id], began=began, until=moment)
    weeks = weeks_of(
        began,
        moment,
        breaches=breaches,
        requests=requests,
        asked=await term.asked_at(session, school.id, but=NO_QUESTIONS, since=midnight(began), until=moment),
        readers=readers,
    )
    return paper_of(gathered.weeks[school.id], weeks, readers=readers)


def _readers(there: Readers, asker: int) -> frozenset[int]:
    """Return everybody into whose hands the paper may come."""
    return frozenset({asker, *(one.id for one in (*there.heads, *there.governors))})


def _as_json(paper: Paper, on: date, made_at: datetime) -> bytes:
    told = {
        "school": paper.code,
        "name": paper.school,
        "date": on.isoformat(),
        "made_at": made_at.isoformat(timespec="seconds"),
        "sections": [{"title": title, "lines": list(lines)} for title, lines in paper.sections],
        "counts": {what.value: count for what, count in paper.counts.items()},
        "term": [{**asdict(week), "monday": week.monday.isoformat()} for week in paper.weeks],
        "left_out": LEFT_OUT,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
