"""The calendar of the next month: a line an entry, week by week, each with the way to what it is about."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, TypeAlias

from dialogs.cards.elements import MOST_ACTIONS, bold, card, choose, execute, fits, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from policy.agenda import AHEAD, Entry, Opens
from policy.calendar import long_date
from policy.clocks.local_time import long_time

_VERBS: Final = {
    Opens.BREACH: (Verb.BREACH_SHOW, "case"),
    Opens.REQUEST: (Verb.REQUEST_SHOW, "case"),
    Opens.PLAN: (Verb.PLAN_SHOW, "plan"),
}
_MOST: Final = 30  # lines that anybody reads
ENTRY: Final = "entry"  # the list's name: "breach/17"
Weeks: TypeAlias = Sequence[tuple[str, Sequence[Entry]]]


def agenda_card(weeks: Weeks, *, codes: Sequence[str], email: str) -> Json:
    """Show the weeks; what does not fit is counted week by week, from the last one back."""
    if not any(some for _, some in weeks):
        return card(heading("Nothing in the next 30 days"), text("No day to keep and no review falls into them."))
    shown = min(sum(len(some) for _, some in weeks), _MOST)
    several = len(codes) > 1
    whole = _drawn(weeks, shown, several=several, how=_how(codes, email))
    while not fits(whole):
        shown -= 1
        whole = _drawn(weeks, shown, several=several, how=_how(codes, email))
    return whole


def no_agenda_card() -> Json:
    """Say whose the calendar is, and what everybody has."""
    return card(
        heading("The calendar is the DPO's and the headteacher's"),
        text("Type my tasks to see what is asked of you, and status to see how far your own reports are."),
    )


def _drawn(weeks: Weeks, shown: int, *, several: bool, how: str) -> Json:
    body, opened = list[Json](), dict[str, str]()
    fitting = [
        (title, some, some[: max(shown - before, 0)])
        for (title, some), before in zip(weeks, _before(weeks), strict=False)
    ]
    a_button_each = sum(one.opens in _VERBS for _, _, some in fitting for one in some) <= MOST_ACTIONS
    for title, some, these in fitting:
        body.append(said(bold(title), spacing="Medium"))
        body += [_line(one, several=several, button=a_button_each) for one in these]
        opened |= {f"{one.opens}/{one.number}": _named(one) for one in these if one.opens in _VERBS}
        if len(some) > len(these):
            body.append(said(f"And {len(some) - len(these)} more, which did not fit here.", spacing="Small"))
    whole = (heading(f"The next {AHEAD.days} days"), *body, said(how))
    if a_button_each:
        return card(*whole)
    listed = [(words, key) for key, words in opened.items()]
    return card(
        *whole,
        choose(ENTRY, "Which one shall I open?", listed, otherwise="Please choose one."),
        actions=[execute("Open", Verb.AGENDA_OPEN)],
    )


def _before(weeks: Weeks) -> Iterator[int]:
    """Give how many entries come before each week."""
    return accumulate((len(some) for _, some in weeks), initial=0)


def _line(entry: Entry, *, several: bool, button: bool) -> Json:
    when = long_date(entry.on) if entry.at is None else long_time(entry.at)
    words = said(bold(f"{when}:"), f"{entry.words}{f' ({entry.school})' if several else ''}.", spacing="Small")
    if entry.opens not in _VERBS or not button:
        return words
    verb, key = _VERBS[entry.opens]
    opens = execute("Open", verb, **{key: entry.number})
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {"type": "Column", "width": "stretch", "verticalContentAlignment": "Center", "items": [words]},
            {"type": "Column", "width": "auto", "items": [{"type": "ActionSet", "actions": [opens]}]},
        ],
    }


def _named(entry: Entry) -> str:
    return entry.words.partition(":")[0]


def _how(codes: Sequence[str], email: str) -> str:
    command = f"askdpo export calendar --school {codes[0]} --as {email} --out calendar.ics"
    more = " (once a school)" if len(codes) > 1 else ""
    return f"To have these in Outlook, ask whoever runs me for the file{more}: {command}"
