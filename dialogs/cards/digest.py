"""The headteacher's week on one card, to be read in a minute; many schools, a line each; and a word to governors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import MOST_ACTIONS, bold, card, chart, execute, fits, heading, said, small, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST_SCHOOLS: Final = (40, 20, 10)  # the first that fits
_ABOUT_NOTHING: Final = "nothing to report."


@dataclass(frozen=True, slots=True)
class Opens:
    """A button that opens something: its words, its verb, and what the verb's data calls the number."""

    words: str
    verb: Verb
    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Course:
    """A chart: what the weeks are called ("9 Nov"), and each line's (name, a figure a week); `figures` tell it all."""

    title: str
    weeks: Sequence[str]
    lines: Sequence[tuple[str, Sequence[int]]]
    figures: str


@dataclass(frozen=True, slots=True)
class DigestCard:
    """One school's week, under a title in our own words. A section without lines has nothing to report.

    `when` in words: "Mon 23 Nov 2026". `decides` open what only the reader can decide, of which there are `decisions`;
    they come before everything else, whatever the order of the sections.
    """

    title: str
    school: str
    when: str
    sections: Sequence[tuple[str, Sequence[str]]]
    decisions: int = 0
    decides: Sequence[Opens] = ()
    opens: Sequence[Opens] = ()
    season: str = ""
    not_kept: str = ""
    course: Course | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrustCard:
    """Many schools: (name, words, kept apart) each, in order; `quiet` is how many have nothing to report.

    `sums` is a sentence about all of them.
    """

    title: str
    when: str
    schools: Sequence[tuple[str, str, str]]
    quiet: int
    opens: Sequence[Opens] = ()
    sums: str = ""


def digest_card(week: DigestCard) -> Json:
    """Show a week: what has something to say first, section by section, then what has nothing, in one line."""
    empty = [title for title, lines in week.sections if not lines]
    return card(
        heading(week.title),
        said(f"{week.school}, {week.when}", spacing="None"),
        *_first(week.decisions, week.decides),
        *([said(bold(week.season))] if week.season else []),
        *(_section(title, lines) for title, lines in week.sections if lines),
        *([said(bold(f"{', '.join(empty)}:"), _ABOUT_NOTHING)] if empty else []),
        *([_chart(week.course)] if week.course else []),
        *small(*filter(None, (week.not_kept, week.note))),
        actions=_buttons(week.opens, most=MOST_ACTIONS - len(week.decides)),
    )


def trust_digest_card(week: TrustCard) -> Json:
    """Show the schools that have something to report, the most pressing first, and how many have not."""
    for most in _MOST_SCHOOLS:
        whole = _trust(week, most)
        if fits(whole):
            break
    return whole


def which_week_card(how: str) -> Json:
    """Ask which week is meant; `how` says how to name one."""
    return card(heading("Which week?"), text(how))


def no_digest_card() -> Json:
    """Say whose the digest is, whom to ask, and what everybody has."""
    return card(
        heading("The digest is the headteacher's and the DPO's"),
        text(
            "It counts a whole school's work for whoever answers for it. If you need a figure, please ask one of them."
        ),
        text("Type inbox to see what waits for you, and status to see how far your own reports are."),
    )


def withheld_card(*, school: str, cases: int) -> Json:
    """Tell a governor that the head's digest leaves something out, by rule: how many, and no more (domain 9)."""
    verb = "is" if cases == 1 else "are"
    return card(
        heading("Kept apart, by rule"),
        said(school, spacing="None"),
        said(f"{cases} open {'case' if cases == 1 else 'cases'} {verb} not in the headteacher's weekly digest."),
        text("The DPO, or whoever stands in, has what there is to know. Nothing is asked of you here."),
    )


def _chart(course: Course) -> Json:
    """Draw the weeks in Teams itself; a client that cannot shows the same figures as words."""
    return chart(
        course.title,
        [(name, list(zip(course.weeks, figures, strict=True))) for name, figures in course.lines],
        otherwise=said(bold(f"{course.title}:"), course.figures),
    )


def _first(decisions: int, decides: Sequence[Opens]) -> list[Json]:
    """Say at the very top that something waits for a yes or no, with the way to it right below."""
    if not decisions:
        return []
    waits = "1 decision waits for you." if decisions == 1 else f"{decisions} decisions wait for you."
    more = ["Type inbox for all of them."] if decisions > len(decides) else []
    buttons = [{"type": "ActionSet", "spacing": "Small", "actions": _buttons(decides)}] if decides else []
    return [said(bold(waits), *more, spacing="Medium"), *buttons]


def _section(title: str, lines: Sequence[str]) -> Json:
    return said(bold(f"{title}:"), " ".join(lines))


def _trust(week: TrustCard, most: int) -> Json:
    shown, rest = week.schools[:most], len(week.schools) - most
    return card(
        heading(week.title),
        said(week.when, spacing="None"),
        *([said(week.sums)] if week.sums else []),
        *(said(bold(f"{name}:"), *filter(None, (words, apart))) for name, words, apart in shown),
        *([said(f"And {rest} more schools, with less that presses.")] if rest > 0 else []),
        *([said(_quiet(week.quiet, alone=not shown))] if week.quiet else []),
        actions=_buttons(week.opens),
    )


def _quiet(count: int, *, alone: bool) -> str:
    if alone:
        return "Nothing to report." if count == 1 else f"Nothing to report at any of your {count} schools."
    return f"Nothing to report at {count} {'other school' if count == 1 else 'other schools'}."


def _buttons(opens: Sequence[Opens], *, most: int = MOST_ACTIONS) -> list[Json]:
    return [execute(one.words, one.verb, **{one.key: one.number}) for one in opens[:most]]
