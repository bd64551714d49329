"""The view of a writing task: text boxes with a count."""

from __future__ import annotations

from course.widgets.page import module, style
from course.widgets.view import View


class WritingView(View):
    """Text is sent half a second after the last key, and when the box is left."""

    _esm = module("writing.js")
    _css = style("writing.css")
    uses = ("writing",)
