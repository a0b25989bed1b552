"""How the governors' paper is laid out: what it is, the ten sections, the term as a picture and as figures."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.exports.document import Block, Document, Heading, Picture, Rows, Words
from bot.exports.who import when
from policy.calendar import long_date, short_date
from policy.digest.digest import NOT_KEPT
from policy.digest.paper import LEFT_OUT, NOTHING, Paper
from policy.digest.term_weeks import TermWeek

_HEADING: Final = ("Week of", "Breaches open", "New", "Requests open", "New", "Questions")
_WIDTHS: Final = (2, 2, 1, 2, 1, 2)


def laid_out(paper: Paper, *, on: date, made_at: datetime) -> Document:
    """Lay it out, the picture drawn. Raises ModuleNotFoundError where the library that draws is not there."""
    quiet = [title for title, lines in paper.sections if not lines]
    telling: list[Block] = []
    for title, lines in paper.sections:
        if lines:
            telling += [Heading(title), Words(" ".join(lines))]
    if quiet:
        telling += [Heading("Nothing to report"), Words(f"{', '.join(quiet)}.")]
    return Document(
        title=f"Data protection at {paper.school}: for governors",
        blocks=(
            Words(f"As of {long_date(on)}. Counts only: nobody is named."),
            *telling,
            *_term(paper.weeks),
            Heading("What is not in this paper"),
            Words(LEFT_OUT),
            Words(NOT_KEPT),
        ),
        footer=f"{paper.school} ({paper.code}), {long_date(on)}. Made by Ask DPO on {when(made_at)}.",
        made_at=made_at,
    )


def _term(weeks: Sequence[TermWeek]) -> tuple[Block, ...]:
    if not any(_figures(week) != (0,) * 5 for week in weeks):
        return (Heading("The term so far"), Words(NOTHING))
    from bot.exports.digest_plot import plotted  # noqa: PLC0415  an extra: not everybody has it

    rows = tuple((short_date(week.monday), *map(str, _figures(week))) for week in weeks)
    return (
        Heading("The term so far"),
        Picture(plotted(weeks), shown(weeks)),
        Rows(_HEADING, rows, _WIDTHS),
    )


def shown(weeks: Sequence[TermWeek]) -> str:
    """Say what the picture shows, for whoever hears the paper read out."""
    last = weeks[-1]
    breaches, requests = (max(getattr(week, f"{what}_open") for week in weeks) for what in ("breaches", "requests"))
    asked = sum(week.questions for week in weeks)
    return (
        f"Two charts of the {len(weeks)} weeks from {long_date(weeks[0].monday)}. Above: suspected breaches open, at "
        f"most {breaches} and now {last.breaches_open}, and requests open, at most {requests} and now "
        f"{last.requests_open}, with what was new each week. Below: questions asked each week, {asked} altogether. "
        "The table that follows has every figure."
    )


def _figures(week: TermWeek) -> tuple[int, ...]:
    return week.breaches_open, week.breaches_new, week.requests_open, week.requests_new, week.questions
