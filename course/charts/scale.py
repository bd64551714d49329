"""The ratings of a scale as sorted bars."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Scale, ScaleAnswer
from course.charts.layout import bundle, label, lay_out, short
from course.language import Language, say


def bars(activity: Scale, answer: ScaleAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of a complete scale, longest bar first: a bar a group where there are groups, else a bar an item."""
    if activity.open_items(answer):
        return None
    import plotly.graph_objects as go

    rows = sorted(_values(activity, answer, language), key=lambda row: -row[1])
    labels, values = [name for name, _ in rows], [value for _, value in rows]
    figure = go.Figure(go.Bar(x=values, y=labels, orientation="h", text=values, textposition="outside", cliponaxis=False))
    lowest, highest = min(activity.values), max(activity.values)
    kind = "group" if activity.groups else "item"
    title = say(language, f"scale.{kind}_title", title=activity.title.of(language))
    value_axis = say(language, "scale.chart_axis", lowest=lowest, highest=highest)
    lay_out(figure, language, title, value_axis, say(language, f"scale.{kind}_axis"), rows=len(labels))
    figure.update_xaxes(range=[0, highest * 1.08])
    return bundle(figure, words.summary(activity, answer, language), language)


def _values(activity: Scale, answer: ScaleAnswer, language: Language) -> list[tuple[str, float]]:
    """Label and value of each bar. The ratings must all be there."""
    result = activity.feedback(answer)
    if result is not None and result.groups:
        return [(label(group.title.of(language), language), group.mean) for group in result.groups]
    labels = [f"{n}. {short(words.scale.line(activity, n - 1, language), language)}" for n in range(1, len(activity.items) + 1)]
    return [(name, answer.ratings[item.id]) for name, item in zip(labels, activity.items, strict=True)]
