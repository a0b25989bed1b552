"""`askdpo clock`: the deadlines, worked out in front of you. Nothing is stored and no database is opened."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import click

from bot.clock import wall_clock
from policy.calendar import long_date
from policy.clocks.breach import HOURS, breach_clock, breach_steps
from policy.clocks.complaint import complaint_clock
from policy.clocks.local_time import Instant, instant, london, long_time
from policy.clocks.pauses import Clarification
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar import SarClock, SarEvents, SarState, sar_clock
from policy.clocks.sar_steps import sar_steps, sar_steps_for_the_dpo
from policy.clocks.working_days import Division

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")


class _RefusedError(click.ClickException):
    """Dates that cannot be: bad use, so exit 2."""

    exit_code = 2


class _Day(click.ParamType[date]):
    """A date as 2026-06-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401  click's signature
        if isinstance(value, date):
            return value
        try:
            return _day(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


class _Moment(click.ParamType[Instant]):
    """A date and time as 2026-03-27T16:30, London's unless an offset is given."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Instant:  # noqa: ANN401  click's signature
        if isinstance(value, Instant):
            return value
        try:
            read = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a time. Write it as 2026-03-27T16:30.", param, ctx)
        try:
            moment = instant(read)
        except RefusedDatesError as refused:
            self.fail(str(refused), param, ctx)
        if _DATE.fullmatch(value):
            return replace(moment, note="No hour was given, so it counts from midnight, to be safe.")
        return moment


class _Today(_Day):
    """A date, or the date of a moment."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401  click's signature
        if isinstance(value, str) and "T" in value:
            return london(_Moment().convert(value, param, ctx).at).date()
        return super().convert(value, param, ctx)


class _Asking(click.ParamType[Clarification]):
    """A clarification: the day we asked, and the day of the answer where there is one."""

    name = "asked[:answered]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Clarification:  # noqa: ANN401  click's signature
        if isinstance(value, Clarification):
            return value
        asked, colon, answered = value.partition(":")
        try:
            return Clarification(_day(asked), _day(answered) if colon else None)
        except ValueError as wrong:
            self.fail(f"{wrong} A clarification is ASKED or ASKED:ANSWERED.", param, ctx)


def _day(words: str) -> date:
    if not _DATE.fullmatch(words):
        raise ValueError(f"{words!r} is not a date. Write it as 2026-06-01.")
    try:
        return date.fromisoformat(words)
    except ValueError as wrong:
        raise ValueError(f"There is no {words} on the calendar.") from wrong


_DIVISION: Final = click.option(
    "--division",
    type=click.Choice([str(one) for one in Division]),
    default=Division.ENGLAND_AND_WALES.value,
    show_default=True,
    help="Whose bank holidays count.",
)
_JSON: Final = click.option("--json", "as_json", is_flag=True, help="The result as one JSON object.")


@click.group()
def command() -> None:
    """Work out a deadline and show the sum: sar, breach or complaint."""


@command.command(epilog="Example: askdpo clock sar --received 2026-06-01 --clarify 2026-06-08:2026-06-15")
@click.option("--received", type=_Day(), required=True, help="The day it came, in any form, to anybody at school.")
@click.option("--identity-asked", type=_Day(), help="The day we asked for proof of identity.")
@click.option("--identity-doubt", is_flag=True, help="A reasonable doubt is on record; without one nothing waits.")
@click.option("--identity-received", type=_Day(), help="The day the proof came.")
@click.option("--authority-asked", type=_Day(), help="The day we asked an agent for written authority.")
@click.option("--authority-received", type=_Day(), help="The day it came.")
@click.option("--fee-asked", type=_Day(), help="The day we asked for a fee.")
@click.option("--fee-paid", type=_Day(), help="The day it was paid.")
@click.option("--clarify", "clarifications", type=_Asking(), multiple=True, help="We asked what is meant. Repeatable.")
@click.option("--extended", count=True, help="Extended by two months; possible once.")
@_DIVISION
@click.option("--now", type=_Today(), help="As if on that date; today by default.")
@_JSON
def sar(*, extended: int, division: str, now: date | None, as_json: bool, **happened: Any) -> None:  # noqa: ANN401  click's own values, one for each of SarEvents
    """Work out when a subject access request must be answered."""
    if extended > 1:
        raise _RefusedError("A request can be extended once only, by two months.")
    events = SarEvents(extended=bool(extended), **happened)
    try:
        clock = sar_clock(events, division=Division(division), now=now or _today())
    except RefusedDatesError as refused:
        raise _RefusedError(str(refused)) from refused
    click.echo(json.dumps(_sar_object(clock)) if as_json else _sar_text(clock))


@command.command(epilog="Example: askdpo clock breach --aware 2026-03-27T16:30")
@click.option("--aware", type=_Moment(), required=True, help="When anybody at school first knew, in London's time.")
@click.option("--now", type=_Moment(), help="As if at that time; now by default.")
@_JSON
def breach(*, aware: Instant, now: Instant | None, as_json: bool) -> None:
    """Work out when the regulator must know of a breach: 72 hours."""
    try:
        clock = breach_clock(aware.at, now.at if now else wall_clock())
    except RefusedDatesError as refused:
        raise _RefusedError(str(refused)) from refused
    steps = ([aware.note] if aware.note else []) + list(breach_steps(clock))
    if as_json:
        told = {
            "aware": clock.aware.isoformat(),
            "ico_by": clock.ico_by.isoformat(),
            "hours_left": clock.hours_left,
            "note": aware.note or None,
            "steps": steps,
        }
        click.echo(json.dumps(told))
        return
    left = f"{clock.hours_left:g} hours left" if clock.hours_left >= 0 else f"over by {-clock.hours_left:g} hours"
    click.echo(_told(f"{HOURS} hours end on {long_time(clock.ico_by)}: {left}.", steps))


@command.command(epilog="Example: askdpo clock complaint --received 2026-06-19")
@click.option("--received", type=_Day(), required=True, help="The day the complaint came.")
@_DIVISION
@click.option("--now", type=_Today(), help="As if on that date: a later receipt is then refused.")
@_JSON
def complaint(*, received: date, division: str, now: date | None, as_json: bool) -> None:
    """Work out when a data-protection complaint must be acknowledged."""
    try:
        clock = complaint_clock(received, division=Division(division), now=now)
    except RefusedDatesError as refused:
        raise _RefusedError(str(refused)) from refused
    if as_json:
        click.echo(json.dumps({"acknowledge_by": clock.acknowledge_by.isoformat(), "steps": clock.steps}))
        return
    click.echo(_told(f"Acknowledge by {long_date(clock.acknowledge_by)}.", clock.steps))


def _today() -> date:
    return london(wall_clock()).date()


def _sar_object(clock: SarClock) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "state": str(clock.state),
        "starts": iso(clock.starts),
        "due": iso(clock.due),
        "outer_due": iso(clock.outer_due),
        "target": iso(clock.target),
        "extension_notice_by": iso(clock.extension_notice_by),
        "extended_due": iso(clock.extended_due),
        "extended_outer_due": iso(clock.extended_outer_due),
        "days_left": clock.days_left,
        "steps": [*sar_steps(clock), *sar_steps_for_the_dpo(clock)],
    }


def _sar_text(clock: SarClock) -> str:
    match clock.state:
        case SarState.WAITING:
            head = "No due date yet: the month has not begun."
        case SarState.PAUSED:
            on_top = f", and {clock.set_aside} of an earlier pause on top" if clock.set_aside else ""
            head = f"Paused: {clock.days_left} days left when the answer comes{on_top}."
        case SarState.RUNNING:
            due = clock.extended_due or clock.due
            head = f"Reply by {long_date(due)}." if due else ""
    for_the_dpo = sar_steps_for_the_dpo(clock)
    return "\n".join([_told(head, sar_steps(clock)), *(f"  For the DPO: {line}" for line in for_the_dpo)])


def _told(head: str, steps: tuple[str, ...] | list[str]) -> str:
    return "\n".join([head, *(f"  {number}. {line}" for number, line in enumerate(steps, 1))])
