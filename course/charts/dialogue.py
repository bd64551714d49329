"""Temper and trust along a finished talk, as two lines."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Dialogue, DialogueAnswer
from course.activities.dialogue import HIGHEST, LOWEST
from course.charts.layout import bundle, lay_out
from course.language import Language, say


def curves(activity: Dialogue, answer: DialogueAnswer, language: Language) -> dict[str, Any] | None:
    """The mimebundle of a talk that is over and was asked for once more: both levels, 0 to 10, before the first line and after each."""
    talk = activity.talk(answer)
    if not talk.replay:
        return None
    import plotly.graph_objects as go

    figure = go.Figure()
    steps = list(range(len(talk.turns) + 1))
    temper = [activity.temper, *(turn.temper.after for turn in talk.turns)]
    trust = [activity.trust, *(turn.trust.after for turn in talk.turns)]
    for name, levels, dash, symbol in (("temper", temper, "solid", "circle"), ("trust", trust, "dash", "diamond")):
        figure.add_scatter(
            name=say(language, f"dialogue.{name}"),
            x=steps,
            y=levels,
            mode="lines+markers",
            line={"dash": dash, "width": 3},
            marker={"symbol": symbol, "size": 11},
        )
    title = say(language, "dialogue.chart_title", title=activity.title.of(language))
    lay_out(figure, language, title, say(language, "dialogue.chart_steps"), say(language, "dialogue.chart_levels"), rows=5)
    figure.update_xaxes(dtick=1, range=[-0.3, steps[-1] + 0.3])
    figure.update_yaxes(autorange=False, dtick=2, range=[LOWEST - 0.6, HIGHEST + 0.6])
    return bundle(figure, words.summary(activity, answer, language), language)
