"""Several people's grades as a dumbbell chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import cycle
from typing import TYPE_CHECKING, Any

from course import words
from course.activities import Rubric, RubricAnswer
from course.activities.rubric import HIGHEST, LOWEST
from course.charts.layout import bundle, lay_out, short, wrapped
from course.charts.template import GREY, PALETTE
from course.language import Language, say

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure

MARKS = {"circle": "●", "diamond": "◆", "square": "■", "triangle-up": "▲", "cross": "✚", "star": "★"}
"""A second mark beside the colour, one for each of the palette's colours: plotly's symbol, and the same as a character for the legend."""
TOUCHING = 0.3
"""Dots closer than this on the axis would cover one another; they stand under each other instead."""


def dumbbell(activity: Rubric, answer: RubricAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of a comparison, or None while there is nothing to compare.

    A line an item with a dot a voice, joined by a bar. The largest difference stands on top, since there the talk begins; the numbers at
    the labels are those of the sheet.
    """
    result = activity.feedback(answer)
    if result is None or result.comparison is None:
        return None
    import plotly.graph_objects as go

    comparison = result.comparison
    rows = [item.grades for item in comparison.items]
    labels = [f"{item.number}. {short(item.text.of(language), language, 8)}" for item in comparison.items]
    names = [escape(words.rubric.voice(voice, language)) for voice in comparison.voices]
    marks = list(zip(names, cycle(MARKS), cycle(PALETTE), strict=False))
    bars = list(_bars(rows))
    figure = go.Figure()
    figure.add_scatter(x=[x for x, _ in bars], y=[y for _, y in bars], mode="lines", hoverinfo="skip", line={"color": GREY, "width": 3})
    for n, (name, symbol, colour) in enumerate(marks):
        figure.add_scatter(
            name=name,
            x=[grades[n] for grades in rows],
            y=[line + _aside(grades, n) for line, grades in enumerate(rows)],
            mode="markers",
            marker={"symbol": symbol, "color": colour, "size": 13},
            customdata=labels,
            hovertemplate="%{customdata}: %{x}<extra>%{fullData.name}</extra>",
        )
    title, axis = say(language, "rubric.chart_title", title=activity.title.of(language)), say(language, "rubric.chart_axis")
    lay_out(figure, language, title, axis, say(language, "rubric.item_axis"), rows=len(rows))
    ends = ((LOWEST, activity.grades.ends.first), (HIGHEST, activity.grades.ends.last))
    below = [line for grade, word in ends for line in wrapped(f"{grade}\u00a0=\u00a0{word.of(language)}", language, 9)]
    _make_room(figure, [f'<span style="color:{colour}">{MARKS[symbol]}</span> {name}' for name, symbol, colour in marks], below)
    figure.update_xaxes(range=[LOWEST - 0.4, HIGHEST + 0.4], tickvals=list(range(LOWEST, HIGHEST + 1)), zeroline=False)
    figure.update_yaxes(autorange=False, range=[len(rows) - 0.5, -0.5], tickvals=list(range(len(rows))), ticktext=labels, zeroline=False)
    return bundle(figure, words.summary(activity, answer, language), language)


def _bars(rows: Sequence[Sequence[float]]) -> Iterator[tuple[float | None, int | None]]:
    """The points of one line through all rows that breaks after each: from the lowest grade to the highest."""
    for line, grades in enumerate(rows):
        yield from ((min(grades), line), (max(grades), line), (None, None))


def _aside(grades: Sequence[float], n: int) -> float:
    """How far below its line (in rows) a dot stands so that equal grades can all be seen."""
    near = [other for other, grade in enumerate(grades) if abs(grade - grades[n]) < TOUCHING]
    step = min(0.34, 0.8 / len(near))
    return round((near.index(n) - (len(near) - 1) / 2) * step, 2)


def _make_room(figure: PlotlyFigure, legend: list[str], below: list[str]) -> None:
    """The legend's lines under the title, and the words of both ends under the axis.

    Not plotly's own legend: with names as long as people write them it leaves a narrow chart no room, and plotly draws nothing at all.
    """
    above = 21 * len(legend) - 46  # lay_out has left 46 for a legend
    figure.update_layout(
        showlegend=False,
        title={"text": "<br>".join([figure.layout.title.text, *(f'<span style="font-size:14px">{line}</span>' for line in legend)])},
        margin={"t": figure.layout.margin.t + above},
        height=figure.layout.height + above + 20 * len(below),
        xaxis={"title": {"text": "<br>".join([figure.layout.xaxis.title.text, *below]), "font": {"size": 13}}},
    )
