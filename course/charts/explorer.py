"""What an explorer found as a chart: bars that lie, lines over months, a Pareto chart."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any

from course import exploring
from course.activities import Explorer, ExplorerAnswer
from course.charts.layout import bundle, label, lay_out, wrapped
from course.charts.template import GREY, PALETTE, PATTERNS
from course.exploring.finding import Drawing, Series
from course.language import Language

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure

DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
LINE_ROWS = 6
"""A chart of lines is as high as so many bars."""
LINES_A_ROW = 2.2
"""So many lines of a label fit beside one bar."""
RULE = {"color": GREY, "width": 2, "dash": "dash"}


def draw(activity: Explorer, answer: ExplorerAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of what was found, or None where there is nothing to draw. Raises ContentError as ``exploring.find`` does."""
    finding = exploring.find(activity, answer, language)
    if finding.drawing is None:
        return None
    import plotly.graph_objects as go

    figure = go.Figure()
    _FORMS[finding.drawing.form](figure, finding.drawing, finding.caption, language)
    return bundle(figure, f"{finding.caption}\n{finding.sentence}", language)


def _bars(figure: PlotlyFigure, drawing: Drawing, title: str, language: Language) -> None:
    """A bar for each label and series, from the base. The numbers stand at their ends where no interval is in the way."""
    names = [label(text, language) for text in drawing.labels]
    for n, series in enumerate(drawing.series):
        figure.add_bar(
            name=series.name,
            y=names,
            x=[None if value is None else round(value - drawing.base, 9) for value in series.values],
            base=drawing.base,
            orientation="h",
            text=None if series.low else _texts(series, drawing),
            textposition="outside",
            cliponaxis=False,
            customdata=series.texts,
            hovertemplate="%{y}: %{customdata}",
            marker=_marker(n, len(names), drawing),
            error_x=_interval(series),
        )
    rows = max(len(names) * len(drawing.series), _rows_of_labels(names))
    lay_out(figure, language, title, drawing.values_axis, drawing.labels_axis, rows)
    _legend_in_lines(figure, drawing)
    _show_range(figure, drawing)
    if drawing.rule:
        value, text = drawing.rule
        note = {"text": text, "yanchor": "bottom", "y": 1}
        figure.add_vline(x=float(f"{value:.6g}"), line=RULE, layer="below", annotation=note, annotation_position="top")


def _texts(series: Series, drawing: Drawing) -> list[str]:
    """The number of each bar, with a sign at the one to point out."""
    return [f"{text} ◀" if place == drawing.marked else text for place, text in enumerate(series.texts)]


def _marker(n: int, bars: int, drawing: Drawing) -> dict[str, Any]:
    """Series differ by colour and pattern, and so does the bar to point out."""
    if drawing.marked is None:
        return {"color": PALETTE[n % len(PALETTE)], "pattern": {"shape": PATTERNS[n % len(PATTERNS)]}}
    chosen = [int(place == drawing.marked) for place in range(bars)]
    return {"color": [PALETTE[place] for place in chosen], "pattern": {"shape": [PATTERNS[place] for place in chosen]}}


def _interval(series: Series) -> dict[str, Any] | None:
    """Whiskers from ``low`` to ``high``; none of a bar that lacks either."""
    if not series.low:
        return None
    spans = [
        (0.0, 0.0) if value is None or low is None or high is None else (round(high - value, 9), round(value - low, 9))
        for value, low, high in zip(series.values, series.low, series.high, strict=True)
    ]
    up, down = zip(*spans, strict=True)
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": GREY, "thickness": 2, "width": 5}


def _show_range(figure: PlotlyFigure, drawing: Drawing) -> None:
    """Bars from their base, with room for the numbers at their ends."""
    known = [drawing.base, *(drawing.rule or ())[:1]]
    for series in drawing.series:
        known += [value for value in (*series.values, *series.low, *series.high) if value is not None]
    low, high = min(known), max(known)
    longest = max((len(text) for series in drawing.series if not series.low for text in _texts(series, drawing)), default=1)
    high = high if high > low else low + 1
    room = (high - low) * 0.06 * longest
    ends = [low - room if low < drawing.base else low, high + room if high > drawing.base else high]
    figure.update_xaxes(range=[float(f"{end:.4g}") for end in ends], **_ticks(drawing))


