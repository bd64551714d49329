"""Results and figures as plotly charts, in the course's one template. Plotly is imported where a figure is drawn, not before."""

from __future__ import annotations

import json
import textwrap
from functools import cache
from typing import TYPE_CHECKING, Any

from course import words
from course.activities import Figure, Scale, ScaleAnswer
from course.language import Language, say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure

MIME = "application/vnd.plotly.v1+json"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")
"""Okabe and Ito's colours, which people with any of the common colour-vision deficiencies can tell apart."""
PATTERNS = ("", "/", "x", ".")
"""A second mark beside the colour: correctness and series are never told by colour alone."""
FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


@cache
def template() -> dict[str, Any]:
    """The look of every chart: transparent ground, greys that read on light and on dark, CJK fonts."""
    grey, faint = "#767676", "rgba(128,128,128,0.25)"
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "automargin": True}
    layout = {
        "font": {"family": FONT, "size": 14, "color": grey},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(PALETTE),
        "margin": {"l": 16, "r": 24, "t": 56, "b": 48},
        "legend": {"orientation": "h", "y": -0.25},
        "xaxis": axis,
        "yaxis": axis,
    }
    return {"layout": layout}


def scale_bars(activity: Scale, answer: ScaleAnswer, language: Language) -> dict[str, Any]:
    """The mimebundle of a complete scale, longest bar first: a bar a group where there are groups, else a bar an item."""
    import plotly.graph_objects as go

    bars = sorted(_scale_values(activity, answer, language), key=lambda bar: -bar[1])
    labels, values = [label for label, _ in bars], [value for _, value in bars]
    figure = go.Figure(go.Bar(x=values, y=labels, orientation="h", text=values, textposition="outside", cliponaxis=False))
    lowest, highest = min(activity.values), max(activity.values)
    kind = "group" if activity.groups else "item"
    figure.update_layout(
        title=say(language, f"scale.{kind}_title", title=activity.title.of(language)),
        height=150 + 44 * len(labels),
        xaxis={"title": say(language, "scale.chart_axis", lowest=lowest, highest=highest), "range": [0, highest * 1.08]},
        yaxis={"title": say(language, f"scale.{kind}_axis"), "autorange": "reversed"},
    )
    return _bundle(figure, words.summary(activity, answer, language))


def _scale_values(activity: Scale, answer: ScaleAnswer, language: Language) -> list[tuple[str, float]]:
    """Label and value of each bar. The ratings must all be there."""
    result = activity.feedback(answer)
    if result is not None and result.groups:
        return [(_wrapped(group.title.of(language), language), group.mean) for group in result.groups]
    labels = [f"{n}. {_wrapped(words.line(activity, n - 1, language), language)}" for n in range(1, len(activity.items) + 1)]
    return [(label, answer.ratings[item.id]) for label, item in zip(labels, activity.items, strict=True)]


def grouped_bars(activity: Figure, language: Language) -> dict[str, Any]:
    """The mimebundle of a figure: a group of bars for each category."""
    import plotly.graph_objects as go

    categories = [_wrapped(text.of(language), language) for text in activity.categories]
    figure = go.Figure(
        [
            go.Bar(
                name=series.name.of(language),
                x=categories,
                y=series.values,
                text=series.values,
                textposition="outside",
                cliponaxis=False,
                marker={"pattern": {"shape": PATTERNS[n % len(PATTERNS)]}},
            )
            for n, series in enumerate(activity.series)
        ]
    )
    figure.update_layout(
        title=activity.title.of(language),
        height=440,
        xaxis={"title": activity.category_axis.of(language)},
        yaxis={"title": activity.value_axis.of(language), "rangemode": "tozero"},
    )
    return _bundle(figure, words.summary(activity, activity.answer_type(), language))


def _bundle(figure: PlotlyFigure, text: str) -> dict[str, Any]:
    """Plotly's own JSON and the words. Made here, since ``figure.show()`` first spends a second on checking a schema."""
    plain = json.loads(figure.to_json())
    plain["layout"]["template"] = template()
    plain["config"] = {"displayModeBar": False, "displaylogo": False}
    return {MIME: plain, "text/plain": text}


def _wrapped(text: str, language: Language) -> str:
    """Break a label into at most two lines that leave room for the bars on a narrow screen."""
    if language == "zh":
        lines = textwrap.wrap(text, 10, break_on_hyphens=False)
    else:
        lines = textwrap.wrap(text, 20)
    return "<br>".join(lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1].rstrip('，,.。 ')}…"])
