"""Answers and figures as plotly charts, in the course's one template. Plotly is imported where a figure is drawn, not before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course.activities import Activity, Calculator, Dialogue, Explorer, Figure, Rubric, Scale, Scorecard
from course.charts import calculator, dialogue, explorer, figure, rubric, scale, scorecard
from course.language import Language

_CHARTS: dict[type[Activity], Callable[[Any, Any, Language], dict[str, Any] | None]] = {
    Scale: scale.bars,
    Figure: figure.grouped_bars,
    Scorecard: scorecard.curve,
    Rubric: rubric.dumbbell,
    Calculator: calculator.draw,
    Dialogue: dialogue.curves,
    Explorer: explorer.draw,
}
"""Which function draws which kind. A new kind that has a chart is added here."""


def chart(activity: Activity, answer: Any, language: Language) -> dict[str, Any] | None:
    """The mimebundle of an activity's chart (plotly's JSON and the same in words), or None while there is nothing to draw."""
    draw = _CHARTS.get(type(activity))
    return draw(activity, answer, language) if draw and activity.draws else None
