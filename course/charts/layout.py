"""What charts share: titles and labels in short lines, room for each bar, plotly's JSON with the words beside it."""

from __future__ import annotations

import json
import textwrap
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from course.charts.template import MIME, template
from course.language import Language

if TYPE_CHECKING:
    from plotly.graph_objects import Figure as PlotlyFigure


def lay_out(figure: PlotlyFigure, language: Language, title: str, value_axis: str, category_axis: str, rows: int) -> None:
    """Titles in lines that fit a narrow screen, and room for each bar. Bars lie, so that labels can be read on a telephone."""
    lines = wrapped(title, language, 17)
    top = 34 + 22 * len(lines) + (46 if len(figure.data) > 1 else 0)
    figure.update_layout(
        title={"text": "<br>".join(lines), "pad": {"l": 12, "t": 4 + 10 * len(lines)}},
        height=top + 76 + 42 * rows,
        margin={"t": top},
        xaxis={"title": "<br>".join(wrapped(value_axis, language, 11))},
        yaxis={"title": category_axis, "autorange": "reversed"},
    )


def bundle(figure: PlotlyFigure, text: str, language: Language) -> dict[str, Any]:
    """Plotly's own JSON and the words. Made here, since ``figure.show()`` first spends a second on checking a schema."""
    plain = json.loads(figure.to_json())
    plain["layout"]["template"] = template(language)
    # Not "responsive": with it JupyterLab shrinks a chart to nothing when the window changes.
    plain["config"] = {"displayModeBar": False, "displaylogo": False}
    return {MIME: plain, "text/plain": text}


def label(text: str, language: Language) -> str:
    """A whole label in short lines, which leave room for the bars: labels must differ, or their bars fall on one another."""
    return "<br>".join(wrapped(text, language, 9))


def short(text: str, language: Language, width: int = 9) -> str:
    """A label in at most two short lines; only where a number already tells it from the others."""
    lines = wrapped(text, language, width)
    return "<br>".join(lines if len(lines) <= 2 else [lines[0], f"{_cut(lines[1])}…"])


def wrapped(text: str, language: Language, width: int) -> list[str]:
    """Lines of at most ``width`` Chinese characters, or of twice as many letters; no line begins with a full stop or a comma.

    Each is escaped, since plotly reads its texts as markup: a learner's (or an author's) ``<b>`` is shown as it was written.
    """
    lines: list[str] = []
    for line in textwrap.wrap(text, width if language == "zh" else 2 * width, break_on_hyphens=False):
        if lines and line[0] in "，。；：、？！）”":
            lines[-1], line = lines[-1] + line[0], line[1:]
        if line:
            lines.append(line)
    return [escape(line, quote=False) for line in lines]


def _cut(line: str) -> str:
    """A line with room for an ellipsis; an escaped sign goes as a whole."""
    return escape(unescape(line)[:-1].rstrip("，,.。 "), quote=False)
