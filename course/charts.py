"""Results and figures as plotly charts, in the course's one template. Plotly is imported where a figure is drawn, not before."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from course import words
from course.activities import Figure, Scale, ScaleAnswer
from course.language import Language, Text, say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure

MIME = "application/vnd.plotly.v1+json"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")
"""Okabe and Ito's colours, which people with any of the common colour-vision deficiencies can tell apart."""
PATTERNS = ("", "/", "x", ".")
"""A second mark beside the colour: correctness and series are never told by colour alone."""
FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
WIDEST_LABEL = 22


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
    """The mimebundle of a complete scale: one bar an item, in the order of the items. The ratings must all be there."""
    import plotly.graph_objects as go

    labels = [f"{n}. {_short(_label(activity, n - 1, language))}" for n in range(1, len(activity.items) + 1)]
    ratings = [answer.ratings[item.id] for item in activity.items]
    figure = go.Figure(go.Bar(x=ratings, y=labels, orientation="h", text=ratings, textposition="outside", cliponaxis=False))
    lowest, highest = min(activity.values), max(activity.values)
    figure.update_layout(
        title=say(language, "scale.chart_title", title=activity.title.of(language)),
        height=140 + 34 * len(labels),
        xaxis={"title": say(language, "scale.chart_axis", lowest=lowest, highest=highest), "range": [0, highest * 1.08]},
        yaxis={"autorange": "reversed"},
    )
    return _bundle(figure, words.summary(activity, answer, language))


def grouped_bars(activity: Figure, language: Language) -> dict[str, Any]:
    """The mimebundle of a figure: a group of bars for each category."""
    import plotly.graph_objects as go

    categories = [_wrapped(text, language) for text in activity.categories]
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
    plain["config"] = {"displayModeBar": False, "displaylogo": False, "responsive": True}
    return {MIME: plain, "text/plain": text}


def _label(activity: Scale, number: int, language: Language) -> str:
    item = activity.items[number]
    text = item.statement or item.left
    return text.of(language) if text else ""


def _short(text: str) -> str:
    """Cut a label to the width that leaves room for bars on a narrow screen; a Chinese character counts as two."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if ord(character) > 0x2E7F else 1
        if width > WIDEST_LABEL:
            return text[:place].rstrip() + "…"
    return text


def _wrapped(text: Text, language: Language) -> str:
    """Break a category at its spaces, or every eight characters in Chinese, so that labels stand level."""
    if language == "zh":
        words_ = [text.zh[start : start + 8] for start in range(0, len(text.zh), 8)]
        return "<br>".join(words_)
    lines = [""]
    for word in text.en.split():
        if lines[-1] and len(lines[-1]) + len(word) > 14:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
