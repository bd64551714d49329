"""Blocks to one HTML page: typographic, printable, and closed to the network. Pure; every word that a learner wrote is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt

from course.charts.template import MIME
from course.language import Language, say
from course.printing.content import Printout, Prose, Shown

TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data: blob:"
"""Whatever stands in the page, a browser fetches nothing for it."""
WIDTH = 580
"""Of a chart, in CSS pixels: what A4 holds between its margins."""
INK = "#222"
DRAW = """
for (const place of document.querySelectorAll(".chart")) {
  const { data, layout } = JSON.parse(place.querySelector("script").textContent);
  Plotly.newPlot(place.appendChild(document.createElement("div")), data, layout, { staticPlot: true });
}
"""


def html(printout: Printout, language: Language) -> str:
    """The whole page."""
    sheets = "\n".join(f"<main>\n{''.join(_block(block, language) for block in blocks)}</main>" for blocks in printout.notebooks)
    drawn = any(isinstance(block, Shown) and block.chart for blocks in printout.notebooks for block in blocks)
    made = say(language, "printing.made", moment=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    return f"""<!DOCTYPE html>
<html lang="{TAGS[language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(say(language, "printing.title", title=printout.title))}</title>
<style>{(files("course.printing") / "print.css").read_text(encoding="utf-8")}</style>
</head>
<body>
<p class="made">{escape(made)}</p>
{sheets}
{f"<script>{_plotly()}</script><script>{DRAW}</script>" if drawn else ""}
</body>
</html>
"""


def _plotly() -> str:
    from plotly.offline import get_plotlyjs

    source: str = get_plotlyjs()
    return source


def _block(block: Prose | Shown, language: Language) -> str:
    if isinstance(block, Prose):
        return markdown(block.markdown)
    head = f'<h3>{escape(block.title)}</h3>\n<p class="intro">{escape(block.intro)}</p>\n' if block.title else ""
    chart = _chart(block.chart, language) if block.chart else ""
    return f'<section class="activity">\n{head}{chart}{"".join(_lines(block.lines))}{markdown(block.markdown)}</section>\n'


def markdown(text: str) -> str:
    """Markdown to HTML. Raw HTML in it is shown as it was written; links into the course are left as plain words."""
    rendered: str = _markdown().render(text, {})
    return rendered


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.add_render_rule("link_open", _link_open)
    reader.add_render_rule("link_close", lambda _, tokens, place, options, env: str(env["links"].pop()))
    reader.add_render_rule("image", lambda _, tokens, place, options, env: escape(tokens[place].content))
    return reader


def _link_open(_: Any, tokens: Sequence[Any], place: int, options: Any, env: Any) -> str:
    address = str(tokens[place].attrGet("href") or "")
    begin, end = (f'<a href="{escape(address)}">', "</a>") if re.match(r"https?://|mailto:", address) else ("<span>", "</span>")
    env.setdefault("links", []).append(end)
    return begin


def _lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines of words: those with bars between their cells are tables, all others keep their indent."""
    single = [part for line in lines for part in line.split("\n")]
    for cells, group in groupby(single, key=lambda line: 0 if line.startswith(" ") else line.count(" | ")):
        rows = list(group)
        yield _table(rows) if cells and len(rows) > 1 else "".join(map(_line, rows))


def _line(line: str) -> str:
    text = line.lstrip(" ")
    kind = ' class="chosen"' if text.startswith("(x)") else ' class="piece"' if text.startswith("■") else ""
    return f'<p{kind} style="margin-left:{(len(line) - len(text)) / 3:.3g}em">{escape(text)}</p>\n'


def _table(rows: list[str]) -> str:
    head, *body = [[escape(cell) for cell in row.split(" | ")] for row in rows]
    lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body]
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>{''.join(lines)}</tbody>\n</table>\n"


def _chart(bundle: dict[str, Any], language: Language) -> str:
    """A place for a chart, with plotly's JSON in it; a browser without scripts says where the numbers are."""
    figure = bundle[MIME]
    layout, above = figure["layout"], 48 if len(figure["data"]) > 1 else 16
    saved = layout.get("margin", {}).get("t", above) - above  # the heading above says what the chart's title would say again
    margin = {**layout.get("margin", {}), "t": above}
    layout = {
        **layout,
        "title": None,
        "margin": margin,
        "height": layout.get("height", 420) - saved,
        "width": WIDTH,
        "font": {"color": INK},
    }
    data = json.dumps({"data": figure["data"], "layout": layout}, ensure_ascii=False).replace("<", "\\u003c")
    label = escape(str(bundle.get("text/plain", "")) or say(language, "printing.chart"))
    return (
        f'<figure class="chart" role="img" aria-label="{label}"><script type="application/json">{data}</script>'
        f"<noscript>{escape(say(language, 'printing.chart_off'))}</noscript></figure>\n"
    )
