"""The curve of a scorecard: scores along the rows, with peak and end."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Scorecard, ScorecardAnswer
from course.activities.scorecard_curve import Moment
from course.charts.layout import bundle, lay_out, short
from course.charts.template import PALETTE
from course.language import Language, say
from course.words.scorecard import moment_name, row_title, signed

GREY = "#767676"
BLUE, RED, *_, YELLOW = PALETTE[:5]
MARKED = {
    name: {"symbol": symbol, "size": 16, "color": BLUE, "line": {"color": YELLOW, "width": 3}}
    for name, symbol in {"peak": "diamond", "end": "square", "peak_end": "star-diamond"}.items()
}
"""Peak and end are larger, of a shape of their own, and named."""


def curve(activity: Scorecard, answer: ScorecardAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of a curve of at least two points.

    The rows go down and the scores across, as the bars of the other charts lie: so twelve labels can be read on a telephone, in the order
    of the table above.
    """
    journey, spec = activity.journey(answer), activity.curve
    if journey is None or spec is None:
        return None
    import plotly.graph_objects as go

    column = next(column for column in activity.columns if column.id == spec.value)
    lowest, highest = column.lowest or 0, column.highest or 0
    labels = {moment.id: _label(activity, moment, language) for moment in journey.moments}

    def points(moments: tuple[Moment, ...], name: str, **look: Any) -> Any:
        values = [moment.value for moment in moments]
        return go.Scatter(x=values, y=[labels[moment.id] for moment in moments], name=name, showlegend=False, cliponaxis=False, **look)

    figure = go.Figure()
    line = {"mode": "lines+markers", "line": {"color": BLUE, "width": 2}, "marker": {"color": BLUE, "size": 9}}
    figure.add_trace(points(journey.moments, spec.axis.of(language), **line))
    low = say(language, "scorecard.chart_low", threshold=signed(spec.threshold))
    figure.add_trace(points(journey.low, low, mode="markers", marker={"symbol": "triangle-left", "size": 13, "color": RED}))
    ends = {"peak_end": journey.end} if journey.peak == journey.end else {"peak": journey.peak, "end": journey.end}
    for name, moment in ends.items():
        if moment:
            text = say(language, f"scorecard.chart_{name}")
            place = "top center" if name == "peak" else f"bottom {_side(moment.value, lowest, highest)}"  # above the last runs the curve
            figure.add_trace(points((moment,), text, mode="markers+text", text=[text], textposition=place, marker=MARKED[name]))
    figure.add_vline(x=0, line={"color": GREY, "width": 1.5})
    dashed = {"color": RED, "width": 1.5, "dash": "dash"}
    figure.add_vline(x=spec.threshold, line=dashed, annotation={"text": low, "yanchor": "bottom", "y": 1}, annotation_position="top")
    title = say(language, "scorecard.chart_title", title=activity.title.of(language))
    lay_out(figure, language, title, spec.axis.of(language), row_title(activity, language), rows=len(labels) + 1)
    ticks = list(range(lowest, highest + 1)) if highest - lowest <= 10 else [lowest, 0, highest]
    margin = 0.08 * (highest - lowest)
    figure.update_xaxes(
        range=[lowest - margin, highest + margin],
        zeroline=False,
        tickangle=0,
        tickfont={"size": 12},
        tickvals=ticks,
        ticktext=[signed(tick) for tick in ticks],
    )
    figure.update_yaxes(title_standoff=10, autorange=False, range=[len(labels) - 0.1, -0.9])
    return bundle(figure, words.summary(activity, answer, language), language)


def _side(value: int, lowest: int, highest: int) -> str:
    """On which side of a point its word has room."""
    return "left" if value > highest / 2 else "right" if value < lowest / 2 else "center"


def _label(activity: Scorecard, moment: Moment, language: Language) -> str:
    """The number of the row and the start of its label."""
    return short(f"{moment.number}.\N{NO-BREAK SPACE}{moment_name(activity, moment, language)}", language, 8)
