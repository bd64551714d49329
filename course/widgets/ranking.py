"""The view of a ranking: an ordered list with buttons, place lists, Alt+arrows and dragging."""

from __future__ import annotations

from course.widgets.page import module, style
from course.widgets.view import View


class RankingView(View):
    """Nothing is stored until the learner moves something or keeps the order shown."""

    _esm = module("ranking.js")
    _css = style("ranking.css")
    uses = ("ranking",)
