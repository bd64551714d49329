"""The view of a sorting: a pile of cards with a button for each place, place lists, digit keys and dragging."""

from __future__ import annotations

from course.widgets.page import module, style
from course.widgets.view import View


class SortingView(View):
    """Which card comes next is the page's own affair; where the cards lie is the answer."""

    _esm = module("sorting.js")
    _css = style("sorting.css")
    uses = ("sorting",)
