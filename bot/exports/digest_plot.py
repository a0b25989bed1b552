"""The term as a picture. Lines and bars differ by shape as well as by shade: it is printed in grey."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from policy.calendar import short_date
from policy.digest.term_weeks import TermWeek

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE: Final = (6.7, 4.4)  # inches: the width of the line
_DPI: Final = 150
_DARK, _MID, _LIGHT = "#1f3a5f", "#b3541e", "#c9d6e3"
_MOST_LABELS: Final = 14
_BAR: Final = 0.36


def plotted(weeks: Sequence[TermWeek]) -> bytes:
    """Draw the weeks, as a PNG file. The same weeks give the same bytes."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  heavy, and an extra
    from matplotlib.figure import Figure  # noqa: PLC0415  see above

    figure = Figure(figsize=_SIZE, dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    cases, asked = figure.subplots(2, 1, sharex=True, height_ratios=(2, 1))
    _draw_cases(cases, weeks)
    places = list(range(len(weeks)))
    asked.bar(places, [week.questions for week in weeks], color=_LIGHT, edgecolor=_DARK)
    asked.set_title("Questions asked in the week", loc="left", fontsize=9)
    every = -(-len(weeks) // _MOST_LABELS)
    asked.set_xticks(places[::every], [short_date(week.monday) for week in weeks[::every]], fontsize=8)
    asked.set_xlabel("week of", fontsize=8)
    for axes in (cases, asked):
        _calm(axes)
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _draw_cases(axes: "Axes", weeks: Sequence[TermWeek]) -> None:
    places = range(len(weeks))
    lines = (
        ("breaches", [week.breaches_open for week in weeks], [week.breaches_new for week in weeks], _DARK, "o-", "//"),
        ("requests", [week.requests_open for week in weeks], [week.requests_new for week in weeks], _MID, "s--", ".."),
    )
    for n, (name, open_, new, colour, style, hatch) in enumerate(lines):
        shifted = [place + (n - 0.5) * _BAR for place in places]
        axes.bar(shifted, new, width=_BAR, color="white", edgecolor=colour, hatch=hatch, label=f"{name}, new")
        axes.plot(places, open_, style, color=colour, clip_on=False, label=f"{name}, open at its end")
    axes.set_title("Suspected breaches and requests for data", loc="left", fontsize=9)
    axes.legend(fontsize=8, frameon=False, ncols=2, loc="upper left")
    axes.margins(y=0.35)


def _calm(axes: "Axes") -> None:
    """Take away what says nothing; figures are whole numbers from nought."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  see plotted

    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.set_ylim(bottom=0)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
