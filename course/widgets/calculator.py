"""The view of a calculator: sliders with number boxes, and results that follow while they move."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Calculator
from course.language import in_language
from course.widgets.page import module, style
from course.widgets.view import View


class CalculatorView(View):
    """The page sends one message at a time and never an older value after a newer one; nothing is kept."""

    activity: Calculator
    _esm = module("calculator.js")
    _css = style("calculator.css")
    uses = ("calculator",)

    def more_content(self) -> dict[str, Any]:
        return {
            "columns": in_language(words.calculator.columns(self.activity), self.language),
            "formulas": [words.calculator.formula(self.activity, result, self.language) for result in self.activity.results],
        }

    def more_state(self) -> dict[str, Any]:
        return {"calculation": in_language(self.activity.calculate(self.answer), self.language)}
