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
FONTS: dict[Language, str] = {
    "zh": "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "en": "system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif",
}


@cache
def template(language: Language) -> dict[str, Any]:
    """The look of every chart: transparent ground, greys that read on light and on dark, the language's fonts."""
    grey, faint = "#767676", "rgba(128,128,128,0.25)"
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "automargin": True}
    layout = {
        "font": {"family": FONTS[language], "size": 14, "color": grey},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(PALETTE),
        "margin": {"l": 16, "r": 24, "b": 56},
        "title": {
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 12, "t": 12},
            "font": {"size": 16},
        },
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"},
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
    title = say(language, f"scale.{kind}_title", title=activity.title.of(language))
    value_axis = say(language, "scale.chart_axis", lowest=lowest, highest=highest)
    _lay_out(figure, language, title, value_axis, say(language, f"scale.{kind}_axis"), rows=len(labels))
    figure.update_xaxes(range=[0, highest * 1.08])
    return _bundle(figure, words.summary(activity, answer, language), language)


def _scale_values(activity: Scale, answer: ScaleAnswer, language: Language) -> list[tuple[str, float]]:
    """Label and value of each bar. The ratings must all be there."""
    result = activity.feedback(answer)
    if result is not None and result.groups:
        return [(_label(group.title.of(language), language), group.mean) for group in result.groups]
    labels = [f"{n}. {_short(words.line(activity, n - 1, language), language)}" for n in range(1, len(activity.items) + 1)]
    return [(label, answer.ratings[item.id]) for label, item in zip(labels, activity.items, strict=True)]


def grouped_bars(activity: Figure, language: Language) -> dict[str, Any]:
    """The mimebundle of a figure: a group of bars for each category, in the order of the specification."""
    import plotly.graph_objects as go

    categories = [_label(text.of(language), language) for text in activity.categories]
    figure = go.Figure()
    for n, series in enumerate(activity.series):
        figure.add_bar(
            name=series.name.of(language),
            x=series.values,
            y=categories,
            orientation="h",
            text=[f"{value:g}" for value in series.values],
            textposition="outside",
            cliponaxis=False,
            marker={"pattern": {"shape": PATTERNS[n % len(PATTERNS)]}},
        )
    rows = len(categories) * len(activity.series)
    _lay_out(figure, language, activity.title.of(language), activity.value_axis.of(language), activity.category_axis.of(language), rows)
    figure.update_xaxes(rangemode="tozero")
    return _bundle(figure, activity.title.of(language), language)


def _lay_out(figure: PlotlyFigure, language: Language, title: str, value_axis: str, category_axis: str, rows: int) -> None:
    """Titles in lines that fit a narrow screen, and room for each bar. Bars lie, so that labels can be read on a telephone."""
    lines = _wrapped(title, language, 17)
    top = 34 + 22 * len(lines) + (46 if len(figure.data) > 1 else 0)
    figure.update_layout(
        title={"text": "<br>".join(lines), "pad": {"l": 12, "t": 4 + 10 * len(lines)}},
        height=top + 76 + 42 * rows,
        margin={"t": top},
        xaxis={"title": "<br>".join(_wrapped(value_axis, language, 11))},
        yaxis={"title": category_axis, "autorange": "reversed"},
    )


def _bundle(figure: PlotlyFigure, text: str, language: Language) -> dict[str, Any]:
    """Plotly's own JSON and the words. Made here, since ``figure.show()`` first spends a second on checking a schema."""
    plain = json.loads(figure.to_json())
    plain["layout"]["template"] = template(language)
    # Not "responsive": with it JupyterLab shrinks a chart to nothing when the window changes.
    plain["config"] = {"displayModeBar": False, "displaylogo": False}
    return {MIME: plain, "text/plain": text}


def _label(text: str, language: Language) -> str:
    """A whole label in short lines, which leave room for the bars: labels must differ, or their bars fall on one another."""
    return "<br>".join(_wrapped(text, language, 9))


def _short(text: str, language: Language) -> str:
    """A label in at most two short lines; only where a number already tells it from the others."""
    lines = _wrapped(text, language, 9)
    return "<br>".join(lines if len(lines) <= 2 else [lines[0], f"{lines[1][:-1].rstrip('，,.。 ')}…"])


def _wrapped(text: str, language: Language, width: int) -> list[str]:
    """Lines of at most ``width`` Chinese characters, or of twice as many letters; no line begins with a full stop or a comma."""
    lines: list[str] = []
    for line in textwrap.wrap(text, width if language == "zh" else 2 * width, break_on_hyphens=False):
        if lines and line[0] in "，。；：、？！）”":
            lines[-1], line = lines[-1] + line[0], line[1:]
        if line:
            lines.append(line)
    return lines