def _legend_in_lines(figure: PlotlyFigure, drawing: Drawing) -> None:
    """A line a series above the chart, since side by side they may not fit a telephone; ``lay_out`` has left room for two."""
    if len(drawing.series) > 1:
        more = 23 * (len(drawing.series) - 2) + 10
        legend = {"entrywidthmode": "fraction", "entrywidth": 1}  # lying, since a standing one takes its room from the bars
        figure.update_layout(margin={"t": figure.layout.margin.t + more}, height=figure.layout.height + more, legend=legend)


def _rows_of_labels(names: list[str]) -> int:
    """How many bars' height the labels need for themselves."""
    return ceil(len(names) * max(name.count("<br>") + 1 for name in names) / LINES_A_ROW)


def _lines(figure: PlotlyFigure, drawing: Drawing, title: str, language: Language) -> None:
    """A line for each series over months; what is not there leaves a gap."""
    for n, series in enumerate(drawing.series):
        figure.add_scatter(
            name=series.name,
            x=drawing.labels,
            y=series.values,
            mode="lines+markers",
            line={"dash": DASHES[n], "color": PALETTE[n], "width": 2},
            marker={"symbol": SYMBOLS[n], "size": 8},
            customdata=series.texts,
            hovertemplate="%{x}: %{customdata}",
        )
    axis = "<br>".join(wrapped(drawing.values_axis, language, 14))
    lay_out(figure, language, title, drawing.labels_axis, axis, LINE_ROWS)
    _legend_in_lines(figure, drawing)
    figure.update_xaxes(type="date", tickformat="%Y-%m", hoverformat="%Y-%m", nticks=5, ticklabelstandoff=6)
    figure.update_yaxes(autorange=True, rangemode="tozero", **_ticks(drawing))


def _pareto(figure: PlotlyFigure, drawing: Drawing, title: str, language: Language) -> None:
    """Bars from the largest down, and their running share on an axis of its own above; the signs at the axes say which is which."""
    names = [label(text, language) for text in drawing.labels]
    values, running = drawing.series
    look = {"customdata": values.texts, "hovertemplate": "%{y}: %{customdata}<extra></extra>", "showlegend": False}
    figure.add_bar(x=values.values, y=names, orientation="h", text=values.texts, textposition="outside", cliponaxis=False, **look)
    look["customdata"] = running.texts
    line = {"mode": "lines+markers", "line": {"color": PALETTE[1], "width": 2}, "marker": {"symbol": "diamond", "size": 9}}
    figure.add_scatter(x=running.values, y=names, xaxis="x2", cliponaxis=False, **line, **look)
    lay_out(figure, language, title, f"■ {drawing.values_axis}", drawing.labels_axis, max(len(names), _rows_of_labels(names)))
    _show_range(figure, replace(drawing, series=(values,), rule=None))
    percent = {"tickformat": ".0%", "tickvals": [0, 0.5, 0.8, 1], "range": [0, 1.03], "showgrid": False}
    figure.update_layout(xaxis2={"overlaying": "x", "side": "top", "title": f"◆ {running.name}", **percent})
    if drawing.rule:
        value = drawing.rule[0]
        figure.add_shape(type="line", xref="x2", yref="paper", x0=value, x1=value, y0=0, y1=1, line=RULE, layer="below")


def _curve(figure: PlotlyFigure, drawing: Drawing, title: str, language: Language) -> None:
    """The running share over the share of groups, from the largest down."""
    (series,) = drawing.series
    last = len(series.values) - 1
    figure.add_scatter(
        x=[round(place / last, 4) for place in range(last + 1)],
        y=series.values,
        mode="lines",
        line={"color": PALETTE[0], "width": 3},
        customdata=series.texts,
        hovertemplate="%{x:.0%}: %{customdata}<extra></extra>",
    )
    axis = "<br>".join(wrapped(drawing.values_axis, language, 14))
    lay_out(figure, language, title, drawing.labels_axis, axis, LINE_ROWS)
    if drawing.rule:
        value, text = drawing.rule
        figure.add_hline(y=value, line=RULE, annotation={"text": text}, annotation_position="bottom right")
    figure.update_xaxes(range=[0, 1], tickformat=".0%", tickvals=[0, 0.2, 0.5, 1])
    figure.update_yaxes(autorange=False, range=[0, 1.02], **_ticks(drawing))


def _ticks(drawing: Drawing) -> dict[str, Any]:
    if drawing.percent:
        return {"tickformat": ".0%", "nticks": 5}
    return {"separatethousands": True, "exponentformat": "none", "nticks": 5}


_FORMS = {"bars": _bars, "line": _lines, "pareto": _pareto, "curve": _curve}
"""Which function draws which form."""
