"""The results of a calculator: lines over the range of one input, or bars side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course import words
from course.activities import Calculator, CalculatorAnswer
from course.activities.calculator import Chart
from course.activities.quantity import Input, Quantity
from course.charts.layout import bundle, label, lay_out, wrapped
from course.charts.template import GREY, PALETTE
from course.language import Language, say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure

DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
_ROWS = 6
"""A line chart is as high as so many bars."""


def draw(activity: Calculator, answer: CalculatorAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of the chart for what the inputs are set to; None where there is none."""
    if activity.chart is None:
        return None
    import plotly.graph_objects as go

    figure, values = go.Figure(), activity.values(answer)
    if activity.over:
        _lines(figure, activity, activity.chart, activity.over, values, language)
    else:
        _bars(figure, activity, activity.chart, values, language)
    return bundle(figure, activity.title.of(language), language)


def _lines(figure: PlotlyFigure, activity: Calculator, chart: Chart, over: Input, values: dict[str, float], language: Language) -> None:
    """A line for each result with a mark at what is set now, and a thin grey one for the start values to compare with."""
    now = values[over.id]
    places = sorted({*over.spread(), now})
    line, at_start = (activity.line(over, inputs, places) for inputs in (values, activity.values(CalculatorAnswer())))
    names = ["<br>".join(wrapped(result.label.of(language), language, 14)) for result in activity.charted]
    names.append(say(language, "calculator.at_start"))
    for n, result in enumerate(activity.charted):
        figure.add_scatter(
            name=names[-1],
            x=places,
            y=[at[result.id] for _, at in at_start],
            mode="lines",
            line={"dash": DASHES[n], "width": 2, "color": GREY},
            showlegend=n == 0,
            legendrank=2000,
        )
        figure.add_scatter(
            name=names[n],
            x=places,
            y=[at[result.id] for _, at in line],
            mode="lines+markers",
            line={"dash": DASHES[n], "width": 3, "color": PALETTE[n]},
            marker={"symbol": SYMBOLS[n], "size": [14 if place == now else 0 for place in places], "opacity": 1},
            cliponaxis=False,
        )
    figure.add_vline(x=now, line={"color": GREY, "width": 1, "dash": "dot"})
    axis = "<br>".join(wrapped(chart.axis.of(language), language, 14))
    lay_out(figure, language, activity.title.of(language), words.calculator.name(over, language), axis, _ROWS)
    more = 22 * max(0, sum(name.count("<br>") + 1 for name in names) - 2)  # on a telephone each name of the legend has lines of its own
    figure.update_layout(height=figure.layout.height + more, margin={"t": figure.layout.margin.t + more})
    figure.update_xaxes(range=[over.lowest, over.highest], nticks=6, **_ticks(over))
    figure.update_yaxes(autorange=True, rangemode="tozero", **_ticks(activity.charted[0]))


def _bars(figure: PlotlyFigure, activity: Calculator, chart: Chart, values: dict[str, float], language: Language) -> None:
    """A bar for each result, with its number; what cannot be computed has none."""
    numbers = activity.work_out(values)
    rows = [(result, numbers[result.id]) for result in activity.charted]
    if chart.sort:
        rows.sort(key=lambda row: -(row[1] or 0.0))
    texts = ["" if value is None else result.digits_of(value) for result, value in rows]
    figure.add_bar(
        x=[value for _, value in rows],
        y=[label(result.label.of(language), language) for result, _ in rows],
        orientation="h",
        text=texts,
        textposition="outside",
        cliponaxis=False,
    )
    categories = "<br>".join(wrapped(chart.categories.of(language), language, 9)) if chart.categories else ""
    lay_out(figure, language, activity.title.of(language), chart.axis.of(language), categories, len(rows))
    known = [0.0, *(value for _, value in rows if value is not None)]
    room = (max(known) - min(known) or 1.0) * min(0.04 + 0.075 * max(map(len, texts)), 0.8)  # for the number beside the longest bar
    figure.update_xaxes(range=[min(known) - (room if min(known) < 0 else 0), max(known) + room], nticks=4, **_ticks(rows[0][0]))


def _ticks(quantity: Quantity) -> dict[str, Any]:
    """How an axis writes this quantity: thousands apart, fractions as percentages."""
    if quantity.format == "percent":
        return {"tickformat": f",.{quantity.digits}~%", "hoverformat": f",.{quantity.digits}%"}
    return {"separatethousands": True, "exponentformat": "none", "hoverformat": f",.{quantity.digits}f"}
