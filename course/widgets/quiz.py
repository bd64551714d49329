"""The view of a quiz: native radio buttons, checkboxes and number boxes."""

from __future__ import annotations

from typing import Any

from course.activities import Quiz
from course.widgets.page import module, style
from course.widgets.view import View


class QuizView(View):
    """Explanations reach the page only when a question's explanation is asked for."""

    activity: Quiz
    _esm = module("quiz.js")
    _css = style("quiz.css")
    uses = ("quiz",)

    def more_state(self) -> dict[str, Any]:
        return {"unreadable": self.activity.unreadable(self.answer)}
