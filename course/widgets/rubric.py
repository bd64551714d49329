"""The view of an observer's sheets: one open at a time, native radio buttons in fieldsets, nothing preset."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Rubric
from course.language import in_language, say
from course.widgets.page import module, style
from course.widgets.view import View


class RubricView(View):
    """The comparison reaches the page in the words that a print-out has."""

    activity: Rubric
    _esm = module("rubric.js")
    _css = style("rubric.css")
    uses = ("rubric",)

    def more_state(self) -> dict[str, Any]:
        result = self.activity.feedback(self.answer)
        comparison = result.comparison if result else None
        return {
            "agreement": words.rubric.agreement(comparison, self.language) if comparison else None,
            "rows": in_language(words.rubric.rows(comparison, self.language), self.language) if comparison else [],
            "left_out": say(self.language, "rubric.left_out", n=result.left_out) if result and result.left_out else None,
        }
