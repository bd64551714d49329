"""A figure as grouped bars."""

from __future__ import annotations

from typing import Any

from course.activities import Answer, Figure
from course.charts.layout import bundle, label, lay_out
from course.charts.template import PATTERNS
from course.language import Language


def grouped_bars(activity: Figure, _: Answer, language: Language) -> dict[str, Any]:
    """The mimebundle of a figure: a group of bars for each category, in the order of the specification."""
    import plotly.graph_objects as go

    categories = [label(text.of(language), language) for text in activity.categories]
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
    lay_out(figure, language, activity.title.of(language), activity.value_axis.of(language), activity.category_axis.of(language), rows)
    figure.update_xaxes(rangemode="tozero")
    return bundle(figure, activity.title.of(language), language)
